/** Goes through the picture of a take: every frame small, one a second closely, and where it may have been cut. */
import type { MediaInfo, VideoStream } from '../../../shared/domain/media.ts';
import type { Shot } from '../../../shared/domain/report.ts';
import { FRAMING } from '../../../shared/quality/limits.ts';
import type { CutCandidate, Motion, PictureSample } from '../../../shared/quality/observations.ts';
import type { MediaTools } from '../locate.ts';
import { openLooking } from './faces.ts';
import type { OverallLook } from './facesMessages.ts';
import { readFrames, smallSize } from './frames.ts';
import type { DecodedTimes, FullFrame } from './framesReader.ts';
import { MotionMeter } from './pictureMotion.ts';

export interface MeasurePictureOptions {
  readonly tools: MediaTools;
  readonly shot: Shot;
  readonly signal: AbortSignal;
  /** 0 to 1, growing. */
  readonly onProgress: (share: number) => void;
  readonly mayGoOn: (() => Promise<void>) | undefined;
}

export interface MeasuredPicture extends OverallLook {
  /** On the file's clock. */
  readonly times: DecodedTimes;
  readonly motion: Motion;
  readonly samples: PictureSample[];
  readonly cuts: CutCandidate[];
}

/** Of the samples, one a second, every so many are searched for hands: they cost three times as much as faces. */
const HANDS_EVERY = 3;
/** More of the beginning than this cannot be decoded: then the packets tell when the take begins. */
const LOST_BEGINNING_SECONDS = 0.1;

/** @throws StudioError, Cancelled: see `measureTake` */
export async function measurePicture(
  source: string,
  media: MediaInfo & { readonly video: VideoStream },
  { tools, shot, signal, onProgress }: MeasurePictureOptions,
): Promise<MeasuredPicture> {
  const { video, durationSeconds } = media;
  const looking = await openLooking();
  try {
    const begins = video.startSeconds ?? 0;
    const isLooked = { shownWidth: video.displayWidth, shownHeight: video.displayHeight };
    let meter = new MotionMeter(smallSize(video));
    let samples: PictureSample[] = [];
    let looked = 0;
    const look = async ({ atSeconds, ...pixels }: FullFrame) => {
      looked += 1;
      const withHands = FRAMING[shot].hands && (looked - 1) % HANDS_EVERY === 0;
      const frame = { ...isLooked, pixels, atSeconds: atSeconds - begins, withHands };
      samples.push(await looking.look(frame));
      onProgress(durationSeconds > 0 ? Math.min(1, (atSeconds - begins) / durationSeconds) : 1);
    };
    const times = await readFrames(
      source,
      video,
      {
        small: (luma) => meter.add(luma),
        full: look,
        again() {
          looking.again();
          meter = new MotionMeter(smallSize(video));
          samples = [];
          looked = 0;
        },
      },
      { tools, signal },
    );
    const first = times.all[0] ?? begins;
    const origin = first - begins > LOST_BEGINNING_SECONDS ? begins : first;
    const atSeconds = times.all.map((time) => time - origin);
    for (const { frame } of samples) frame.atSeconds = Math.max(0, frame.atSeconds + begins - origin);
    return {
      times,
      motion: meter.motion(atSeconds),
      samples,
      cuts: [],
      ...(await looking.sumUp()),
    };
  } finally {
    await looking.close();
  }
}
