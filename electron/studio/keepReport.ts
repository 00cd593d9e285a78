/** Reports of takes: made from what was measured, for the shot, the part and the mends that somebody chose. */
import type { TakeId } from '../../shared/domain/ids.ts';
import type { Report } from '../../shared/domain/report.ts';
import { type CheckState, type Take, transitionCheck } from '../../shared/domain/take.ts';
import { editOf } from '../../shared/quality/edit.ts';
import { isComplete, judgeTake } from '../../shared/quality/judgeTake.ts';
import { FRAMING } from '../../shared/quality/limits.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import type { WorkContext } from '../pipeline/context.ts';

/** The report of what a master of the take would hold. */
export function reportOf({ shot, review }: Take, observations: Observations, now: Date): Report {
  return judgeTake(observations, { shot, edit: editOf(observations, review), now });
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
  const observations = await takes.readObservations(takeId);
  if (observations === null) return false;
  const { shot, review } = await takes.read(takeId);
  await keepReport(context, takeId, observations, (current, report) =>
    current.kind === 'checked' && observations.source === 'check'
      ? { kind: 'checked', ...checkedWith(report, current.at) }
      : current,
  );
  return isComplete(observations, review.mends) && hasWhatShotNeeds(observations, shot);
}

/**
 * Ends a check that was stopped: the result of the one before stands again, for what is chosen now, where what it was
 * made from is still there.
 * @throws StudioError TAKE_NOT_FOUND, DISK_FULL, LIBRARY_UNREADABLE
 */
export async function putCheckBack(context: WorkContext, takeId: TakeId): Promise<void> {
  const { takes } = context.library;
  const observations = await takes.readObservations(takeId);
  const { check, shot, review } = await takes.read(takeId);
  const isMeasured =
    observations !== null && isComplete(observations, review.mends) && hasWhatShotNeeds(observations, shot);
  if (isMeasured && check.kind === 'checking' && check.checkedAt !== null) {
    await keepReport(context, takeId, observations, (current, report) =>
      transitionCheck(current, { kind: 'put-back', before: resultOf(report) }),
    );
    return;
  }
  await takes.update(takeId, (take) => ({
    ...take,
    check: transitionCheck(take.check, { kind: 'put-back', before: null }),
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
