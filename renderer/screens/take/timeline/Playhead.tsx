import { useLayoutEffect, useRef } from 'react';
import { say, words } from '../../../../shared/words/app.ts';
import type { PlayerControls } from '../player/controls.ts';
import { seekByKeys, useWholeSeconds } from '../player/seekKeys.ts';
import { shareOf, type View } from './view.ts';

/** Where the player is. It moves with every frame, past React; a screen reader hears whole seconds. */
export function Playhead({
  controls,
  view,
  total,
}: {
  readonly controls: PlayerControls;
  readonly view: View;
  readonly total: number;
}) {
  const line = useRef<HTMLDivElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  const whole = useWholeSeconds(controls);
  useLayoutEffect(() => {
    const place = () => {
      const { seconds, precise } = controls.get();
      const share = shareOf(view, seconds);
      if (line.current) {
        line.current.style.left = `${share * 100}%`;
        line.current.hidden = share < -0.001 || share > 1.001;
      }
      if (time.current) time.current.textContent = precise ? say.preciseLength(seconds) : say.length(seconds);
    };
    place();
    return controls.follow(place);
  }, [controls, view]);
  return (
    <div
      className="playhead"
      ref={line}
      role="slider"
      tabIndex={0}
      aria-label={words.take.player.seek}
      aria-valuemin={0}
      aria-valuemax={Math.round(total)}
      aria-valuenow={Math.min(whole, Math.round(total))}
      aria-valuetext={words.take.player.at(say.length(whole), say.wholeLength(total))}
      onKeyDown={seekByKeys(controls)}
    >
      <span ref={time} />
    </div>
  );
}
