import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Tick } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/parts.tsx';

interface PayTwiceWords {
  readonly againAction: string;
  readonly confirmTitle: string;
  readonly confirmBody: (usd: string) => string;
  readonly confirmBox: string;
  readonly confirmAction: string | ((usd: string) => string);
  readonly confirmKeep: string;
}

/** A request that may be paid a second time: the button only asks, and the dialog asks for a tick as well. */
export function PayTwice({
  words,
  price,
  disabled,
  onConfirm,
}: {
  readonly words: PayTwiceWords;
  readonly price: string;
  readonly disabled: boolean;
  readonly onConfirm: () => void;
}) {
  const [asking, setAsking] = useState(false);
  const [accepted, setAccepted] = useState(false);
  const close = () => {
    setAsking(false);
    setAccepted(false);
  };
  const action = words.confirmAction;
  return (
    <>
      <Button disabled={disabled} onClick={() => setAsking(true)}>
        {words.againAction}
      </Button>
      {asking && (
        <Dialog
          title={words.confirmTitle}
          onClose={close}
          footer={
            <>
              <Button onClick={close}>{words.confirmKeep}</Button>
              <Button
                kind="danger"
                disabled={!accepted}
                onClick={() => {
                  close();
                  onConfirm();
                }}
              >
                {typeof action === 'string' ? action : action(price)}
              </Button>
            </>
          }
        >
          <p>{words.confirmBody(price)}</p>
          <Tick checked={accepted} onChange={setAccepted}>
            {words.confirmBox}
          </Tick>
        </Dialog>
      )}
    </>
  );
}
