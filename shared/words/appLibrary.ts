import type { OrderStage } from '../domain/order.ts';
import { count, plural } from './appNumbers.ts';
import { verdictName } from './verdicts.ts';

/** The library and the one-line state of a take. */
export const libraryWords = {
  title: 'Library',
  record: 'Record',
  recordLong: 'Record a take',
  import: 'Import',
  importLong: 'Import a video',
  practising: {
    strong: 'You are practising.',
    rest: 'Nothing leaves this computer, and nothing is paid.',
    action: 'Set up real training',
  },
  trial: {
    strong: 'This is the trial runtime.',
    rest: 'It can only practise, and it keeps no keys.',
  },
  problems: (records: number) =>
    `${plural(records, 'record', 'records')} could not be read and ${records === 1 ? 'was' : 'were'} set aside. Nothing was deleted.`,
  problemsShow: 'What was set aside',
  filter: {
    label: 'Show',
    all: 'All',
    'waiting-for-you': 'Waiting for you',
    'on-its-way': 'On its way',
    usable: 'Usable',
    rejected: 'Rejected',
  },
  search: 'Find a take',
  searchClear: 'Clear the search',
  sort: {
    label: 'Order of the takes',
    newest: 'Newest first',
    oldest: 'Oldest first',
    name: 'By name',
  },
  /** Beside those that are named as their filter is. */
  groups: { all: 'All takes', rest: 'On its way or usable' },
  found: (takes: number) => plural(takes, 'take', 'takes'),
  loading: 'Reading your library…',
  failed: 'The library could not be read',
  empty: {
    title: 'Make your first take',
    body: 'One person talking to the camera, two to five minutes long. Record it here, and be told what to mend before you begin, or import a video you have.',
    drop: 'You can also drop videos anywhere on this window.',
    steps: [
      { title: 'Check', body: 'What would be refused, and what to fix.' },
      { title: 'Publish', body: 'The price is on the button you press.' },
      { title: 'Watch', body: 'Until the twin says its first words.' },
    ],
  },
  nothingFound: {
    search: (term: string) => `No take is called “${term}”.`,
    filter: 'No take is in this state at the moment.',
    clear: 'Show all takes',
  },
  imports: {
    title: (files: number) => `Importing ${plural(files, 'video', 'videos')}`,
    cancel: (file: string) => `Stop importing ${file}`,
    waiting: 'Waiting its turn',
    more: (files: number) => `and ${count(files)} more`,
  },
  noPicture: 'No picture yet',
} as const;

/** The words of a take's state: what is to be done with it or what it does, and one line about it, as its verdict. */
export const stateWords = {
  checking: { word: 'Checking', line: 'Measuring picture and sound' },
  importing: { word: 'Importing', line: 'Making its picture' },
  waiting: { word: 'Waiting', line: 'Checked after those before it' },
  notChecked: { word: 'Not checked yet', line: 'Check it' },
  checkFailed: { word: 'Check failed' },
  turnIt: { word: 'Turn it' },
  recordAgain: { word: 'Record again', line: verdictName('fail', null) },
  rejected: { word: 'Rejected', line: 'Not wanted' },
  publish: { word: 'Publish it', line: 'All measures are fine', accepted: 'You accepted it' },
  review: { word: 'Review it', line: verdictName('warn', null) },
  stages: {
    prepare: { word: 'Preparing', line: 'Making the video ready to send' },
    upload: { word: 'Uploading', line: 'Sending it to the host' },
    verify: { word: 'Verifying', line: 'Can the trainer fetch it?' },
    train: { word: 'Ordering', line: 'Asking the trainer' },
    'first-words': { word: 'Training', line: 'Takes some minutes' },
  } satisfies Record<OrderStage, { word: string; line: string }>,
  offline: 'Waits until you are online',
  timeLeft: (left: string) => `${left} left`,
  waitsForRecording: 'Waits for the recording',
  needsYou: {
    ORDER_UNCONFIRMED: { word: 'Was it paid?', line: 'Its answer was lost' },
    FIRST_WORDS_UNCONFIRMED: { word: 'First words paid?', line: 'Answer was lost' },
    ORDER_STALLED: { word: 'Still not usable', line: 'After a whole day' },
  },
  orderFailed: { word: 'Order failed' },
  usable: { word: 'Usable', line: (look: string) => `Look “${look}”` },
  percent: (word: string, share: string) => `${word} ${share}`,
} as const;
