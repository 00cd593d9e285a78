import type { OrderStage } from '../domain/order.ts';
import type { Report } from '../domain/report.ts';
import { length, plural, preciseLength } from './appNumbers.ts';
import { PROGRAM } from './program.ts';
import { verdictText } from './verdicts.ts';

/** More places than these fill the terminal; the report as a page has them all. */
const MOST_PLACES = 4;

type Judged = Pick<Report, 'verdict' | 'findings'>;

/** Within a sentence. */
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Everything the command line says. */
export const cliWords = {
  about: 'Turns one good take of a person into a digital twin: check, prepare, host, train, watch.',
  commands: {
    check: 'measure files and say what to change, before anything is paid',
    prepare: 'make the mp4 that a trainer takes',
    run: 'take a file all the way to a usable look',
    watch: 'follow orders until their looks are usable',
    status: 'list takes and orders, and what was spent',
    twins: 'list twins and their looks',
    doctor: 'look whether everything that is needed is there',
    demo: 'show the whole journey for free, with the practice host and trainer',
  },
  arguments: {
    subjects: 'video files, or ids of takes in the library',
    subject:
      'a video file, or the id of a take in the library: then its source, without the trim and the mends chosen for it',
    file: 'a video file',
    demoFile: 'a video of a person',
    orders: 'ids of orders; without them all that are unfinished',
  },
  options: {
    library: 'folder of the library',
    json: 'print one JSON event a line, the last one the result',
    html: 'write the report there as one web page for sending on; must not exist yet',
    out: 'where the mp4 is written; must not exist yet',
    from: 'keep only what comes after this time (72.5 or 1:12.5)',
    to: 'keep only what comes before this time',
    exact: 'cut at these very frames, which encodes the picture anew; else from the key frame before',
    mend: 'what is to be mended, with commas between: loudness, noise, letterbox, exposure, turn90 (turns the picture to the right), turn180 (upside down), turn270 (to the left)',
    name: 'name of the look, and of the twin when it is new',
    twin: 'add a look to this twin (its avatar_group_id)',
    consentUrl: 'page to which the trainer sends the person for their consent',
    consentConfirmed: 'the person in the video has agreed that a twin of them is made',
    consentBy: 'who agreed; the name of the look when left out',
    host: 'where the video is hosted: practice or s3',
    trainer: 'who trains: practice or segmind',
    maxUsd: 'refuse when training and first words together may cost more',
    noWait: 'return as soon as the training is ordered',
    yes: 'confirm the price',
    shot: 'how much of the person is seen: head-and-shoulders, waist-up or full-body',
    reference: 'leave the file where it is and only refer to it',
  },
  waitsForRecording:
    'A take is being recorded on this computer. This waits until that is done, and goes on by itself.',
  noSettings:
    'The saved settings cannot be read, so the defaults are used. TWIN_STUDIO_USER_DATA can name another folder for them.',
  usage: {
    notAMend: (value: string, choices: readonly string[]) =>
      `--mend cannot be “${value}”; it is one or more of ${choices.join(', ')}, with commas between.`,
    notMp4: (value: string) => `--out makes an mp4, so its name must end in .mp4, not “${value}”.`,
    notHtml: (value: string) => `--html makes a web page, so its name must end in .html, not “${value}”.`,
    onePage: '--html makes the page of one video; name one at a time.',
    notANumber: (option: string, value: string) => `${option} needs an amount in dollars, not “${value}”.`,
    notATime: (option: string, value: string) =>
      `${option} needs a time like 72.5 or 1:12.5, not “${value}”.`,
    oneTurn: 'Choose one turn for --mend, not several.',
    endsBeforeStart: '--to must be later than --from.',
    startsAfterEnd: (seconds: number) =>
      `--from lies behind the end: the video is ${preciseLength(seconds)} long.`,
    oneConsent: 'Give either --consent-url or --consent-confirmed.',
    badUrl: (value: string) => `--consent-url needs a web address, not “${value}”.`,
    noName: 'A name must not be empty.',
    needsCommand: 'Say what to do.',
    dashFile: (name: string) => `A file whose name begins with a dash is written as “./${name}”.`,
  },
  check: {
    heading: (file: string, report: Judged) => `${file}: ${lowered(verdictText(report))}`,
    failed: (file: string, sentence: string) => `${file}: ${sentence}`,
    page: (target: string) => `The report is in ${target}`,
    /** Where a finding is: moments and stretches, the first few of them. */
    places: (places: readonly { readonly startSeconds: number; readonly endSeconds: number }[]) => {
      const shown = places.slice(0, MOST_PLACES).map(({ startSeconds, endSeconds }) => {
        const [start, end] = [length(startSeconds), length(endSeconds)];
        return start === end ? start : `${start} to ${end}`;
      });
      const more = places.length - shown.length;
      return `At ${shown.join(', ')}${more === 0 ? '' : ` and ${plural(more, 'other place', 'other places')}`}.`;
    },
  },
  prepared: (file: string, picture: 'copy' | 'encode', sound: 'copy' | 'encode' | 'none') => {
    const words = { copy: 'was kept as it is', encode: 'was converted' } as const;
    const heard = sound === 'none' ? '' : ` The sound ${words[sound]}.`;
    return `${file} is ready. The picture ${words[picture]}.${heard}`;
  },
  taken: (from: number, to: number) =>
    `It holds ${preciseLength(from)} to ${preciseLength(to)} of the video.`,
  takenEarlier: (from: number) =>
    `It begins at the key frame before ${preciseLength(from)}, so that the picture could be kept as it is; --exact begins at the very frame.`,
  takenFromStart: (from: number) =>
    `Nothing was cut off the beginning: the nearest key frame before ${preciseLength(from)} is the very first, and the picture was kept as it is. --exact begins at the very frame.`,
  takenLater: (to: number) =>
    `It ends a little after ${preciseLength(to)}, so that the picture could be kept as it is; --exact ends at the very frame.`,
  takenToEnd: (seconds: number) =>
    `--to lies behind the end of the video, so its end was taken instead: ${preciseLength(seconds)}.`,
  mended: (what: string) => `Mended: ${what}`,
  turned: {
    90: 'Turns the picture to the right, a quarter clockwise.',
    180: 'Turns the picture upside down.',
    270: 'Turns the picture to the left, three quarters clockwise.',
  },
  notMended: (why: string) => `Not mended: ${why}`,
  wouldBeRefused: (why: string) => `A training with it would be refused: ${why}`,
  run: {
    imported: (takeId: string) => `In the library as take ${takeId}.`,
    known: (takeId: string) => `The library has this video already, as take ${takeId}.`,
    checked: (report: Judged) => `The check says: ${lowered(verdictText(report))}.`,
    goesOn: (orderId: string) => `The same order exists already and goes on: ${orderId}.`,
    price: (trainingUsd: number, firstWordsUsd: number) =>
      trainingUsd === 0
        ? 'This costs nothing.'
        : `$${trainingUsd.toFixed(2)} now, and up to $${firstWordsUsd.toFixed(2)} for first words.`,
    practising: 'You are practising: nothing leaves this computer, and nothing is paid.',
    waiting: 'The training is ordered. Waiting until the look is usable; Ctrl+C is safe, “watch” goes on.',
    goOn: 'Stopped. Run the same command again to go on from here.',
    stopped: 'Stopped. Nothing half done was left behind.',
  },
  stopping: {
    paying:
      'A request that costs money is on its way. Waiting for its answer, so that what is paid for is not lost.',
    stillPaying:
      'Still waiting for the answer that is paid for. Ctrl+C again within 2 seconds ends without it; the order is then “unconfirmed”.',
    forced:
      'Ended without the answer. The order is now “unconfirmed”: it may have been paid, and only you can find out.',
  },
  stages: {
    prepare: 'Preparing the video',
    upload: 'Uploading the video',
    verify: 'Looking whether the trainer can fetch it',
    train: 'Ordering the training',
    'first-words': 'Waiting until the look is usable',
  } satisfies Record<OrderStage, string>,
  activities: {
    import: 'Importing',
    check: 'Checking',
    preview: 'Making a preview',
    mends: 'Making a preview of the mends',
    report: 'Making the report',
  },
  result: {
    ready: (name: string) => `“${name}” is usable.`,
    training: (orderId: string) => `The training is ordered. Follow it with: ${PROGRAM} watch ${orderId}`,
    lines: {
      avatarId: 'avatar_id',
      avatarGroupId: 'avatar_group_id',
      consentStatus: 'consent at the trainer',
      firstWordsFile: 'first words',
      masterUrl: 'hosted at',
      costUsd: 'paid',
      possibleUsd: 'perhaps paid as well',
      take: 'take',
      order: 'order',
    },
    /** The trainer's word is “skipped”, which reads as if something were missing. */
    noConsentAsked: 'none asked for; what you confirmed is kept with the order',
    files: (folder: string) => `Takes and orders are in ${folder}`,
  },
  status: {
    empty: `The library is empty. Bring a video in with: ${PROGRAM} run FILE --name NAME`,
    totals: (takes: number, orders: number, chargedUsd: number, possibleUsd: number) =>
      `${takes} ${takes === 1 ? 'take' : 'takes'}, ${orders} ${orders === 1 ? 'order' : 'orders'}, $${chargedUsd.toFixed(2)} paid${possibleUsd > 0 ? `, perhaps $${possibleUsd.toFixed(2)} more` : ''}.`,
    columns: { take: 'Take', name: 'Name', length: 'Length', state: 'State' },
    orderColumns: { order: 'Order', look: 'Look', state: 'State', paid: 'Paid' },
    states: {
      checking: 'being checked',
      'not-checked': 'not checked yet',
      'check-failed': 'could not be checked',
      'record-again': 'would be refused',
      rejected: 'rejected',
      'publish-it': 'can be published',
      'on-its-way': 'on its way',
      'needs-you': 'needs you',
      'order-failed': 'order failed',
      usable: 'usable',
    },
    /** Of a take of which a look is usable: what became of another order. */
    besideUsable: {
      'on-its-way': 'usable; another look is on its way',
      'needs-you': 'usable; another order needs you',
      'order-failed': 'usable; a later order failed',
    },
  },
  twins: {
    empty: 'There are no twins yet.',
    line: (name: string, trainer: string, looks: number, most: number) =>
      `${name} (${trainer}), ${looks} of ${most} looks`,
    deletion:
      'Looks are deleted in the HeyGen dashboard, not here. On most plans, deletions reset every month.',
  },
  watch: {
    nothing: 'No order is under way.',
    failed: (orderId: string, sentence: string) => `${orderId}: ${sentence}`,
  },
  doctor: {
    checks: {
      node: 'Node',
      ffmpeg: 'ffmpeg',
      library: 'Library',
      space: 'Free space',
      host: 'Host',
      trainer: 'Trainer',
      keys: 'Keys',
    },
    hostWorks: (kind: string) => `${kind}: written, read in public and deleted again`,
    trainerWorks: (kind: string, creditsUsd: number | null) =>
      creditsUsd === null ? `${kind} answers` : `${kind} answers; $${creditsUsd.toFixed(2)} left`,
    keys: (set: readonly string[]) =>
      set.length === 0 ? 'none set (practice needs none)' : `set: ${set.join(', ')}`,
    space: (gigabytes: number) => `${gigabytes.toFixed(1)} GB`,
    good: 'Everything that is needed is there.',
    bad: 'Something is missing; see above.',
  },
  demo: {
    start:
      'This is the whole journey with the practice host and trainer. It is free, and nothing leaves this computer.',
    name: 'Demo',
  },
} as const;
