import type { ReactNode } from 'react';
import { mediaUrl, type TakeDetail } from '../../../shared/contract.ts';
import { keptSeconds } from '../../../shared/domain/review.ts';
import { say, words } from '../../../shared/words/app.ts';
import { Facts, Poster } from '../../ui/parts.tsx';
import type { OrderedVideo } from './orderedVideo.tsx';

/** What is ordered, beside the choices and beside the progress: the same panel, so that it stays one order. */
export function OrderPanel({
  detail,
  video,
  lookName,
  line,
  facts,
  children,
}: {
  readonly detail: TakeDetail | undefined;
  readonly video: OrderedVideo;
  readonly lookName: string;
  readonly line: string;
  readonly facts: Parameters<typeof Facts>[0]['of'];
  /** The price, at the bottom. */
  readonly children: ReactNode;
}) {
  const length = detail?.take.media?.durationSeconds;
  return (
    <aside className="order-panel scroll" aria-label={words.publish.order}>
      <Poster
        src={detail?.hasPoster === true ? mediaUrl.poster(detail.take.id) : null}
        turn={video.mended.turn}
        missing={words.library.noPicture}
        length={length === undefined ? undefined : say.wholeLength(keptSeconds(video.part, length))}
      />
      <div className="what">
        <h2 title={lookName}>{lookName}</h2>
        <p>{line}</p>
      </div>
      <Facts of={facts} />
      <div className="price">{children}</div>
    </aside>
  );
}
