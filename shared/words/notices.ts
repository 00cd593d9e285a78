import type { Report } from '../domain/report.ts';
import { weakSpotsIn, weakSpotsText } from './verdicts.ts';

/** A list of more is not read. */
const MOST_NAMED = 5;

/** Sentences that appear by themselves when something has ended. */
export const noticeWords = {
  checked: (name: string, report: Pick<Report, 'verdict' | 'findings'>): string =>
    ({
      pass: `“${name}” is checked: good, all measures are fine.`,
      warn: `“${name}” is checked: good, with ${weakSpotsText(weakSpotsIn(report.findings))}.`,
      fail: `“${name}” is checked: it would be refused. Look at what to change.`,
    })[report.verdict],
  known: (file: string, name: string): string => `${file} is in the library already, as “${name}”.`,
  notImported: (files: readonly string[]): string => {
    const named = files.slice(0, MOST_NAMED).join(', ');
    const others = files.length - MOST_NAMED;
    const names = others > 0 ? `${named} and ${others} more` : named;
    return `More files could not be imported: ${names}. Import each by itself to see why.`;
  },
  usable: (lookName: string): string => `“${lookName}” is usable. Play its first words.`,
} as const;
