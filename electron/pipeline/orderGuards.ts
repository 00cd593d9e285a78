import { type Edit, isMendedAlike, isUnedited } from '../../shared/domain/edit.ts';
import type { OrderId } from '../../shared/domain/ids.ts';
import { isUnfinished, type TwinChoice } from '../../shared/domain/order.ts';
import type { Report } from '../../shared/domain/report.ts';
import type { Take } from '../../shared/domain/take.ts';
import { LOOKS_PER_TWIN, type TrainerKind } from '../../shared/domain/twin.ts';
import { StudioError } from '../../shared/errors.ts';
import { isComplete, judgeTake } from '../../shared/quality/judgeTake.ts';
import { LIMITS } from '../../shared/quality/limits.ts';
import type { WorkContext } from './context.ts';

/*
 * What must hold before an order is paid for. Asked when it is made, so that nothing is prepared in vain, and
 * again right before the request: checks, twins and other orders may have changed in between.
 */

/**
 * What is published has to be what was checked: the part that the master holds, as it is mended, and nobody has rejected
 * the take.
 * @throws StudioError TAKE_REJECTED, TRIM_TOO_SHORT, CHECK_MISSING, CHECK_REFUSED
 */
export async function requireChecked(context: WorkContext, take: Take, edit: Edit): Promise<void> {
  const { cut } = edit;
  if (take.review.decision.kind === 'rejected') throw new StudioError('TAKE_REJECTED');
  const shortest = LIMITS.shortestSeconds.value;
  if (cut !== null && cut.endSeconds - cut.startSeconds < shortest)
    throw new StudioError('TRIM_TOO_SHORT', { seconds: shortest });
  if (take.check.kind !== 'checked') throw new StudioError('CHECK_MISSING');
  const kept = await context.library.takes.readReport(take.id);
  const judged = isAbout(kept, take, edit) ? null : await judgeMaster(context, take, edit);
  if ((judged?.verdict ?? take.check.verdict) !== 'fail') return;
  const worst = (judged ?? kept)?.findings.find((finding) => finding.severity === 'fail');
  throw new StudioError('CHECK_REFUSED', worst === undefined ? {} : { finding: worst.message });
}

/** Ranges of reports are what somebody chose; what is copied begins up to a few seconds earlier. */
const SAME_RANGE_SECONDS = 0.05;

/** Whether the take's report is about this very part, with the same mended of it. */
function isAbout(report: Report | null, take: Take, edit: Edit): boolean {
  if (report === null) return isUnedited(edit);
  if (report.depth !== 'complete' || !isMendedAlike(report.mended, edit)) return false;
  const { cut } = edit;
  const start = cut?.startSeconds ?? 0;
  const end = cut?.endSeconds ?? take.media?.durationSeconds ?? report.range.endSeconds;
  return (
    Math.abs(report.range.startSeconds - start) < SAME_RANGE_SECONDS &&
    Math.abs(report.range.endSeconds - end) < SAME_RANGE_SECONDS
  );
}

async function judgeMaster(context: WorkContext, take: Take, edit: Edit): Promise<Report> {
  const observations = await context.library.takes.readObservations(take.id);
  // Of a picture that is turned nothing is known before it was looked at so.
  if (observations === null || !isComplete(observations, edit)) throw new StudioError('CHECK_MISSING');
  return judgeTake(observations, { shot: take.shot, origin: take.origin, edit, now: context.now() });
}

/**
 * The trainer's id of the twin that is chosen, null for a new one.
 * @throws StudioError TWIN_NOT_FOUND, TWIN_OTHER_ACCOUNT, TWIN_FULL
 */
export async function requireRoomInTwin(
  context: WorkContext,
  choice: TwinChoice,
  trainer: TrainerKind,
  account: string,
  orderId: OrderId,
): Promise<string | null> {
  if (choice.kind === 'new') return null;
  const { twinId } = choice;
  const twin = await context.library.twins.read(twinId);
  if (twin.trainer !== trainer || twin.account !== account) throw new StudioError('TWIN_OTHER_ACCOUNT');
  const onTheirWay = context.library.orders.index
    .values()
    .filter(
      (order) =>
        order.id !== orderId &&
        order.twin.kind === 'existing' &&
        order.twin.twinId === twinId &&
        order.look === null &&
        (isUnfinished(order.state) || order.state.kind === 'unconfirmed'),
    );
  if (twin.looks.length + onTheirWay.length >= LOOKS_PER_TWIN) throw new StudioError('TWIN_FULL');
  return twin.avatarGroupId;
}
