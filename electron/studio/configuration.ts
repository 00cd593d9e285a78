import { StudioError } from '../../shared/errors.ts';
import type { SecretName, Settings } from '../../shared/settings.ts';
import type { S3Config } from '../hosts/s3Config.ts';
import { type WatchTimes, watchTimesFrom } from '../pipeline/watchTimes.ts';
import type { SecretStore } from './studio.ts';

/** Variables of the environment, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Which variable of the environment stands for which key. */
export const SECRET_VARIABLES = {
  s3AccessKeyId: 'TWIN_STUDIO_S3_ACCESS_KEY_ID',
  s3SecretAccessKey: 'TWIN_STUDIO_S3_SECRET_ACCESS_KEY',
  segmindApiKey: 'SEGMIND_API_KEY',
} as const satisfies Record<SecretName, string>;

const filled = (value: string | undefined): value is string => value !== undefined && value !== '';

/**
 * The bucket as configured: each variable of the environment over the saved setting.
 * @throws StudioError HOST_NOT_CONFIGURED when something is missing
 */
export function s3ConfigFrom(settings: Settings, secrets: SecretStore, environment: Environment): S3Config {
  const pick = (variable: string, saved: string) => {
    const value = environment[variable];
    return filled(value) ? value : saved;
  };
  const accessKeyId = secrets.get('s3AccessKeyId') ?? '';
  const secretAccessKey = secrets.get('s3SecretAccessKey') ?? '';
  const config: S3Config = {
    endpoint: pick('TWIN_STUDIO_S3_ENDPOINT', settings.s3.endpoint),
    region: pick('TWIN_STUDIO_S3_REGION', settings.s3.region),
    bucket: pick('TWIN_STUDIO_S3_BUCKET', settings.s3.bucket),
    publicBaseUrl: pick('TWIN_STUDIO_S3_PUBLIC_BASE_URL', settings.s3.publicBaseUrl),
    accessKeyId,
    secretAccessKey,
  };
  const missing = Object.entries(config).find(([name, value]) => value === '' && name !== 'endpoint');
  if (missing) throw new StudioError('HOST_NOT_CONFIGURED', { field: missing[0] });
  return config;
}

/** Segmind's address and key. @throws StudioError TRAINER_NOT_CONFIGURED */
export function segmindConfigFrom(
  settings: Settings,
  secrets: SecretStore,
  environment: Environment,
): { apiKey: string; baseUrl: string | null } {
  const apiKey = secrets.get('segmindApiKey');
  if (apiKey === null) throw new StudioError('TRAINER_NOT_CONFIGURED');
  const fromEnvironment = environment.SEGMIND_BASE_URL;
  const baseUrl = filled(fromEnvironment) ? fromEnvironment : settings.segmindBaseUrl;
  return { apiKey, baseUrl: baseUrl === '' ? null : baseUrl };
}

/** A number of seconds of the environment. @throws StudioError SETTINGS_INVALID naming the variable */
function secondsFrom(environment: Environment, variable: string): number | null {
  const value = environment[variable];
  if (!filled(value)) return null;
  const seconds = Number(value);
  if (!Number.isFinite(seconds) || seconds < 0)
    throw new StudioError('SETTINGS_INVALID', { field: variable });
  return seconds;
}

/** How long practice training takes when nothing else is said, seconds: long enough to be seen, short enough to wait for. */
const PRACTICE_TRAINING_SECONDS = 20;

/** How long the practice trainer trains, seconds. @throws StudioError SETTINGS_INVALID */
export function practiceTrainingSeconds(environment: Environment): number {
  return secondsFrom(environment, 'TWIN_STUDIO_PRACTICE_TRAINING_SECONDS') ?? PRACTICE_TRAINING_SECONDS;
}

/**
 * When to look for a look: for the practice trainer as soon as its training is over, else as the environment
 * or the defaults say. @throws StudioError SETTINGS_INVALID
 */
export function watchTimes(environment: Environment, practice: boolean): WatchTimes {
  const said = secondsFrom(environment, 'TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS');
  if (said !== null) return watchTimesFrom(said);
  return watchTimesFrom(practice ? practiceTrainingSeconds(environment) + 1 : null);
}
