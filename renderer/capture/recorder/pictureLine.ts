/**
 * The picture of a take: what the camera delivers, each frame in its thirtieth of a second, into the encoder. Thirtieths
 * for which there is nothing are filled with the picture before.
 */
import { LONGEST_SECONDS } from '../../../shared/recording/recording.ts';
import type { PictureSize } from './codecs.ts';
import type { PictureEncoder, PicturePackets } from './encoders.ts';
import { FrameCopier } from './ownFrame.ts';
import { FRAMES_PER_SECOND, Pacer } from './pacer.ts';

/**
 * New pictures that may wait for the encoder: 37 MB at 1080p, and 0.4 s of thirty a second. They are lost when the program
 * dies.
 */
const MOST_PICTURES_INSIDE = 12;
/** So long the oldest frame may have waited, milliseconds: twelve pictures are a second of an encoder that does twelve … */
const LONGEST_INSIDE_MS = 400;
/** … unless so few wait: some encoders keep a few until more come, and would otherwise keep them for ever. */
const ALWAYS_INSIDE = 8;
/** Frames that may wait for it, repeated ones included: a camera that stood still is filled at once. */
const MOST_FRAMES_INSIDE = 45;
/**
 * Frames that may wait for it while pictures are repeated. One that fell further behind, or that new pictures were left out
 * for, needs its time for what is new: repeating in place of what was left out would leave out the next ones too.
 */
const MOST_INSIDE_WHEN_REPEATING = 8;
const LONGEST_FRAMES = LONGEST_SECONDS * FRAMES_PER_SECOND;

export interface PictureCounts {
  /** By the camera, without those that were one too many for thirty a second. */
  readonly delivered: number;
  /** Of those, not in the file. */
  readonly dropped: number;
  /** In the file a second time or more. */
  readonly repeated: number;
  /** In the file altogether. */
  readonly written: number;
}

export class PictureLine {
  readonly #pacer: Pacer;
  readonly #copier: FrameCopier;
  readonly #encoder: PictureEncoder;
  #last: VideoFrame | null = null;
  /** The frames inside the encoder, by their numbers: whether each is a picture of its own, and since when it waits. */
  readonly #inside = new Map<number, { readonly isNew: boolean; readonly since: number }>();
  /** Whether new pictures were left out since the last one, because there was no room. */
  #isBehind = false;
  /** Whether the latest place was filled with the picture before. */
  #isFilled = false;
  #copying = false;
  #closed = false;
  #lastAt: number | null = null;
  #delivered = 0;
  #dropped = 0;
  #repeated = 0;
  #written = 0;

  /**
   * @param start time of the first frame on the common clock, seconds
   * @param encoder becomes the line's own, which closes it
   */
  constructor(start: number, size: PictureSize, encoder: PictureEncoder, { out, failed }: PicturePackets) {
    this.#pacer = new Pacer(start);
    this.#copier = new FrameCopier(size);
    this.#encoder = encoder;
    encoder.begin({
      out: (chunk, index, metadata) => {
        this.#inside.delete(index);
        this.#leaveOut(index);
        out(chunk, index, metadata);
      },
      failed,
    });
  }

  /** Length of the picture, in frames. */
  get length(): number {
    return this.#pacer.written;
  }

  get isLongest(): boolean {
    return this.length >= LONGEST_FRAMES;
  }

  /** How far the take's time has gone from the clock's, seconds. */
  get shift(): number {
    return this.#pacer.shift;
  }

  get counts(): PictureCounts {
    return {
      delivered: this.#delivered,
      dropped: this.#dropped,
      repeated: this.#repeated,
      written: this.#written,
    };
  }

