/** What is heard: the voice, and what else. */
import { levelText } from '../words/figures.ts';
import { checkWords } from '../words/findings.ts';
import { LIMITS } from './limits.ts';
import { type Judgement, measured } from './measures.ts';
import type { Part } from './part.ts';

const HEARD_LIMIT = `above ${levelText(LIMITS.silenceLevel.value, 'dBFS')}`;

export function measuresOfSound({ windows }: Part): Judgement[] {
  const heard = (value: number | null, text: string) =>
    measured('SPEECH', { value, text, limit: HEARD_LIMIT });
  if (windows === null) return [heard(null, checkWords.noSound).found('fail', 'AUDIO_MISSING')];
  const peak = windows.reduce((most, { peakDbfs }) => Math.max(most, peakDbfs), -120);
  if (peak <= LIMITS.silenceLevel.value)
    return [heard(peak, levelText(peak, 'dBFS')).found('fail', 'AUDIO_SILENT')];
  return [];
}
