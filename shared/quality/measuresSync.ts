/** Whether sound and picture belong together, of takes that were recorded here: only their recorder knows. */
import { between, trimmed } from '../words/figures.ts';
import { checkWords } from '../words/findings.ts';
import { LIMITS } from './limits.ts';
import { type Judgement, measured, notMeasured } from './measures.ts';
import type { Part } from './part.ts';

const text = (value: number): string => `${trimmed(value, 0)} ms`;

/** By how many milliseconds sound comes after picture, and drifts; known of own recordings only. None without sound. */
export function measuresOfSync({ observations: { sync, sound } }: Part): Judgement[] {
  if (sound === null) return [];
  const offsetLimit = between(`-${LIMITS.syncOffset.value}`, text(LIMITS.syncOffset.value));
  const driftLimit = between(`-${LIMITS.syncDrift.value}`, text(LIMITS.syncDrift.value));
  if (sync === null) return [notMeasured('SYNC', checkWords.onlyOwn, offsetLimit)];
  const { offsetMs, driftMs } = sync;
  const offset = measured('SYNC', { value: offsetMs, text: text(offsetMs), limit: offsetLimit });
  const drift = measured('SYNC_DRIFT', { value: driftMs, text: text(driftMs), limit: driftLimit });
  return [
    Math.abs(offsetMs) > LIMITS.syncOffset.value ? offset.found('warn', 'SOUND_OFF') : offset.pass(),
    Math.abs(driftMs) > LIMITS.syncDrift.value ? drift.found('warn', 'SOUND_DRIFTS') : drift.pass(),
  ];
}
