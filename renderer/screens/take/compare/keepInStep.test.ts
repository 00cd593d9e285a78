import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeVideo } from '../../../../tests/doubles/video.ts';
import { createControls } from '../player/controls.ts';
import { keepInStep } from './keepInStep.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Two takes in step, the right one shorter; `run` lets both play on. */
function pair({ leftAt = 0, rightAt = 0 } = {}) {
  const videos = { left: new FakeVideo(100), right: new FakeVideo(60) };
  const left = createControls();
  const right = createControls();
  for (const [controls, video] of [
    [left, videos.left],
    [right, videos.right],
  ] as const) {
    controls.attach(video.element);
    video.load();
    controls.setDuration(video.duration);
  }
  const arrive = () => {
    for (const video of Object.values(videos)) video.arrive();
  };
  left.seek(leftAt);
  right.seek(rightAt);
  arrive();
  keepInStep(left, right);
  const run = (seconds: number, those: readonly FakeVideo[] = Object.values(videos)) => {
    for (let tenths = 0; tenths < seconds * 10; tenths += 1) {
      vi.advanceTimersByTime(100);
      for (const video of those) video.run(0.1);
      for (const video of those) video.arrive();
    }
  };
  const seconds = () => [left.get().seconds, right.get().seconds].map(Math.round);
  const playing = () => [left.get().playing, right.get().playing];
  return { left, right, videos, run, arrive, seconds, playing };
}

test.each(['left', 'right'] as const)(
  'sending the %s one back while both play takes the other one along',
  (name) => {
    const both = pair();
    both.left.play();
    both.run(20);
    expect(both.playing()).toEqual([true, true]);
    both[name].skip(-5);
    both.run(1);
    expect(both.seconds()).toEqual([16, 16]);
    expect(both.playing()).toEqual([true, true]);
  },
);

test('the distance there was stays, playing and standing', () => {
  const both = pair({ leftAt: 10, rightAt: 14 });
  both.right.play();
  both.run(3);
  expect(both.seconds()).toEqual([13, 17]);
  both.left.pause();
  expect(both.playing()).toEqual([false, false]);
  both.right.skip(5);
  both.arrive();
  expect(both.seconds()).toEqual([18, 22]);
});

test('one that is held up is brought along, and is not sent on with every frame', () => {
  const both = pair();
  both.left.play();
  both.run(5);
  both.run(2, [both.videos.left]);
  // To its beginning before, and once since.
  expect(both.videos.right.sentTo).toHaveLength(2);
  // It is sent ahead by as much as that took, and is back in step once it takes no time.
  both.run(10);
  expect(both.seconds()).toEqual([17, 17]);
});

test('one that takes long to arrive is sent ahead, and is in step once it is there', () => {
  const both = pair();
  const { left, right } = both.videos;
  both.left.play();
  both.run(5);
  both.left.skip(5);
  left.arrive();
  // The right one reaches whatever it is sent to a second later.
  let waited = 0;
  for (let tenths = 0; tenths < 80; tenths += 1) {
    vi.advanceTimersByTime(100);
    left.run(0.1);
    right.run(right.seeking ? 0 : 0.1);
    waited = right.seeking ? waited + 1 : 0;
    if (waited < 10) continue;
    waited = 0;
    right.arrive();
  }
  expect(Math.abs(both.left.get().seconds - both.right.get().seconds)).toBeLessThan(0.5);
});

test('what was under way before they were in step is no measure', () => {
  const videos = { left: new FakeVideo(100), right: new FakeVideo(100) };
  const [left, right] = [createControls(), createControls()];
  left.attach(videos.left.element);
  right.attach(videos.right.element);
  for (const video of Object.values(videos)) video.load();
  for (const controls of [left, right]) {
    controls.setDuration(100);
    controls.seek(10);
  }
  videos.left.arrive();
  keepInStep(left, right);
  videos.right.arrive();
  left.play();
  videos.left.run(1);
  expect(right.get().seconds).toBeCloseTo(11);
  expect(right.get().ended).toBe(false);
});

test('where the shorter one ends the other plays on; sent back, both play again', () => {
  const both = pair();
  both.left.play();
  both.run(70);
  expect(both.seconds()).toEqual([70, 60]);
  expect(both.playing()).toEqual([true, false]);
  both.left.skip(-5);
  both.run(2);
  expect(both.seconds()).toEqual([67, 60]);
  both.left.seek(50);
  both.run(2);
  expect(both.seconds()).toEqual([52, 52]);
  expect(both.playing()).toEqual([true, true]);
});

test('once both have ended, playing begins anew with the same distance', () => {
  const both = pair({ rightAt: 4 });
  both.left.play();
  both.run(101);
  expect(both.playing()).toEqual([false, false]);
  both.left.play();
  both.run(2);
  expect(both.seconds()).toEqual([2, 6]);
});

test('frames are stepped together, and the speed is one', () => {
  const both = pair();
  both.left.setFrames(Array.from({ length: 3000 }, (_, index) => index / 30));
  both.left.step(1);
  both.arrive();
  expect(both.right.get().seconds).toBe(both.left.get().seconds);
  both.right.setSpeed(1.5);
  expect(both.left.get().speed).toBe(1.5);
});
