import type { Report, Verdict } from '../domain/report.ts';
import { spelled } from './appNumbers.ts';

/**
 * What a verdict is called: the same in the window, in the terminal and on the page that is sent on.
 * @param weakSpots how many findings warn; null where only the verdict is known
 */
export function verdictName(verdict: Verdict, weakSpots: number | null): string {
  return {
    pass: 'Good',
    warn: `Good, with ${weakSpotsText(weakSpots)}`,
    fail: 'Would be refused',
  }[verdict];
}

/** What a report comes to. */
export const verdictText = ({ verdict, findings }: Pick<Report, 'verdict' | 'findings'>): string =>
  verdictName(verdict, weakSpotsIn(findings));

/** How many findings of a report are weak spots. */
export const weakSpotsIn = (findings: Report['findings']): number =>
  findings.filter(({ severity }) => severity === 'warn').length;

/** "two weak spots" */
export function weakSpotsText(spots: number | null): string {
  if (spots === null) return 'weak spots';
  return `${spelled(spots)} weak ${spots === 1 ? 'spot' : 'spots'}`;
}
