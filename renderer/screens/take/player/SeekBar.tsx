import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import type { TimeRange } from '../../../../shared/quality/observations.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { useStore } from '../../../app/store.ts';
import type { Mark } from '../marks.ts';
import type { PlayerControls } from './controls.ts';

/** Where the player is in the whole take, for where no timeline stands below: trouble is marked, and what is cut away. */
export function SeekBar({
  controls,
  durationSeconds,
  marks,
  kept,
}: {
  readonly controls: PlayerControls;
  readonly durationSeconds: number;
  readonly marks: readonly Mark[];
  /** Null where all of it is kept. */
  readonly kept: TimeRange | null;
}) {
  const input = useRef<HTMLInputElement>(null);
  const whole = useStore(controls, ({ seconds }) => Math.floor(seconds + 0.02));
  // It moves with every frame, past React; a screen reader hears whole seconds.
  useLayoutEffect(() => {
    const place = () => {
      const { seconds } = controls.get();
      input.current?.style.setProperty('--share', `${(seconds / durationSeconds) * 100}%`);
      if (input.current) input.current.value = String(seconds);
    };
    place();
    return controls.follow(place);
  }, [controls, durationSeconds]);
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[
      event.key
    ];
    if (by === undefined) return;
    event.preventDefault();
    controls.skip(by);
  };
  const span = ({ startSeconds, endSeconds }: TimeRange): CSSProperties => ({
    left: `${(startSeconds / durationSeconds) * 100}%`,
    width: `${((endSeconds - startSeconds) / durationSeconds) * 100}%`,
  });
  const telling = marks.filter(({ severity }) => severity !== 'info');
  return (
    <div className="seek-bar">
      <div className="along" aria-hidden="true">
        {telling.map(({ key, severity, place }) => (
          <i key={key} data-tone={severity} style={span(place)} />
        ))}
        {kept !== null && (
          <>
            <b style={span({ startSeconds: 0, endSeconds: kept.startSeconds })} />
            <b style={span({ startSeconds: kept.endSeconds, endSeconds: durationSeconds })} />
          </>
        )}
      </div>
      <input
        ref={input}
        className="slider"
        type="range"
        min={0}
        max={durationSeconds}
        step="any"
        defaultValue={0}
        aria-label={words.take.player.seek}
        aria-valuetext={words.take.player.at(say.length(whole), say.wholeLength(durationSeconds))}
        onKeyDown={onKeyDown}
        onChange={(event) => controls.seek(Number(event.target.value))}
      />
    </div>
  );
}
