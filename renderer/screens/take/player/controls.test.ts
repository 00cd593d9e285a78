import { expect, test } from 'vitest';
import { FakeVideo } from '../../../../tests/doubles/video.ts';
import { createControls } from './controls.ts';

function playerOf(video: FakeVideo) {
  const controls = createControls();
  controls.attach(video.element);
  video.load();
  controls.setDuration(60);
  return controls;
}

test.each([
  ['a window that is seen', true],
  ['a covered window', false],
])('playing stops at the end of what is kept in %s', (_, isDrawn) => {
  const video = new FakeVideo(60);
  const controls = playerOf(video);
  controls.setEnd(10);
  controls.play();
  for (let tenths = 0; tenths < 200; tenths += 1) video.run(0.1, isDrawn);
  expect(video.paused).toBe(true);
  expect(controls.get().seconds).toBeCloseTo(10, 0);
});

test('the take begins with its first picture, however late that comes in a file, whose clock need not begin at 0', () => {
  const video = new FakeVideo(70, 2);
  const controls = createControls();
  controls.setStart(0.8);
  controls.attach(video.element);
  video.load();
  controls.setDuration(60);
  // Sound before the first picture does not belong to the take.
  expect(video.sentTo).toEqual([2.8]);
  video.arrive();
  expect(controls.get().seconds).toBe(0);

  controls.seek(10);
  expect(video.sentTo.at(-1)).toBeCloseTo(12.8);
  video.arrive();
  controls.playPart({ startSeconds: 10, endSeconds: 20 });
  video.arrive();
  video.run(1);
  expect(controls.get().seconds).toBeCloseTo(11);
  video.run(9);
  expect(video.paused).toBe(true);
  expect(controls.get().seconds).toBeCloseTo(20);
});

test('one that is sent somewhere before it tells that it is loaded arrives there', () => {
  const video = new FakeVideo(70, 2);
  const controls = createControls();
  controls.attach(video.element);
  video.load(() => controls.seek(5));
  expect(video.sentTo).toEqual([7]);
  video.arrive();
  controls.play();
  video.run(1);
  expect(controls.get().seconds).toBeCloseTo(6);
});

test('one that was loaded before it is taken over is shown, where it was to open', () => {
  const video = new FakeVideo(70, 2);
  const controls = createControls();
  controls.seek(5);
  video.load();
  controls.attach(video.element);
  expect(controls.get().status).toBe('ready');
  expect(video.sentTo).toEqual([7]);
});

test('a frame from before it was sent on moves nothing back', () => {
  const video = new FakeVideo(60);
  const controls = playerOf(video);
  controls.play();
  video.run(20);
  controls.seek(5);
  video.draw(20);
  expect(controls.get().seconds).toBe(5);
  controls.seek(8);
  video.draw(20);
  expect(controls.get().seconds).toBe(8);
});

test('it skips from where it is, also where the window has not heard of that yet', () => {
  const video = new FakeVideo(70, 2);
  const controls = playerOf(video);
  controls.play();
  video.run(20);
  // The window stands still, and the sound goes on.
  video.goOn(3);
  controls.skip(-5);
  expect(video.sentTo).toEqual([20]);
  // On its way it is counted from where it was sent.
  controls.skip(-5);
  expect(controls.get().seconds).toBe(13);
});
