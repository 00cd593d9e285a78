/** Goes through the picture of a take: every frame small, one a second closely, and where it may have been cut. */
import type { MediaInfo, VideoStream } from '../../../shared/domain/media.ts';
import type { Shot } from '../../../shared/domain/report.ts';
import type { Turn } from '../../../shared/domain/review.ts';
import { leastFaceJump } from '../../../shared/quality/cuts.ts';
import { FRAMING } from '../../../shared/quality/limits.ts';
import type { Box } from '../../../shared/quality/observation.ts';
import type { CutCandidate, Motion, PictureSample } from '../../../shared/quality/observations.ts';
import { turnedBox } from '../../../shared/quality/reframe.ts';
import type { MediaTools } from '../locate.ts';
import type { Looking } from './faces.ts';
import type { OverallLook } from './facesMessages.ts';
import { readFrames, smallSize } from './frames.ts';
import type { FullFrame } from './framesReader.ts';
import { type FramesAround, faceJumpIn, placesByEntry, readFramesAround } from './pictureCutFaces.ts';
import { type Jump, JumpFinder } from './pictureCuts.ts';
import { MotionMeter } from './pictureMotion.ts';

export interface MeasurePictureOptions {
  readonly tools: MediaTools;
  readonly shot: Shot;
  readonly turn: Turn;
  /** When the frames are shown at which decoding can begin, on the file's clock in seconds. */
  readonly entries: readonly number[];
  /** Turns pictures so before it looks at them. */
  readonly looking: Looking;
  readonly signal: AbortSignal;
  /** 0 to 1, growing. */
  readonly onProgress: (share: number) => void;
  readonly mayGoOn: (() => Promise<void>) | undefined;
}

export interface MeasuredPicture extends OverallLook {
  readonly motion: Motion;
  readonly samples: PictureSample[];
  readonly cuts: CutCandidate[];
}

/** Of the samples, one a second, every so many are searched for hands: they cost three times as much as faces. */
const HANDS_EVERY = 3;
/** More of the beginning than this cannot be decoded: then the packets tell when the take begins. */
const LOST_BEGINNING_SECONDS = 0.1;

/** So many jumps are kept, the largest; and of so many the face is looked at as well, which takes half a second each. */
const MOST_CUTS = 40;
const MOST_FACES = 16;
/** Share of the progress that decoding takes; the rest are the places that may be cuts, of which there may be none. */
const DECODING = 0.85;
/** What undoes a turn: faces are known in the turned picture, and frames are read as they are stored. */
const TURNED_BACK = { 0: 0, 90: 270, 180: 180, 270: 90 } as const satisfies Record<Turn, Turn>;
/** Frames around a place that tell how far they usually are from each other. */
const TIMES_AROUND = 15;

/** @throws StudioError, Cancelled: see `measureTake` */
export async function measurePicture(
  source: string,
  media: MediaInfo & { readonly video: VideoStream },
  { tools, shot, turn, entries, looking, signal, onProgress, mayGoOn }: MeasurePictureOptions,
): Promise<MeasuredPicture> {
  const { video, durationSeconds } = media;
  const begins = video.startSeconds ?? 0;
  const isLooked = { shownWidth: video.displayWidth, shownHeight: video.displayHeight };
  let run = beginRun(video);
  const look = async ({ atSeconds, ...pixels }: FullFrame) => {
    // Should it begin again meanwhile, the answer comes too late and counts for nothing.
    const mine = run;
    mine.looked += 1;
    const withHands = FRAMING[shot].hands && (mine.looked - 1) % HANDS_EVERY === 0;
    const frame = { ...isLooked, pixels, atSeconds: atSeconds - begins, withHands };
    mine.samples.push(await looking.look(frame));
    onProgress(DECODING * (durationSeconds > 0 ? Math.min(1, (atSeconds - begins) / durationSeconds) : 1));
  };
  const times = await readFrames(
    source,
    video,
    {
      small(luma) {
        run.meter.add(luma);
        run.jumps.add(luma);
      },
      full: look,
      again() {
        looking.again();
        run = beginRun(video);
      },
    },
    { tools, signal },
  );
  const { meter, jumps, samples } = run;
  const first = times[0] ?? begins;
  const origin = first - begins > LOST_BEGINNING_SECONDS ? begins : first;
  const atSeconds = times.map((time) => time - origin);
  for (const { frame } of samples) frame.atSeconds = Math.max(0, frame.atSeconds + begins - origin);
  const overall = await looking.sumUp();
  const cuts = await cutsAt(jumps.jumps(), atSeconds, {
    together: (places) => placesByEntry(places, times, entries),
    async read(jumpsThere) {
      await mayGoOn?.();
      const places = jumpsThere.map(({ frame }) => {
        const near = faceNear(samples, atSeconds[frame] ?? 0);
        return { frame, near: near === null ? null : turnedBox(near, TURNED_BACK[turn]) };
      });
      return readFramesAround(source, video, { places, times }, { tools, signal });
    },
    faceJump: (around, pictureJump) => faceJumpIn(around, leastFaceJump(pictureJump), looking),
    onProgress: (share) => onProgress(DECODING + (1 - DECODING) * share),
  });
  onProgress(1);
  return {
    motion: meter.motion(atSeconds),
    samples: overall.uprightTurn === null ? samples : samples.map(withoutFaces),
    cuts,
    ...overall,
  };
}

