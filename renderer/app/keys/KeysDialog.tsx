import { useEffect } from 'react';
import { words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/parts.tsx';
import { useFocusGivenBack } from '../../ui/useFocusGivenBack.ts';
import { bridge } from '../bridge.ts';
import { isMac, keyName } from './keyName.ts';
import './keys.css';
import { hideKeys, showKeys, usePageKeyListShown } from './pageKeys.ts';
import { takesKeys } from './takesKeys.ts';

/** Every key of the page in one place: by its own key, by the program's menu, and by what the page has for it. */
export function KeysDialog() {
  const { isShown, list } = usePageKeyListShown();
  useFocusGivenBack(isShown);
  useEffect(
    () =>
      bridge().on('showKeys', () => {
        // A question that is open is answered first.
        if (document.querySelector('dialog[open]') === null) showKeys();
      }),
    [],
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (key !== '?' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (takesKeys(target)) return;
      event.preventDefault();
      showKeys();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  if (!isShown) return null;
  const mac = isMac();
  const { title, rows } = list ?? words.keys.everywhere;
  return (
    <Dialog
      title={title}
      onClose={hideKeys}
      footer={
        <Button kind="primary" onClick={hideKeys}>
          {words.keys.close}
        </Button>
      }
    >
      <dl className="keys">
        {rows.map(({ keys, what }) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{keyName(key, mac)}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
