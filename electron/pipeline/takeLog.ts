import { appendFile } from 'node:fs/promises';
import type { TakeId } from '../../shared/domain/ids.ts';
import { maskSecrets } from '../network/maskSecrets.ts';

/** One line of a take's `log.ndjson`. */
export type LogEntry = Readonly<Record<string, unknown>> & { readonly what: string };

/** Writes what happened to a take, for somebody who looks for the cause of trouble. Never throws. */
export interface TakeLog {
  write(takeId: TakeId, entry: LogEntry): Promise<void>;
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