/** Of a picture that does not stand upright: what was taken for a face here and there is none, and the light is not on it. */
function withoutFaces({ frame }: PictureSample): PictureSample {
  return {
    frame: { ...frame, faces: [], hands: null, light: null },
    textShare: null,
    backgroundShift: null,
  };
}

/** What one run through the file gathers. */
interface Run {
  readonly meter: MotionMeter;
  readonly jumps: JumpFinder;
  readonly samples: PictureSample[];
  /** How many frames have been given to be looked at. */
  looked: number;
}

function beginRun(video: VideoStream): Run {
  const size = smallSize(video);
  return { meter: new MotionMeter(size), jumps: new JumpFinder(size), samples: [], looked: 0 };
}

/** How the face at a jump is looked at. */
interface FaceLook {
  /** Those that are best read in one go. */
  readonly together: (jumps: readonly Jump[]) => readonly (readonly Jump[])[];
  readonly read: (jumps: readonly Jump[]) => Promise<readonly FramesAround[]>;
  readonly faceJump: (around: FramesAround, pictureJump: number) => Promise<number | null>;
  /** 0 to 1, growing, place by place. */
  readonly onProgress: (share: number) => void;
}

/** Candidates of cuts at the jumps of the picture, in the order of the take. */
async function cutsAt(
  jumps: readonly Jump[],
  atSeconds: readonly number[],
  { together, read, faceJump, onProgress }: FaceLook,
): Promise<CutCandidate[]> {
  const largestFirst = [...jumps].sort((one, other) => other.size - one.size).slice(0, MOST_CUTS);
  const looked = largestFirst.slice(0, MOST_FACES);
  const faceJumps = new Map<Jump, number | null>();
  const groups = together(looked);
  // While some places are looked at, ffmpeg decodes the next.
  let next: ReturnType<typeof read> | null = null;
  try {
    for (const [index, jumpsThere] of groups.entries()) {
      const arounds: readonly FramesAround[] = await (next ?? read(jumpsThere));
      const following = groups[index + 1];
      next = following === undefined ? null : read(following);
      // Should looking fail, that is what is told.
      next?.catch(() => undefined);
      for (const [place, around] of arounds.entries()) {
        const jump = jumpsThere[place];
        if (jump === undefined) continue;
        faceJumps.set(jump, await faceJump(around, jump.size));
        onProgress(faceJumps.size / looked.length);
      }
    }
  } finally {
    // Nothing runs any more once this has ended.
    await next?.catch(() => undefined);
  }
  const cuts = largestFirst.map(
    (jump): CutCandidate => ({
      atSeconds: atSeconds[jump.frame] ?? 0,
      pictureJump: jump.size,
      faceJump: faceJumps.get(jump) ?? null,
      soundJump: null,
      timeJump: timeJumpAt(atSeconds, jump.frame),
    }),
  );
  return cuts.sort((one, other) => one.atSeconds - other.atSeconds);
}

/** Distance to the frame before over the median distance around; null where there are too few. */
function timeJumpAt(atSeconds: readonly number[], frame: number): number | null {
  const times = atSeconds.slice(Math.max(0, frame - TIMES_AROUND), frame + TIMES_AROUND);
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const usual = distances.sort((one, other) => one - other)[Math.floor(distances.length / 2)] ?? 0;
  if (usual <= 0) return null;
  return Number((((atSeconds[frame] ?? 0) - (atSeconds[frame - 1] ?? 0)) / usual).toFixed(2));
}

/** The largest face of the sample that is nearest in time. */
function faceNear(samples: readonly PictureSample[], seconds: number): Box | null {
  let nearest: { readonly away: number; readonly box: Box } | null = null;
  for (const { frame } of samples) {
    const [first] = frame.faces;
    const away = Math.abs(frame.atSeconds - seconds);
    if (first !== undefined && (nearest === null || away < nearest.away)) nearest = { away, box: first.box };
  }
  return nearest?.box ?? null;
}
