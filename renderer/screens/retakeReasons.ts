/** Why a take is recorded again, for the stage to say while it is set up. Known until the stage is left. */
import type { Report } from '../../shared/domain/report.ts';
import type { Take } from '../../shared/domain/take.ts';
import { findingTitle } from '../../shared/words/appFindings.ts';
import { createStore, useStore } from '../app/store.ts';

interface RetakeReasons {
  /** As it was rejected; empty where nothing was written. */
  readonly note: string;
  /** What the check found, in a few words each, the most important first. */
  readonly findings: readonly string[];
}

/** More would have to be studied, not remembered. */
const MOST_FINDINGS = 3;

const store = createStore<RetakeReasons | null>(null);

/** Null where there is nothing to say: nothing was found, and it was not rejected with a note. */
export function setRetakeReasons(of: Pick<Take, 'review'>, report: Report | null): void {
  const { decision } = of.review;
  const note = decision.kind === 'rejected' ? decision.note : '';
  const titles = (report?.findings ?? [])
    .filter(({ severity }) => severity !== 'info')
    .flatMap(({ code }) => findingTitle(code) ?? []);
  const findings = [...new Set(titles)].slice(0, MOST_FINDINGS);
  store.set(note === '' && findings.length === 0 ? null : { note, findings });
}

export const forgetRetakeReasons = (): void => store.set(null);

export const useRetakeReasons = (): RetakeReasons | null => useStore(store, (reasons) => reasons);
