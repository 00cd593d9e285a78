import { useState } from 'react';
import type { S3Settings } from '../../../shared/settings.ts';
import { words } from '../../../shared/words/app.ts';
import { Field } from '../../ui/Field.tsx';
import { SavedMark } from './SavedMark.tsx';
import { useSaveSettings } from './useSaveSettings.ts';

const ADDRESSES: readonly (keyof S3Settings)[] = ['endpoint', 'publicBaseUrl'];

/** Where the bucket is. Each field saves itself when it is left. */
export function BucketFields({ s3 }: { s3: S3Settings }) {
  const text = words.settings.s3;
  return (
    <div className="pair">
      <BucketField
        s3={s3}
        name="endpoint"
        label={text.endpoint}
        help={text.endpointHelp}
        placeholder={text.endpointExample}
      />
      <BucketField s3={s3} name="region" label={text.region} placeholder={text.regionExample} />
      <BucketField s3={s3} name="bucket" label={text.bucket} />
      <BucketField
        s3={s3}
        name="publicBaseUrl"
        label={text.publicBaseUrl}
        help={text.publicBaseUrlHelp}
        placeholder={text.publicBaseUrlExample}
      />
    </div>
  );
}

function BucketField(props: {
  readonly s3: S3Settings;
  readonly name: keyof S3Settings;
  readonly label: string;
  readonly help?: string;
  readonly placeholder?: string;
}) {
  const { s3, name, label, help, placeholder } = props;
  const saving = useSaveSettings();
  // What is typed stays until it has been kept, so that a wrong address can be put right instead of vanishing.
  const [draft, setDraft] = useState<string | null>(null);
  const typed = (draft ?? s3[name]).trim();
  const [left, setLeft] = useState(false);
  const notAddress = ADDRESSES.includes(name) && typed !== '' && !isWebAddress(typed);
  const wrong = left && notAddress ? words.settings.urlWrong : saving.wrong;
  return (
    <Field
      label={label}
      help={help}
      placeholder={placeholder}
      value={draft ?? s3[name]}
      wrong={wrong}
      after={<SavedMark saving={{ ...saving, wrong: undefined, saved: saving.saved && draft === null }} />}
      onChange={(event) => {
        setDraft(event.target.value);
        setLeft(false);
      }}
      onBlur={() => {
        setLeft(true);
        if (notAddress || draft === null) return;
        setDraft(null);
        if (typed !== s3[name]) saving.save({ s3: { ...s3, [name]: typed } });
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

function isWebAddress(text: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(text).protocol);
  } catch {
    return false;
  }
}
