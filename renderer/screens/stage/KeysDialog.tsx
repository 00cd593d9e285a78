import { words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/parts.tsx';

/** Every key of the stage in one place. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const text = words.stage.shortcuts;
  const { keys: prompt, mirror, restart } = words.prompter;
  const rows: readonly (readonly [keys: readonly string[], what: string])[] = [
    [[text.space], text.record],
    [[text.escape], text.cancel],
    [text.shotsKeys, text.shots],
    [['?'], text.help],
    [[prompt.faster, prompt.slower], text.textSpeed],
    [[prompt.bigger, prompt.smaller], text.textSize],
    [[prompt.wider, prompt.narrower], text.textWidth],
    [[prompt.hold], text.textHold],
    [[prompt.show], text.textShow],
    [[prompt.restart], restart],
    [[prompt.mirror], mirror],
  ];
  return (
    <Dialog
      title={text.title}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      <dl className="keys">
        {rows.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
