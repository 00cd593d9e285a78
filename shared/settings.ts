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
};
