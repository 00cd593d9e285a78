/** Reads camera and microphone without a break, before and during a take, and puts both on one clock. */
import { alignClocks, type Clocks, ShortestWay, WILD_SECONDS } from './clocks.ts';
import type { PictureSize } from './codecs.ts';
import type { SoundBlock } from './soundLine.ts';

/** Times of this many frames are kept, to know where the next belong and how many come a second. */
const KEPT_TIMES = 60;

const MILLISECONDS = 1000;
const MICROSECONDS = 1_000_000;

/** What becomes of what was read. Frames are closed afterwards. */
export interface InputsHeard {
  picture(frame: VideoFrame): Promise<void>;
  sound(data: AudioData): void;
  /** The track has ended. */
  lost(which: 'camera' | 'microphone'): void;
}

export class Inputs {
  readonly #heard: InputsHeard;
  readonly #ways = { picture: new ShortestWay(), sound: new ShortestWay() };
  readonly #pictures: ReadableStreamDefaultReader<VideoFrame>;
  readonly #sounds: ReadableStreamDefaultReader<AudioData> | null;
  readonly #seen: { readonly stamp: number; readonly arrived: number }[] = [];
  #clocks: Clocks | null = null;
  #size: PictureSize | null = null;
  #channels: number | null = null;
  #lastPicture: number | null = null;

  constructor(
    pictures: ReadableStream<VideoFrame>,
    sounds: ReadableStream<AudioData> | null,
    heard: InputsHeard,
  ) {
    this.#heard = heard;
    this.#pictures = pictures.getReader();
    this.#sounds = sounds?.getReader() ?? null;
    void this.#readPictures();
    void this.#readSounds();
  }

  /** Size of the latest frame; null before the first. */
  get size(): PictureSize | null {
    return this.#size;
  }

  /** Channels of the latest sound, one or two; null before the first. */
  get channels(): number | null {
    return this.#channels === null ? null : Math.min(2, this.#channels);
  }

  /** Frames a second, of the latest two seconds; null when too few were seen. */
  get frameRate(): number | null {
    const [first] = this.#seen;
    const last = this.#seen.at(-1);
    if (first === undefined || last === undefined || last.stamp <= first.stamp) return null;
    return (this.#seen.length - 1) / (last.stamp - first.stamp);
  }

  /** When the latest frame arrived, seconds on the common clock; null before the first. */
  get lastPicture(): number | null {
    return this.#lastPicture;
  }

  /** Puts both on one clock: from now on `timeOf` and `blockOf` can be asked. */
  align(): void {
    this.#clocks = alignClocks(this.#ways.picture.seconds ?? 0, this.#ways.sound.seconds);
  }

  /** Times of the latest frames on the common clock, oldest first; without those that cannot be. */
  recentTimes(): number[] {
    const clock = this.#clocks?.picture;
    if (clock === undefined) return [];
    return this.#seen
      .map(({ stamp, arrived }) => ({ at: clock.at(stamp), arrived }))
      .filter(({ at, arrived }) => Math.abs(at - arrived) <= WILD_SECONDS)
      .map(({ at }) => at);
  }

  /** When this frame was seen, seconds on the common clock. */
  timeOf(frame: VideoFrame): number {
    const stamp = frame.timestamp / MICROSECONDS;
    return this.#clocks?.picture.near(stamp, this.#lastPicture ?? now()) ?? stamp;
  }

  /** What was heard, with its time on the common clock. */
  blockOf(data: AudioData): SoundBlock {
    const stamp = data.timestamp / MICROSECONDS;
    const planes = Array.from({ length: data.numberOfChannels }, (_, planeIndex) => {
      const plane = new Float32Array(data.numberOfFrames);
      data.copyTo(plane, { planeIndex, format: 'f32-planar' });
      return plane;
    });
    return { at: this.#clocks?.sound.at(stamp) ?? stamp, sampleRate: data.sampleRate, planes };
  }

  /** Clocks drift apart over minutes. Call it now and then during a take. */
  followClocks(): void {
    if (this.#clocks === null || this.#clocks.shared) return;
    this.#clocks.picture.follow(this.#ways.picture, now());
    this.#clocks.sound.follow(this.#ways.sound, now());
  }

  /** Stops reading. */
  close(): void {
    // A track that has ended already refuses, which is all the same now.
    this.#pictures.cancel().catch(() => {});
    this.#sounds?.cancel().catch(() => {});
  }

  async #readPictures(): Promise<void> {
    for (;;) {
      const { value: frame, done } = await this.#pictures.read().catch(() => ENDED);
      if (done || frame === undefined) return this.#heard.lost('camera');
      const stamp = frame.timestamp / MICROSECONDS;
      this.#lastPicture = now();
      this.#ways.picture.add(stamp, this.#lastPicture);
      this.#seen.push({ stamp, arrived: this.#lastPicture });
      if (this.#seen.length > KEPT_TIMES) this.#seen.shift();
      this.#size = { width: frame.visibleRect?.width ?? 0, height: frame.visibleRect?.height ?? 0 };
      try {
        await this.#heard.picture(frame);
      } finally {
        frame.close();
      }
    }
  }

  async #readSounds(): Promise<void> {
    while (this.#sounds !== null) {
      const { value: data, done } = await this.#sounds.read().catch(() => ENDED);
      if (done || data === undefined) return this.#heard.lost('microphone');
      // A block is complete when its last sample is.
      this.#ways.sound.add(data.timestamp / MICROSECONDS + data.numberOfFrames / data.sampleRate, now());
      this.#channels = data.numberOfChannels;
      try {
        this.#heard.sound(data);
      } finally {
        data.close();
      }
    }
  }
}

const ENDED = { value: undefined, done: true } as const;

/** The common clock, seconds. */
export function now(): number {
  return performance.now() / MILLISECONDS;
}
