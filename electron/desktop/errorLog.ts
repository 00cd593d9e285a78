/** The program's own log, for what nobody expected. What a take's work says goes to that take's log. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { maskSecrets } from '../network/maskSecrets.ts';

/** Two files of this size at most: the log is for the last trouble, not for history. */
const MAXIMUM_BYTES = 1_000_000;

export interface ErrorLog {
  readonly path: string;
  /** Writes an error down and returns the reference a person can give when reporting it. */
  record(what: string, error: unknown): string;
}

/**
 * A log with one JSON object a line: when, where, reference, and the error with its causes.
 *
 * @param secrets the keys in use, which are masked like everything that looks like one
 * @param echo prints the line as well, for people who develop
 */
export function createErrorLog(options: {
  readonly path: string;
  readonly secrets: () => readonly string[];
  readonly echo: boolean;
}): ErrorLog {
  const { path } = options;
  mkdirSync(dirname(path), { recursive: true });
  return {
    path,
    record(what, error) {
      const reference = randomBytes(4).toString('hex');
      const text = maskSecrets(describe(error), options.secrets());
      if (options.echo) console.error(`${what} (${reference})\n${text}`);
      const line = JSON.stringify({ at: new Date().toISOString(), reference, what, error: text });
      try {
        makeRoom(path);
        // Synchronous, because the program may be about to end.
        appendFileSync(path, `${line}\n`, { mode: 0o600 });
      } catch (cause) {
        console.error('The log cannot be written.', cause);
      }
      return reference;
    },
  };
}

/** The error's stack, and those of its causes: for the log only, never for a window. */
function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const own = error.stack ?? `${error.name}: ${error.message}`;
  if (error.cause === undefined || depth >= 5) return own;
  return `${own}\nCaused by: ${describe(error.cause, depth + 1)}`;
}

function makeRoom(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAXIMUM_BYTES) renameSync(path, `${path}.old`);
}
