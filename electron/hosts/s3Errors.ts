import { Cancelled, type ErrorCode, StudioError } from '../../shared/errors.ts';
import { maskSecrets } from '../network/maskSecrets.ts';

/** What we were doing, in words that fit "the bucket does not allow these keys to …". */
export type S3Step =
  | 'write objects'
  | 'read objects'
  | 'delete objects'
  | 'list the parts of an upload'
  | 'list unfinished uploads'
  | 'abort uploads';

/** Error names of S3 and of the services that speak it. Names missing here are judged by their status. */
const CODES_BY_NAME: Readonly<Record<string, ErrorCode>> = {
  InvalidAccessKeyId: 'HOST_KEYS_WRONG',
  SignatureDoesNotMatch: 'HOST_KEYS_WRONG',
  InvalidToken: 'HOST_KEYS_WRONG',
  ExpiredToken: 'HOST_KEYS_WRONG',
  Unauthorized: 'HOST_KEYS_WRONG',
  AccessDenied: 'HOST_FORBIDDEN',
  AllAccessDisabled: 'HOST_FORBIDDEN',
  AccountProblem: 'HOST_FORBIDDEN',
  NoSuchBucket: 'HOST_BUCKET_MISSING',
  InvalidBucketName: 'HOST_BUCKET_MISSING',
  // A bucket of another region: its name and region do not go together.
  PermanentRedirect: 'HOST_BUCKET_MISSING',
  AuthorizationHeaderMalformed: 'HOST_BUCKET_MISSING',
  NoSuchKey: 'HOST_FILE_NOT_FOUND',
  NotFound: 'HOST_FILE_NOT_FOUND',
};

/** Errors that pass by themselves, besides 5xx and 429. */
const TRANSIENT_NAMES: ReadonlySet<string> = new Set([
  'SlowDown',
  'RequestTimeout',
  'OperationAborted',
  'BadDigest',
  'IncompleteBody',
]);

interface S3Failure {
  readonly name: string;
  readonly message: string;
  /** Null when no answer came. */
  readonly status: number | null;
}

/** The few facts of an SDK error that are safe to keep: the object itself carries request headers. */
export function readS3Failure(error: unknown): S3Failure {
  const { name, message, $metadata } = (error ?? {}) as {
    name?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: unknown };
  };
  const status = $metadata?.httpStatusCode;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
    status: typeof status === 'number' ? status : null,
  };
}

/** True when the same request may work a moment later. */
export function isTransient(error: unknown): boolean {
  const { name, status } = readS3Failure(error);
  if (name === 'AbortError') return false;
  return status === null || status >= 500 || status === 429 || TRANSIENT_NAMES.has(name);
}

/** True when the host does not know an unfinished upload. Ceph says so with the name for a missing object. */
export function meansNoSuchUpload(error: unknown): boolean {
  return ['NoSuchUpload', 'NoSuchKey'].includes(readS3Failure(error).name);
}

/**
 * True when there is no object, as far as the host lets on: it answers 403 rather than 404 to keys that may
 * not list the bucket.
 */
export function meansNoSuchObject(error: unknown): boolean {
  const { name, status } = readS3Failure(error);
  return name !== 'NoSuchBucket' && (status === 404 || status === 403);
}

export interface S3ErrorContext {
  readonly step: S3Step;
  readonly host: string;
  readonly bucket: string;
  /** Values that must not appear, whatever the server put into its message. */
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** Translates an error of the SDK; the result names no key and carries no request. */
export function asHostError(error: unknown, context: S3ErrorContext): Cancelled | StudioError {
  if (error instanceof Cancelled || error instanceof StudioError) return error;
  if (context.signal.aborted) return new Cancelled();
  const { name, message, status } = readS3Failure(error);
  const code = codeOf(name, status);
  return new StudioError(
    code,
    {
      host: context.host,
      bucket: context.bucket,
      step: context.step,
      reason: name,
      ...(status === null ? {} : { status }),
    },
    { cause: new Error(maskSecrets(`${name}: ${message}`, context.secrets).slice(0, 500)) },
  );
}

function codeOf(name: string, status: number | null): ErrorCode {
  const named = CODES_BY_NAME[name];
  if (named !== undefined) return named;
  if (status === null) return 'HOST_UNREACHABLE';
  if (status === 401) return 'HOST_KEYS_WRONG';
  if (status === 403) return 'HOST_FORBIDDEN';
  if (status === 404) return 'HOST_FILE_NOT_FOUND';
  return 'HOST_FAILED';
}
