/**
 * Whether somebody speaks: not by level, because a tone, music and noise are loud as well, but by what some two seconds
 * of sound are like.
 */
import { voiceFeatures } from './voiceFeatures.ts';
import type { VoiceFrame } from './voiceFrames.ts';
import { voiceLikelihood } from './voiceModel.ts';

/** What is listened to before and after a window: 0.8 s. */
const CONTEXT_FRAMES = 40;
/** Nothing as faint as this is a voice at a microphone, dB of the loudest frame. */
const FAINTEST_VOICE = -62;
/** Frames that are needed to tell. */
const FEWEST_FRAMES = 30;

/** How sure it is that somebody speaks in a window, 0 to 1, from its frames and those around it. */
function speechIn(frames: readonly VoiceFrame[]): number {
  if (frames.length < FEWEST_FRAMES) return 0;
  const loudest = frames.reduce((most, { level }) => Math.max(most, level), -120);
  return loudest < FAINTEST_VOICE ? 0 : voiceLikelihood(voiceFeatures(frames));
}

/** Follows a take window by window; each is judged once what comes after it has been heard too. */
export class VoiceFollower {
  readonly #windowFrames: number;
  /** From the earliest frame that still counts on. */
  #frames: VoiceFrame[] = [];
  /** Place in `#frames` of the window that is judged next. */
  #next = 0;

  /** @param windowFrames frames of one window */
  constructor(windowFrames: number) {
    this.#windowFrames = windowFrames;
  }

  /** The next window's frames. Gives the windows that can be judged now, in order. */
  add(frames: readonly VoiceFrame[]): number[] {
    this.#frames.push(...frames);
    const judged: number[] = [];
    while (this.#next + this.#windowFrames + CONTEXT_FRAMES <= this.#frames.length)
      judged.push(this.#judge());
    return judged;
  }

  /** There are no more. Gives so many windows as are still to be judged. */
  end(windows: number): number[] {
    return Array.from({ length: windows }, () => this.#judge());
  }

  #judge(): number {
    const start = Math.max(0, this.#next - CONTEXT_FRAMES);
    const speech = speechIn(this.#frames.slice(start, this.#next + this.#windowFrames + CONTEXT_FRAMES));
    this.#next += this.#windowFrames;
    const gone = Math.max(0, this.#next - CONTEXT_FRAMES);
    this.#frames = this.#frames.slice(gone);
    this.#next -= gone;
    return speech;
  }
}
