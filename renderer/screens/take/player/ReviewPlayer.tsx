import { useEffect, useRef, useState } from 'react';
import { mediaUrl, type TakeDetail } from '../../../../shared/contract.ts';
import type { TimeRange } from '../../../../shared/quality/observations.ts';
import { words } from '../../../../shared/words/app.ts';
import { useStore } from '../../../app/store.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Caption } from '../Caption.tsx';
import type { Mark } from '../marks.ts';
import type { PlayerControls } from './controls.ts';
import './player.css';
import { SeekBar } from './SeekBar.tsx';
import { Transport } from './Transport.tsx';
import { useFullScreen } from './useFullScreen.ts';
import { useIdle } from './useIdle.ts';

/** The take's video, the way up that it is chosen to be, with what plays it; the page's keys play it too. */
export function ReviewPlayer({
  detail,
  controls,
  durationSeconds,
  marks,
  selected,
  kept,
  hasTimeline,
}: {
  readonly detail: TakeDetail;
  readonly controls: PlayerControls;
  readonly durationSeconds: number;
  /** Trouble, which is told over the picture when the player comes to it. */
  readonly marks: readonly Mark[];
  /** Key of the selected mark. */
  readonly selected: string | null;
  /** Null where all of it is kept. */
  readonly kept: TimeRange | null;
  /** One stands below that leads through the take. Nobody sees it while the picture fills the screen. */
  readonly hasTimeline: boolean;
}) {
  const { take, hasPoster } = detail;
  const frame = useRef<HTMLElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const status = useStore(controls, (state) => state.status);
  const broken = status === 'broken';
  const full = useFullScreen(frame);
  // Also while it stands still: hands are looked at frame by frame.
  const idle = useIdle(full.on);
  useEffect(() => (video.current ? controls.attach(video.current) : undefined), [controls]);
  return (
    <section
      className="review-player"
      ref={frame}
      aria-label={words.take.player.label(take.name)}
      data-idle={idle ? '' : undefined}
    >
      <div className="picture" data-turn={take.review.mends.turn}>
        {/* biome-ignore lint/a11y/useMediaCaption: takes are raw footage, nobody has captioned them */}
        <video
          ref={video}
          src={mediaUrl.player(take.id)}
          // Until the take's own picture is there: at 0:00 it shows what is at 0:00.
          poster={hasPoster && status !== 'ready' ? mediaUrl.poster(take.id) : undefined}
          preload="auto"
          playsInline
          onClick={controls.toggle}
        />
        {broken ? (
          <p className="unplayable" role="alert">
            {words.take.player.broken}
          </p>
        ) : (
          <Caption marks={marks} selected={selected} controls={controls} />
        )}
        {status === 'loading' && <Opening />}
      </div>
      <div className="chrome">
        {(full.on || !hasTimeline) && durationSeconds > 0 && !broken && (
          <SeekBar controls={controls} durationSeconds={durationSeconds} marks={marks} kept={kept} />
        )}
        <Transport controls={controls} durationSeconds={durationSeconds} full={full} broken={broken} />
      </div>
    </section>
  );
}

/** Most videos open sooner, and then nothing is said. */
const SAID_AFTER_MS = 800;

/** Of a video that has to be read through before it can be shown. */
function Opening() {
  const [takesLong, setTakesLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTakesLong(true), SAID_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div role="status">
      {takesLong && (
        <p className="opening">
          <Icon name="work" size="small" />
          {words.take.player.opening}
        </p>
      )}
    </div>
  );
}
