import { z } from 'zod';
import { ShotSchema } from './domain/report.ts';
import { HostKindSchema, TrainerKindSchema } from './domain/twin.ts';

/** Names of the keys; their values never leave the main process. */
export const SECRET_NAMES = ['s3AccessKeyId', 's3SecretAccessKey', 'segmindApiKey'] as const;
export const SecretNameSchema = z.enum(SECRET_NAMES);
export type SecretName = z.infer<typeof SecretNameSchema>;

const webAddress = z.union([z.literal(''), z.url({ protocol: /^https?$/ })]);

/** Where the bucket is. Empty strings are "not set yet". */
export const S3SettingsSchema = z.object({
  endpoint: webAddress,
  region: z.string().max(64),
  bucket: z.string().max(63),
  publicBaseUrl: webAddress,
});
export type S3Settings = z.infer<typeof S3SettingsSchema>;

const ChosenDeviceSchema = z.object({ id: z.string().max(500), label: z.string().max(300) }).nullable();

/** What the stage remembers. */
export const StageSettingsSchema = z.object({
  /** Null: the system's choice. The label finds a device again whose id has changed. */
  camera: ChosenDeviceSchema,
  microphone: ChosenDeviceSchema,
  /** As chosen on the stage last; null: never, and then imported takes' shot is meant. */
  shot: ShotSchema.nullable().default(null),
  countdownSeconds: z.union([z.literal(3), z.literal(5), z.literal(10)]),
  /** Codes of the checklist's lines that were ticked. */
  checklist: z.array(z.string().max(40)).max(20),
  teleprompter: z.object({
    shown: z.boolean(),
    /** Which script is read: a sample, or the person's own text. */
    script: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('sample'), code: z.string().max(40) }),
      z.object({ kind: z.literal('own') }),
    ]),
    /** The person's own text, kept also while a sample is read. Null until there is one. */
    own: z.object({ name: z.string().max(200), text: z.string().max(200_000) }).nullable(),
    wordsPerMinute: z.number().int().min(60).max(240),
    /** Size of the letters, pixels. */
    textSize: z.number().int().min(16).max(60),
    /** Share of the room between the controls that lines may fill. */
    width: z.number().min(0.25).max(1),
    mirrored: z.boolean(),
  }),
});
export type StageSettings = z.infer<typeof StageSettingsSchema>;

/** What is remembered between starts, shared by app and command line. Holds no key. */
export const SettingsSchema = z.object({
  /** Absolute folder of the library; empty means the default folder. */
  libraryDir: z.string(),
  host: HostKindSchema,
  trainer: TrainerKindSchema,
  s3: S3SettingsSchema,
  /** Empty means the trainer's own address. */
  segmindBaseUrl: webAddress,
  /** Shot given to newly imported takes. */
  shot: ShotSchema,
  theme: z.enum(['system', 'dark', 'light']),
  stage: StageSettingsSchema,
});
export type Settings = z.infer<typeof SettingsSchema>;

/** First start: practice, so that nothing can cost anything. */
export const DEFAULT_SETTINGS: Settings = {
  libraryDir: '',
  host: 'practice',
  trainer: 'practice',
  s3: { endpoint: '', region: 'auto', bucket: '', publicBaseUrl: '' },
  segmindBaseUrl: '',
  shot: 'head-and-shoulders',
  theme: 'system',
  stage: {
    camera: null,
    microphone: null,
    shot: null,
    countdownSeconds: 3,
    checklist: [],
    teleprompter: {
      shown: true,
      script: { kind: 'sample', code: 'two-minutes' },
      own: null,
      wordsPerMinute: 130,
      textSize: 26,
      width: 0.6,
      mirrored: false,
    },
  },
};
