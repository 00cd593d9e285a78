import { type CSSProperties, useLayoutEffect, useRef } from 'react';
import type { TimeRange } from '../../../../shared/quality/observations.ts';
import { say, words } from '../../../../shared/words/app.ts';
import type { Mark } from '../marks.ts';
import type { PlayerControls } from './controls.ts';
import { seekByKeys, useWholeSeconds } from './seekKeys.ts';

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
  const whole = useWholeSeconds(controls);
  // It moves with every frame, past React; a screen reader hears whole seconds.
  useLayoutEffect(() => {
    const place = () => {
      const { seconds } = controls.get();
      input.current?.style.setProperty('--share', String(seconds / durationSeconds));
      if (input.current) input.current.value = String(seconds);
    };
    place();
    return controls.follow(place);
  }, [controls, durationSeconds]);
  const share = (seconds: number) => `${(seconds / durationSeconds) * 100}%`;
  const keptShares: CSSProperties = {
    // Beyond its ends where nothing is cut away.
    ['--kept-from' as string]: kept && kept.startSeconds > 0 ? kept.startSeconds / durationSeconds : -1,
    ['--kept-to' as string]:
      kept && kept.endSeconds < durationSeconds ? kept.endSeconds / durationSeconds : 2,
  };
  const telling = marks.filter(({ severity }) => severity !== 'info');
  return (
    <div className="seek-bar">
      <div className="along" aria-hidden="true">
        {telling.map(({ key, severity, place }) => (
          <i
            key={key}
            data-tone={severity}
            style={{ left: share(place.startSeconds), width: share(place.endSeconds - place.startSeconds) }}
          />
        ))}
      </div>
      <input
        ref={input}
        className="slider"
        style={keptShares}
        type="range"
        min={0}
        max={durationSeconds}
        step="any"
        defaultValue={0}
        aria-label={words.take.player.seek}
        aria-valuetext={words.take.player.at(say.length(whole), say.wholeLength(durationSeconds))}
        onKeyDown={seekByKeys(controls)}
        onChange={(event) => controls.seek(Number(event.target.value))}
      />
    </div>
  );
}