  /**
   * Takes a frame of the camera; the caller closes it.
   * @param at when it was seen, on the common clock @param isWanted false to leave it out, and count it
   */
  async add(frame: VideoFrame, at: number, isWanted: boolean): Promise<void> {
    const { repeats, write } = this.#pacer.place(at);
    // A frame from before the beginning is none of the take's.
    if (!write && this.length === 0) return;
    this.#lastAt = at;
    // Its place is taken: by a frame of its own thirtieth, and then nothing is lost, or by a repeat, because it is late.
    if (!write && !this.#isFilled) return;
    this.#delivered += 1;
    const isTaken = write && isWanted;
    const hasRoom = isTaken && this.#hasRoom();
    if (isTaken && !hasRoom) this.#isBehind = true;
    if (!hasRoom) {
      this.#dropped += 1;
      return;
    }
    this.#copying = true;
    const own = await this.#copier.copy(frame).finally(() => {
      this.#copying = false;
    });
    this.#fill(Math.min(repeats, LONGEST_FRAMES - 1 - this.length));
    if (this.#closed || this.isLongest) {
      own.close();
      this.#dropped += 1;
      return;
    }
    this.#last?.close();
    this.#last = own;
    this.#encode(true);
  }

  /** Fills up to this time, where the camera delivers nothing. Without effect while a frame is on its way. */
  fillTo(at: number): void {
    if (!this.#copying) this.#fill(Math.min(this.#pacer.missingAt(at), LONGEST_FRAMES - this.length));
  }

  /** Takes no more frames. An encoder that fell behind may still owe some: the take is as long as it was. */
  end(): void {
    if (this.#lastAt !== null)
      this.#fill(Math.min(this.#pacer.missingAt(this.#lastAt), LONGEST_FRAMES - this.length));
    this.#closed = true;
  }

  /** Resolves when everything has been encoded, or left out. */
  flush(): Promise<void> {
    return this.#encoder.flush();
  }

  /** What the encoder has not given by now is not in the file. */
  close(): void {
    this.#closed = true;
    this.#encoder.close();
    this.#leaveOut(Number.POSITIVE_INFINITY);
    this.#last?.close();
    this.#last = null;
  }

  /**
   * Repeats the picture before. Where the encoder has no time for that, places stay empty: the picture before is shown for
   * longer, and preparing makes the rate constant again.
   */
  #fill(frames: number): void {
    if (this.#last === null || this.#closed || frames < 1) return;
    const inside = this.#inside.size;
    const hasTime = !this.#isBehind && inside <= MOST_INSIDE_WHEN_REPEATING;
    // One place is left for the picture that follows.
    const skipped = hasTime ? Math.max(0, frames - (MOST_FRAMES_INSIDE - 1 - inside)) : frames;
    this.#pacer.advance(skipped);
    for (let frame = skipped; frame < frames; frame++) this.#encode(false);
    this.#repeated += frames - skipped;
  }

  #encode(isNew: boolean): void {
    if (this.#last === null) return;
    this.#inside.set(this.length, { isNew, since: performance.now() });
    this.#encoder.encode(this.#last, this.length);
    this.#pacer.advance(1);
    this.#written += 1;
    this.#isFilled = !isNew;
    if (isNew) this.#isBehind = false;
  }

  /** Some encoders leave out frames to hold their rate, and do not say so: what was before `index` will not come. */
  #leaveOut(index: number): void {
    for (const [before, { isNew }] of this.#inside) {
      if (before > index) return;
      this.#inside.delete(before);
      this.#written -= 1;
      if (isNew) this.#dropped += 1;
      else this.#repeated -= 1;
    }
  }

  #hasRoom(): boolean {
    const inside = [...this.#inside.values()];
    const [oldest] = inside;
    if (oldest === undefined || inside.length < ALWAYS_INSIDE) return true;
    const pictures = inside.filter(({ isNew }) => isNew).length;
    return (
      pictures < MOST_PICTURES_INSIDE &&
      inside.length < MOST_FRAMES_INSIDE &&
      performance.now() - oldest.since < LONGEST_INSIDE_MS
    );
  }
}
