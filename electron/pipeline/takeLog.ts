import { appendFile } from 'node:fs/promises';
import type { TakeId } from '../../shared/domain/ids.ts';
import type { StudioError } from '../../shared/errors.ts';
import { ToolFailure } from '../media/failure.ts';
import { maskSecrets } from '../network/maskSecrets.ts';

/** One line of a take's `log.ndjson`. */
export type LogEntry = Readonly<Record<string, unknown>> & { readonly what: string };

/** Writes what happened to a take, for somebody who looks for the cause of trouble. Never throws. */
export interface TakeLog {
  write(takeId: TakeId, entry: LogEntry): Promise<void>;
}

/** What a log tells of an error: its code, what made it, and what ffmpeg said where it was one of its. */
export function failureFacts({ code, details, cause }: StudioError): Readonly<Record<string, unknown>> {
  if (!(cause instanceof ToolFailure)) return { code, ...details };
  const { commandLine, exitCode, stderrTail } = cause;
  return { code, ...details, commandLine, exitCode, stderrTail };
}

/** @param fileOf a take's log file. */
export function createTakeLog(fileOf: (takeId: string) => string): TakeLog {
  return {
    async write(takeId, entry) {
      const line = JSON.stringify({ at: new Date().toISOString(), ...entry });
      // A log that cannot be written must not stop the work it tells of.
      await appendFile(fileOf(takeId), `${maskSecrets(line)}\n`).catch(() => undefined);
    },
  };
}
