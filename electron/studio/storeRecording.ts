/** Stores what the recorder sends: each fragment is on the disk before it is acknowledged. */
import { z } from 'zod';
import { type ErrorCode, StudioError } from '../../shared/errors.ts';
import { type RecordingCounts, type ToStore, ToStoreSchema } from '../../shared/recording/port.ts';
import { STOP_ROOM_BYTES } from '../../shared/recording/recording.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import { isFull } from '../library/fileErrors.ts';
import type { NewRecording } from '../library/recordingStore.ts';
import { ContentHash } from '../media/contentHash.ts';
import { withRoomForIndex } from '../media/fragmentIndex.ts';
import { type FoundFragment, StoredFragments } from '../media/fragments.ts';
import type { RecordingPort } from './recordingPort.ts';

/** The file's head is whole in one of its first messages. */
const HEAD_WITHIN = 2;
/** How long a disk may take to store what has come when a take ends, milliseconds. */
export const END_WITHIN_MS = 15_000;

const SamplesMessageSchema = z.object({ kind: z.literal('samples') });

/** What lies on the disk once nothing more is written. */
export interface StoredRecording {
  /** As the last stored fragment said; null before the first. */
  readonly counts: RecordingCounts | null;
  /** False when measurements of the stage are missing, because they could not be written. */
  readonly samplesWhole: boolean;
  /** Of all that was stored of the source. */
  readonly source: StoredSource;
}

export interface StoredSource {
  readonly sizeBytes: number;
  /** See `ContentHash`. */
  readonly sha256: string;
  /** See `StoredFragments`. */
  readonly fragments: readonly FoundFragment[] | null;
}

export interface RecordingStorage {
  /** Stores what comes through the port, one message after the other, until `end`. */
  connect(port: RecordingPort): void;
  /**
   * Stores what has come, and lets go of the files. What comes later is not stored. Asked again, the answer is the same.
   * @throws StudioError RECORDING_WRITE_FAILED when the disk does not answer: it may still write, until `closed`
   */
  end(): Promise<StoredRecording>;
  /** Ends when nothing more can be written, which on a disk that hangs is later than `end` answers. */
  closed(): Promise<unknown>;
}

/** @param room bytes left on the disk. */
export function storeRecording(
  { source, samples, record, lease }: Pick<NewRecording, 'source' | 'samples' | 'record' | 'lease'>,
  room: () => Promise<number>,
): RecordingStorage {
  // Addresses within its fragments count from their own beginning, so that they may be moved. Others' may not.
  const isIndexed = record.setup?.recorder === 'webcodecs' && record.setup.container === 'mp4';
  let counts: RecordingCounts | null = null;
  let next = 0;
  let open = true;
  let stopSent = false;
  let samplesOpen = true;
  let samplesWhole = true;
  // Made as it grows: going through all of it in the end would keep the person waiting.
  const hash = new ContentHash();
  const fragments = new StoredFragments();
  let turn = Promise.resolve();
  let ended: Promise<StoredRecording> | null = null;

  const fail = (port: RecordingPort, code: ErrorCode) => {
    open = false;
    port.post({ kind: 'failed', code, message: errorSentence(code) });
  };

  const storeFragment = async (port: RecordingPort, fragment: ToStore & { kind: 'fragment' }) => {
    if (fragment.sequence !== next) return fail(port, 'BAD_CALL');
    // After this computer slept, another one may have made a take of it: that is not written to.
    if (!(await lease.isHeld())) return fail(port, 'LEASE_LOST');
    const bytes = new Uint8Array(fragment.bytes);
    const stored = isIndexed && next < HEAD_WITHIN ? withRoomForIndex(bytes) : bytes;
    try {
      await source.append(stored);
    } catch (error) {
      return fail(port, isFull(error) ? 'RECORDING_DISK_FULL' : 'RECORDING_WRITE_FAILED');
    }
    // It may have slept while it wrote: a file that somebody has made a take of meanwhile stays as that was.
    if (!(await lease.isHeld())) {
      await source.takeBack(stored.byteLength).catch(() => undefined);
      return fail(port, 'LEASE_LOST');
    }
    hash.update(stored);
    fragments.add(stored);
    next += 1;
    counts = fragment.counts;
    const free = await room();
    port.post({
      kind: 'stored',
      sequence: fragment.sequence,
      bytesWritten: source.size,
      freeBytes: free,
    });
    if (free < STOP_ROOM_BYTES && !stopSent) {
      stopSent = true;
      port.post({ kind: 'stop', reason: 'disk-full' });
    }
  };

  const storeSamples = async (sent: ToStore & { kind: 'samples' }) => {
    if (!samplesOpen || sent.samples.length === 0) return;
    const lines = sent.samples.map((sample) => `${JSON.stringify(sample)}\n`).join('');
    // What was measured must never cost what was recorded.
    await samples.append(Buffer.from(lines), 'later').catch(() => {
      samplesOpen = false;
      samplesWhole = false;
    });
  };

  const store = async (port: RecordingPort, sent: unknown) => {
    if (!open) return;
    const parsed = ToStoreSchema.safeParse(sent);
    if (!parsed.success && SamplesMessageSchema.safeParse(sent).success) samplesWhole = false;
    else if (!parsed.success) fail(port, 'BAD_CALL');
    else if (parsed.data.kind === 'fragment') await storeFragment(port, parsed.data);
    else await storeSamples(parsed.data);
  };

  const close = async (): Promise<StoredRecording> => {
    await turn;
    open = false;
    // Synced with every fragment; a disk that is gone says so here once more.
    await Promise.allSettled([source.close(), samples.close()]);
    return {
      counts,
      samplesWhole,
      source: { sizeBytes: source.size, sha256: hash.digest(), fragments: fragments.found },
    };
  };
  const closing = () => {
    ended ??= close();
    return ended;
  };

  return {
    connect(port) {
      port.onMessage((sent) => {
        turn = turn.then(() => store(port, sent));
      });
    },
    closed: closing,
    async end() {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => {
          open = false;
          reject(new StudioError('RECORDING_WRITE_FAILED'));
        }, END_WITHIN_MS);
      });
      return Promise.race([closing(), late]).finally(() => clearTimeout(timer));
    },
  };
}
