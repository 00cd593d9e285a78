/** How far a face jumps where the picture does: the frames around the place are decoded once more, around the face. */
import type { VideoStream } from '../../../shared/domain/media.ts';
import { WHOLE } from '../../../shared/quality/lookAt.ts';
import type { Box } from '../../../shared/quality/observation.ts';
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
  /** When the frames are shown, on the file's clock in seconds. */
  readonly times: readonly number[];
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

/** @throws StudioError, Cancelled */
export async function readFramesAround(
  source: string,
  video: VideoStream,
  { frame, times, near }: Place,
  { tools, signal }: { readonly tools: MediaTools; readonly signal: AbortSignal },
): Promise<FramesAround> {
  const first = Math.max(0, frame - BEFORE);
  const part = near === null ? WHOLE : around(near);
  const scale = LONG_SIDE / Math.max(part.width * video.displayWidth, part.height * video.displayHeight);
  const side = (pixels: number) => Math.max(16, Math.round((pixels * scale) / 2) * 2);
  const width = side(part.width * video.displayWidth);
  const height = side(part.height * video.displayHeight);
  // Between two frames, so that rounding leads to neither more nor fewer.
  const from = ((times[first - 1] ?? 0) + (times[first] ?? 0)) / 2;
  let chunks: Buffer[] = [];
  await runTool({
    program: tools.ffmpeg,
    args: [
      ...['-v', 'error', '-nostdin', ...INPUT_GUARD],
      ...(first === 0 ? [] : ['-ss', from.toFixed(4)]),
      ...['-i', fileAddress(source), '-map', `0:${video.index}`, '-an', '-sn', '-dn', '-vf'],
      [
        `crop=iw*${part.width}:ih*${part.height}:iw*${part.x}:ih*${part.y}`,
        `scale=${width}:${height}:flags=area,format=yuv420p,setsar=1,settb=1/25,setpts=N`,
      ].join(','),
      ...[...tools.capabilities.eachFrameOnce, '-frames:v', String(BEFORE + AFTER)],
      ...['-c:v', 'rawvideo', '-f', 'rawvideo', 'pipe:1'],
    ],
    source,
    step: 'looking at a cut',
    signal,
    onStdout: (chunk) => chunks.push(chunk),
    onAgain: () => {
      chunks = [];
    },
  });
  const bytes = Buffer.concat(chunks);
  const size = (width * height * 3) / 2;
  const frames = Array.from({ length: Math.floor(bytes.length / size) }, (_unused, index) => ({
    width,
    height,
    bytes: new Uint8Array(bytes.subarray(index * size, (index + 1) * size)),
  }));
  return { frames, at: frame - first };
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
