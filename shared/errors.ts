/**
 * Every error a person can meet: whether trying again helps, and the exit code of the command line.
 * The sentence for each stands in the catalogue (`words/errors.ts`), which the compiler holds complete.
 */
export type Retry =
  /** Trying again changes nothing until something else does. */
  | 'never'
  /** The program tries again by itself, with growing pauses. */
  | 'auto'
  /** A person may try again at once or after doing what the sentence says. */
  | 'user';

/** Exit codes of the command line; `OK` also covers warnings. */
export const EXIT = {
  OK: 0,
  LOCAL: 1,
  REFUSED: 2,
  PERSON: 3,
  REMOTE: 4,
  USAGE: 64,
  CANCELLED: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

interface ErrorFacts {
  readonly retry: Retry;
  readonly exit: ExitCode;
}

const local = { retry: 'user', exit: EXIT.LOCAL } as const;
const person = { retry: 'user', exit: EXIT.PERSON } as const;
const remote = { retry: 'user', exit: EXIT.REMOTE } as const;
const remoteAuto = { retry: 'auto', exit: EXIT.REMOTE } as const;

export const ERRORS = {
  // The file
  FILE_MISSING: local,
  FILE_EMPTY: { retry: 'never', exit: EXIT.LOCAL },
  FILE_UNREADABLE: local,
  FILE_IS_FOLDER: { retry: 'never', exit: EXIT.LOCAL },
  FILE_NOT_MEDIA: { retry: 'never', exit: EXIT.LOCAL },
  FILE_TRUNCATED: { retry: 'never', exit: EXIT.LOCAL },
  FILE_NO_VIDEO: { retry: 'never', exit: EXIT.LOCAL },
  FILE_EXISTS: local,
  FOLDER_UNREADABLE: local,
  DISK_FULL: local,
  SOURCE_MISSING: local,
  SOURCE_CHANGED: local,
  // ffmpeg
  FFMPEG_MISSING: local,
  FFMPEG_FAILED: local,
  FACES_FAILED: local,
  // The library
  LIBRARY_UNREADABLE: local,
  SPACE_UNKNOWN: local,
  LIBRARY_NEWER: { retry: 'never', exit: EXIT.LOCAL },
  TAKE_NOT_FOUND: { retry: 'never', exit: EXIT.LOCAL },
  TAKE_BUSY: { retry: 'auto', exit: EXIT.LOCAL },
  ORDER_NOT_FOUND: { retry: 'never', exit: EXIT.LOCAL },
  TWIN_NOT_FOUND: { retry: 'never', exit: EXIT.LOCAL },
  RECORD_BROKEN: { retry: 'never', exit: EXIT.LOCAL },
  REVISION_CONFLICT: { retry: 'auto', exit: EXIT.LOCAL },
  LEASE_HELD: { retry: 'auto', exit: EXIT.LOCAL },
  LEASE_LOST: { retry: 'auto', exit: EXIT.LOCAL },
  BIN_FAILED: local,
  // Recording
  RECORDING_NO_ROOM: local,
  RECORDING_RUNNING: local,
  RECORDING_DISK_FULL: local,
  RECORDING_WRITE_FAILED: local,
  RECORDING_EMPTY: local,
  RECORDING_NOT_FOUND: { retry: 'never', exit: EXIT.LOCAL },
  SCRIPT_UNREADABLE: local,
  SCRIPT_TOO_LONG: local,
  MEDIA_SETTINGS_BY_HAND: { retry: 'never', exit: EXIT.LOCAL },
  // Before paying
  CHECK_REFUSED: { retry: 'never', exit: EXIT.REFUSED },
  CHECK_MISSING: local,
  TAKE_REJECTED: { retry: 'never', exit: EXIT.REFUSED },
  TRIM_TOO_SHORT: { retry: 'never', exit: EXIT.REFUSED },
  REPORT_MISSING: local,
  CONSENT_MISSING: person,
  PRICE_NOT_CONFIRMED: person,
  PRICE_OVER_MAXIMUM: person,
  PRICE_CHANGED: person,
  TWIN_FULL: { retry: 'never', exit: EXIT.PERSON },
  TWIN_OTHER_ACCOUNT: { retry: 'never', exit: EXIT.PERSON },
  PRACTICE_HOST_REAL_TRAINER: { retry: 'never', exit: EXIT.LOCAL },
  PRACTICE_ONLY_RUNTIME: { retry: 'never', exit: EXIT.LOCAL },
  ORDER_WRONG_STATE: { retry: 'never', exit: EXIT.LOCAL },
  ORDER_ALREADY_REQUESTED: { retry: 'never', exit: EXIT.PERSON },
  ORDER_UNCONFIRMED: person,
  FIRST_WORDS_UNCONFIRMED: person,
  ORDER_STALLED: person,
  // The host
  HOST_NOT_CONFIGURED: local,
  HOST_KEYS_WRONG: remote,
  HOST_FORBIDDEN: remote,
  HOST_BUCKET_MISSING: remote,
  HOST_UNREACHABLE: remoteAuto,
  HOST_FAILED: remoteAuto,
  HOST_PRIVATE: remote,
  HOST_FILE_NOT_FOUND: remote,
  HOST_REDIRECTS: remote,
  HOST_WRONG_TYPE: remote,
  HOST_WRONG_LENGTH: remote,
  HOST_NO_RANGES: remote,
  HOST_NOT_MP4: remote,
  HOST_NOT_HTTPS: remote,
  HOST_NOT_PUBLIC_ADDRESS: remote,
  // The trainer
  TRAINER_NOT_CONFIGURED: local,
  TRAINER_KEY_WRONG: remote,
  TRAINER_FORBIDDEN: remote,
  TRAINER_UNKNOWN_MODEL: remote,
  TRAINER_REFUSED_REQUEST: remote,
  TRAINER_WRONG_CONTENT_TYPE: remote,
  TRAINER_NO_CREDITS: remote,
  TRAINER_TEAM_LIMIT: remote,
  TRAINER_BUSY: remoteAuto,
  TRAINER_FAILED: remote,
  TRAINER_REFUSED_FOOTAGE: { retry: 'never', exit: EXIT.REMOTE },
  TRAINER_CANNOT_FETCH: remote,
  TRAINER_UNREACHABLE: remoteAuto,
  TRAINER_ANSWER_UNREADABLE: person,
  TRAINER_ANSWER_LOST: person,
  TRAINER_NOT_READY: remoteAuto,
  // The program
  NODE_TOO_OLD: local,
  KEYS_NOT_KEPT: local,
  SETTINGS_INVALID: local,
  USAGE: { retry: 'never', exit: EXIT.USAGE },
  BAD_CALL: { retry: 'never', exit: EXIT.LOCAL },
  UNEXPECTED: { retry: 'user', exit: EXIT.LOCAL },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERRORS;

/** True for a code of the catalogue. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERRORS, code);
}

/** Plain facts that a sentence may name, e.g. a file's name. Never a key, never a signed address. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/**
 * An error with a code of the catalogue. Its `message` is for logs; people read the sentence that the
 * catalogue gives for `code` and `details`.
 */
export class StudioError extends Error {
  override readonly name = 'StudioError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
    this.details = details;
  }
}

/** Work that was stopped because somebody asked for it. Not an error: it is never reported as one. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** Throws `Cancelled` once the signal is aborted. */
export function throwIfCancelled(signal: { readonly aborted: boolean } | undefined): void {
  if (signal?.aborted === true) throw new Cancelled();
}
