import { words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/parts.tsx';
import { useSession, useStage } from './stageState.tsx';

/** The recorder could not begin, or broke: why, and that nothing is lost. */
export function RecorderFailed() {
  const text = words.stage.failed;
  const session = useSession();
  const message = useStage(({ recorder }) => (recorder.kind === 'failed' ? recorder.message : null));
  if (message === null) return null;
  return (
    <Dialog
      title={text.title}
      onClose={() => session.reset()}
      footer={
        <Button kind="primary" onClick={() => session.reset()}>
          {text.again}
        </Button>
      }
    >
      <p>{message}</p>
      <p>{text.kept}</p>
    </Dialog>
  );
}
