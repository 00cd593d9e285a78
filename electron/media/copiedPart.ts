/** Where a copied picture can be cut: which packets make up a part of it. */
import type { Cut } from '../../shared/domain/edit.ts';
import type { VideoStream } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import type { MediaTools } from './locate.ts';
import { toNumber } from './probeOutput.ts';
import { runFfprobe } from './process.ts';

/** One packet of the picture, in the order in which it is decoded. Seconds of the take. */
export interface PicturePacket {
  readonly shownAt: number;
  readonly decodedAt: number;
  /** Never of one that an edit list hides. */
  readonly isKey: boolean;
}

/** What is copied. Times are seconds of the take. */
export interface CopiedPart {
  /** Of its first frame. */
  readonly startSeconds: number;
  /** Of the first frame after it. */
  readonly endSeconds: number;
  readonly packets: number;
  /** Between the decoding times of its first packet and the one before; null where it begins with the stream. */
  readonly decodeFromSeconds: number | null;
}

/** Times are written with few digits. */
const ROUNDING = 0.001;

/**
 * The packets that a part needs: from the key frame it begins with, up to the first packet after which everything that
 * belongs to it has been seen and no frame is missing before one that is there. Frames that are decoded out of order can
 * make it longer than was asked for, by a few frames, never shorter.
 * @returns null where it does not begin with a key frame from which everything later can be decoded
 */
export function copiedPart(
  packets: readonly PicturePacket[],
  cut: Pick<Cut, 'startSeconds' | 'endSeconds'>,
  durationSeconds: number,
): CopiedPart | null {
  const shownAt = packets.map((packet) => packet.shownAt);
  const earliestFrom = earliestAfter(shownAt);
  const leadsAll = leadsWhatFollows(shownAt);
  const first = packets.findLastIndex(
    (packet, index) =>
      packet.isKey && packet.shownAt <= cut.startSeconds + ROUNDING && leadsAll[index] === true,
  );
  const key = packets[first];
  if (key === undefined) return null;
  let shownUpTo = key.shownAt;
  for (let next = first + 1; next <= packets.length; next += 1) {
    const earliest = earliestFrom[next] ?? Number.POSITIVE_INFINITY;
    if (earliest > shownUpTo && earliest >= cut.endSeconds - ROUNDING) {
      const before = packets[first - 1];
      return {
        startSeconds: key.shownAt,
        endSeconds: Number.isFinite(earliest) ? earliest : Math.max(durationSeconds, shownUpTo),
        packets: next - first,
        decodeFromSeconds: before === undefined ? null : (before.decodedAt + key.decodedAt) / 2,
      };
    }
    shownUpTo = Math.max(shownUpTo, packets[next]?.shownAt ?? shownUpTo);
  }
  return null;
}

/**
 * For each packet, whether all that are decoded after it are shown after it. Where it is a key frame and one is not,
 * that one leans on what was before: not all of what follows could be decoded from here.
 * @param shownAt when the packets are shown, in the order in which they are decoded; seconds of any clock
 */
export function leadsWhatFollows(shownAt: readonly number[]): boolean[] {
  const earliestFrom = earliestAfter(shownAt);
  return shownAt.map((seconds, index) => (earliestFrom[index] ?? 0) >= seconds - ROUNDING);
}

/** For each packet, when the earliest of it and all that follow is shown. */
function earliestAfter(shownAt: readonly number[]): number[] {
  let earliest = Number.POSITIVE_INFINITY;
  return shownAt
    .map((_, index) => {
      earliest = Math.min(earliest, shownAt[shownAt.length - 1 - index] ?? earliest);
      return earliest;
    })
    .reverse();
}

/**
 * Reads the packets of the picture, in the order of the file.
 * @throws StudioError FFMPEG_FAILED where they have no times; Cancelled
 */
export async function readPicturePackets(
  source: string,
  video: VideoStream,
  tools: MediaTools,
  signal: AbortSignal | undefined,
): Promise<PicturePacket[]> {
  const { stdout } = await runFfprobe(
    tools,
    source,
    [
      ...['-select_streams', String(video.index), '-show_entries', 'packet=pts_time,dts_time,flags'],
      ...['-print_format', 'csv=print_section=0'],
    ],
    signal,
  );
  const found: PicturePacket[] = [];
  let zero = Number.POSITIVE_INFINITY;
  for (const line of stdout.split('\n')) {
    const [shown, decoded, flags = ''] = line.trim().split(',');
    const shownAt = toNumber(shown);
    if (shownAt === null) continue;
    // Flagged for discarding: before the point where an edit list lets the video begin.
    const isHidden = flags.includes('D');
    if (!isHidden) zero = Math.min(zero, shownAt);
    found.push({ shownAt, decodedAt: toNumber(decoded) ?? shownAt, isKey: !isHidden && flags.includes('K') });
  }
  if (!Number.isFinite(zero))
    throw new StudioError('FFMPEG_FAILED', { step: 'reading when frames are shown' });
  return found.map(({ shownAt, decodedAt, isKey }) => ({
    shownAt: shownAt - zero,
    decodedAt: decodedAt - zero,
    isKey,
  }));
}
