/** How far a face jumps where the picture does: the frames around the place are decoded once more, around the face. */
import type { VideoStream } from '../../../shared/domain/media.ts';
import { WHOLE } from '../../../shared/quality/lookAt.ts';
import type { Box } from '../../../shared/quality/observation.ts';
import { gaveUp } from '../failure.ts';
import type { MediaTools } from '../locate.ts';
import { fileAddress, INPUT_GUARD, runTool } from '../process.ts';
import type { Looking } from './faces.ts';
import type { Landmarks } from './facesMessages.ts';
import type { FullFrame } from './framesReader.ts';

/** Frames before and after the place. */
const BEFORE = 4;
const AFTER = 4;
/** Room around the face as it was seen last, in its own size, for it may move. */
const ROOM = 0.7;
/** Longest side of the pictures, pixels: the model itself sees no more than 192 of a face. */
const LONG_SIDE = 384;
/** Landmarks of a face that stands still waver by this much, in eye distances. */
const WAVERING = 0.012;

export interface Place {
  /** Of the first frame after it. */
  readonly frame: number;
  /** Where a face was seen last, in shares of the frame as it is stored; null: anywhere. */
  readonly near: Box | null;
}

/** The frames around a place, decoded, and which of them is the first after it. */
export interface FramesAround {
  readonly frames: readonly Omit<FullFrame, 'atSeconds'>[];
  readonly at: number;
}

/**
 * Movement of the landmarks over the place, over the largest movement in the frames around it; 1 is as ever. Null
 * where no face is seen on both sides.
 * @param least what is less than this need not be known: then it is at most what is told, and fewer frames are looked at
 * @throws StudioError, Cancelled
 */
export async function faceJumpIn(
  { frames, at }: FramesAround,
  least: number,
  looking: Pick<Looking, 'find'>,
): Promise<number | null> {
  const found = new Map<number, Landmarks>();
  const landmarksIn = async (frame: number): Promise<Landmarks> => {
    const pixels = frames[frame];
    const known = found.get(frame);
    if (known !== undefined || pixels === undefined) return known ?? null;
    const landmarks = await looking.find(pixels);
    found.set(frame, landmarks);
    return landmarks;
  };
  const moveTo = async (frame: number) => movement(await landmarksIn(frame - 1), await landmarksIn(frame));
  const jump = await moveTo(at);
  if (jump === null) return null;
  let others = 0;
  let largest = 0;
  for (const frame of nearestFirst(at, frames.length)) {
    const move = await moveTo(frame);
    if (move === null) continue;
    others += 1;
    largest = Math.max(largest, move);
    // The largest only grows.
    const soFar = over(jump, largest);
    if (soFar < least) return soFar;
  }
  return others < 2 ? null : over(jump, largest);
}

const over = (jump: number, largest: number): number => Number((jump / (largest + WAVERING)).toFixed(2));

/** Frames that have one before them, without the one at the place, by how near they are to it. */
function nearestFirst(at: number, length: number): number[] {
  const frames = Array.from({ length: Math.max(0, length - 1) }, (_unused, index) => index + 1);
  return frames
    .filter((frame) => frame !== at)
    .sort((one, other) => Math.abs(one - at) - Math.abs(other - at));
}

/**
 * Places whose frames are best decoded in one go: those that decoding has to begin at the same key frame for. Where key
 * frames are far apart, as screen recorders and some cameras set them, each of them alone would be decoded from there anew.
 * @param times when the frames are shown, in order @param entries when the key frames are; both in seconds
 * @returns the places as they come, each with those that share its key frame
 */
export function placesByEntry<Some extends Pick<Place, 'frame'>>(
  places: readonly Some[],
  times: readonly number[],
  entries: readonly number[],
): Some[][] {
  const inOrder = [...entries].sort((one, other) => one - other);
  const groups = new Map<number, Some[]>();
  for (const place of places) {
    const from = seekTo(firstFrameOf(place), times);
    const entry = inOrder.findLastIndex((at) => at <= from);
    const group = groups.get(entry);
    if (group === undefined) groups.set(entry, [place]);
    else group.push(place);
  }
  return [...groups.values()];
}

const firstFrameOf = ({ frame }: Pick<Place, 'frame'>): number => Math.max(0, frame - BEFORE);

