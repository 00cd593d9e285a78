import type { SecretName, Settings } from '../settings.ts';

/** Where masters go, who trains, where things are kept. */
export const settingsWords = {
  title: 'Settings',
  loading: 'Reading the settings…',
  failed: 'The settings could not be read',
  saved: 'Saved',
  saving: 'Saving…',
  trial:
    'This is the trial runtime: it can only practise, and it keeps no keys. Install Twin Studio to train for real.',
  sections: {
    trainer: 'Trainer',
    trainerHelp: 'Makes the twin.',
    host: 'Host',
    hostHelp: 'Where the trainer fetches the video.',
    library: 'Library',
    libraryHelp: 'Where takes, orders and twins are kept.',
    look: 'Appearance',
    lookHelp: 'How this window looks.',
  },
  trainers: {
    practice: { title: 'Practice trainer', line: 'Free, not a real twin' },
    segmind: { title: 'Segmind', line: 'Trains real twins, paid by look' },
  } satisfies Record<Settings['trainer'], { title: string; line: string }>,
  hosts: {
    practice: { title: 'Practice host', line: 'On this computer, free' },
    s3: { title: 'Your bucket', line: 'Any S3-compatible storage' },
  } satisfies Record<Settings['host'], { title: string; line: string }>,
  mismatch: 'A real trainer cannot reach the practice host. Choose your bucket before you publish.',
  s3: {
    endpoint: 'Endpoint',
    endpointExample: 'https://s3.example.com',
    endpointHelp: 'Empty for Amazon S3.',
    region: 'Region',
    regionExample: 'auto',
    bucket: 'Name of the bucket',
    publicBaseUrl: 'Public base address',
    publicBaseUrlExample: 'https://videos.example.com',
    publicBaseUrlHelp: 'Where everybody can read what lies in the bucket.',
  },
  secrets: {
    s3AccessKeyId: 'Access key',
    s3SecretAccessKey: 'Secret key',
    segmindApiKey: 'Segmind key',
  } satisfies Record<SecretName, string>,
  secretStates: {
    kept: 'Kept by this computer',
    session: 'Until Twin Studio closes',
    environment: 'From the environment',
    missing: 'Not set',
  },
  secretPlaceholder: {
    kept: 'Enter a new one to replace it',
    session: 'Enter a new one to replace it',
    environment: 'Set outside Twin Studio',
    missing: 'Paste it here',
  },
  removeSecret: (name: string) => `Remove the ${name.toLowerCase()}`,
  remove: 'Remove',
  keyStorage: {
    system:
      'Keys are encrypted by this computer’s key store. They are never shown again, and never leave this computer except to the service they belong to.',
    session:
      'This computer has no safe place for keys, so they are kept in memory only until Twin Studio closes. You can also set them in the environment.',
  },
  urlWrong: 'Enter an address that starts with https:// or http://',
  test: {
    action: 'Test connection',
    running: 'Testing…',
    host: 'Writes a small file, reads it as anybody could, and deletes it again.',
    trainer: 'Asks how much credit is left. Nothing is paid.',
    trainerPractice: 'Asks whether it answers.',
    steps: { write: 'Written', 'public-read': 'Read as anybody could', delete: 'Deleted again' },
    hostGood: 'The host works.',
    trainerGood: 'The trainer accepts the key.',
    practiceGood: 'The practice trainer answers.',
    credits: (usd: string) => `${usd} left in your account.`,
    failed: 'The test did not succeed',
  },
  library: {
    folder: 'Folder',
    change: 'Choose another folder',
    changed: 'Takes already there are found by themselves. Nothing is moved.',
    shot: 'Shot of imported takes',
    shotHelp: 'How much of the person is meant to be seen. You can change it for every take.',
  },
  theme: {
    label: 'Colours',
    system: 'As the system',
    dark: 'Dark',
    light: 'Light',
  },
  version: (version: string) => `Twin Studio ${version}`,
} as const;
