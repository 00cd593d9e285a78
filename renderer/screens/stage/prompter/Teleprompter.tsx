import { useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { readingSeconds } from '../../../../shared/recording/readingTime.ts';
import { segmentsOf } from '../../../../shared/recording/script.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { sampleScript } from '../../../../shared/words/scripts.ts';
import { Button } from '../../../ui/Button.tsx';
import { useFocusGivenBack } from '../../../ui/useFocusGivenBack.ts';
import { type Adjustment, adjust, type Command, type TeleprompterSettings } from './adjust.ts';
import { useCommandKeys } from './keys.ts';
import { rollOf } from './roll.ts';
import { ScriptDialog } from './ScriptDialog.tsx';
import { ScriptWindow } from './ScriptWindow.tsx';
import { TextOptions } from './TextOptions.tsx';
import { useLayout } from './useLayout.ts';
import { type PrompterPhase, useRolling } from './useRolling.ts';
import './prompter.css';

interface TeleprompterProps {
  readonly phase: PrompterPhase;
  /** Length of the countdown; read when it begins. */
  readonly countdownSeconds: number;
  readonly settings: TeleprompterSettings;
  /** Called at each change; a key held down changes many times a second. */
  readonly onChange: (settings: TeleprompterSettings) => void;
}

/** The text to read, as near to the lens as the window allows, with its controls on both sides. Fills its row. */
export function Teleprompter({ phase, countdownSeconds, settings, onChange }: TeleprompterProps) {
  const [choosing, setChoosing] = useState(false);
  const [said, setSaid] = useState('');
  const { shown, wordsPerMinute, mirrored } = settings;
  const { title, text } = scriptOf(settings);
  const segments = useMemo(() => segmentsOf(text), [text]);

  const frame = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const layout = useLayout(frame, segments, settings);
  const stepping = useLessMotion();
  const roll = useMemo(
    () => layout && rollOf(layout.sheet, wordsPerMinute, { ...layout, stepping }),
    [layout, wordsPerMinute, stepping],
  );
  const rolling = useRolling(sheet, { segments, wordsPerMinute, roll, phase, countdownSeconds });

  const show = (on: boolean) => onChange({ ...settings, shown: on });
  const obey = (command: Command) => {
    const t = words.prompter;
    if (command === 'show') {
      show(!shown);
      setSaid(shown ? t.said.hidden : t.said.shown);
    } else if (command === 'hold') {
      rolling.run(!rolling.running);
      setSaid(rolling.running ? t.said.held : t.said.running);
    } else if (command === 'restart') {
      rolling.restart();
      setSaid(t.said.restarted);
    } else {
      const next = adjust(settings, command);
      if (next !== settings) onChange(next);
      setSaid(sayAdjusted(command, next));
    }
  };
  useCommandKeys((command) => {
    // What nobody sees is neither adjusted nor moved.
    if (!shown && command !== 'show') return false;
    obey(command);
    return true;
  });
  useFocusGivenBack(choosing);

  const length = words.prompter.lasts(say.wholeLength(readingSeconds(text, wordsPerMinute)));
  return (
    <section className="prompter" aria-label={words.prompter.label} data-phase={phase}>
      <span className="lens" title={words.prompter.lens} aria-hidden="true" />
      <div className="about">
        {shown && phase === 'framing' && (
          <>
            {/* Where the window has no room for the length, it is in the hint. */}
            <span className="cut" title={`${title}. ${length}`}>
              {title}
            </span>
            <span className="length">{length}</span>
            <button type="button" className="link" onClick={() => setChoosing(true)}>
              {words.prompter.change}
            </button>
          </>
        )}
      </div>
      <div className="room" ref={frame}>
        {layout && <ScriptWindow layout={layout} text={sheet} mirrored={mirrored} hidden={!shown} />}
      </div>
      <div className="tools">
        {shown ? (
          <TextOptions settings={settings} phase={phase} running={rolling.running} onCommand={obey} />
        ) : (
          <Button
            kind="bare"
            icon="show"
            label={words.prompter.show}
            title={words.shell.withKey(words.prompter.show, words.prompter.keys.show)}
            onClick={() => obey('show')}
          />
        )}
      </div>
      <p className="hidden-visually" role="status">
        {said}
      </p>
      {choosing && (
        <ScriptDialog
          settings={settings}
          onClose={() => setChoosing(false)}
          onUse={(next) => {
            setChoosing(false);
            onChange(next);
          }}
        />
      )}
    </section>
  );
}

function scriptOf({ script, own }: TeleprompterSettings): { readonly title: string; readonly text: string } {
  if (script.kind === 'sample') return sampleScript(script.code);
  return { title: own?.name || words.prompter.own, text: own?.text ?? words.prompter.empty };
}

function sayAdjusted(command: Adjustment, settings: TeleprompterSettings): string {
  const t = words.prompter;
  switch (command) {
    case 'slower':
    case 'faster':
      return t.wordsPerMinute(settings.wordsPerMinute);
    case 'smaller':
    case 'bigger':
      return t.pixels(settings.textSize);
    case 'narrower':
    case 'wider':
      return t.percent(settings.width);
    case 'mirror':
      return settings.mirrored ? t.said.mirrored : t.said.unmirrored;
  }
}

const lessMotion = window.matchMedia('(prefers-reduced-motion: reduce)');

const useLessMotion = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      lessMotion.addEventListener('change', changed);
      return () => lessMotion.removeEventListener('change', changed);
    },
    () => lessMotion.matches,
  );
