import type { TimeRange } from '../../../../shared/quality/observations.ts';
import { createStore, type Store } from '../../../app/store.ts';
import { stepTo } from './frames.ts';

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
export type Speed = (typeof SPEEDS)[number];

export interface PlayerState {
  readonly seconds: number;
  readonly playing: boolean;
  /** It is at the end of the take; played again, it begins anew. */
  readonly ended: boolean;
  /** How often it was sent to another moment. */
  readonly jumps: number;
  /** On the way to where it was sent, which is a moment where the take is not read yet or its key frames are far apart. */
  readonly arriving: boolean;
  /** After a step from frame to frame the time is told to the hundredth. */
  readonly precise: boolean;
  readonly speed: Speed;
  /** 0 to 1. */
  readonly volume: number;
  readonly muted: boolean;
  /** `ready`: its first picture is there. `broken`: the window cannot play it. */
  readonly status: 'loading' | 'ready' | 'broken';
}

/** What a page does to a player, and what it knows of it. Outside React: it moves with every frame. */
export interface PlayerControls extends Pick<Store<PlayerState>, 'get' | 'follow'> {
  /** Where it is now, seconds: to act on. What is told to be shown may be a moment older. */
  at(): number;
  /** Takes over a video element; returns the function that lets it go. */
  attach(video: HTMLVideoElement): () => void;
  /** When the frames are shown, seconds; steps go from one to the next. */
  setFrames(times: readonly number[]): void;
  setDuration(seconds: number): void;
  /** How long after the file its first picture comes, which is where the take begins. Seconds. */
  setStart(seconds: number): void;
  /** Where playing stops by itself, as the end of what is kept; null: nowhere. Seconds. */
  setEnd(seconds: number | null): void;
  play(): void;
  pause(): void;
  toggle(): void;
  /** Goes to a moment; `precise` for one that was chosen to the frame. */
  seek(seconds: number, precise?: boolean): void;
  skip(seconds: number): void;
  /** Stops, and goes so many frames further. */
  step(frames: number): void;
  /** Plays a part and stops at its end. */
  playPart(part: TimeRange): void;
  setSpeed(speed: Speed): void;
  /** One speed faster or slower. */
  changeSpeed(by: 1 | -1): void;
  setVolume(volume: number): void;
  toggleSound(): void;
}

const FIRST: PlayerState = {
  seconds: 0,
  playing: false,
  ended: false,
  jumps: 0,
  arriving: false,
  precise: false,
  speed: 1,
  volume: 1,
  muted: false,
  status: 'loading',
};

/** Playing goes on over an end that is nearer than this, since it was begun there. Seconds. */
const AT_THE_END = 0.05;

