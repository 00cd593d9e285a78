import { ORDER_STAGES, type OrderStage } from '../../../shared/domain/order.ts';
import { words } from '../../../shared/words/app.ts';
import { Icon, type IconName } from '../../ui/Icon.tsx';

export const STAGE_ICONS = {
  prepare: 'film',
  upload: 'upload',
  verify: 'link',
  train: 'train',
  'first-words': 'speech',
} as const satisfies Record<OrderStage, IconName>;

/** The steps to come, side by side. */
export function Road({ free }: { free: boolean }) {
  const text = words.publish.next;
  return (
    <ol className="road">
      {ORDER_STAGES.map((stage) => (
        <li key={stage}>
          <span className="dot">
            <Icon name={STAGE_ICONS[stage]} />
          </span>
          {words.order.stages[stage]}
          <small>{stage === 'train' && free ? text.free : text[stage]}</small>
        </li>
      ))}
    </ol>
  );
}
