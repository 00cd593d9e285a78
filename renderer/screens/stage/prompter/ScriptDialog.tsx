import { useDeferredValue, useId, useReducer, useRef, useState } from 'react';
import { cleanFile, cleanScript, isFormatted } from '../../../../shared/recording/cleanScript.ts';
import { adviceOnLength, readingSeconds } from '../../../../shared/recording/readingTime.ts';
import { countWords } from '../../../../shared/recording/script.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { SAMPLE_SCRIPTS, sampleScript } from '../../../../shared/words/scripts.ts';
import { ask, CallCancelled, errorOf } from '../../../app/bridge.ts';
import { Button } from '../../../ui/Button.tsx';
import { Options } from '../../../ui/Choice.tsx';
import { Dialog, Note } from '../../../ui/parts.tsx';
import type { TeleprompterSettings } from './adjust.ts';
import { changeDraft, draftOf, OWN, withDraft } from './scriptDraft.ts';

/** As much as the settings hold. */
const LONGEST_TEXT = 200_000;

/** Chooses what is read: a sample, or a text of one's own. Nothing changes before it is confirmed. */
export function ScriptDialog({
  settings,
  onUse,
  onClose,
}: {
  readonly settings: TeleprompterSettings;
  readonly onUse: (settings: TeleprompterSettings) => void;
  readonly onClose: () => void;
}) {
  const t = words.prompter.dialog;
  const speed = settings.wordsPerMinute;
  const [draft, change] = useReducer(changeDraft, settings, draftOf);
  const [wrong, setWrong] = useState<string | null>(null);
  const own = draft.chosen === OWN;
  // A long text takes a moment to count; typing does not wait for it.
  const text = useDeferredValue(own ? draft.own.text : sampleScript(draft.chosen).text);
  const advice = adviceOnLength(text, speed);
  const empty = own && cleanScript(draft.own.text) === '';

  const textarea = useRef<HTMLTextAreaElement>(null);
  const openFile = async () => {
    setWrong(null);
    try {
      const file = await ask('openScript', {});
      if (isFormatted(file.text)) setWrong(t.formatted(file.name));
      else change({ kind: 'open', name: file.name, text: cleanFile(file.text) });
      textarea.current?.focus();
    } catch (error) {
      if (!(error instanceof CallCancelled)) setWrong(errorOf(error).message);
    }
  };
  const time = (script: string) => say.wholeLength(readingSeconds(script, speed));
  const ids = useId();
  return (
    <Dialog
      title={t.title}
      size="wide"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{words.shell.cancel}</Button>
          <Button
            kind="primary"
            aria-disabled={empty}
            aria-describedby={`${ids}-about`}
            onClick={() => {
              if (!empty) onUse(withDraft(settings, draft, cleanScript));
            }}
          >
            {t.use}
          </Button>
        </>
      }
    >
      <div className="scripts">
        <Options
          label={t.which}
          value={draft.chosen}
          onChange={(code) => change({ kind: 'choose', code })}
          options={[
            ...SAMPLE_SCRIPTS.map((sample) => ({
              value: sample.code,
              label: sample.title,
              line: `${sample.about}. ${words.prompter.lasts(time(sample.text))}.`,
            })),
            { value: OWN, label: draft.own.name || words.prompter.own, line: t.ownLine },
          ]}
        />
        {own ? (
          <div className="own-script">
            <label htmlFor={`${ids}-own`}>{t.ownLabel}</label>
            <textarea
              id={`${ids}-own`}
              className="scroll"
              ref={textarea}
              dir="auto"
              value={draft.own.text}
              maxLength={LONGEST_TEXT}
              aria-describedby={`${ids}-help`}
              onChange={(event) => change({ kind: 'type', text: event.target.value })}
            />
            <p className="help" id={`${ids}-help`}>
              {t.ownHelp}
            </p>
          </div>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard has to reach it
          <section className="sample-script scroll" aria-label={t.preview} tabIndex={0}>
            {text}
          </section>
        )}
        <div className="about-script" id={`${ids}-about`} role="status">
          {advice === 'empty' ? (
            <p>{t.empty}</p>
          ) : (
            <p>{t.count(say.plural(countWords(text), ...t.words), time(text), speed)}</p>
          )}
          {advice === 'too-short' && <Note tone="warn">{t.tooShort}</Note>}
          {advice === 'short' && <Note tone="info">{t.short}</Note>}
          {advice === 'long' && <Note tone="info">{t.long}</Note>}
        </div>
        {wrong !== null && (
          <Note tone="fail" live>
            {wrong}
          </Note>
        )}
        <div className="actions">
          <Button icon="folder" onClick={() => void openFile()}>
            {t.open}
          </Button>
          {draft.replaced.length > 0 && (
            <Button icon="repeat" onClick={() => change({ kind: 'put-back' })}>
              {t.before}
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}
