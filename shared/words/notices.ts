import type { Verdict } from '../domain/report.ts';

/** Sentences that appear by themselves when something has ended. */
export const noticeWords = {
  checked: (name: string, verdict: Verdict): string =>
    ({
      pass: `“${name}” is checked: all measures are fine.`,
      warn: `“${name}” is checked: it can be used, with weak spots.`,
      fail: `“${name}” is checked: it would be refused. Look at what to change.`,
    })[verdict],
  known: (file: string, name: string): string => `${file} is in the library already, as “${name}”.`,
  usable: (lookName: string): string => `“${lookName}” is usable. Play its first words.`,
} as const;
