import { basename } from 'node:path';
import { type ErrorCode, StudioError } from '../../shared/errors.ts';

/** The code of a Node system error (`ENOENT`), or undefined for anything else. */
export function systemCode(error: unknown): string | undefined {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

const FULL = new Set(['ENOSPC', 'EDQUOT']);

/** True when a file operation failed because the disk is full. */
export const isFull = (error: unknown): boolean => FULL.has(systemCode(error) ?? '');

/** Not allowed, not there any more (an unplugged disk, a network share), or not what it should be. */
const DENIED = new Set([
  'EACCES',
  'EBUSY',
  'EIO',
  'EISDIR',
  'ELOOP',
  'EMFILE',
  'ENAMETOOLONG',
  'ENFILE',
  'ENODEV',
  'ENOTDIR',
  'ENXIO',
  'EPERM',
  'EROFS',
  'ESTALE',
  'ETIMEDOUT',
]);

/**
 * The `StudioError` for a failed file operation: a full disk keeps its own code, everything else becomes
 * `otherwise`. Errors that are no system errors come back as they are.
 */
export function fileError(error: unknown, path: string, otherwise: ErrorCode): unknown {
  const code = systemCode(error);
  if (code === undefined) return error;
  if (isFull(error)) return new StudioError('DISK_FULL', {}, { cause: error });
  if (code === 'ENOENT' && otherwise === 'FILE_UNREADABLE') {
    return new StudioError('FILE_MISSING', { file: basename(path) }, { cause: error });
  }
  if (code === 'ENOENT' || DENIED.has(code)) {
    return new StudioError(otherwise, { file: basename(path), folder: path }, { cause: error });
  }
  return error;
}
