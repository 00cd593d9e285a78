import { createHash } from 'node:crypto';
import { type OrderId, OrderIdSchema } from '../../shared/domain/ids.ts';
import type { TwinChoice } from '../../shared/domain/order.ts';
import type { TrainerKind } from '../../shared/domain/twin.ts';

/** Everything that makes two orders the same order. */
export interface OrderIdentity {
  readonly sourceSha256: string;
  /** Never the encoder's output: the same encode differs between builds. */
  readonly recipe: string;
  /** The part that is taken; null for all of the take. */
  readonly trim: { readonly startSeconds: number; readonly endSeconds: number } | null;
  readonly trainer: TrainerKind;
  readonly account: string;
  readonly twin: TwinChoice;
  readonly lookName: string;
}

/** SHA-256 over the identity, in a fixed order. */
export function orderKey(identity: OrderIdentity): string {
  const { twin } = identity;
  const fields = [
    'order-1',
    identity.sourceSha256,
    identity.recipe,
    identity.trim === null ? null : [identity.trim.startSeconds, identity.trim.endSeconds],
    identity.trainer,
    identity.account,
    twin.kind === 'new' ? ['new', twin.name] : ['existing', twin.twinId],
    identity.lookName,
  ];
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

/** The order's id, which is the name of its folder: making it is what claims the order. */
export function orderIdOf(key: string): OrderId {
  return OrderIdSchema.parse(`or_${key.slice(0, 24)}`);
}
