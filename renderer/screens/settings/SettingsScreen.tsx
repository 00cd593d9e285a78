import type { ReactNode } from 'react';
import type { AppState, CallOutput } from '../../../shared/contract.ts';
import { ShotSchema } from '../../../shared/domain/report.ts';
import { HostKindSchema, TrainerKindSchema } from '../../../shared/domain/twin.ts';
import { SettingsSchema } from '../../../shared/settings.ts';
import { words } from '../../../shared/words/app.ts';
import { AnswerState } from '../../app/AnswerState.tsx';
import { useAnswer, useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';
import { Options, Segments, Select } from '../../ui/Choice.tsx';
import { Page } from '../../ui/Page.tsx';
import { Note } from '../../ui/parts.tsx';
import { BucketFields } from './BucketFields.tsx';
import { SavedMark } from './SavedMark.tsx';
import { SecretField } from './SecretField.tsx';
import './settings.css';
import { TestConnection } from './TestConnection.tsx';
import { useSaveSettings } from './useSaveSettings.ts';

/** Who trains, where masters go, where things are kept, and how the window looks. */
export function SettingsScreen() {
  const answer = useAnswer('getSettings', {});
  const app = useAnswer('getAppState', {});
  const text = words.settings;
  return (
    <Page
      title={text.title}
      windowTitle={words.shell.windowTitle(text.title)}
      crumbsLabel={words.shell.whereYouAre}
    >
      {answer.data && app.data ? (
        <div className="settings scroll">
          <div>
            {app.data.trialRuntime && <Note tone="info">{text.trial}</Note>}
            <TrainerSection kept={answer.data} app={app.data} />
            <HostSection kept={answer.data} app={app.data} />
            <LibrarySection kept={answer.data} app={app.data} />
            <LookSection kept={answer.data} />
            <p className="quiet small">{text.version(app.data.version)}</p>
          </div>
        </div>
      ) : (
        <AnswerState answer={answer.data ? app : answer} waiting={text.loading} failed={text.failed} />
      )}
    </Page>
  );
}

type Kept = CallOutput<'getSettings'>;

function Section({
  title,
  help,
  mark,
  children,
}: {
  title: string;
  help: string;
  mark?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="settings-section" aria-label={title}>
      <header>
        <h2>{title}</h2>
        <p>{help}</p>
        {mark}
      </header>
      {children}
    </section>
  );
}

function TrainerSection({ kept, app }: { kept: Kept; app: AppState }) {
  const text = words.settings;
  const saving = useSaveSettings();
  const { settings, secrets } = kept;
  return (
    <Section
      title={text.sections.trainer}
      help={text.sections.trainerHelp}
      mark={<SavedMark saving={saving} />}
    >
      <Options
        label={text.sections.trainer}
        value={settings.trainer}
        onChange={(trainer) => saving.save({ trainer })}
        options={TrainerKindSchema.options.map((value) => ({
          value,
          label: text.trainers[value].title,
          line: text.trainers[value].line,
          disabled: app.trialRuntime && value !== 'practice',
        }))}
      />
      {settings.trainer === 'segmind' && (
        <>
          <SecretField name="segmindApiKey" state={secrets.segmindApiKey} />
          <p className="quiet small">{text.keyStorage[app.keyStorage]}</p>
        </>
      )}
      <TestConnection of="trainer" trainer={settings.trainer} />
    </Section>
  );
}

function HostSection({ kept, app }: { kept: Kept; app: AppState }) {
  const text = words.settings;
  const saving = useSaveSettings();
  const { settings, secrets } = kept;
  return (
    <Section title={text.sections.host} help={text.sections.hostHelp} mark={<SavedMark saving={saving} />}>
      <Options
        label={text.sections.host}
        value={settings.host}
        onChange={(host) => saving.save({ host })}
        options={HostKindSchema.options.map((value) => ({
          value,
          label: text.hosts[value].title,
          line: text.hosts[value].line,
          disabled: app.trialRuntime && value !== 'practice',
        }))}
      />
      {settings.host === 'practice' && settings.trainer !== 'practice' && (
        <Note tone="warn">{text.mismatch}</Note>
      )}
      {settings.host === 's3' && (
        <>
          <BucketFields s3={settings.s3} />
          <div className="pair">
            <SecretField name="s3AccessKeyId" state={secrets.s3AccessKeyId} />
            <SecretField name="s3SecretAccessKey" state={secrets.s3SecretAccessKey} />
          </div>
          {/* Said once: beside the trainer's key when there is one. */}
          {settings.trainer === 'practice' && (
            <p className="quiet small">{text.keyStorage[app.keyStorage]}</p>
          )}
        </>
      )}
      <TestConnection of="host" host={settings.host} />
    </Section>
  );
}

function LibrarySection({ kept, app }: { kept: Kept; app: AppState }) {
  const text = words.settings;
  const saving = useSaveSettings();
  const choose = useCall('chooseLibrary');
  return (
    <Section
      title={text.sections.library}
      help={text.sections.libraryHelp}
      mark={<SavedMark saving={saving} />}
    >
      <div className="setting-row">
        <div className="grow">
          <p className="quiet small">{text.library.folder}</p>
          <p className="path mono">{app.libraryDir}</p>
          <p className="quiet small">{text.library.changed}</p>
        </div>
        <Button icon="folder" disabled={choose.isPending} onClick={() => choose.mutate({})}>
          {text.library.change}
        </Button>
      </div>
      <div className="setting-row">
        <div className="grow">
          <label htmlFor="shot">{text.library.shot}</label>
          <p className="quiet small">{text.library.shotHelp}</p>
        </div>
        <Select
          id="shot"
          value={kept.settings.shot}
          options={ShotSchema.options.map((value) => ({ value, label: words.take.shots[value] }))}
          onChange={(shot) => saving.save({ shot })}
        />
      </div>
    </Section>
  );
}

function LookSection({ kept }: { kept: Kept }) {
  const text = words.settings;
  const saving = useSaveSettings();
  return (
    <Section title={text.sections.look} help={text.sections.lookHelp} mark={<SavedMark saving={saving} />}>
      <Segments
        label={text.theme.label}
        value={kept.settings.theme}
        options={SettingsSchema.shape.theme.options.map((value) => ({ value, label: text.theme[value] }))}
        onChange={(theme) => saving.save({ theme })}
      />
    </Section>
  );
}
