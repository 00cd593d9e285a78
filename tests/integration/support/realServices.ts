import type { S3Config } from '../../../electron/hosts/s3Config.ts';

/** Recognisable keys, so that a test can look for them where they must not be. */
export const SEGMIND_KEY = 'SG_secret0123456789abcdef';

/** The environment of a run with a bucket and a Segmind that is not on the internet. */
export function realServices(bucket: S3Config, segmindBaseUrl: string): Readonly<Record<string, string>> {
  return {
    TWIN_STUDIO_S3_ENDPOINT: bucket.endpoint,
    TWIN_STUDIO_S3_REGION: bucket.region,
    TWIN_STUDIO_S3_BUCKET: bucket.bucket,
    TWIN_STUDIO_S3_ACCESS_KEY_ID: bucket.accessKeyId,
    TWIN_STUDIO_S3_SECRET_ACCESS_KEY: bucket.secretAccessKey,
    TWIN_STUDIO_S3_PUBLIC_BASE_URL: bucket.publicBaseUrl,
    SEGMIND_API_KEY: SEGMIND_KEY,
    SEGMIND_BASE_URL: segmindBaseUrl,
  };
}

/** A run with the bucket as host and Segmind as trainer. */
export const realRun = (file: string, name: string, ...more: string[]): string[] => [
  ...['run', file, '--name', name, '--host', 's3', '--trainer', 'segmind', '--consent-confirmed', '--yes'],
  ...more,
];
