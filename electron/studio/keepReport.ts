/** Reports of takes: made from what was measured, for the shot, the part and the mends that somebody chose. */
import type { TakeId } from '../../shared/domain/ids.ts';
import type { Report } from '../../shared/domain/report.ts';
import { type CheckEvent, type CheckState, type Take, transitionCheck } from '../../shared/domain/take.ts';
import { editOf } from '../../shared/quality/edit.ts';
import { isComplete, judgeTake } from '../../shared/quality/judgeTake.ts';
import { FRAMING } from '../../shared/quality/limits.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import type { WorkContext } from '../pipeline/context.ts';

/** The report of what a master of the take would hold. */
export function reportOf({ shot, origin, review }: Take, observations: Observations, now: Date): Report {
  return judgeTake(observations, { shot, origin, edit: editOf(observations, review), now });
}

/**
 * Writes the report and what follows from it. What somebody chooses meanwhile, here or in another process, counts: the
 * report is then made again.
 * @param check the state of the check that goes with a report
 */
export async function keepReport(
  { library: { takes }, now }: WorkContext,
  takeId: TakeId,
  observations: Observations,
  check: (current: CheckState, report: Report) => CheckState,
): Promise<Report> {
  for (;;) {
    const take = await takes.read(takeId);
    const report = reportOf(take, observations, now());
    await takes.writeReport(takeId, report);
    const after = await takes.update(takeId, (current) =>
      isJudgedAlike(current, take)
        ? { ...current, media: observations.media, check: check(current.check, report) }
        : null,
    );
    if (isJudgedAlike(after, take)) return report;
  }
}

const isJudgedAlike = (one: Take, other: Take): boolean =>
  JSON.stringify([one.shot, one.review.trim, one.review.mends]) ===
  JSON.stringify([other.shot, other.review.trim, other.review.mends]);

/** A check that ends with this report. */
export function checkedWith(report: Report, at: string) {
  return { at, ...resultOf(report) };
}

function resultOf({ findings, verdict }: Report) {
  const top = findings.find((finding) => finding.severity !== 'info');
  return { verdict, topFinding: top?.code ?? null };
}

/**
 * Makes the report again after shot, trim or mends have changed; nothing is decoded.
 * @returns false when the take has to be measured: it never was, not all that its shot asks for, or another way up
 * @throws StudioError TAKE_NOT_FOUND, DISK_FULL, LIBRARY_UNREADABLE
 */
export async function judgeAgain(context: WorkContext, takeId: TakeId): Promise<boolean> {
  const { takes } = context.library;
  for (;;) {
    const stamp = await takes.observationsStamp(takeId);
    const observations = await takes.readObservations(takeId);
    if (observations === null) return false;
    const isEnough = suits(observations, await takes.read(takeId));
    await keepReport(context, takeId, observations, (current, report) => {
      if (observations.source !== 'check' || current.kind === 'checking') return current;
      // A check that was stopped, or that failed, was for a choice that has been taken back.
      const at = current.kind === 'checked' ? current.at : context.now().toISOString();
      return current.kind === 'checked' || isEnough
        ? { kind: 'checked', ...checkedWith(report, at) }
        : current;
    });
    // A check that has ended meanwhile has measured anew: this report was made of what was there before.
    if ((await takes.observationsStamp(takeId)) === stamp) return isEnough;
  }
}

/** Whether the take can be judged by what was measured: the way up that is chosen, and with all that its shot asks for. */
export function suits(observations: Observations, { shot, review }: Pick<Take, 'shot' | 'review'>): boolean {
  return isComplete(observations, review.mends) && hasWhatShotNeeds(observations, shot);
}

/**
 * Ends a check that was stopped or has failed: the result of the one before stands again, for what is chosen now, where
 * what it was made from is still there.
 * @param otherwise what the check ends as where nothing of it is left
 * @throws StudioError TAKE_NOT_FOUND, DISK_FULL, LIBRARY_UNREADABLE
 */
export async function putCheckBack(
  context: WorkContext,
  takeId: TakeId,
  otherwise: CheckEvent = { kind: 'put-back', before: null },
): Promise<void> {
  const { takes } = context.library;
  const observations = await takes.readObservations(takeId);
  const take = await takes.read(takeId);
  const { check } = take;
  if (
    observations !== null &&
    suits(observations, take) &&
    check.kind === 'checking' &&
    check.checkedAt !== null
  ) {
    await keepReport(context, takeId, observations, (current, report) =>
      transitionCheck(current, { kind: 'put-back', before: resultOf(report) }),
    );
    return;
  }
  await takes.update(takeId, (current) => ({
    ...current,
    check: transitionCheck(current.check, otherwise),
  }));
}

/**
 * Whether what was measured is enough to judge the take for this shot. Hands are looked for only where they belong to
 * it, because that takes time.
 */
export function hasWhatShotNeeds({ pictures }: Observations, shot: Take['shot']): boolean {
  if (!FRAMING[shot].hands || pictures.length === 0) return true;
  return pictures.some(({ frame }) => frame.hands !== null);
}

/** The state of a check that has just ended well. */
export function finishedCheck(at: string) {
  return (current: CheckState, report: Report): CheckState =>
    transitionCheck(current, { kind: 'finish', ...checkedWith(report, at) });
}
