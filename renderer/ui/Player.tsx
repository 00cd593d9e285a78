import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useRef,
  useState,
} from 'react';
import { Button } from './Button.tsx';
import { Select } from './Choice.tsx';
import './player.css';

const SKIP_SECONDS = 5;
const SPEEDS = ['0.5', '1', '1.25', '1.5', '2'] as const;

export interface PlayerWords {
  readonly play: string;
  readonly pause: string;
  readonly seek: string;
  readonly at: (now: string, total: string) => string;
  readonly of: (total: string) => string;
  readonly mute: string;
  readonly unmute: string;
  readonly volume: string;
  readonly speed: string;
  readonly fullscreen: string;
  readonly keys: string;
  readonly broken: string;
}

/** What a page can ask of its player. */
export interface PlayerHandle {
  /** Plays from a moment, in seconds. */
  playFrom: (seconds: number) => void;
}

interface PlayerProps {
  readonly src: string;
  readonly label: string;
  /** Length from the check, shown until the video itself is known. Seconds. */
  readonly lengthSeconds: number | null;
  readonly formatTime: (seconds: number) => string;
  readonly words: PlayerWords;
  readonly poster?: string | undefined;
  /** Leaves out loudness and speed. */
  readonly compact?: boolean;
  readonly handle?: Ref<PlayerHandle>;
  readonly children?: ReactNode;
}

/** Plays a video, wholly by keyboard if wanted: Space or K, the arrows, M, F. */
export function Player(props: PlayerProps) {
  const { src, label, lengthSeconds, formatTime, words, poster, compact = false, handle, children } = props;
  const video = useRef<HTMLVideoElement>(null);
  const frame = useRef<HTMLElement>(null);
  const [now, setNow] = useState(0);
  const [total, setTotal] = useState(lengthSeconds ?? 0);
  const [playing, setPlaying] = useState(false);
  const [volume, setVolume] = useState(1);
  const [muted, setMuted] = useState(false);
  const [speed, setSpeed] = useState<(typeof SPEEDS)[number]>('1');
  const [broken, setBroken] = useState(false);

  const seek = (seconds: number) => {
    const element = video.current;
    if (!element) return;
    element.currentTime = Math.min(Math.max(0, seconds), total || seconds);
    setNow(element.currentTime);
  };
  const play = () => {
    // Refused when the video cannot be decoded; `onError` then says so.
    video.current?.play().catch(() => setPlaying(false));
  };
  const toggle = () => (playing ? video.current?.pause() : play());
  const mute = () => {
    if (video.current) video.current.muted = !muted;
  };
  const fill = () => {
    if (document.fullscreenElement) void document.exitFullscreen();
    else void frame.current?.requestFullscreen();
  };
  useImperativeHandle(handle, () => ({
    playFrom: (seconds) => {
      seek(seconds);
      play();
    },
  }));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = event.target;
    const onButton = at instanceof HTMLButtonElement;
    if (at instanceof HTMLSelectElement || (at instanceof HTMLInputElement && at.dataset.role === 'volume'))
      return;
    const act = {
      ' ': onButton ? null : toggle,
      k: toggle,
      ArrowLeft: () => seek(now - SKIP_SECONDS),
      ArrowRight: () => seek(now + SKIP_SECONDS),
      Home: () => seek(0),
      m: mute,
      f: fill,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  };

  const share: CSSProperties = { ['--share' as string]: total > 0 ? now / total : 0 };
  const loudness: CSSProperties = { ['--share' as string]: muted ? 0 : volume };
  return (
    <section
      className="player"
      ref={frame}
      aria-label={label}
      data-compact={compact ? '' : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="picture">
        {/* biome-ignore lint/a11y/useMediaCaption: takes are raw footage, nobody has captioned them */}
        <video
          ref={video}
          src={src}
          poster={poster}
          preload="metadata"
          playsInline
          onClick={toggle}
          onPlay={() => setPlaying(true)}
          onPause={() => setPlaying(false)}
          onTimeUpdate={(event) => setNow(event.currentTarget.currentTime)}
          onLoadedMetadata={(event) => {
            setBroken(false);
            if (Number.isFinite(event.currentTarget.duration)) setTotal(event.currentTarget.duration);
          }}
          onVolumeChange={(event) => {
            setVolume(event.currentTarget.volume);
            setMuted(event.currentTarget.muted);
          }}
          onError={() => setBroken(true)}
        />
        {broken && (
          <p className="over" role="alert">
            {words.broken}
          </p>
        )}
        {children}
      </div>
      <div className="controls">
        <Button
          kind="bare"
          icon={playing ? 'pause' : 'play'}
          label={playing ? words.pause : words.play}
          onClick={toggle}
          disabled={broken}
        />
        <p className="time">
          {formatTime(now)}
          <span>{words.of(formatTime(Math.round(total)))}</span>
        </p>
        <input
          className="slider seek"
          type="range"
          min={0}
          max={total || 1}
          step="any"
          value={Math.min(now, total)}
          style={share}
          aria-label={words.seek}
          aria-valuetext={words.at(formatTime(now), formatTime(Math.round(total)))}
          title={words.keys}
          disabled={broken}
          onChange={(event) => seek(Number(event.target.value))}
        />
        <Button
          kind="bare"
          icon={muted ? 'silent' : 'sound'}
          label={muted ? words.unmute : words.mute}
          onClick={mute}
        />
        <input
          className="slider volume"
          data-role="volume"
          type="range"
          min={0}
          max={1}
          step={0.05}
          value={muted ? 0 : volume}
          style={loudness}
          aria-label={words.volume}
          onChange={(event) => {
            const element = video.current;
            if (!element) return;
            element.volume = Number(event.target.value);
            element.muted = element.volume === 0;
          }}
        />
        <span className="speed">
          <Select
            label={words.speed}
            value={speed}
            options={SPEEDS.map((value) => ({ value, label: `${value}×` }))}
            onChange={(chosen) => {
              setSpeed(chosen);
              if (video.current) video.current.playbackRate = Number(chosen);
            }}
          />
        </span>
        <Button kind="bare" icon="fullscreen" label={words.fullscreen} onClick={fill} />
      </div>
    </section>
  );
}
