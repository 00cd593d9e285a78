import { type Mends, NO_MENDS } from '../../../../shared/domain/review.ts';
import type { MendsOffered } from '../../../../shared/quality/mends.ts';
import type { FINDING_WORDS } from '../../../../shared/words/findings.ts';

/** What can be chosen to be mended. */
export type Mend = keyof Mends;

/** Findings whose trouble can be mended, and by what. */
const MENDS: Partial<Record<keyof typeof FINDING_WORDS, Mend>> = {
  LIES_ON_SIDE: 'turn',
  FACE_DARK: 'exposure',
  VOICE_QUIET: 'loudness',
  VOICE_LOUD: 'loudness',
  PEAKS_HIGH: 'loudness',
  ROOM_NOISE: 'noise',
  LETTERBOX: 'letterbox',
};

/** The mend for a finding's trouble; null where there is none, it is not offered, or it has been chosen already. */
export function mendOf(code: string, offered: MendsOffered, chosen: Mends): Mend | null {
  const mend = Object.entries(MENDS).find(([known]) => known === code)?.[1];
  if (mend === undefined) return null;
  // A turn is always to be had, and another one than was chosen may be needed.
  if (mend === 'turn') return mend;
  return chosen[mend] === NO_MENDS[mend] && offered[mend].offered ? mend : null;
}
