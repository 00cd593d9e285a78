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

/** Each figure over what is usual around it: from here on it says something, and from here on it says it plainly. */
const SAYS = {
  pictureJump: { something: 3, plainly: 6 },
  faceJump: { something: 4, plainly: 8 },
  soundJump: { something: 3, plainly: 6 },
  timeJump: { something: 1.5, plainly: 3 },
} as const;

/** Another picture altogether: whatever the rest says, that is a cut. */
const OTHER_PICTURE = 30;

/** Judges one candidate. */
export function judgeCut(candidate: CutCandidate): JudgedCut {
  const { pictureJump, faceJump, soundJump, timeJump } = candidate;
  const seen = Math.max(says(pictureJump, SAYS.pictureJump), says(faceJump, SAYS.faceJump));
  const bothSeen = says(pictureJump, SAYS.pictureJump) >= 1 && says(faceJump, SAYS.faceJump) >= 1;
  const heard = says(soundJump, SAYS.soundJump);
  const timed = says(timeJump, SAYS.timeJump);
  const strength = seen + heard + timed + (bothSeen ? 1 : 0);
  if (pictureJump >= OTHER_PICTURE || (seen >= 1 && bothSeen && heard + timed >= 1 && strength >= 4))
    return { kind: 'sure', strength };
  return { kind: seen >= 1 && strength >= 2.5 ? 'likely' : 'none', strength };
}

/** 0: nothing; 1: something; 2: plainly; between them in proportion. */
function says(
  figure: number | null,
  { something, plainly }: { readonly something: number; readonly plainly: number },
): number {
  if (figure === null || figure < something) return 0;
  return Math.min(2, 1 + (figure - something) / (plainly - something));
}
