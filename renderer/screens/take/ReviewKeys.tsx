import { words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/parts.tsx';

/** Every key of the review in one place. */
export function ReviewKeys({ onClose }: { readonly onClose: () => void }) {
  const text = words.review.keys;
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
      <dl className="review-keys">
        {text.rows.map(({ keys, what }) => (
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
