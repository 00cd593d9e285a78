import type { HostKind, TrainerKind } from '../domain/twin.ts';

export const trainerNames = {
  practice: 'Practice trainer',
  segmind: 'Segmind',
} as const satisfies Record<TrainerKind, string>;

export const hostNames = {
  practice: 'Practice host',
  s3: 'Your bucket',
} as const satisfies Record<HostKind, string>;

/** Exact sentences that are agreed to. They are stored with the order for good: change them with care. */
export const consentWording = {
  confirmed: (person: string) =>
    `${person} agrees that a twin of their face and voice is made from this take and used.`,
  page: (person: string) => `${person} gives consent on their own page, to which the trainer sends them.`,
} as const;

/** Choosing what is ordered, for whom, and for how much. */
export const publishWords = {
  title: 'Publish',
  heading: 'Make a twin from this take',
  loading: 'Getting things ready…',
  choices: 'Choices',
  order: 'The order',
  trainer: { title: 'Trainer', help: 'Makes the twin' },
  trainers: {
    practice: 'Free, not a real twin',
    segmind: 'Real twins, paid by look',
  } satisfies Record<TrainerKind, string>,
  host: { title: 'Host', help: 'Where the trainer fetches the video' },
  hosts: {
    practice: 'On this computer, free',
    bucket: (name: string) => `Called “${name}”`,
    notSetUp: 'Not set up yet',
    unreachable: 'A real trainer cannot reach it',
    trial: 'Not in the trial runtime',
    noKey: 'Needs a key in Settings',
  },
  twin: {
    title: 'Twin',
    help: 'Whose face and voice it is',
    choose: 'Twin',
    lookOf: 'New look of a twin',
    lookOfHelp: 'For somebody you already have',
    none: 'You have none at this trainer yet',
    new: 'New twin',
    newHelp: 'For somebody new',
    person: 'Name of the person',
    look: 'Name of the look',
    lookHelp: 'What tells it from other looks: clothes, place, mood.',
    looks: (looks: number, most: number) => `${looks} of ${most} looks`,
    option: (name: string, looks: number, most: number) => `${name} (${looks} of ${most} looks)`,
  },
  consent: {
    title: 'Consent',
    help: 'Kept with the twin',
    person: 'Person in the take',
    how: 'How consent is given',
    here: 'I confirm it here',
    hereHelp: 'They have agreed, and you say so',
    page: 'On their own page',
    pageHelp: 'The trainer sends them there',
    url: 'Address of the page',
    urlExample: 'https://example.com/consent',
    urlWrong: 'Enter an address that starts with https:// or http://',
    unnamed: 'The person in this take',
  },
  next: {
    title: 'What happens next',
    prepare: 'Made ready to send',
    upload: 'Sent to the host',
    verify: 'Can it be fetched?',
    train: 'Paid here, once',
    'first-words': 'Proof that it speaks',
    free: 'The twin is made',
  },
  panel: {
    take: 'Take',
    check: 'Check',
    consent: 'Consent',
    trainer: 'Trainer',
    host: 'Host',
    newTwin: (name: string) => `New twin: ${name}`,
    newTwinUnnamed: 'New twin',
    newLook: (name: string) => `New look of ${name}`,
    unnamedLook: 'Look without a name',
    consentMissing: 'Missing',
    consentHere: 'Confirmed by you',
    consentPage: 'On their own page',
    consentFlag: 'Confirmed on the command line',
    checks: { pass: 'Good', warn: 'Good, with weak spots', fail: 'Would be refused', none: 'Not checked' },
  },
  price: {
    asking: 'Asking for the price…',
    now: 'now',
    firstWords: (usd: string) => `and up to ${usd} for first words.`,
    noFirstWords: 'First words are included.',
    free: 'Free',
    freeBody: 'You are practising: nothing leaves this computer, and nothing is paid.',
    freeTrainer: 'The practice trainer costs nothing.',
    credits: (usd: string, trainer: string) => `You have ${usd} at ${trainer}.`,
    after: 'Nothing is paid before the video is verified.',
    afterFree: 'The whole way, as it would be for real.',
    failed: 'The price could not be asked for',
  },
  train: (usd: string) => `Train for ${usd}`,
  practise: 'Practise for free',
  ordering: 'Ordering…',
  blocked: {
    title: 'Before it can be ordered',
    person: 'Say whose twin it is.',
    look: 'Give the look a name.',
    consentPerson: 'Enter the name of the person in the take.',
    consentBox: 'Tick the box once the person has agreed.',
    consentUrl: 'Enter the address of the consent page.',
    twin: 'Choose one of your twins.',
    price: 'Wait for the price.',
  },
  same: {
    title: 'You have this order already',
    body: 'Same take, twin and look. It goes on with that one, so nothing is paid twice.',
    action: 'Go to this order',
    resume: 'Go on with this order',
    other: 'To order another look of this take, give it another name.',
  },
  failed: 'It was not ordered',
} as const;
