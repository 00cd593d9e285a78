import { expect, test } from 'vitest';
import { type CheckEvent, type CheckState, transitionCheck } from './take.ts';

const at = '2026-01-02T03:04:05.000Z';
const error = { code: 'FFMPEG_FAILED', message: 'The video could not be converted.' };
const STATES: Record<CheckState['kind'], CheckState> = {
  waiting: { kind: 'waiting' },
  checking: { kind: 'checking', since: at },
  checked: { kind: 'checked', at, verdict: 'pass', topFinding: null },
  failed: { kind: 'failed', at, error },
};
const EVENTS: Record<CheckEvent['kind'], CheckEvent> = {
  start: { kind: 'start', at },
  finish: { kind: 'finish', at, verdict: 'pass', topFinding: null },
  fail: { kind: 'fail', at, error },
  'put-back': { kind: 'put-back' },
};

test.each([
  ['waiting', { start: 'checking', finish: 'waiting', fail: 'waiting', 'put-back': 'waiting' }],
  ['checking', { start: 'checking', finish: 'checked', fail: 'failed', 'put-back': 'waiting' }],
  ['checked', { start: 'checking', finish: 'checked', fail: 'checked', 'put-back': 'checked' }],
  ['failed', { start: 'checking', finish: 'failed', fail: 'failed', 'put-back': 'failed' }],
] as const)('a check that is %s', (from, expected) => {
  const reached = Object.entries(EVENTS).map(([name, event]) => [
    name,
    transitionCheck(STATES[from], event).kind,
  ]);
  expect(Object.fromEntries(reached)).toEqual(expected);
});
