import { expect, test } from 'vitest';
import { type CheckEvent, type CheckState, CheckStateSchema, transitionCheck } from './take.ts';

const at = '2026-01-02T03:04:05.000Z';
const error = { code: 'FFMPEG_FAILED', message: 'The video could not be converted.' };
const STATES: Record<CheckState['kind'], CheckState> = {
  waiting: { kind: 'waiting' },
  checking: { kind: 'checking', since: at, checkedAt: null },
  checked: { kind: 'checked', at, verdict: 'pass', topFinding: null },
  failed: { kind: 'failed', at, error },
};
const EVENTS: Record<CheckEvent['kind'], CheckEvent> = {
  start: { kind: 'start', at },
  finish: { kind: 'finish', at, verdict: 'pass', topFinding: null },
  fail: { kind: 'fail', at, error },
  'put-back': { kind: 'put-back', before: { verdict: 'warn', topFinding: null } },
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

test('a check that is begun again and stopped goes back to the result before, for what is chosen now', () => {
  const later = '2026-01-02T04:00:00.000Z';
  const again = transitionCheck(STATES.checked, { kind: 'start', at: later });
  // It was interrupted, and begun once more.
  const once = transitionCheck(again, { kind: 'start', at: later });
  const before = { verdict: 'warn', topFinding: 'NOISE' } as const;
  expect(transitionCheck(once, { kind: 'put-back', before })).toEqual({ kind: 'checked', at, ...before });
  // Nothing is left of what it was made from.
  expect(transitionCheck(once, { kind: 'put-back', before: null })).toEqual({ kind: 'waiting' });
});

test('a check that an older version began has no result to go back to', () => {
  const old = CheckStateSchema.parse({ kind: 'checking', since: at });
  expect(transitionCheck(old, EVENTS['put-back'])).toEqual({ kind: 'waiting' });
});
