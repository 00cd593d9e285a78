/** Puts together what one run of ffmpeg writes to two pipes and says on the side. */
import type { Readable } from 'node:stream';

/** Units in a second of the times that ffmpeg tells. */
export const TENTHS = 10_000;
/** Frames of full size that are looked at or wait for it; with more, ffmpeg waits. */
const MOST_WAITING = 2;

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A frame of full size: planar YUV 4:2:0, BT.709, limited range, turned upright, with square pixels. */
export interface FullFrame extends PictureSize {
  /** On the file's clock. */
  readonly atSeconds: number;
  /** Luma, then both colours, whose sides are halved and rounded up. */
  readonly bytes: Uint8Array;
}

export interface FrameListener {
  /** Every frame, in order: luma of limited range, `width * height` bytes that are valid during the call. */
  small(luma: Uint8Array): void;
  /**
   * The first of every second, in order, in memory that workers can see. ffmpeg waits while two are not done with; once
   * one is, its bytes are filled again.
   */
  full(frame: FullFrame): Promise<void>;
  /** It had to be ended and begins again: nothing of what was seen counts. */
  again(): void;
}

/**
 * Joins the bytes of frames, small and of full size, with the times that ffmpeg tells of them. Of one run only: should
 * it begin again, the next one gets a reader of its own.
 */
export class FrameReader {
  readonly #fullSize: PictureSize;
  readonly #listener: FrameListener;
  readonly #fail: (error: unknown) => void;
  readonly #small: FrameFiller;
  readonly #full: FrameFiller;
  readonly #smallTimes: number[] = [];
  readonly #fullTimes: number[] = [];
  /** Whole, but their times have not been told yet. */
  readonly #unnamed: Uint8Array[] = [];
  readonly #atWork = new Set<Promise<void>>();
  #smallCount = 0;
  #fullCount = 0;
  #pipe: Readable | null = null;
  #dropped = false;

  /** @param fail called with what the listener's `full` rejects with */
  constructor(
    small: PictureSize,
    full: PictureSize,
    listener: FrameListener,
    fail: (error: unknown) => void,
  ) {
    this.#fullSize = full;
    this.#listener = listener;
    this.#fail = fail;
    this.#small = new FrameFiller(small.width * small.height);
    const colour = Math.ceil(full.width / 2) * Math.ceil(full.height / 2);
    this.#full = new FrameFiller(full.width * full.height + 2 * colour);
  }

  /** Not one frame has come. */
  get sawNothing(): boolean {
    return this.#smallCount === 0;
  }

  addSmall(chunk: Buffer): void {
    this.#small.add(chunk, (bytes) => {
      this.#smallCount += 1;
      if (!this.#dropped) this.#listener.small(bytes);
      this.#small.fillAgain(bytes);
    });
  }

  readFull(pipe: Readable): void {
    this.#pipe = pipe;
    // It breaks when the program is ended, which is told elsewhere.
    pipe.on('error', () => undefined);
    pipe.on('data', (chunk: Buffer) => {
      this.#full.add(chunk, (bytes) => {
        this.#unnamed.push(bytes);
        this.#pass();
      });
    });
  }

  /** Takes the lines of `showinfo`. */
  hear(line: string): boolean {
    const found = / n: *\d+ pts: *(-?\d+|NOPTS) .*fmt:(\w+) /.exec(line);
    if (found === null) return line.includes('_showinfo_');
    const [, pts, format] = found;
    const times = format === 'gray' ? this.#smallTimes : this.#fullTimes;
    const seconds = pts === 'NOPTS' ? (times.at(-1) ?? 0) : Number(pts) / TENTHS;
    times.push(seconds);
    if (format !== 'gray') this.#pass();
    return true;
  }

  /** Nothing is passed on any more. */
  drop(): void {
    this.#dropped = true;
    this.#unnamed.length = 0;
  }

  /**
   * Once the program has ended: waits until all frames are done with.
   * @returns when the small frames are shown, on the file's clock in seconds
   */
  async end(): Promise<readonly number[]> {
    while (this.#atWork.size > 0) await Promise.race(this.#atWork);
    return this.#smallTimes.slice(0, this.#smallCount);
  }

  #pass(): void {
    while (!this.#dropped && this.#unnamed.length > 0 && this.#fullCount < this.#fullTimes.length) {
      const bytes = this.#unnamed.shift();
      const atSeconds = this.#fullTimes[this.#fullCount];
      if (bytes === undefined || atSeconds === undefined) return;
      this.#fullCount += 1;
      const work = this.#listener
        .full({ ...this.#fullSize, atSeconds, bytes })
        .then(() => this.#full.fillAgain(bytes), this.#fail);
      this.#atWork.add(work);
      void work.then(() => {
        this.#atWork.delete(work);
        if (this.#atWork.size < MOST_WAITING) this.#pipe?.resume();
      });
    }
    if (this.#atWork.size + this.#unnamed.length >= MOST_WAITING) this.#pipe?.pause();
  }
}

/** Shared with workers: three megabytes a second that are handed to and fro keep V8 collecting garbage all the time. */
const sharedBytes = (size: number): Uint8Array => new Uint8Array(new SharedArrayBuffer(size));

/** Cuts a stream of bytes into frames of one size. */
class FrameFiller {
  readonly #size: number;
  #bytes: Uint8Array;
  #filled = 0;
  /** Of frames that are done with. */
  readonly #spare: Uint8Array[] = [];

  constructor(size: number) {
    this.#size = size;
    this.#bytes = sharedBytes(size);
  }

  fillAgain(bytes: Uint8Array): void {
    this.#spare.push(bytes);
  }

  /** @param whole gets each frame, to keep or to give back */
  add(chunk: Uint8Array, whole: (bytes: Uint8Array) => void): void {
    for (let from = 0; from < chunk.length; ) {
      const part = chunk.subarray(from, from + this.#size - this.#filled);
      this.#bytes.set(part, this.#filled);
      this.#filled += part.length;
      from += part.length;
      if (this.#filled < this.#size) continue;
      const full = this.#bytes;
      this.#bytes = this.#spare.pop() ?? sharedBytes(this.#size);
      this.#filled = 0;
      whole(full);
    }
  }
}
