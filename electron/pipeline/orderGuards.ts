import type { OrderId } from '../../shared/domain/ids.ts';
import { isUnfinished, type TwinChoice } from '../../shared/domain/order.ts';
import type { Take } from '../../shared/domain/take.ts';
import { LOOKS_PER_TWIN, type TrainerKind } from '../../shared/domain/twin.ts';
import { StudioError } from '../../shared/errors.ts';
import type { WorkContext } from './context.ts';

/*
 * What must hold before an order is paid for. Asked when it is made, so that nothing is prepared in vain, and
 * again right before the request: checks, twins and other orders may have changed in between.
 */

/** @throws StudioError CHECK_MISSING, CHECK_REFUSED */
export async function requireChecked(context: WorkContext, take: Take): Promise<void> {
  if (take.check.kind !== 'checked') throw new StudioError('CHECK_MISSING');
  if (take.check.verdict !== 'fail') return;
  const report = await context.library.takes.readReport(take.id);
  const worst = report?.findings.find((finding) => finding.severity === 'fail');
  throw new StudioError('CHECK_REFUSED', worst === undefined ? {} : { finding: worst.message });
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
