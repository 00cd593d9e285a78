/** The teleprompter alone, in rows as high as the stage's. Tests drive it through `window.fixture`. */
import '../../../renderer/app/zodWithoutEval.ts';
import { createElement, Fragment, useState } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { Teleprompter } from '../../../renderer/screens/stage/prompter/Teleprompter.tsx';
import { DEFAULT_SETTINGS, type StageSettings } from '../../../shared/settings.ts';
import { fakeBridge, refusal } from '../fake/bridge.ts';
import '../../../renderer/ui/base.css';
import './page.css';

type Settings = StageSettings['teleprompter'];
type Phase = Parameters<typeof Teleprompter>[0]['phase'];

declare global {
  interface Window {
    fixture: {
      phase: (phase: Phase, countdownSeconds?: number) => void;
      /** The settings as they would be remembered. */
      settings: Settings;
      /** What the system's dialog gives next; null: the file cannot be read. */
      file: { name: string; text: string } | null;
    };
  }
}

window.fixture = { phase: () => {}, settings: DEFAULT_SETTINGS.stage.teleprompter, file: null };

const openScript = () => window.fixture.file ?? refusal('SCRIPT_UNREADABLE', { file: 'talk.txt' });
Object.defineProperty(window, 'studio', { value: fakeBridge({ answers: { openScript } }) });

function Fixture() {
  const [settings, setSettings] = useState(window.fixture.settings);
  const [[phase, countdownSeconds], setPhase] = useState<[Phase, number]>(['framing', 3]);
  window.fixture.settings = settings;
  window.fixture.phase = (next, seconds = 3) => flushSync(() => setPhase([next, seconds]));
  return createElement('div', { className: 'fixture', 'data-phase': phase }, [
    createElement('header', { key: 'bar' }, createElement('h1', null, 'Stage')),
    createElement(
      Fragment,
      { key: 'row' },
      createElement(Teleprompter, { phase, countdownSeconds, settings, onChange: setSettings }),
    ),
    createElement('main', { key: 'picture' }, createElement('input', { 'aria-label': 'A field' })),
  ]);
}

const root = document.getElementById('root');
if (root) createRoot(root).render(createElement(Fixture));
