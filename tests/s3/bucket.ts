import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Config } from '../../electron/hosts/s3Config.ts';
import type { S3Server } from './server.ts';

type RunningServer = Extract<S3Server, { kind: 'running' }>;

/** A client beside the product's, to prepare and to look behind its back. */
export function clientOf(server: RunningServer): S3Client {
  return new S3Client({
    endpoint: server.endpoint,
    region: 'default',
    forcePathStyle: true,
    credentials: { accessKeyId: server.accessKeyId, secretAccessKey: server.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/** Makes a bucket and returns the configuration a person would enter for it. */
export async function makeBucket(server: RunningServer, access: 'public' | 'private'): Promise<S3Config> {
  const bucket = `test-${randomBytes(6).toString('hex')}`;
  const client = clientOf(server);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  if (access === 'public') {
    const policy = {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: '*', Action: ['s3:GetObject'], Resource: [`arn:aws:s3:::${bucket}/*`] },
      ],
    };
    await client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: JSON.stringify(policy) }));
  }
  client.destroy();
  return {
    endpoint: server.endpoint,
    region: 'default',
    bucket,
    accessKeyId: server.accessKeyId,
    secretAccessKey: server.secretAccessKey,
    publicBaseUrl: `${server.endpoint}/${bucket}`,
  };
}
