import { words } from '../../shared/words/app.ts';
import { Button } from '../ui/Button.tsx';
import { Message } from '../ui/parts.tsx';
import { errorOf } from './bridge.ts';

/** What stands in place of an answer that is not there: what is waited for, or why it failed. */
export function AnswerState({
  answer,
  waiting,
  failed,
}: {
  readonly answer: { readonly error: Error | null; readonly refetch: () => unknown };
  readonly waiting: string;
  readonly failed: string;
}) {
  if (!answer.error) return <Message title={waiting} busy />;
  const error = errorOf(answer.error);
  return (
    <Message
      tone="fail"
      title={failed}
      actions={
        error.retry !== 'never' && (
          <Button kind="primary" icon="repeat" onClick={() => answer.refetch()}>
            {words.shell.retry}
          </Button>
        )
      }
    >
      <p>{error.message}</p>
    </Message>
  );
}
