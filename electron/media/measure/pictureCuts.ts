/**
 * Where the picture jumps from one frame to the next. A person who moves changes it over several frames; after a cut it
 * changes once, and much more than before and after. So each change is held against those around it, block by block:
 * what moved there anyway says nothing.
 */
import { LEAST_PICTURE_JUMP } from '../../../shared/quality/cuts.ts';
import type { PictureSize } from './framesReader.ts';

/** A frame whose change from the one before stands out. */
export interface Jump {
  /** Index of the first frame after it. */
  readonly frame: number;
  /** Change there over the largest around it; 1 is as ever. */
  readonly size: number;
}

/** Side of a block, pixels of the small frame. */
const BLOCK = 10;
/** Changes before and after that are looked at; at least so many there must be on either side. */
const AROUND = 5;
const LEAST_AROUND = 3;
/** Part of the blocks that counts: those that change most. A person fills a part of the picture only. */
const CHANGED_PART = 0.25;
/** What noise and coding change by, luma steps a block: a still picture would otherwise jump all the time. */
const NOISE = 0.5;
/** A frame that changes by less than this part of the usual change repeats the one before. */
const REPEATED = 0.25;
/**
 * A picture that comes after so many frames, each of which changes by less than this part of it, was held back: a camera
 * that stutters moves on in steps, and every one of them would otherwise jump.
 */
const HELD = { frames: 2, part: 0.15 };
/** Steps of a camera that stutters are held against each other, from two others on, this many frames around. */
const STEPS_AROUND = 45;
const FEWEST_STEPS = 2;

/** Finds jumps in a stream of frames; keeps a small vector for each of three seconds' frames. */
export class JumpFinder {
  readonly #size: PictureSize;
  readonly #columns: number;
  readonly #blocks: number;
  /** Luma of the two frames before. */
  #last: Uint8Array;
  #lastButOne: Uint8Array;
  #frames = 0;
  /** The latest changes, oldest first. */
  readonly #changes: Change[] = [];
  readonly #found: Jump[] = [];

  constructor(size: PictureSize) {
    this.#size = size;
    this.#columns = Math.max(1, Math.floor(size.width / BLOCK));
    this.#blocks = this.#columns * Math.max(1, Math.floor(size.height / BLOCK));
    this.#last = new Uint8Array(size.width * size.height);
    this.#lastButOne = new Uint8Array(size.width * size.height);
  }

  /** Luma of limited range; all frames have one size. */
  add(luma: Uint8Array): void {
    this.#frames += 1;
    if (this.#frames > 1) {
      this.#changes.push(this.#changeTo(luma));
      if (this.#changes.length > 2 * STEPS_AROUND + 1) this.#changes.shift();
      this.#judge(this.#changes.length - 1 - STEPS_AROUND);
    }
    const oldest = this.#lastButOne;
    this.#lastButOne = this.#last;
    oldest.set(luma);
    this.#last = oldest;
  }

  /** All of them, in order; to be asked once, after the last frame. */
  jumps(): readonly Jump[] {
    const { length } = this.#changes;
    for (let at = Math.max(0, length - STEPS_AROUND); at < length - LEAST_AROUND; at += 1) this.#judge(at);
    return this.#found;
  }

  #judge(at: number): void {
    if (at < LEAST_AROUND) return;
    const size = this.#jumpAt(at);
    if (size >= LEAST_PICTURE_JUMP)
      this.#found.push({ frame: this.#frames - this.#changes.length + at, size: Number(size.toFixed(2)) });
  }

  #jumpAt(at: number): number {
    const here = this.#changes[at];
    if (here === undefined) return 0;
    const near = this.#changes.slice(Math.max(0, at - AROUND), at + AROUND + 1);
    const around = near.flatMap((change) => (change === here ? [] : [change]));
    const steps = this.#isStep(at) ? this.#stepsBeside(at) : [];
    const next = this.#changes[at + 1];
    const means = near.map(({ mean }) => mean).sort((one, other) => one - other);
    const usual = means[Math.floor(means.length / 2)] ?? 0;
    // Where frames are repeated, the next one moves twice as far: then steps of two frames are what is usual.
    const repeats = around.some(({ mean }) => mean < REPEATED * usual);
    const largest = (block: number) => {
      let most = 0;
      for (const change of around) {
        most = Math.max(most, change.fromLast[block] ?? 0);
        if (repeats && change !== next) most = Math.max(most, change.fromLastButOne[block] ?? 0);
      }
      for (const { fromLast } of steps) most = Math.max(most, fromLast[block] ?? 0);
      return most;
    };
    const inOrder = Array.from(here.fromLast.keys()).sort(
      (one, other) => (here.fromLast[other] ?? 0) - (here.fromLast[one] ?? 0),
    );
    const counted = inOrder.slice(0, Math.max(1, Math.floor(inOrder.length * CHANGED_PART)));
    let changed = 0;
    let expected = 0;
    for (const block of counted) {
      changed += here.fromLast[block] ?? 0;
      expected += largest(block) + NOISE;
    }
    return changed / expected;
  }

  /** Whether the picture there comes after some that stood still. */
  #isStep(at: number): boolean {
    const most = HELD.part * (this.#changes[at]?.mean ?? 0);
    const before = this.#changes.slice(Math.max(0, at - HELD.frames), at);
    return before.length === HELD.frames && before.every(({ mean }) => mean < most);
  }

  /** The other steps around one, where there are enough of them: a person who pauses makes none, or one. */
  #stepsBeside(at: number): readonly Change[] {
    const steps = this.#changes.filter((_change, index) => index !== at && this.#isStep(index));
    return steps.length < FEWEST_STEPS ? [] : steps;
  }

  #changeTo(luma: Uint8Array): Change {
    const fromLast = new Float32Array(this.#blocks);
    const fromLastButOne = new Float32Array(this.#blocks);
    const { width } = this.#size;
    const rows = (this.#blocks / this.#columns) * BLOCK;
    let sum = 0;
    for (let y = 0; y < rows; y += 1) {
      const firstBlock = Math.floor(y / BLOCK) * this.#columns;
      for (let block = 0; block < this.#columns; block += 1) {
        let one = 0;
        let two = 0;
        const from = y * width + block * BLOCK;
        for (let at = from; at < from + BLOCK; at += 1) {
          const value = luma[at] ?? 0;
          one += Math.abs(value - (this.#last[at] ?? 0));
          two += Math.abs(value - (this.#lastButOne[at] ?? 0));
        }
        sum += one;
        fromLast[firstBlock + block] = (fromLast[firstBlock + block] ?? 0) + one / (BLOCK * BLOCK);
        fromLastButOne[firstBlock + block] =
          (fromLastButOne[firstBlock + block] ?? 0) + two / (BLOCK * BLOCK);
      }
    }
    return { mean: sum / (rows * this.#columns * BLOCK), fromLast, fromLastButOne };
  }
}

/** Mean change of each block, luma steps. */
interface Change {
  readonly mean: number;
  readonly fromLast: Float32Array;
  readonly fromLastButOne: Float32Array;
}
