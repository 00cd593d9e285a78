import { StageSettingsSchema } from '../../../shared/settings.ts';
import { words } from '../../../shared/words/app.ts';
import { Segments } from '../../ui/Choice.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { Note } from '../../ui/parts.tsx';
import { useStageContent } from './stageState.tsx';
import { useStageSettings } from './useStageSettings.ts';

const COUNTDOWNS = StageSettingsSchema.shape.countdownSeconds.options.map((option) => option.value);

/** What is set once and then left alone. */
export function StageOptions({ disabled }: { readonly disabled: boolean }) {
  const text = words.stage.settings;
  const { settings, save } = useStageSettings();
  const processed = useStageContent(({ microphone }) =>
    microphone.kind === 'live' ? microphone.processed : [],
  );
  return (
    <Popover icon="settings" label={text.open} disabled={disabled}>
      <div className="stage-options">
        <p>{text.countdown}</p>
        <Segments
          label={text.countdown}
          value={String(settings?.countdownSeconds ?? COUNTDOWNS[0])}
          options={COUNTDOWNS.map((seconds) => ({ value: String(seconds), label: text.seconds(seconds) }))}
          onChange={(value) => {
            const countdownSeconds = COUNTDOWNS.find((seconds) => String(seconds) === value);
            if (countdownSeconds !== undefined) save({ countdownSeconds });
          }}
        />
        {processed.length > 0 && (
          <Note tone="info" title={text.processed.title}>
            {text.processed.line(processed.map((what) => text.processed.of[what]))}
          </Note>
        )}
      </div>
    </Popover>
  );
}
