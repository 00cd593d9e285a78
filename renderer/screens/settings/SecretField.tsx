import { useState } from 'react';
import type { CallOutput } from '../../../shared/contract.ts';
import type { SecretName } from '../../../shared/settings.ts';
import { words } from '../../../shared/words/app.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { State, type Tone } from '../../ui/parts.tsx';
import { SavedMark } from './SavedMark.tsx';
import { useSaveSecret } from './useSaveSettings.ts';

type SecretState = CallOutput<'getSettings'>['secrets'][SecretName];

const TONES = {
  kept: 'pass',
  session: 'warn',
  environment: 'pass',
  missing: 'info',
} as const satisfies Record<SecretState, Tone>;

/** A key: it can be entered, replaced and removed, but never read. */
export function SecretField({ name, state }: { name: SecretName; state: SecretState }) {
  const text = words.settings;
  const saving = useSaveSecret(name);
  const [typed, setTyped] = useState('');
  const label = text.secrets[name];
  const removable = state === 'kept' || state === 'session';
  return (
    <Field
      label={label}
      type="password"
      value={typed}
      placeholder={text.secretPlaceholder[state]}
      wrong={saving.wrong}
      help={
        <span className="secret-state">
          <State tone={TONES[state]} word={text.secretStates[state]} />
          {removable && (
            <Button
              kind="bare"
              size="small"
              label={text.removeSecret(label)}
              disabled={saving.busy}
              onClick={() => saving.save('')}
            >
              {text.remove}
            </Button>
          )}
        </span>
      }
      after={<SavedMark saving={{ ...saving, wrong: undefined, saved: saving.saved && typed === '' }} />}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={() => {
        const value = typed.trim();
        setTyped('');
        if (value !== '') saving.save(value);
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}
