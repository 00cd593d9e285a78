import type { CallInput } from '../../../shared/contract.ts';
import { useAnswer } from '../../app/queries.ts';
import type { PublishForm } from './usePublishForm.ts';
import { useSettled } from './useSettled.ts';

/** What the choices would cost and what stands in their way, asked again as they change. */
export function usePublishQuote(form: PublishForm, takeId: string) {
  const lookName = useSettled(form.lookName.trim());
  const newTwin = useSettled(form.newTwinName);
  const input: CallInput<'quote'> = {
    takeId,
    host: form.host,
    trainer: form.trainer,
    twin: form.existing ? { kind: 'existing', twinId: form.existing.id } : { kind: 'new', name: newTwin },
    lookName,
  };
  const answer = useAnswer('quote', input, { keepPrevious: true, alwaysAsk: true });
  const settled =
    lookName === form.lookName.trim() && (form.existing !== undefined || newTwin === form.newTwinName);
  return {
    input,
    answer,
    /** False while the answer belongs to choices that have changed since. */
    upToDate: settled && !answer.isPlaceholderData,
  };
}

export type PublishQuote = ReturnType<typeof usePublishQuote>;
