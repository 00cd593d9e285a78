import { words } from '../../../shared/words/app.ts';
import { Segments, Tick } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Question } from './Question.tsx';
import type { PublishForm } from './usePublishForm.ts';

/** That the person in the take agrees: said here, or given by themselves on a page. */
export function ConsentChoice({ form }: { form: PublishForm }) {
  const text = words.publish.consent;
  return (
    <Question title={text.title} help={text.help}>
      <div className="consent">
        <Segments
          label={text.how}
          value={form.how}
          onChange={form.setHow}
          options={[
            { value: 'here', label: text.here },
            { value: 'page', label: text.page },
          ]}
        />
        {form.existing && (
          <Field
            label={text.person}
            value={form.personField}
            maxLength={200}
            onChange={(event) => form.setOtherPerson(event.target.value)}
          />
        )}
        {form.how === 'here' ? (
          <Tick checked={form.agreed} onChange={form.setAgreed}>
            {form.wording}
          </Tick>
        ) : (
          <Field
            label={text.url}
            type="url"
            inputMode="url"
            placeholder={text.urlExample}
            value={form.url}
            wrong={form.urlWrong ? text.urlWrong : undefined}
            help={form.wording}
            onChange={(event) => form.setUrl(event.target.value)}
          />
        )}
      </div>
    </Question>
  );
}
