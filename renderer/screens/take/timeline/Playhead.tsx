import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { say, words } from '../../../../shared/words/app.ts';
import { useStore } from '../../../app/store.ts';
import type { PlayerControls } from '../player/controls.ts';
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
  const whole = useStore(controls, ({ seconds }) => Math.floor(seconds + 0.02));
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
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[
      event.key
    ];
    if (by === undefined) return;
    event.preventDefault();
    controls.skip(by);
  };
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
      onKeyDown={onKeyDown}
    >
      <span ref={time} />
    </div>
  );
}
