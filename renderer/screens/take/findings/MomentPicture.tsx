import { type CSSProperties, useState } from 'react';
import { say, words } from '../../../../shared/words/app.ts';
import { Icon } from '../../../ui/Icon.tsx';

/** The moment at which something is worst; pressed, the player goes there. */
export function MomentPicture({
  address,
  aspect,
  seconds,
  title,
  onShow,
}: {
  /** Null where the engine has no picture of it at the moment. */
  readonly address: string | null;
  /** Width over height. */
  readonly aspect: number;
  readonly seconds: number;
  /** What is to be seen, in a few words. */
  readonly title: string;
  readonly onShow: () => void;
}) {
  const text = words.review.findings;
  const [failed, setFailed] = useState<string | null>(null);
  const time = say.length(seconds);
  const shape: CSSProperties = { ['--aspect' as string]: aspect };
  return (
    <button
      type="button"
      className="moment"
      style={shape}
      title={text.showMoment(time)}
      aria-label={text.moment(time, title)}
      onClick={onShow}
    >
      {address === null || failed === address ? (
        <Icon name="film" />
      ) : (
        <img
          src={address}
          alt={text.moment(time, title)}
          loading="lazy"
          decoding="async"
          onError={() => setFailed(address)}
        />
      )}
      <span aria-hidden="true">{time}</span>
    </button>
  );
}
