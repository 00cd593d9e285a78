import { type MouseEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { words } from '../../../../shared/words/app.ts';
import { Button } from '../../../ui/Button.tsx';
import { Tick } from '../../../ui/Choice.tsx';
import type { IconName } from '../../../ui/Icon.tsx';
import { type Adjustment, adjust, type Command, type TeleprompterSettings } from './adjust.ts';
import type { PrompterPhase } from './useRolling.ts';

interface TextOptionsProps {
  readonly settings: TeleprompterSettings;
  readonly phase: PrompterPhase;
  readonly running: boolean;
  readonly onCommand: (command: Command) => void;
}

/** What a key of the text does, as a hint on its button. */
const hint = (command: Command, label: string) => words.shell.withKey(label, words.prompter.keys[command]);

/** A press of the mouse does not take the focus: the space bar would then press the button again, not stop the take. */
const keepFocus = (event: MouseEvent) => event.preventDefault();

/** The controls of the text: what is wanted often at once, the rest folded away beside it. */
export function TextOptions({ settings, phase, running, onCommand }: TextOptionsProps) {
  const t = words.prompter;
  const panelId = useId();
  const { area, open, setOpen } = useFolded(phase);
  const held = phase === 'framing' ? t.try : t.resume;

  const button = (command: Command, icon: IconName, label: string, still = false) => (
    <Button
      kind="bare"
      icon={icon}
      label={label}
      title={hint(command, label)}
      aria-disabled={still || undefined}
      onMouseDown={keepFocus}
      onClick={() => onCommand(command)}
    />
  );
  const pair = (name: string, value: string, less: LessOrMore, more: LessOrMore) => (
    <fieldset className="pair-of" key={name} aria-label={name}>
      <b>{name}</b>
      <span>{value}</span>
      <small aria-hidden="true">{`${t.keys[less[0]]} ${t.keys[more[0]]}`}</small>
      {[less, more].map(([command, icon, label]) => (
        <span key={command}>{button(command, icon, label, adjust(settings, command) === settings)}</span>
      ))}
    </fieldset>
  );
  return (
    <div className="text-options" ref={area}>
      {button('hold', running ? 'pause' : 'play', running ? t.pause : held)}
      <span className="when-wide">{button('slower', 'slower', t.slower)}</span>
      <span className="when-wide">{button('faster', 'faster', t.faster)}</span>
      <Button
        kind="bare"
        icon="textSize"
        label={t.options}
        aria-expanded={open}
        aria-controls={open ? panelId : undefined}
        onMouseDown={keepFocus}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <section className="text-panel" id={panelId} aria-label={t.options}>
          {pair(
            t.speed,
            t.wordsPerMinute(settings.wordsPerMinute),
            ['slower', 'slower', t.slower],
            ['faster', 'faster', t.faster],
          )}
          {pair(
            t.size,
            t.pixels(settings.textSize),
            ['smaller', 'less', t.smaller],
            ['bigger', 'add', t.bigger],
          )}
          {pair(
            t.width,
            t.percent(settings.width),
            ['narrower', 'less', t.narrower],
            ['wider', 'add', t.wider],
          )}
          <Row>
            <Tick checked={settings.mirrored} onChange={() => onCommand('mirror')}>
              {hint('mirror', t.mirror)}
              <small>{t.mirrorHelp}</small>
            </Tick>
          </Row>
          <Row>
            <Button icon="start" size="small" onMouseDown={keepFocus} onClick={() => onCommand('restart')}>
              {hint('restart', t.restart)}
            </Button>
            <Button icon="hide" size="small" onMouseDown={keepFocus} onClick={() => onCommand('show')}>
              {hint('show', t.hide)}
            </Button>
          </Row>
          <p>{t.keepsRecording}</p>
        </section>
      )}
    </div>
  );
}

type LessOrMore = readonly [Adjustment, IconName, string];

const Row = ({ children }: { readonly children: ReactNode }) => <div className="panel-row">{children}</div>;

/** Open until Escape, a press elsewhere, or the countdown. */
function useFolded(phase: PrompterPhase) {
  const area = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const [seen, setSeen] = useState(phase);
  if (seen !== phase) {
    setSeen(phase);
    if (phase === 'countdown') setOpen(false);
  }
  useEffect(() => {
    if (!open) return;
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !area.current?.contains(event.target)) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      // Escape is for what is on top.
      event.preventDefault();
      setOpen(false);
      if (area.current?.contains(document.activeElement)) {
        area.current.querySelector<HTMLElement>('[aria-expanded]')?.focus();
      }
    };
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [open]);
  return { area, open, setOpen };
}
