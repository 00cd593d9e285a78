import { S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { StudioError } from '../../shared/errors.ts';

const address = z.url({ protocol: /^https?$/ });

/** Where the bucket is, and the keys to it. */
export const S3ConfigSchema = z.object({
  /** Empty for AWS itself, whose address follows from the region. */
  endpoint: z.union([z.literal(''), address]),
  /** `auto` for hosts that have none. */
  region: z.string().min(1),
  bucket: z.string().min(1),
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  /** Where the bucket's objects can be read without credentials. */
  publicBaseUrl: address,
});
export type S3Config = z.infer<typeof S3ConfigSchema>;

/** @throws StudioError `HOST_NOT_CONFIGURED` naming the first field that does not fit, never its value. */
export function parseS3Config(config: S3Config): S3Config {
  const parsed = S3ConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  throw new StudioError('HOST_NOT_CONFIGURED', {
    field: String(parsed.error.issues[0]?.path[0] ?? 'bucket'),
  });
}

/** The name a person knows the host by, for errors. */
export function hostNameOf(config: S3Config): string {
  return config.endpoint === '' ? 'Amazon S3' : new URL(config.endpoint).host;
}

/**
 * A client that suits every S3-compatible host:
 * - checksums only where required, because the SDK's new defaults are refused by many;
 * - path style for a named endpoint, because MinIO, Ceph and any address without wildcard certificates
 *   need it and R2 and B2 take it; AWS itself, where path style is on its way out, keeps the bucket in
 *   the host's name;
 * - no retries of its own: they are made here, where cancelling and waiting are ours.
 */
export function createS3Client(config: S3Config): S3Client {
  const isAws = config.endpoint === '' || /(^|\.)amazonaws\.com$/.test(new URL(config.endpoint).hostname);
  return new S3Client({
    region: isAws && config.region === 'auto' ? 'us-east-1' : config.region,
    ...(config.endpoint === '' ? {} : { endpoint: config.endpoint }),
    forcePathStyle: !isAws,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 1,
    // A stalled connection ends after two minutes without a byte; a slow one may take as long as it needs.
    requestHandler: { connectionTimeout: 15_000, socketTimeout: 120_000 },
  });
}
