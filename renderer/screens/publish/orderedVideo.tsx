import type { TakeDetail } from '../../../shared/contract.ts';
import { type Edit, type Mended, NOTHING_MENDED } from '../../../shared/domain/edit.ts';
import { keptSeconds, type Part } from '../../../shared/domain/review.ts';
import { say, words } from '../../../shared/words/app.ts';
import { mendedInShort } from '../../../shared/words/appMends.ts';
import type { Facts } from '../../ui/parts.tsx';

/** What the video of an order holds of its take. */
export interface OrderedVideo {
  /** Null: all of it. */
  readonly part: Part | null;
  /** What is really mended, which is not all that was chosen: a choice that does nothing is not promised. */
  readonly mended: Mended;
}

/** What would be ordered of a take: what its report judged, and before there is one what is certain of the choices. */
export function videoOfTake({ take, report }: Pick<TakeDetail, 'take' | 'report'>): OrderedVideo {
  const { trim, mends } = take.review;
  return {
    part: trim === null ? null : (report?.range ?? trim),
    mended: report?.mended ?? { ...NOTHING_MENDED, turn: mends.turn },
  };
}

/** What an order was made for, whatever is chosen for its take since. */
export function videoOfOrder({ edit }: { readonly edit: Edit }): OrderedVideo {
  return { part: edit.cut, mended: edit };
}

/**
 * The rows of the order's panel about its video: which take, and what is kept and mended of it where something is.
 * @param wholeSeconds length of the take; undefined where it is not known
 */
export function videoFacts(
  { part, mended }: OrderedVideo,
  takeName: string,
  wholeSeconds: number | undefined,
): Parameters<typeof Facts>[0]['of'] {
  const text = words.publish.panel;
  const whole = wholeSeconds === undefined ? null : say.wholeLength(wholeSeconds);
  const kept = wholeSeconds === undefined ? null : say.wholeLength(keptSeconds(part, wholeSeconds));
  const mends = mendedInShort(mended);
  return [
    [
      text.take,
      <span key="take" className="cut" title={takeName}>
        {takeName}
      </span>,
    ],
    // Of a cut that is too small for figures they would read as if nothing was cut.
    kept === null || whole === null || kept === whole ? null : [text.kept, text.keptOf(kept, whole)],
    mends === '' ? null : [text.mended, mends],
  ];
}
