import type { ReactNode } from 'react';
import type { HostKind, TrainerKind } from '../../../shared/domain/twin.ts';
import { say, words } from '../../../shared/words/app.ts';
import { CallCancelled, errorOf } from '../../app/bridge.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Note, State } from '../../ui/parts.tsx';

type Tested = { of: 'host'; host: HostKind } | { of: 'trainer'; trainer: TrainerKind };

/** Tries what has been entered, and shows what worked step by step. */
export function TestConnection(tested: Tested) {
  return tested.of === 'host' ? <TestHost host={tested.host} /> : <TestTrainer trainer={tested.trainer} />;
}

function TestHost({ host }: { host: HostKind }) {
  const test = useCall('testHost', { quiet: true });
  const text = words.settings.test;
  // A result belongs to what was tested, not to what has been chosen since.
  const result = test.variables?.host === host ? test.data : undefined;
  return (
    <Shown test={test} hint={text.host} onTest={() => test.mutate({ host })}>
      {result && (
        <>
          <State tone="pass" word={text.hostGood} />
          <ol className="test-steps">
            {result.steps.map((step) => (
              <li key={step}>
                <Icon name="done" size="small" />
                {text.steps[step]}
              </li>
            ))}
          </ol>
        </>
      )}
    </Shown>
  );
}

function TestTrainer({ trainer }: { trainer: TrainerKind }) {
  const test = useCall('testTrainer', { quiet: true });
  const text = words.settings.test;
  const result = test.variables?.trainer === trainer ? test.data : undefined;
  return (
    <Shown
      test={test}
      hint={trainer === 'practice' ? text.trainerPractice : text.trainer}
      onTest={() => test.mutate({ trainer })}
    >
      {result && (
        <State
          tone="pass"
          word={trainer === 'practice' ? text.practiceGood : text.trainerGood}
          line={result.creditsUsd === null ? undefined : text.credits(say.usd(result.creditsUsd))}
        />
      )}
    </Shown>
  );
}

function Shown(props: {
  readonly test: { isPending: boolean; error: Error | null };
  readonly hint: string;
  readonly onTest: () => void;
  readonly children: ReactNode;
}) {
  const { test, hint, onTest, children } = props;
  const text = words.settings.test;
  const error = test.error && !(test.error instanceof CallCancelled) ? errorOf(test.error) : null;
  return (
    <div className="test">
      <Button icon="repeat" disabled={test.isPending} onClick={onTest}>
        {test.isPending ? text.running : text.action}
      </Button>
      <div role="status" className="grow">
        {error ? (
          <Note tone="fail" title={text.failed}>
            {error.message}
          </Note>
        ) : (
          (!test.isPending && children) || <p className="quiet small">{hint}</p>
        )}
      </div>
    </div>
  );
}
