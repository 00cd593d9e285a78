/** Finds recordings whose makers died, and makes them takes. */
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Cancelled, StudioError, throwIfCancelled } from '../../shared/errors.ts';
import type { RecordingEnd } from '../../shared/recording/recording.ts';
import { cutLastLine } from '../library/appendedFile.ts';
import { fileError, systemCode } from '../library/fileErrors.ts';
import { STAGE_SAMPLES } from '../library/paths.ts';
import { type HeldRecording, holdRecording, listRecordings } from '../library/recordingStore.ts';
import type { WorkContext } from '../pipeline/context.ts';
import type { ReadingThrough } from './completeSource.ts';
import { type KeptRecording, keepRecording, setAside } from './keepRecording.ts';

/** What became of a recording that nobody finished. */
export type InterruptedRecording = {
  readonly startedAt: string;
} /** `end` is another one than `interrupted` where it had ended well and could not be kept then. */ & (
  | { readonly kind: 'kept'; readonly kept: KeptRecording; readonly end: RecordingEnd }
  /** It was interrupted before there was anything to keep. */
  | { readonly kind: 'nothing' }
  /** What was written cannot be played; it lies in this folder of the recordings. */
  | { readonly kind: 'set-aside'; readonly folder: string }
);

export interface Recovery {
  readonly found: readonly InterruptedRecording[];
  /**
   * Recordings that somebody seems to be making still; after a restart of the computer that takes a while to tell. Also
   * those that were not looked at because this was to stop.
   */
  readonly held: number;
  /** What stood in the way of others; they stay as they are, and are tried again the next time. */
  readonly troubles: readonly unknown[];
}

/**
 * Looks at all recordings of the library once. Of any number of processes that do so at once, one recovers each; one
 * that dies half way leaves it to the next. While a take is recorded it waits. Never throws for one recording: what has
 * become of the others is told in every case.
 */
export async function recoverRecordings(context: WorkContext, signal: AbortSignal): Promise<Recovery> {
  const { paths } = context.library;
  const reading: ReadingThrough = { signal, mayGoOn: () => context.quiet.pass(signal) };
  const found: InterruptedRecording[] = [];
  const troubles: unknown[] = [];
  let held = 0;
  for (const id of await listRecordings(paths)) {
    try {
      throwIfCancelled(signal);
      const recording = await holdRecording(paths, id);
      if (recording === 'held') held += 1;
      else if (recording !== null) found.push(await recover(context, recording, reading));
    } catch (error) {
      if (error instanceof Cancelled) held += 1;
      else troubles.push(fileError(error, paths.recording(id), 'LIBRARY_UNREADABLE'));
    }
  }
  return { found, held, troubles };
}

async function recover(
  context: WorkContext,
  held: HeldRecording,
  reading: ReadingThrough,
): Promise<InterruptedRecording> {
  const { folder, record, sourceName, lease } = held;
  const { startedAt, counts, samplesWhole } = record;
  const end = record.end ?? 'interrupted';
  try {
    await reading.mayGoOn();
    await cutLastLine(join(folder, STAGE_SAMPLES));
    const kept = await keepRecording(context, held, { end, counts, samplesWhole }, null, reading);
    if (kept !== null) return { kind: 'kept', startedAt, kept, end };
    const source = await stat(join(folder, sourceName)).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return null;
      throw error;
    });
    if (!(await lease.isHeld())) throw new StudioError('LEASE_LOST');
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
