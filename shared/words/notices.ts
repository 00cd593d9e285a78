import type { Verdict } from '../domain/report.ts';

/** A list of more is not read. */
const MOST_NAMED = 5;

/** Sentences that appear by themselves when something has ended. */
export const noticeWords = {
  checked: (name: string, verdict: Verdict): string =>
    ({
      pass: `“${name}” is checked: all measures are fine.`,
      warn: `“${name}” is checked: it can be used, with weak spots.`,
      fail: `“${name}” is checked: it would be refused. Look at what to change.`,
    })[verdict],
  known: (file: string, name: string): string => `${file} is in the library already, as “${name}”.`,
  notImported: (files: readonly string[]): string => {
    const named = files.slice(0, MOST_NAMED).join(', ');
    const others = files.length - MOST_NAMED;
    const names = others > 0 ? `${named} and ${others} more` : named;
    return `More files could not be imported: ${names}. Import each by itself to see why.`;
  },
  usable: (lookName: string): string => `“${lookName}” is usable. Play its first words.`,
} as const;
