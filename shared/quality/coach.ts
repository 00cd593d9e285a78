/** What the coach can say. */
import type { Shot } from '../domain/report.ts';

export type AdviceCode = string;

/** One line of advice. Its words are in `shared/words/coach.ts`. */
export interface Advice {
  readonly code: AdviceCode;
  /** Way the arrow points in the mirrored preview, which is the way the person should move. */
  readonly arrow: 'left' | 'right' | 'up' | 'down' | 'closer' | 'further' | 'turn-left' | 'turn-right' | null;
}

export type { Shot };
