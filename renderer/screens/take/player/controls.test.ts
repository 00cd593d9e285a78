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
