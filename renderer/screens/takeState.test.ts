import { describe, expect, it } from 'vitest';
import type { Activity } from '../../shared/contract.ts';
import { activity } from '../../tests/doubles/activity.ts';
import { stateLineOf } from './takeState.ts';

const check = (changes: Partial<Activity> = {}): Activity => activity({ id: 'a', kind: 'check', ...changes });

describe.each(['checking', 'not-checked'] as const)('a take that is %s, with its check under way', (kind) => {
  it('shows how far it is', () => {
    expect(stateLineOf({ kind }, check({ progress: 0.25 }), true)).toMatchObject({
      word: 'Checking 25 %',
      progress: 0.25,
    });
    expect(stateLineOf({ kind }, check(), true)).toMatchObject({ word: 'Checking', progress: null });
  });

  it('is being imported until it has its picture', () => {
    const end = activity({ id: 'i', kind: 'import', progress: 1 });
    expect(stateLineOf({ kind }, end, true)).toMatchObject({ word: 'Importing', progress: null });
  });

  it('is no longer waiting once it moves, whoever was there before', () => {
    expect(stateLineOf({ kind }, check({ progress: 0.25 }), true, true)).toMatchObject({
      word: 'Checking 25 %',
    });
  });

  it('only waits while those before it are checked', () => {
    expect(stateLineOf({ kind }, check(), true, true)).toEqual({
      tone: 'info',
      word: 'Waiting',
      line: 'Checked after those before it',
      progress: undefined,
    });
    expect(stateLineOf({ kind }, check({ waitsFor: 'recording' }), true, true)).toMatchObject({
      word: 'Waiting',
      line: 'Waits for the recording',
    });
  });
});

it('a take whose check was stopped asks for one', () => {
  expect(stateLineOf({ kind: 'not-checked' }, null, true, true)).toMatchObject({
    tone: 'warn',
    word: 'Not checked yet',
  });
});
