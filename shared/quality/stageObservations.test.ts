import { expect, it } from 'vitest';
import { takeOf } from '../../tests/doubles/takeObservations.ts';
import { NO_EDIT } from '../domain/edit.ts';
import type { StageSample } from '../recording/port.ts';
import { judgeTake } from './judgeTake.ts';
import { stageObservations } from './stageObservations.ts';

const { media, frameTimes } = takeOf('head-and-shoulders');

/** A recording of 4,500 frames, so many of which the recorder says it repeated. */
const repeatedOf = (frames: number, countsFrames = true) => {
  const samples: StageSample[] = [
    { kind: 'timing', atSeconds: 10, what: 'repeated', frames },
    { kind: 'timing', atSeconds: 20, what: 'dropped', frames: 3000 },
    // After its end.
    { kind: 'timing', atSeconds: media.durationSeconds + 1, what: 'repeated', frames: 3000 },
  ];
  const observations = stageObservations(frames > 0 ? samples : samples.slice(1), {
    media,
    frameTimes,
    sync: null,
    countsFrames,
  });
  const { findings, measures } = judgeTake(observations, {
    shot: 'head-and-shoulders',
    origin: 'recorded',
    edit: NO_EDIT,
    now: new Date(0),
  });
  return {
    found: findings.some(({ code }) => code === 'FRAMES_REPEATED'),
    value: measures.find(({ code }) => code === 'REPEATED_FRAMES')?.value,
  };
};

it('a camera that was too slow is told in the first report already', () => {
  expect(repeatedOf(1800)).toEqual({ found: true, value: 0.4 });
  expect(repeatedOf(450)).toEqual({ found: false, value: 0.1 });
  expect(repeatedOf(0)).toEqual({ found: false, value: 0 });
  // Nobody knows.
  expect(repeatedOf(0, false)).toEqual({ found: false, value: null });
});
