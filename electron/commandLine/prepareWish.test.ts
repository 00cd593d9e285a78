import { expect, test } from 'vitest';
import { takeOf } from '../../tests/doubles/takeObservations.ts';
import { measuredPlan, plainPlan, prepareWishOf, takenLines } from './prepareWish.ts';

const wish = (options: { from?: string; to?: string; mend?: string }) =>
  prepareWishOf({ out: 'master.mp4', ...options });

test('a part that is not quite what was asked for is said, in minutes and seconds', () => {
  const lines = takenLines(
    wish({ from: '1:05', to: '1:25' }),
    { startSeconds: 64, endSeconds: 85.1 },
    384.2,
    true,
  );
  expect(lines).toEqual([
    expect.stringContaining('1:04.00 to 1:25.10'),
    expect.stringMatching(/^It begins .* before 1:05\.00,/),
    expect.stringMatching(/^It ends .* after 1:25\.00,/),
  ]);
});

test('where nothing could be cut off the beginning, that is said, also where all of it is kept', () => {
  const said = expect.stringMatching(/^Nothing was cut off the beginning: .* before 0:05\.00 .*--exact/);
  expect(
    takenLines(wish({ from: '0:05', to: '0:30' }), { startSeconds: 0, endSeconds: 30 }, 60, true),
  ).toEqual(['It holds 0:00.00 to 0:30.00 of the video.', said]);
  expect(takenLines(wish({ from: '0:05' }), null, 60, true)).toEqual([said]);
  expect(takenLines(wish({ from: '0:05', to: '2:00' }), null, 60, true)).toEqual([
    expect.stringMatching(/^--to lies behind the end/),
    said,
  ]);
  expect(takenLines(wish({ from: '0:00' }), null, 60, true)).toEqual([]);
});

test('an encoded part begins and ends at frames, which is nothing to explain', () => {
  const taken = { startSeconds: 65.1, endSeconds: 85.1 };
  expect(takenLines(wish({ from: '1:05.17', to: '1:25' }), taken, 384.2, false)).toEqual([
    expect.stringContaining('1:05.10 to 1:25.10'),
  ]);
});

test('a part that is what was asked for is only named', () => {
  const lines = takenLines(
    wish({ from: '1:05', to: '1:25' }),
    { startSeconds: 65, endSeconds: 85.02 },
    384.2,
    true,
  );
  expect(lines).toEqual([expect.stringContaining('1:05.00 to 1:25.02')]);
});

test('an end beyond that of the video is said to be the video’s, also where all of it is kept', () => {
  expect(takenLines(wish({ to: '9:00' }), null, 384.2, true)).toEqual([expect.stringContaining('6:24.20')]);
  expect(
    takenLines(wish({ from: '1:00', to: '9:00' }), { startSeconds: 60, endSeconds: 384.2 }, 384.2, true),
  ).toEqual([
    expect.stringMatching(/^--to lies behind the end/),
    expect.stringContaining('1:00.00 to 6:24.20'),
  ]);
  // Containers round their lengths.
  expect(takenLines(wish({ to: '6:24.2' }), null, 384.16, true)).toEqual([]);
});

test('a turn is said like any other mend, alone and beside others', () => {
  const observations = takeOf('head-and-shoulders');
  const alone = plainPlan(wish({ mend: 'turn270' }), observations);
  expect(alone).toMatchObject({ edit: { turn: 270 }, mended: [expect.stringContaining('to the left')] });
  const beside = measuredPlan(wish({ mend: 'letterbox,turn90' }), observations);
  expect(beside).toMatchObject({
    edit: { turn: 90 },
    mended: [expect.stringContaining('to the right')],
    leftOut: ['There are no black bars.'],
  });
});
