/** What a person's choices come to: the part that a master will really hold, and the figures of its mends. Pure. */
import { type Cut, type Edit, editsPicture, NO_EDIT } from '../domain/edit.ts';
import type { Review, Trim } from '../domain/review.ts';
import { timesOf } from './frameTimes.ts';
import { copiesVideo } from './master.ts';
import { mendsOffered } from './mends.ts';
import type { Observations, TimeRange } from './observations.ts';

/** A time that is nearer to a frame than this is that frame's, seconds. */
const SAME_FRAME = 0.001;

type Choice = Pick<Review, 'trim' | 'mends'>;

/**
 * The edit that a master is made with. Mends that are not offered are left out. Where the picture is copied its cut
 * begins at the key frame at or before the chosen start, so that nothing is lost that somebody wanted to keep. It always
 * ends with a whole frame.
 */
export function editOf(observations: Observations, { trim, mends }: Choice): Edit {
  // Figures of the sound and the light belong to the part that is kept.
  const chosen = trim === null ? null : { startSeconds: trim.startSeconds, endSeconds: trim.endSeconds };
  const { loudness, noise, letterbox, exposure } = mendsOffered(observations, chosen);
  const edit: Edit = {
    cut: null,
    gainDb: mends.loudness && loudness.offered ? loudness.gainDb : null,
    noiseDbfs: mends.noise && noise.offered ? noise.fromDbfs : null,
    crop: mends.letterbox && letterbox.offered ? letterbox.crop : null,
    turn: mends.turn,
    liftExponent: mends.exposure && exposure.offered ? exposure.exponent : null,
  };
  return { ...edit, cut: trim === null ? null : cutOf(observations, trim, editsPicture(edit)) };
}

/**
 * The part of the take that a master really holds: where the picture is copied it begins at the key frame at or before
 * the chosen start, so that nothing is lost that somebody wanted to keep. It always ends with a whole frame.
 */
export function takenRange(observations: Observations, choice: Choice): TimeRange {
  const { cut } = editOf(observations, choice);
  return {
    startSeconds: cut?.startSeconds ?? 0,
    endSeconds: cut?.endSeconds ?? observations.durationSeconds,
  };
}

/** The edit that only cuts, for a file of which nothing but its frames' times is known. */
export function cutOnly(
  observed: Pick<Observations, 'media' | 'frameTimes' | 'durationSeconds'>,
  trim: Trim,
): Edit {
  return { ...NO_EDIT, cut: cutOf(observed, trim, false) };
}

function cutOf(
  { media, frameTimes, durationSeconds }: Pick<Observations, 'media' | 'frameTimes' | 'durationSeconds'>,
  trim: Trim,
  isPictureEdited: boolean,
): Cut | null {
  const frames = timesOf(frameTimes);
  const first = (lastUpTo(frames, trim.startSeconds) ?? trim.startSeconds) || 0;
  const next = frames.find((time) => time >= trim.endSeconds - SAME_FRAME);
  const endSeconds =
    frames.length === 0 ? Math.min(trim.endSeconds, durationSeconds) : (next ?? durationSeconds);
  const key = lastUpTo(frameTimes.keyFrames, first);
  const isCopied = !trim.exact && !isPictureEdited && key !== null && copiesVideo(media);
  const startSeconds = isCopied ? key : first;
  if (startSeconds <= SAME_FRAME && endSeconds >= durationSeconds - SAME_FRAME) return null;
  return {
    startSeconds: tenthOfMs(startSeconds),
    endSeconds: tenthOfMs(endSeconds),
    at: isCopied ? 'key-frame' : 'frame',
  };
}

/** The latest of these times that is no later, or null. They are in order. */
function lastUpTo(times: readonly number[], seconds: number): number | null {
  return times.findLast((time) => time <= seconds + SAME_FRAME) ?? null;
}

function tenthOfMs(seconds: number): number {
  return Math.round(seconds * 10_000) / 10_000;
}
