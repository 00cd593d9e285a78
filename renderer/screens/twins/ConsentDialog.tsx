import type { Consent } from '../../../shared/domain/order.ts';
import { say, words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/parts.tsx';

/** What was agreed to, word for word, by whom and when. */
export function ConsentDialog(props: { name: string; consents: readonly Consent[]; onClose: () => void }) {
  const { name, consents, onClose } = props;
  const text = words.twins;
  return (
    <Dialog
      title={text.consentTitle(name)}
      onClose={onClose}
      footer={<Button onClick={onClose}>{words.shell.close}</Button>}
    >
      <p>{text.consentIntro(consents.length)}</p>
      <ul className="consents">
        {consents.map((consent) => (
          <li key={`${consent.at}-${consent.by}`}>
            <q>{consent.wording}</q>
            <small>
              {text.consentGiven(consent.by)}. {text.consentHow[consent.how.kind](say.day(consent.at))}
              {consent.how.kind === 'url' && <span className="mono">{consent.how.url}</span>}
            </small>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
