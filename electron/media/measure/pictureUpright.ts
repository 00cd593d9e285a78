/** Whether the picture stands upright: the face models are quite sure of a face only the way up that it belongs. */
import type { Turn } from '../../../shared/domain/review.ts';

/**
 * As sure as the detector is of a face that stands upright, 0 to 1: in 41 frames of seven people it was above 0.995 in
 * each, and of the same faces on their sides, left and right, it saw nothing in 78 of 82. One that stands on its head can
 * fool it.
 */
const SURE = 0.99;
/** So many moments are tried the other ways up, and these are enough to tell by. */
const MOST_TRIED = 16;
const LEAST_TRIED = 2;
/** Of the moments without a sure face that follow, every so many is tried: the person may be out of the room. */
const TRIED_EVERY = 3;
/** Share of the moments: of those tried that have a sure face when turned, and at most of all that have one as they are. */
const TURNED_SHARE = 0.6;
const UPRIGHT_SHARE = 0.5;

type OtherTurn = Exclude<Turn, 0>;
/** The ways up that are tried, clockwise. */
export const OTHER_TURNS = [90, 180, 270] as const satisfies readonly OtherTurn[];
/** How sure the detector is of the largest face in each of them; 0 where there is none. */
export type TurnedScores = Readonly<Record<OtherTurn, number>>;

/** Gathers, moment by moment, which way up the faces are sure. */
export class UprightFinder {
  #moments = 0;
  #upright = 0;
  #unsure = 0;
  readonly #tried: TurnedScores[] = [];

  /** @param score of the largest face as the picture is, 0 without one @returns whether the other ways up are to be tried */
  wantsMore(score: number): boolean {
    this.#moments += 1;
    if (score >= SURE) {
      this.#upright += 1;
      return false;
    }
    this.#unsure += 1;
    const isNext = this.#unsure <= LEAST_TRIED || this.#unsure % TRIED_EVERY === 0;
    return isNext && this.#tried.length < MOST_TRIED;
  }

  add(scores: TurnedScores): void {
    this.#tried.push(scores);
  }

  /** How far the picture has to be turned clockwise to stand upright; null where it does, or nothing can be told. */
  turn(): OtherTurn | null {
    if (this.#tried.length < LEAST_TRIED || this.#upright > this.#moments * UPRIGHT_SHARE) return null;
    const sum = (turn: OtherTurn) => this.#tried.reduce((total, scores) => total + scores[turn], 0);
    const best = OTHER_TURNS.reduce<OtherTurn>(
      (one, other) => (sum(other) > sum(one) ? other : one),
      OTHER_TURNS[0],
    );
    const sure = this.#tried.filter((scores) => scores[best] >= SURE).length;
    return sure >= this.#tried.length * TURNED_SHARE ? best : null;
  }
}
