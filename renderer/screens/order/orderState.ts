import type { Order, OrderStage } from '../../../shared/domain/order.ts';
import { ORDER_STAGES } from '../../../shared/domain/order.ts';
import { words } from '../../../shared/words/app.ts';
import type { Tone } from '../../ui/parts.tsx';

type Standing = Pick<Order, 'state' | 'firstWords'>;

/** An order in one word. */
export function orderState({ state, firstWords }: Standing): { tone: Tone; word: string } {
  const text = words.order;
  if (firstWords.kind === 'unconfirmed') return { tone: 'warn', word: text.firstWordsUnconfirmed };
  const word = text.states[state.kind];
  switch (state.kind) {
    case 'ready':
      return { tone: 'pass', word };
    case 'failed':
      return { tone: 'fail', word };
    case 'unconfirmed':
    case 'stalled':
      return { tone: 'warn', word };
    case 'cancelled':
      return { tone: 'info', word };
    default:
      return { tone: 'work', word };
  }
}

export type StepStatus = 'done' | 'now' | 'waiting' | 'trouble' | 'ask';

/**
 * How far each step is. The engine files training under "first words", since only they prove that it is
 * over; a person sees it as "train" until the look is asked to speak.
 */
export function stepsOf({ state, firstWords }: Standing): Record<OrderStage, StepStatus> {
  const upTo = (stage: OrderStage, status: StepStatus): Record<OrderStage, StepStatus> => {
    const at = ORDER_STAGES.indexOf(stage);
    const each = (other: OrderStage): StepStatus => {
      const index = ORDER_STAGES.indexOf(other);
      return index < at ? 'done' : index === at ? status : 'waiting';
    };
    return {
      prepare: each('prepare'),
      upload: each('upload'),
      verify: each('verify'),
      train: each('train'),
      'first-words': each('first-words'),
    };
  };
  switch (state.kind) {
    case 'queued':
      return upTo('prepare', 'waiting');
    case 'preparing':
      return upTo('prepare', 'now');
    case 'uploading':
      return upTo('upload', 'now');
    case 'verifying':
      return upTo('verify', 'now');
    case 'ordering':
      return upTo('train', 'now');
    case 'unconfirmed':
      return upTo('train', 'ask');
    case 'training':
      if (firstWords.kind === 'unconfirmed') return upTo('first-words', 'ask');
      return firstWords.kind === 'requesting'
        ? { ...upTo('train', 'now'), 'first-words': 'now' }
        : upTo('train', 'now');
    case 'stalled':
      return upTo('train', 'ask');
    case 'failed':
      return upTo(state.stage, 'trouble');
    case 'cancelled':
      return upTo(state.stage, 'trouble');
    case 'ready':
      return { ...upTo('first-words', 'done') };
  }
}
