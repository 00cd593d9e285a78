import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { mediaUrl, type TakeDetail } from '../../../../shared/contract.ts';
import { words } from '../../../../shared/words/app.ts';
import { useStore } from '../../../app/store.ts';
import type { PlayerControls } from './controls.ts';
import './player.css';
import { Transport } from './Transport.tsx';
import { useFullScreen } from './useFullScreen.ts';
import { videoOf } from './videoAhead.ts';

/** The take's video with what plays it; the page's keys play it too. One for each video: it stays with its first. */
export function ReviewPlayer({
  detail,
  controls,
  durationSeconds,
  children,
}: {
  readonly detail: TakeDetail;
  readonly controls: PlayerControls;
  readonly durationSeconds: number;
  /** What is said over the picture. */
  readonly children?: ReactNode;
}) {
  const { take, hasPoster } = detail;
  const frame = useRef<HTMLElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [video] = useState(() => videoOf(mediaUrl.player(take.id)));
  const broken = useStore(controls, ({ status }) => status === 'broken');
  const full = useFullScreen(frame);
  useLayoutEffect(() => {
    picture.current?.prepend(video);
    return () => video.remove();
  }, [video]);
  useEffect(() => {
    if (hasPoster) video.poster = mediaUrl.poster(take.id);
  }, [video, hasPoster, take.id]);
  useEffect(() => controls.attach(video), [controls, video]);
  useEffect(() => {
    video.addEventListener('click', controls.toggle);
    return () => video.removeEventListener('click', controls.toggle);
  }, [controls, video]);
  return (
    <section className="review-player" ref={frame} aria-label={words.take.player.label(take.name)}>
      <div className="picture" ref={picture}>
        {broken ? (
          <p className="unplayable" role="alert">
            {words.take.player.broken}
          </p>
        ) : (
          children
        )}
      </div>
      <Transport controls={controls} durationSeconds={durationSeconds} full={full} broken={broken} />
    </section>
  );
}
