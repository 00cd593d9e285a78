/** The recording that runs in this process, from its beginning until it is a take. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { z } from 'zod';
import type { CALLS } from '../../shared/contract.ts';
import type { TakeId } from '../../shared/domain/ids.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { type RecordingEnd, type RecordingId, RecordingIdSchema } from '../../shared/recording/recording.ts';
import { fileError } from '../library/fileErrors.ts';
import { isRecordingHere, markRecording } from '../library/recordingMarker.ts';
import { createRecording, leaveRecording } from '../library/recordingStore.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { AT_ONCE } from './completeSource.ts';
import { type KeptRecording, keepRecording, setAside } from './keepRecording.ts';
import type { RecordingPort } from './recordingPort.ts';
import { requireRoom, roomOf } from './recordingRoom.ts';
import type { InterruptedRecording } from './recoverRecordings.ts';
import { type StoredRecording, storeRecording } from './storeRecording.ts';

/** How long after its port has closed a recording may still be finished by a window that stands still, milliseconds. */
const GRACE_MS = 20_000;
/** And by one whose page was left: what it still had to say is on its way. */
const LEFT_GRACE_MS = 2_000;

/** A recording that has begun. */
export interface BegunRecording {
  readonly id: RecordingId;
  /** Gives it the line through which its bytes come. */
  connect(port: RecordingPort): void;
}

export interface Recordings {
  /** @throws StudioError RECORDING_NO_ROOM, RECORDING_RUNNING, DISK_FULL, LIBRARY_UNREADABLE */
  begin(wish: z.output<(typeof CALLS)['startRecording']['input']>): Promise<BegunRecording>;
  /**
   * Ends a recording and makes it a take. Asked again, the answer is the same.
   * @throws StudioError RECORDING_NOT_FOUND, RECORDING_EMPTY, RECORDING_WRITE_FAILED, DISK_FULL, LIBRARY_UNREADABLE,
   * LEASE_LOST; Cancelled when the program ends meanwhile
   */
  finish(id: RecordingId, end: RecordingEnd): Promise<TakeId>;
  /** The window is gone: what it recorded is kept, and told. */
  interrupt(): Promise<void>;
  /** The window shows another page: what the one before recorded, and does not finish now, is kept and told. */
  pageLeft(): void;
  /** The program ends: a recording is stored to its end and left to the next start, which tells of it. */
  close(): Promise<void>;
  /** Tells when a recording begins and when it has ended; returns how to stop listening. */
  follow(listener: (running: boolean) => void): () => void;
}

interface Running {
  readonly id: RecordingId;
  readonly startedAt: string;
  readonly finish: (end: RecordingEnd) => Promise<KeptRecording | null>;
  readonly pageLeft: () => void;
  readonly leave: () => Promise<void>;
}

/**
 * @param onInterrupted called with what became of a recording that the window did not finish.
 * @param onTrouble called with what kept it from being finished; it is tried again at the next start.
 */
