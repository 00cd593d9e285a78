import { mediaUrl } from '../../../shared/contract.ts';
import type { TwinSummary } from '../../../shared/domain/summary.ts';

/** A person's round picture, from the take of their newest look; their initial while there is none. */
export function Face({
  takeId,
  turn,
  name,
  large = false,
}: {
  takeId: string | null;
  turn: TwinSummary['turn'];
  name: string;
  large?: boolean;
}) {
  return (
    <span className="face" data-turn={turn} data-large={large ? '' : undefined} aria-hidden="true">
      {[...name.trim()][0]?.toLocaleUpperCase('en') ?? ''}
      {takeId !== null && (
        <img
          src={mediaUrl.poster(takeId)}
          alt=""
          loading="lazy"
          // The take may be gone while the twin stays; the initial behind it is enough then.
          onError={(event) => {
            event.currentTarget.hidden = true;
          }}
        />
      )}
    </span>
  );
}
