import { plural } from './appNumbers.ts';

/** Looking a take over: playing it, its course, trimming, deciding, and comparing two. */
export const reviewWords = {
  player: {
    play: 'Play',
    pause: 'Pause',
    frameBack: 'One frame back',
    frameOn: 'One frame on',
    fullscreenOff: 'Leave full screen',
  },
  timeline: {
    title: 'Timeline',
    hint: 'Green is where it should be',
    nothingMeasured: 'The check has still to measure this take',
    trouble: 'Trouble',
    /** Names of the tracks where there is little room. */
    tracks: {
      FACE_POSITION: 'From middle',
      FACE_SIZE: 'Face size',
      EXPOSURE: 'Brightness',
      EVENNESS: 'One-sided',
      LOUDNESS: 'Loudness',
    },
    picture: 'Picture',
    wanted: (track: string, band: string) => (band === '' ? track : `${track}, wanted ${band}`),
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    showAll: 'All',
    mark: (severity: string, title: string, place: string) => `${severity}: ${title}, ${place}`,
    /** Several that lie too close to be told apart. */
    troubles: (marks: number) => plural(marks, 'trouble', 'troubles'),
    marks: (marks: number, from: string, to: string, titles: readonly string[], more: number) =>
      `${plural(marks, 'trouble', 'troubles')} from ${from} to ${to}: ${titles.join(', ')}${
        more > 0 ? ` and ${more} more` : ''
      }. Shows them closer.`,
    lane: (track: string, places: readonly string[]) =>
      places.length === 0
        ? `${track}: where it should be all the time`
        : `${track}: not where it should be at ${places.slice(0, 8).join(', ')}${
            places.length > 8 ? ` and ${plural(places.length - 8, 'more place', 'more places')}` : ''
          }`,
  },
  trim: {
    start: 'Start of what is kept',
    end: 'End of what is kept',
    keepsAll: 'Trim',
    keeps: (kept: string, of: string) => `Keeps ${kept} of ${of}`,
    title: 'What is kept',
    body: 'Drag the handles, type the times, or press I and O while you look.',
    startField: 'From',
    endField: 'To',
    notTime: 'Write it as 1:12 or 1:12.5.',
    here: 'Here',
    startHere: 'Begin where the player is',
    endHere: 'End where the player is',
    exact: 'Cut exactly at this frame (encodes the picture anew)',
    exactWhy: (seconds: string) =>
      `Otherwise it begins with a key frame, here every ${seconds}, and the picture is copied as it is.`,
    snapped: (at: string, wanted: string) =>
      `The take begins at ${at}, with the nearest key frame, so that the picture can be copied. To begin at ${wanted}, choose “Cut exactly” under “What is kept”.`,
    encoded: 'This take is encoded anew in any case, so it is cut exactly.',
    unknownKeyFrames: 'Where it can be cut without encoding the picture is known after the check.',
    keepAll: 'Keep all of it',
    undo: 'Undo the trim',
    redo: 'Trim again as before',
    notSaved: (why: string) => `The trim could not be saved, and is as it was before. ${why}`,
    judged: (kept: string) => `For the ${kept} that are kept.`,
    keepPart: (from: string, to: string) => `Keep ${from} to ${to}`,
    keepPartLabel: (from: string, to: string) => `Keep the longest part without a cut, ${from} to ${to}`,
  },
  findings: {
    provisional: 'Provisional',
    provisionalBody:
      'Not all of it is measured yet. The complete check takes its place as soon as it is done.',
    more: (places: number) => `${plural(places, 'more place', 'more places')}`,
    moment: (time: string, title: string) => `At ${time}: ${title}`,
    showMoment: (time: string) => `Go to ${time}`,
    show: 'Show',
    hide: 'Hide',
    groups: { file: 'File', person: 'Person', light: 'Light', sound: 'Sound' },
    states: {
      pass: 'Fine',
      info: 'Note',
      warn: 'Weak spot',
      fail: 'Must be fixed',
      unknown: 'Not measured',
    },
    cancel: 'Stop the check',
  },
  decide: {
    accept: 'Accept',
    reject: 'Reject',
    retake: 'Retake',
    retakeHint: 'Opens the stage with the same shot, camera and microphone',
    accepted: 'Accepted',
    rejected: 'Rejected',
    acceptedBody: 'You accepted this take. It can be published.',
    rejectedBody: 'You rejected this take. It stays in the library, and is not published.',
    change: 'Take back',
    changeLabel: 'Take the decision back',
    dialog: {
      title: (name: string) => `Reject “${name}”?`,
      body: 'It stays in the library, is marked as rejected, and cannot be published. You can change your mind.',
      note: 'Why (you need not say)',
      placeholder: 'The blinds were open, light changes at 1:12',
      cancel: 'Keep looking',
      confirm: 'Reject',
    },
  },
  more: {
    label: 'More',
    compare: 'Compare with another take',
    keys: 'Keyboard shortcuts',
  },
  saveReport: 'Save report',
  reportSaved: (file: string, folder: string) => `The report is saved in “${folder}”, as “${file}”.`,
  offline: 'No network. Everything on this page works; publishing waits for the network.',
  orderWaits: 'Waits for the network',
  compare: {
    title: 'Compare two takes',
    other: 'The other take',
    choose: 'Choose a take',
    chooseTitle: 'Which take do you want to see beside it?',
    chooseBody: 'Choose it from the list. It is played here, in step with the one on the left.',
    none: 'There is no other take to compare with yet.',
    opening: 'Opening the takes…',
    side: { left: 'Left', right: 'Right' },
    play: 'Play both',
    pause: 'Pause both',
    back: 'Both 5 seconds back',
    on: 'Both 5 seconds on',
    inStep: 'In step',
    inStepHint: 'What you do to one player happens to both',
    accept: 'Accept this one',
    acceptLabel: (name: string) => `Accept “${name}”`,
    open: 'Open',
    openLabel: (name: string) => `Open “${name}”`,
    noReport: 'Not checked yet.',
    below: 'Under the pictures',
    findings: 'Findings',
    figures: 'Figures',
    wanted: (limit: string) => `wanted: ${limit}`,
    /** Takes of different shots. */
    wantedOfEach: (left: string, right: string) => `wanted: ${left} on the left, ${right} on the right`,
    notMeasured: 'Not measured',
  },
} as const;
