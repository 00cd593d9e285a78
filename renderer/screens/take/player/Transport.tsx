import type { CSSProperties } from 'react';
import { say, words } from '../../../../shared/words/app.ts';
import { useStore } from '../../../app/store.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select } from '../../../ui/Choice.tsx';
import { type PlayerControls, SPEEDS } from './controls.ts';
import type { FullScreen } from './useFullScreen.ts';

/** What plays a take: the time, a frame back, play, a frame on, sound, speed and full screen. */
export function Transport({
  controls,
  durationSeconds,
  full,
  broken,
}: {
  readonly controls: PlayerControls;
  readonly durationSeconds: number;
  readonly full: FullScreen;
  readonly broken: boolean;
}) {
  const text = words.review.player;
  const playing = useStore(controls, (state) => state.playing);
  const muted = useStore(controls, (state) => state.muted);
  const volume = useStore(controls, (state) => (state.muted ? 0 : state.volume));
  const speed = useStore(controls, (state) => state.speed);
  const loudness: CSSProperties = { ['--share' as string]: volume };
  return (
    <div className="transport">
      <Time controls={controls} durationSeconds={durationSeconds} />
      <div className="middle">
        <Button
          kind="bare"
          icon="frameBack"
          label={text.frameBack}
          disabled={broken}
          onClick={() => controls.step(-1)}
        />
        <Button
          icon={playing ? 'pause' : 'play'}
          label={playing ? text.pause : text.play}
          disabled={broken}
          onClick={controls.toggle}
          data-round=""
        />
        <Button
          kind="bare"
          icon="frameOn"
          label={text.frameOn}
          disabled={broken}
          onClick={() => controls.step(1)}
        />
      </div>
      <div className="end">
        <Button
          kind="bare"
          icon={muted ? 'silent' : 'sound'}
          label={muted ? words.take.player.unmute : words.take.player.mute}
          onClick={controls.toggleSound}
        />
        <input
          className="slider volume"
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={volume}
          style={loudness}
          aria-label={words.take.player.volume}
          aria-valuetext={say.percent(volume)}
          onChange={(event) => controls.setVolume(Number(event.target.value))}
        />
        <span className="speed">
          <Select
            label={words.take.player.speed}
            value={String(speed)}
            options={SPEEDS.map((value) => ({ value: String(value), label: `${value}×` }))}
            onChange={(chosen) => controls.setSpeed(SPEEDS.find((value) => String(value) === chosen) ?? 1)}
          />
        </span>
        <Button
          kind="bare"
          icon={full.on ? 'fullscreenOff' : 'fullscreen'}
          label={full.on ? text.fullscreenOff : words.take.player.fullscreen}
          data-fullscreen=""
          onClick={full.toggle}
        />
      </div>
    </div>
  );
}

/** Drawn with every frame, and nothing else with it. */
function Time({ controls, durationSeconds }: { controls: PlayerControls; durationSeconds: number }) {
  const precise = useStore(controls, (state) => state.precise);
  const now = useStore(controls, ({ seconds }) =>
    precise ? say.preciseLength(seconds) : say.length(seconds),
  );
  return (
    <p className="time" data-precise={precise ? '' : undefined}>
      <b>{now}</b>
      {durationSeconds > 0 && <span>{words.take.player.of(say.wholeLength(durationSeconds))}</span>}
    </p>
  );
}
