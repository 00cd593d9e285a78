import { describe, expect, test } from 'vitest';
import { type Jump, JumpFinder } from './pictureCuts.ts';

const SIZE = { width: 160, height: 90 };
/** From here on a jump counts as one (see `judgeCut`). */
const SAYS_SOMETHING = 1.6;

/** Somebody who sways before a wall, and the noise of a camera. */
function pictureAt(seconds: number, noise: () => number): Uint8Array {
  const x = 80 + 9 * Math.sin(seconds * 2.1) + 5 * Math.sin(seconds * 5.3 + 1);
  const y = 50 + 4 * Math.sin(seconds * 3.7);
  return Uint8Array.from({ length: SIZE.width * SIZE.height }, (_, at) => {
    const distance = Math.hypot((at % SIZE.width) - x, (Math.floor(at / SIZE.width) - y) * 0.8);
    return 90 + 70 / (1 + Math.exp((distance - 24) / 2)) + noise();
  });
}

/** Numbers around 0, the same every time. */
function noiseOf(steps: number): () => number {
  let state = 7;
  return () => {
    state = (state * 16807) % 2147483647;
    return (state / 2147483647 - 0.5) * 2 * steps;
  };
}

/** @param shownAt which moment each frame shows, seconds; one that shows the same as the last repeats it */
function jumpsOf(shownAt: readonly number[]): readonly Jump[] {
  const finder = new JumpFinder(SIZE);
  const noise = noiseOf(1.5);
  let picture = new Uint8Array();
  shownAt.forEach((seconds, frame) => {
    if (frame === 0 || seconds !== shownAt[frame - 1]) picture = Uint8Array.from(pictureAt(seconds, noise));
    finder.add(picture);
  });
  return finder.jumps().filter(({ size }) => size >= SAYS_SOMETHING);
}

const FRAMES = 240;
const steady = Array.from({ length: FRAMES }, (_, frame) => frame / 30);

describe('jumps of the picture', () => {
  test('nobody who sways jumps', () => {
    expect(jumpsOf(steady)).toEqual([]);
  });

  test('a second that was cut out is one', () => {
    const cut = steady.map((seconds, frame) => (frame < 120 ? seconds : seconds + 1));
    expect(jumpsOf(cut).map(({ frame }) => frame)).toEqual([120]);
  });

  test.each([
    ['five pictures a second', [6]],
    ['ten', [3]],
    ['fifteen', [2]],
    ['as many as it can', [2, 5, 3, 8, 4, 6, 3, 3, 7, 2, 5]],
  ])('a camera that gives %s is slow, and cuts nothing out', (_name, holds) => {
    const shownAt: number[] = [];
    for (let turn = 0; shownAt.length < FRAMES; turn += 1) {
      const now = shownAt.length / 30;
      for (let held = 0; held < (holds[turn % holds.length] ?? 1); held += 1) shownAt.push(now);
    }
    expect(jumpsOf(shownAt)).toEqual([]);
  });

  test('a second that was cut out of what a slow camera gave is found all the same', () => {
    const slow = steady.map((_seconds, frame) => Math.floor(frame / 3) / 10 + (frame < 120 ? 0 : 1.5));
    expect(jumpsOf(slow).map(({ frame }) => frame)).toContain(120);
  });
});
