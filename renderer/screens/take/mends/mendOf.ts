import { type Mends, NO_MENDS } from '../../../../shared/domain/review.ts';
import type { MendsOffered } from '../../../../shared/quality/mends.ts';
import type { FINDING_WORDS } from '../../../../shared/words/findings.ts';

/** What can be chosen to be mended. */
export type Mend = keyof Mends;

/** Findings whose trouble can be mended, and by what. */
const MENDS: Partial<Record<keyof typeof FINDING_WORDS, Mend>> = {
  FACE_DARK: 'exposure',
  VOICE_QUIET: 'loudness',
  VOICE_LOUD: 'loudness',
  ROOM_NOISE: 'noise',
  LETTERBOX: 'letterbox',
};

/** The mend for a finding's trouble; null where there is none, it is not offered, or it has been chosen already. */
export function mendOf(code: string, offered: MendsOffered, chosen: Mends): Mend | null {
  const mend = Object.entries(MENDS).find(([known]) => known === code)?.[1];
  if (mend === undefined || chosen[mend] !== NO_MENDS[mend]) return null;
  return mend === 'turn' || offered[mend].offered ? mend : null;
}
