/** Stores what the recorder sends: each fragment is on the disk before it is acknowledged. */
import type { ErrorCode } from '../../shared/errors.ts';
import { type RecordingCounts, type ToStore, ToStoreSchema } from '../../shared/recording/port.ts';
import { STOP_ROOM_BYTES } from '../../shared/recording/recording.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import { isFull } from '../library/fileErrors.ts';
import type { NewRecording } from '../library/recordingStore.ts';
import { ContentHash } from '../media/contentHash.ts';
import { withRoomForIndex } from '../media/fragmentIndex.ts';
import type { RecordingPort } from './recordingPort.ts';

/** The file's head is whole in one of its first messages. */
const HEAD_WITHIN = 2;

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
}

export interface RecordingStorage {
  /** Stores what comes through the port, one message after the other, until `end`. */
  connect(port: RecordingPort): void;
  /** Stores what has come, and lets go of the files. What comes later is not stored. */
  end(): Promise<StoredRecording>;
}

/** @param room bytes left on the disk. */
export function storeRecording(
  { source, samples, record }: Pick<NewRecording, 'source' | 'samples' | 'record'>,
  room: () => Promise<number>,
): RecordingStorage {
  // Addresses within its fragments count from their own beginning, so that they may be moved. Others' may not.
  const isIndexed = record.setup.recorder === 'webcodecs' && record.setup.container === 'mp4';
  let counts: RecordingCounts | null = null;
  let next = 0;
  let open = true;
  let stopSent = false;
  let samplesWhole = true;
  // Made as it grows: going through all of it in the end would keep the person waiting.
  const hash = new ContentHash();
  let turn = Promise.resolve();

  const fail = (port: RecordingPort, code: ErrorCode) => {
    open = false;
    port.post({ kind: 'failed', code, message: errorSentence(code) });
  };

  const storeFragment = async (port: RecordingPort, fragment: ToStore & { kind: 'fragment' }) => {
    if (fragment.sequence !== next) return fail(port, 'BAD_CALL');
    const bytes = new Uint8Array(fragment.bytes);
    const stored = isIndexed && next < HEAD_WITHIN ? withRoomForIndex(bytes) : bytes;
    try {
      await source.append(stored);
    } catch (error) {
      return fail(port, isFull(error) ? 'RECORDING_DISK_FULL' : 'RECORDING_WRITE_FAILED');
    }
    hash.update(stored);
    next += 1;
    counts = fragment.counts;
    // That the room cannot be told is no reason to end a take: the next write shows whether there is any.
    const free = await room().catch(() => STOP_ROOM_BYTES);
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
    if (!samplesWhole || sent.samples.length === 0) return;
    const lines = sent.samples.map((sample) => `${JSON.stringify(sample)}\n`).join('');
    // What was measured must never cost what was recorded.
    await samples.append(Buffer.from(lines), 'later').catch(() => {
      samplesWhole = false;
    });
  };

  const store = async (port: RecordingPort, sent: unknown) => {
    if (!open) return;
    const parsed = ToStoreSchema.safeParse(sent);
    if (!parsed.success) fail(port, 'BAD_CALL');
    else if (parsed.data.kind === 'fragment') await storeFragment(port, parsed.data);
    else await storeSamples(parsed.data);
  };

  return {
    connect(port) {
      port.onMessage((sent) => {
        turn = turn.then(() => store(port, sent));
      });
    },
    async end() {
      await turn;
      open = false;
      // Synced with every fragment; a disk that is gone says so here once more.
      await Promise.allSettled([source.close(), samples.close()]);
      return { counts, samplesWhole, source: { sizeBytes: source.size, sha256: hash.digest() } };
    },
  };
}
