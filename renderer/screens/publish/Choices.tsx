import type { AppState, CallOutput, ErrorData } from '../../../shared/contract.ts';
import { HostKindSchema, LOOKS_PER_TWIN, TrainerKindSchema } from '../../../shared/domain/twin.ts';
import type { Settings } from '../../../shared/settings.ts';
import { words } from '../../../shared/words/app.ts';
import { Options, Select } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { Note } from '../../ui/parts.tsx';
import { ConsentChoice } from './ConsentChoice.tsx';
import { ErrorActions } from './ErrorActions.tsx';
import { Question } from './Question.tsx';
import { Road } from './Road.tsx';
import type { PublishForm } from './usePublishForm.ts';

interface ChoicesProps {
  readonly form: PublishForm;
  /** Why it cannot be ordered as it is. */
  readonly obstacles: readonly ErrorData[];
  readonly settings: Settings;
  readonly app: AppState;
  readonly secrets: CallOutput<'getSettings'>['secrets'];
}

/** The questions of an order, in the order in which they matter. */
export function Choices({ form, obstacles, settings, app, secrets }: ChoicesProps) {
  const text = words.publish;
  const trial = app.trialRuntime;
  const bucket = settings.s3.bucket;
  return (
    <>
      <h2 className="heading">{text.heading}</h2>
      <div role="status" className="obstacles">
        {obstacles.map((obstacle) => (
          <Note key={obstacle.code} tone="fail">
            <p>{obstacle.message}</p>
            <ErrorActions code={obstacle.code} />
          </Note>
        ))}
      </div>
      <Question title={text.trainer.title} help={text.trainer.help}>
        <Options
          label={text.trainer.title}
          value={form.trainer}
          onChange={form.setTrainer}
          options={TrainerKindSchema.options.map((value) => ({
            value,
            label: words.trainer[value],
            line:
              value === 'practice'
                ? text.trainers.practice
                : trial
                  ? text.hosts.trial
                  : secrets.segmindApiKey === 'missing'
                    ? text.hosts.noKey
                    : text.trainers[value],
            disabled: trial && value !== 'practice',
          }))}
        />
      </Question>
      <Question title={text.host.title} help={text.host.help}>
        <Options
          label={text.host.title}
          value={form.host}
          onChange={form.setHost}
          options={HostKindSchema.options.map((value) => {
            const unreachable = value === 'practice' && form.trainer !== 'practice';
            return {
              value,
              label: words.host[value],
              line: unreachable
                ? text.hosts.unreachable
                : value === 'practice'
                  ? text.hosts.practice
                  : trial
                    ? text.hosts.trial
                    : bucket === ''
                      ? text.hosts.notSetUp
                      : text.hosts.bucket(bucket),
              disabled: unreachable || (trial && value !== 'practice'),
            };
          })}
        />
      </Question>
      <TwinChoice form={form} />
      <ConsentChoice form={form} />
      <Question title={text.next.title}>
        <Road free={form.trainer === 'practice'} />
      </Question>
    </>
  );
}

function TwinChoice({ form }: { form: PublishForm }) {
  const text = words.publish.twin;
  const { existing, ownTwins } = form;
  const none = ownTwins.length === 0;
  return (
    <Question title={text.title} help={text.help}>
      <Options
        label={text.title}
        value={existing ? 'existing' : 'new'}
        onChange={(kind) => form.setWantsExisting(kind === 'existing')}
        options={[
          { value: 'new', label: text.new, line: text.newHelp },
          {
            value: 'existing',
            label: text.lookOf,
            line: none ? text.none : text.lookOfHelp,
            disabled: none,
          },
        ]}
      />
      <div className="pair">
        {existing ? (
          <div className="field">
            <label htmlFor="twin">{text.choose}</label>
            <Select
              id="twin"
              value={existing.id}
              onChange={form.setTwin}
              options={ownTwins.map((twin) => ({
                value: twin.id,
                label: text.option(twin.name, twin.looks, LOOKS_PER_TWIN),
              }))}
            />
          </div>
        ) : (
          <Field
            label={text.person}
            value={form.newPerson}
            maxLength={200}
            onChange={(event) => form.setNewPerson(event.target.value)}
          />
        )}
        <Field
          label={text.look}
          value={form.lookName}
          maxLength={200}
          onChange={(event) => form.setLookName(event.target.value)}
        />
      </div>
    </Question>
  );
}
