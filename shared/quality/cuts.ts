/**
 * Whether a place is a cut. No one figure tells a cut in the same framing from a person who moves: so several that do
 * not depend on each other have to agree.
 */
import type { CutCandidate } from './observations.ts';

export interface JudgedCut {
  readonly kind: 'sure' | 'likely' | 'none';
  /** How much speaks for it; above 0, to compare cuts. */
  readonly strength: number;
}

/**
 * A picture that jumps by less than this over what is usual is no candidate. Held against cuts and uncut footage of the
 * three people who choose: see `docs/quality.md`.
 */
export const LEAST_PICTURE_JUMP = 1.4;

/**
 * Each figure over what is usual around it: from here on it says something, and from here on it says it plainly. A limit of
 * the face that becomes less, here or in `TOGETHER`, takes another `OBSERVATIONS_VERSION`: see `leastFaceJump`.
 */
const SAYS = {
  pictureJump: { something: 1.6, plainly: 2.2 },
  faceJump: { something: 2, plainly: 4.2 },
  soundJump: { something: 2.5, plainly: 4 },
  timeJump: { something: 1.5, plainly: 3 },
} as const;

/** What a figure says from its second limit on. */
const PLAINLY = 2;
/** Another picture altogether: whatever the rest says, that is a cut. */
const OTHER_PICTURE = 6;
/**
 * Picture and face multiplied: a little of both says as much as plenty of one. Of the same people, 4.4 min uncut come to 3.44
 * at most.
 */
const TOGETHER = 3.6;

/**
 * A face that jumps by less than this says nothing where the picture jumps so far: both figures over what is usual. What
 * is less was not looked at to the end: it is "at most".
 */
export const leastFaceJump = (pictureJump: number): number =>
  Math.min(SAYS.faceJump.something, TOGETHER / pictureJump);

/**
 * Judges one candidate. Sure: picture and face both say so, one of them plainly, or the picture plainly and what does not
 * depend on it as well. Likely: picture and face together, the picture and something else, or the picture alone plainly. A
 * fault of the camera or a hand before the face can be all of that, so a person looks at the place either way.
 */
export function judgeCut({ pictureJump, faceJump, soundJump, timeJump }: CutCandidate): JudgedCut {
  const picture = says(pictureJump, SAYS.pictureJump);
  const face = says(faceJump, SAYS.faceJump);
  const others = says(soundJump, SAYS.soundJump) + says(timeJump, SAYS.timeJump);
  const strength = picture + face + others;
  const bothSee = picture >= 1 && face >= 1 && Math.max(picture, face) >= PLAINLY;
  if (pictureJump >= OTHER_PICTURE || bothSee || (picture >= PLAINLY && others >= 1))
    return { kind: 'sure', strength };
  const together = pictureJump >= LEAST_PICTURE_JUMP && pictureJump * (faceJump ?? 0) >= TOGETHER;
  const isLikely = together || (picture >= 1 && others >= 1) || picture >= PLAINLY;
  return { kind: isLikely ? 'likely' : 'none', strength };
}

/** 0: nothing; 1: something; 2: plainly; between them in proportion. */
function says(
  figure: number | null,
  { something, plainly }: { readonly something: number; readonly plainly: number },
): number {
  if (figure === null || figure < something) return 0;
  return Math.min(PLAINLY, 1 + (figure - something) / (plainly - something));
}