/** Between two frames, so that rounding leads to neither more nor fewer. */
const seekTo = (frame: number, times: readonly number[]): number =>
  ((times[frame - 1] ?? 0) + (times[frame] ?? 0)) / 2;

/**
 * Decodes the frames around these places, from the key frame before the first of them on.
 * @param times when the frames are shown, on the file's clock in seconds
 * @returns of each place, in their order; fewer frames, or none, where the file is damaged
 * @throws StudioError, Cancelled
 */
export async function readFramesAround(
  source: string,
  video: VideoStream,
  { places, times }: { readonly places: readonly Place[]; readonly times: readonly number[] },
  { tools, signal }: { readonly tools: MediaTools; readonly signal: AbortSignal },
): Promise<FramesAround[]> {
  const first = Math.min(...places.map(firstFrameOf));
  const views = places.map((place) => ({
    ...viewOf(place.near, video),
    skipped: firstFrameOf(place) - first,
    at: place.frame - firstFrameOf(place),
  }));
  const written: Buffer[][] = places.map(() => []);
  const keep = (index: number) => (chunk: Buffer) => void written[index]?.push(chunk);
  await runTool({
    program: tools.ffmpeg,
    args: [
      ...['-v', 'error', '-nostdin', ...INPUT_GUARD],
      ...(first === 0 ? [] : ['-ss', seekTo(first, times).toFixed(4)]),
      ...['-i', fileAddress(source)],
      ...views.flatMap(({ part, width, height, skipped }, index) => [
        ...['-map', `0:${video.index}`, '-an', '-sn', '-dn', '-vf'],
        [
          ...(skipped === 0 ? [] : [`trim=start_frame=${skipped}`]),
          `crop=iw*${part.width}:ih*${part.height}:iw*${part.x}:ih*${part.y}`,
          `scale=${width}:${height}:flags=area,format=yuv420p,setsar=1,settb=1/25,setpts=N`,
        ].join(','),
        ...[...tools.capabilities.eachFrameOnce, '-frames:v', String(BEFORE + AFTER)],
        ...['-c:v', 'rawvideo', '-f', 'rawvideo', `pipe:${index === 0 ? 1 : index + 2}`],
      ]),
    ],
    source,
    step: 'looking at a cut',
    signal,
    onStdout: keep(0),
    otherPipes: places.slice(1).map((_place, index) => (pipe) => void pipe.on('data', keep(index + 1))),
    onAgain() {
      for (const chunks of written) chunks.length = 0;
    },
  }).catch((error: unknown) => {
    // A file that is damaged there: its frames have been counted, and what of them cannot be had again is not looked at.
    if (!gaveUp(error)) throw error;
  });
  return views.map(({ width, height, at }, index) => {
    const bytes = Buffer.concat(written[index] ?? []);
    const size = (width * height * 3) / 2;
    const frames = Array.from({ length: Math.floor(bytes.length / size) }, (_unused, frame) => ({
      width,
      height,
      bytes: new Uint8Array(bytes.subarray(frame * size, (frame + 1) * size)),
    }));
    return { frames, at };
  });
}

/** The part of the frame that is looked at, and its size as it is decoded, pixels. */
function viewOf(near: Box | null, video: VideoStream) {
  const part = near === null ? WHOLE : around(near);
  const scale = LONG_SIDE / Math.max(part.width * video.displayWidth, part.height * video.displayHeight);
  const side = (pixels: number) => Math.max(16, Math.round((pixels * scale) / 2) * 2);
  return {
    part,
    width: side(part.width * video.displayWidth),
    height: side(part.height * video.displayHeight),
  };
}

/** The part of the frame, in shares of it, in which the face is looked for. */
function around({ x, y, width, height }: Box): Box {
  const left = Math.max(0, x - ROOM * width);
  const top = Math.max(0, y - ROOM * height);
  return {
    x: left,
    y: top,
    width: Math.min(1, x + width * (1 + ROOM)) - left,
    height: Math.min(1, y + height * (1 + ROOM)) - top,
  };
}

/** Mean way of the landmarks, in eye distances. */
function movement(before: Landmarks, now: Landmarks): number | null {
  if (before === null || now === null || before.points.length !== now.points.length) return null;
  let way = 0;
  for (const [index, point] of now.points.entries()) {
    const from = before.points[index] ?? point;
    way += Math.hypot(point.x - from.x, point.y - from.y);
  }
  return way / now.points.length / Math.max(1, before.eyeDistance);
}