export function createControls(): PlayerControls {
  const store = createStore<PlayerState>(FIRST);
  const set = (part: Partial<PlayerState>) => store.set({ ...store.get(), ...part });
  let video: HTMLVideoElement | null = null;
  let frames: readonly number[] = [];
  let duration = 0;
  let start = 0;
  /**
   * What the video's clock shows at its own beginning, which need not be 0. Null until the video has told: one that is
   * sent on before that never shows its beginning.
   */
  let fileStart: number | null = null;
  let end: number | null = null;
  /** Of what plays now. */
  let stopAt: number | null = null;
  /** Where to go once the video has arrived where it was sent before. */
  let next: number | null = null;

  const within = (seconds: number) => Math.min(Math.max(0, seconds), duration || Number.POSITIVE_INFINITY);

  /** A video that is sent on before it has arrived shows nothing on the way: only the newest place is kept. */
  const send = (seconds: number) => {
    if (video === null || fileStart === null || video.seeking) {
      next = seconds;
    } else {
      next = null;
      set({ arriving: true });
      video.currentTime = fileStart + start + seconds;
    }
  };
  const takeTime = (clock: number) => Math.max(0, clock - (fileStart ?? 0) - start);
  /** While it plays, further than was last told where the window stood still for a moment. */
  const at = () =>
    video === null || video.paused || video.seeking || next !== null || fileStart === null
      ? store.get().seconds
      : takeTime(video.currentTime);
  const seek = (seconds: number, precise = false) => {
    const to = within(seconds);
    const ended = duration > 0 && to >= duration - AT_THE_END;
    set({ seconds: to, precise, ended, jumps: store.get().jumps + 1 });
    send(to);
  };
  const play = (until: number | null) => {
    if (video === null) return;
    if (store.get().ended) seek(0);
    const { seconds } = store.get();
    stopAt = until !== null && seconds < until - AT_THE_END ? until : null;
    set({ precise: false });
    // Refused when it cannot be decoded; the video's own error then says so.
    video.play().catch(() => set({ playing: false }));
  };
  const setSpeed = (speed: Speed) => {
    set({ speed });
    if (video) video.playbackRate = speed;
  };
  const setVolume = (volume: number, muted: boolean) => {
    set({ volume, muted });
    if (video) {
      video.volume = volume;
      video.muted = muted;
    }
  };
  const controls: PlayerControls = {
    get: store.get,
    follow: store.follow,
    at,
    attach(element) {
      video = element;
      const state = store.get();
      element.playbackRate = state.speed;
      element.volume = state.volume;
      element.muted = state.muted;
      next = state.seconds > 0 ? state.seconds : null;
      const stop = new AbortController();
      const on = (name: keyof HTMLVideoElementEventMap, does: () => void) =>
        element.addEventListener(name, does, { signal: stop.signal });
      const played = () => {
        // On the way to where it was sent it still shows, and tells of, where it was.
        if (element.paused || next !== null) return;
        const seconds = takeTime(element.currentTime);
        set({ seconds });
        if (stopAt !== null && seconds >= stopAt - AT_THE_END) element.pause();
      };
      let asked = 0;
      const tick = () => {
        // By the video's clock, which knows at once where it was sent: the frame can be one from before.
        asked = element.requestVideoFrameCallback(() => {
          played();
          tick();
        });
      };
      tick();
      const open = () => {
        if (fileStart !== null) return;
        fileStart = element.currentTime;
        if (duration === 0 && Number.isFinite(element.duration)) duration = takeTime(element.duration);
        if (next !== null || start > 0) send(next ?? 0);
      };
      const show = () => set({ status: 'ready' });
      on('loadedmetadata', open);
      on('loadeddata', show);
      // One that was loaded before it was taken over does not tell again.
      if (element.readyState >= element.HAVE_METADATA) open();
      if (element.readyState >= element.HAVE_CURRENT_DATA) show();
      on('seeked', () => {
        if (next !== null) send(next);
        else if (!element.seeking) set({ arriving: false });
      });
      // A covered window draws no frames, but the sound goes on.
      on('timeupdate', played);
      on('play', () => set({ playing: true }));
      on('pause', () => {
        stopAt = null;
        set({ playing: false, ended: element.ended, seconds: next ?? takeTime(element.currentTime) });
      });
      on('ended', () => set({ playing: false, ended: true }));
      on('error', () => set({ status: 'broken', playing: false, arriving: false }));
      return () => {
        stop.abort();
        element.cancelVideoFrameCallback(asked);
        element.pause();
        if (video === element) {
          video = null;
          fileStart = null;
        }
        set({ playing: false, arriving: false, status: 'loading' });
      };
    },
    setFrames: (times) => {
      frames = times;
    },
    setDuration: (seconds) => {
      duration = seconds;
    },
    setStart: (seconds) => {
      if (seconds === start) return;
      start = seconds;
      if (fileStart !== null) send(store.get().seconds);
    },
    setEnd: (seconds) => {
      end = seconds;
    },
    play: () => play(end),
    pause: () => video?.pause(),
    toggle: () => (store.get().playing ? video?.pause() : play(end)),
    seek,
    skip: (by) => seek(at() + by),
    step: (by) => {
      const seconds = at();
      video?.pause();
      if (frames.length > 0) seek(stepTo(frames, seconds, by), true);
    },
    playPart: ({ startSeconds, endSeconds }) => {
      seek(startSeconds);
      play(endSeconds);
    },
    setSpeed,
    changeSpeed: (by) => {
      const at = SPEEDS.indexOf(store.get().speed) + by;
      const speed = SPEEDS[Math.min(Math.max(at, 0), SPEEDS.length - 1)];
      if (speed !== undefined) setSpeed(speed);
    },
    setVolume: (volume) => setVolume(volume, volume === 0),
    toggleSound: () => {
      const { volume, muted } = store.get();
      setVolume(muted && volume === 0 ? 1 : volume, !muted);
    },
  };
  return controls;
}
