import { useCallback, useEffect, useRef, useState } from 'react';
import type { CallOutput } from '../../../../shared/contract.ts';
import { words } from '../../../../shared/words/app.ts';
import { Button } from '../../../ui/Button.tsx';
import { Segments } from '../../../ui/Choice.tsx';
import type { PlayerControls } from '../player/controls.ts';
import { useQuietBeside } from './useQuietBeside.ts';

const SIDES = ['plain', 'mended'] as const;
type Side = (typeof SIDES)[number];

/** Farther apart than this, one sees or hears the change from one to the other; seconds. */
const TOGETHER = 0.05;

/** The same seconds twice, played together; one of them is seen and heard, and never while the player plays. */
export function BeforeAndAfter({
  pair,
  player,
}: {
  readonly pair: CallOutput<'previewMends'>;
  readonly player: PlayerControls;
}) {
  const text = words.mends;
  const area = useRef<HTMLDivElement>(null);
  const videos = { plain: useRef<HTMLVideoElement>(null), mended: useRef<HTMLVideoElement>(null) };
  const [side, setSide] = useState<Side>('mended');
  const [isHeld, setHeld] = useState(false);
  const [isPlaying, setPlaying] = useState(false);
  const shown: Side = isHeld ? 'plain' : side;

  // Whoever is shown leads, and the other one is there already when it is shown.
  useEffect(() => {
    const { plain, mended } = { plain: videos.plain.current, mended: videos.mended.current };
    if (plain === null || mended === null) return;
    const [leads, follows] = shown === 'plain' ? [plain, mended] : [mended, plain];
    if (Math.abs(leads.currentTime - follows.currentTime) > TOGETHER) leads.currentTime = follows.currentTime;
    leads.muted = false;
    follows.muted = true;
  }, [shown, videos.plain, videos.mended]);

  const stop = useCallback(() => {
    videos.plain.current?.pause();
    videos.mended.current?.pause();
  }, [videos.plain, videos.mended]);
  useQuietBeside(player, area, stop);

  const play = () => {
    const { plain, mended } = { plain: videos.plain.current, mended: videos.mended.current };
    if (plain === null || mended === null) return;
    if (isPlaying) {
      stop();
      return;
    }
    player.pause();
    plain.currentTime = mended.currentTime;
    for (const video of [plain, mended]) video.play().catch(() => setPlaying(false));
  };
  return (
    <div className="before-and-after" ref={area}>
      <button
        type="button"
        className="pair"
        aria-label={text.hold}
        title={text.hold}
        aria-pressed={isHeld}
        onPointerDown={() => setHeld(true)}
        onPointerUp={() => setHeld(false)}
        onPointerLeave={() => setHeld(false)}
        onPointerCancel={() => setHeld(false)}
        onKeyDown={(event) => {
          if (event.key !== ' ' && event.key !== 'Enter') return;
          event.preventDefault();
          setHeld(true);
        }}
        onKeyUp={() => setHeld(false)}
        onBlur={() => setHeld(false)}
      >
        {SIDES.map((one) => (
          // biome-ignore lint/a11y/useMediaCaption: the person's own words, a few seconds of them
          <video
            key={one}
            ref={videos[one]}
            src={pair[one]}
            aria-label={text.video(one === 'mended')}
            data-shown={one === shown ? '' : undefined}
            aria-hidden={one !== shown}
            loop
            playsInline
            preload="auto"
            onPlay={() => setPlaying(true)}
            onPause={() => setPlaying(false)}
          />
        ))}
        <span className="which">{text[shown]}</span>
      </button>
      <div className="row">
        <Button icon={isPlaying ? 'pause' : 'play'} size="small" onClick={play}>
          {isPlaying ? text.pause : text.play}
        </Button>
        <Segments
          label={text.which}
          value={side}
          options={SIDES.map((value) => ({ value, label: text[value] }))}
          onChange={setSide}
        />
      </div>
    </div>
  );
}
