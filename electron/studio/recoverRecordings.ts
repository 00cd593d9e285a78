/** Finds recordings whose makers died, and makes them takes. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../shared/errors.ts';
import { cutLastLine } from '../library/appendedFile.ts';
import { fileError } from '../library/fileErrors.ts';
import { STAGE_SAMPLES } from '../library/paths.ts';
import {
  type HeldRecording,
  holdRecording,
  listRecordings,
  sourceNameOf,
} from '../library/recordingStore.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { type KeptRecording, keepRecording, setAside } from './keepRecording.ts';

/** What became of a recording that nobody finished. */
export type InterruptedRecording = { readonly startedAt: string } & (
  | { readonly kind: 'kept'; readonly kept: KeptRecording }
  /** It was interrupted before there was anything to keep. */
  | { readonly kind: 'nothing' }
  /** What was written cannot be played; it lies in this folder of the recordings. */
  | { readonly kind: 'set-aside'; readonly folder: string }
);

export interface Recovery {
  readonly found: readonly InterruptedRecording[];
  /** Ids of recordings that somebody seems to be making still; after a restart of the computer that takes a while to tell. */
  readonly held: number;
  /** What stood in the way of others; they stay as they are, and are tried again the next time. */
  readonly troubles: readonly StudioError[];
}

/**
 * Looks at all recordings of the library once. Of any number of processes that do so at once, one recovers each; one
 * that dies half way leaves it to the next.
 */
export async function recoverRecordings(context: WorkContext): Promise<Recovery> {
  const { paths } = context.library;
  const found: InterruptedRecording[] = [];
  const troubles: StudioError[] = [];
  let held = 0;
  for (const id of await listRecordings(paths)) {
    try {
      const recording = await holdRecording(paths, id);
      if (recording === 'held') held += 1;
      else if (recording !== null) found.push(await recover(context, recording));
    } catch (error) {
      const trouble = fileError(error, paths.recording(id), 'LIBRARY_UNREADABLE');
      if (!(trouble instanceof StudioError)) throw trouble;
      troubles.push(trouble);
    }
  }
  return { found, held, troubles };
}

async function recover(context: WorkContext, held: HeldRecording): Promise<InterruptedRecording> {
  const { folder, record, lease } = held;
  const { startedAt } = record;
  try {
    await cutLastLine(join(folder, STAGE_SAMPLES));
    const kept = await keepRecording(context, held, { end: 'interrupted', counts: record.counts }, null);
    if (kept !== null) return { kind: 'kept', startedAt, kept };
    const source = await stat(join(folder, sourceNameOf(record))).catch(() => null);
    await lease.release();
    if (source === null || source.size === 0) {
      await rm(folder, { recursive: true, force: true });
      return { kind: 'nothing', startedAt };
    }
    return { kind: 'set-aside', startedAt, folder: await setAside(folder, context.library.paths.recordings) };
  } finally {
    await lease.release();
  }
}