export function createRecordings(
  context: WorkContext,
  onInterrupted: (what: InterruptedRecording) => void,
  onTrouble: (error: unknown) => void,
): Recordings {
  const { library } = context;
  const listeners = new Set<(running: boolean) => void>();
  const finished = new Map<RecordingId, Promise<KeptRecording | null>>();
  let running: Running | null = null;
  let beginning = false;

  const tell = (isRunning: boolean) => {
    context.quiet.record(isRunning);
    for (const listener of listeners) listener(isRunning);
  };

  const start = async ({ shot, setup }: Parameters<Recordings['begin']>[0]): Promise<BegunRecording> => {
    const bitRate = setup.video.bitRate + (setup.audio?.bitRate ?? 0);
    const free = await requireRoom(library.paths.root, bitRate);
    if (await isRecordingHere(library.paths, context.userDataDir)) throw new StudioError('RECORDING_RUNNING');
    const marker = await markRecording(context.userDataDir);
    // Of two that begin in the same moment, into two libraries, one gets it.
    if (marker === null && (await isRecordingHere(library.paths, context.userDataDir))) {
      throw new StudioError('RECORDING_RUNNING');
    }
    const id = RecordingIdSchema.parse(`rc_${randomBytes(10).toString('hex')}`);
    const startedAt = context.now().toISOString();
    const made = await createRecording(library.paths, { id, startedAt, shot, setup }).catch(
      async (error: unknown) => {
        await marker?.release();
        throw fileError(error, library.paths.root, 'LIBRARY_UNREADABLE');
      },
    );
    const storage = storeRecording(made, roomOf(library.paths.root, free));
    const isOver = async () => {
      await marker?.release();
      running = null;
      tell(false);
    };
    const conclude = async (end: RecordingEnd): Promise<KeptRecording | null> => {
      let stored: StoredRecording | null = null;
      try {
        stored = await storage.end();
        const { counts, samplesWhole, source } = stored;
        if (!(await made.lease.isHeld())) throw new StudioError('LEASE_LOST');
        const kept = await keepRecording(context, made, { end, counts, samplesWhole }, source, AT_ONCE);
        if (kept === null && (counts?.seconds ?? 0) < 1)
          await rm(made.folder, { recursive: true, force: true });
        else if (kept === null) {
          // More was recorded than can be read: whatever that is, it is not thrown away.
          const file = await setAside(made.folder, library.paths.recordings);
          throw new StudioError('RECORD_BROKEN', { file });
        }
        await made.lease.release();
        return kept;
      } catch (error) {
        // What could not be done here is done at the next look, by whoever gets the lease then.
        await leave(stored, end);
        throw fileError(error, library.paths.root, 'LIBRARY_UNREADABLE');
      } finally {
        await isOver();
      }
    };
    const leave = async (stored: StoredRecording | null, end: RecordingEnd | null): Promise<void> => {
      if (stored === null) {
        // The disk hangs and may yet write what it was given: until then nobody else may have the file.
        void storage.closed().then(() => made.lease.release());
        return;
      }
      const { counts, samplesWhole } = stored;
      // The record is a convenience here; the recording is found without it as it was.
      await leaveRecording(made, { counts, samplesWhole, end }).catch(() => undefined);
    };
    let left: Promise<void> | null = null;
    let isPageLeft = false;
    let isPortClosed = false;
    const interruptLater = () => {
      const timer = setTimeout(() => void interrupted(current), isPageLeft ? LEFT_GRACE_MS : GRACE_MS);
      timer.unref();
    };
    const leaveToNextStart = async () => {
      await leave(await storage.end().catch(() => null), null);
      await isOver();
    };
    const current: Running = {
      id,
      startedAt,
      async finish(end) {
        if (left !== null) {
          await left;
          throw new Cancelled();
        }
        const known = finished.get(id);
        if (known !== undefined) return known;
        const done = conclude(end);
        finished.set(id, done);
        return done;
      },
      pageLeft() {
        isPageLeft = true;
        if (isPortClosed) interruptLater();
      },
      async leave() {
        if (finished.has(id)) return void (await finished.get(id)?.catch(() => null));
        left ??= leaveToNextStart();
        await left;
      },
    };
    running = current;
    tell(true);
    return {
      id,
      connect(port) {
        storage.connect(port);
        port.onClose(() => {
          // The recorder lets go of its port before it says that it is done; a page that is gone never says it.
          isPortClosed = true;
          interruptLater();
        });
      },
    };
  };

  const interrupted = async ({ id, startedAt, finish }: Running): Promise<void> => {
    if (finished.has(id)) return;
    try {
      const kept = await finish('interrupted');
      onInterrupted(
        kept === null
          ? { kind: 'nothing', startedAt }
          : { kind: 'kept', startedAt, kept, end: 'interrupted' },
      );
    } catch (error) {
      // The program ends: the next start tells of it.
      if (!(error instanceof Cancelled)) onTrouble(error);
    }
  };

  return {
    async begin(wish) {
      if (running !== null || beginning) throw new StudioError('RECORDING_RUNNING');
      beginning = true;
      try {
        return await start(wish);
      } finally {
        beginning = false;
      }
    },
    async finish(id, end) {
      const done = running?.id === id ? running.finish(end) : finished.get(id);
      if (done === undefined) throw new StudioError('RECORDING_NOT_FOUND');
      const kept = await done;
      if (kept === null) throw new StudioError('RECORDING_EMPTY');
      return kept.takeId;
    },
    async interrupt() {
      if (running !== null) await interrupted(running);
    },
    pageLeft() {
      running?.pageLeft();
    },
    async close() {
      await running?.leave();
    },
    follow(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
