import type { RecordingEnd } from '../recording/recording.ts';
import { bytes, count, duration, percent, plural } from './appNumbers.ts';

type Platform = 'macos' | 'windows' | 'linux';

/** Where each system keeps its answer about cameras and microphones. */
const whereToAllow = (what: 'Camera' | 'Microphone') =>
  ({
    macos: `Open System Settings, Privacy & Security, ${what}, and switch Twin Studio on. Then try again.`,
    windows: `Open Windows Settings, Privacy & security, ${what}, and let desktop apps use it. Then try again.`,
    linux: `Ask whoever looks after this computer whether a ${what.toLowerCase()} may be used, and check its settings. Then try again.`,
  }) as const satisfies Record<Platform, string>;

/** The stage: setting it, being coached, recording. The coach's own lines are in `coach.ts`. */
export const stageWords = {
  title: 'Stage',
  back: 'Library',
  loading: 'Setting the stage…',
  shot: 'Shot',
  camera: { label: 'Camera', none: 'No camera' },
  microphone: { label: 'Microphone', none: 'No microphone' },
  settings: {
    open: 'Stage settings',
    countdown: 'Countdown',
    seconds: (seconds: number) => `${seconds} s`,
    processed: {
      title: 'Your microphone changes the sound by itself',
      of: {
        echoCancellation: 'echo cancellation',
        noiseSuppression: 'noise suppression',
        autoGainControl: 'automatic volume',
      },
      line: (what: readonly string[]) =>
        `It keeps ${what.join(' and ')} on, also when asked not to. If your voice sounds thin, use another microphone.`,
    },
  },
  picture: {
    label: 'Camera preview, mirrored',
    mirrored: 'Mirrored here, not in the take',
    recording: 'Recording',
    opening: 'Opening the camera…',
    eyes: 'Eyes here',
    headroom: 'Headroom',
    you: 'You are here',
    feet: 'Feet here',
  },
  coach: { label: 'Coach', looking: 'Sit where you want to talk', settling: 'Good. Hold still for a moment' },
  countdown: (seconds: number) => `Recording begins in ${seconds}`,
  starting: 'Starting…',
  stopping: 'Keeping the take…',

  sound: {
    title: 'Sound',
    meter: 'Loudness of your voice',
    hint: 'The bars show how loud your voice is and belong in the green. The line is its highest peak, and stands above them.',
    zones: { high: 'Too loud', good: 'Good', low: 'Too quiet' },
    off: 'Not heard',
  },
  light: {
    title: 'Light',
    meter: 'Brightness of your face',
    zones: { high: 'Too bright', good: 'Good', low: 'Too dark' },
  },

  scale: {
    label:
      'Length of the take. At least 15 seconds. Best from 2 to 5 minutes. It stops by itself at 10 minutes.',
    start: '0:00',
    shortest: { time: '0:15', words: 'at least' },
    bestFrom: '2:00',
    best: 'Best',
    bestTo: '5:00',
    longest: { words: 'stops at', time: '10:00' },
  },
  checklist: {
    label: 'Three things only you can see',
    logos: 'No logos on my clothes',
    background: 'Nothing odd behind me',
    glasses: 'No glare in my glasses',
  },
  timer: 'Length of the take',

  button: { record: 'Record', stop: 'Stop', cancel: 'Cancel the countdown', cancelShort: 'Cancel' },
  beside: {
    fix: 'Better after the fix',
    anytime: 'Whenever you like',
    orPress: 'or press',
    starting: 'A moment',
    stopping: 'Every second is kept',
    tooShort: 'Talk for 15 seconds at least',
    short: 'Best from 2:00 on',
    best: 'When you are done',
    long: 'Best up to 5:00',
    nearlyLongest: 'It stops by itself at 10:00',
    noCamera: 'Needs a camera',
    noMicrophone: 'Needs a microphone',
    noRoom: 'Needs room on the disk',
  },
  facts: {
    picture: (size: string, rate: number | null) =>
      rate === null ? size : `${size}, ${plural(rate, 'frame', 'frames')} a second`,
    /** 1920 × 1080 is "1080p" to everybody; anything odd is given in figures. */
    size: (width: number, height: number) =>
      width * 9 === height * 16 ? `${height}p` : `${width} × ${height}`,
    room: (seconds: number) => `Space on disk for ${duration(seconds)}`,
    written: (written: number, left: number) => `${bytes(written)} written, ${duration(left)} left`,
    safe: 'Every second is on disk',
    waiting: (seconds: number) => `${plural(seconds, 'second is', 'seconds are')} on the way to the disk`,
    lost: (frames: number) => `Lost frames: ${count(frames)}`,
    lostUnknown: 'Lost frames: not known',
    repeated: (share: number) => `Camera too slow: ${percent(share)} of the frames repeat`,
  },

  ask: {
    title: 'May Twin Studio see and hear you?',
    body: 'It needs your camera and your microphone to show you a preview, to coach you and to record.',
    points: {
      here: 'Picture and sound stay on this computer.',
      recorded: 'Nothing is recorded until you press Record.',
      letGo: 'Both are let go when you leave the stage.',
    },
    use: 'Use camera and microphone',
    system: 'Your system may ask you too. Say yes there as well.',
  },
  openSystemSettings: 'Open the system’s settings',
  retry: 'Try again',
  importInstead: 'Import a video instead',
  cameraTrouble: {
    'not-asked': { title: 'The camera is not open yet', body: () => 'Let Twin Studio use it to go on.' },
    denied: {
      title: 'Twin Studio may not use the camera',
      body: (platform: Platform) => whereToAllow('Camera')[platform],
    },
    forbidden: {
      title: 'This computer forbids the camera',
      body: () =>
        'A policy of this computer does not allow it, and Twin Studio cannot change that. Ask whoever looks after this computer, or record elsewhere and import the video.',
    },
    none: {
      title: 'No camera was found',
      body: () => 'Plug one in and switch it on. It appears here by itself.',
    },
    busy: {
      title: 'Another program is using the camera',
      body: () => 'Close it there, for instance a video call, and try again.',
    },
    lost: {
      title: 'The camera is gone',
      body: () => 'It was unplugged or went to sleep. Plug it in again, or choose another one above.',
    },
    'no-signal': {
      title: 'The camera gives no picture',
      body: () =>
        'It answers, but nothing comes. Open its shutter or lens cap, unplug it for a moment, and try again.',
    },
    failed: {
      title: 'The camera could not be opened',
      body: () => 'Unplug it for a moment, or choose another one above, and try again.',
    },
  },
  microphoneTrouble: {
    'not-asked': () => 'The microphone is not open yet. A twin needs a voice.',
    denied: (platform: Platform) =>
      `Twin Studio may not use the microphone. ${whereToAllow('Microphone')[platform]}`,
    forbidden: () =>
      'A policy of this computer forbids the microphone. Ask whoever looks after this computer. A twin needs a voice.',
    none: () => 'No microphone was found. Plug one in: a twin needs a voice.',
    busy: () => 'Another program is using the microphone. Close it there and try again.',
    lost: () => 'The microphone is gone. Plug it in again, or choose another one above.',
    'no-signal': () => 'The microphone gives no sound. Unplug it for a moment and try again.',
    failed: () => 'The microphone could not be opened. Choose another one above, or try again.',
  },
  notes: {
    label: 'Worth a look',
    muted: 'Your microphone is muted. Switch it on, or the take has no voice.',
    silent: 'Nothing at all comes from your microphone. Is it switched on, and is it the right one?',
    smaller: (width: number, height: number) =>
      `This camera gives ${width} × ${height}. You can record, but 1080p makes a better twin.`,
    slower: (rate: number) =>
      `Only ${plural(rate, 'frame', 'frames')} a second arrive. Most often it is too dark for the camera: turn on a lamp. Where it is bright, close other programs.`,
    low: (free: number) => `Only ${bytes(free)} are left on the disk. Free some space soon.`,
    noRoom: (free: number, needed: number) =>
      `Too little room to record: ${bytes(free)} are free on the disk of your library, ${bytes(needed)} are needed. Free some space, then try again.`,
  },
  /** When a take is recorded again: what was wrong with it. */
  again: { title: 'Mend this time', putAway: 'Understood' },
  failed: {
    title: 'This take could not be recorded',
    kept: 'If some of it was recorded, that is kept: you find it in the library.',
    again: 'Back to the stage',
  },
  leave: {
    page: {
      title: 'Stop recording?',
      body: 'The take ends here and is kept.',
      leave: 'Stop and keep the take',
    },
    window: {
      title: 'Stop recording and close?',
      body: 'The take ends here and is kept. Then the window closes.',
      leave: 'Stop, keep it and close',
    },
    stay: 'Go on recording',
    stopping: 'The take is being kept just now. Its page opens by itself.',
  },
  /** Said with the take when it did not end by pressing Stop. */
  ended: {
    longest: 'This take stopped by itself at 10 minutes, the longest a take may be.',
    'camera-lost': 'The camera went away, so the take ended there. Everything before it is kept.',
    'microphone-lost': 'The microphone went away, so the take ended there. Everything before it is kept.',
    'disk-full': 'The disk was nearly full, so the take ended there. Everything before it is kept.',
    'recorder-failed': 'The recorder broke off, so the take ended there. Everything before it is kept.',
    interrupted:
      'Twin Studio was interrupted while this was recorded. The take was put together again; at most its last second is missing.',
  } satisfies Record<Exclude<RecordingEnd, 'stopped'>, string>,
} as const;
