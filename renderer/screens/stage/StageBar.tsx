import type { Shot } from '../../../shared/domain/report.ts';
import { ShotSchema } from '../../../shared/domain/report.ts';
import { words } from '../../../shared/words/app.ts';
import { showKeys } from '../../app/keys/pageKeys.ts';
import type { Device } from '../../capture/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments, Select } from '../../ui/Choice.tsx';
import { ShotIcon } from './ShotIcon.tsx';
import { StageOptions } from './StageOptions.tsx';
import { isLive, phaseOf, useSession, useStage } from './stageState.tsx';

/** The way back, the shot, camera and microphone. It leaves while recording, and gives its room to the text. */
export function StageBar({ onLeave }: { readonly onLeave: () => void }) {
  const text = words.stage;
  const session = useSession();
  const live = useStage((state) => isLive(phaseOf(state)));
  const shot = useStage((state) => state.shot);
  return (
    <header className="stage-bar">
      <div>
        <Button kind="bare" icon="back" onClick={onLeave}>
          {text.back}
        </Button>
      </div>
      <Segments<Shot>
        label={text.shot}
        value={shot}
        disabled={live}
        options={ShotSchema.options.map((value) => ({
          value,
          label: words.take.shots[value],
          icon: <ShotIcon shot={value} />,
        }))}
        onChange={(chosen) => session.chooseShot(chosen)}
      />
      <div className="devices">
        <CameraChoice disabled={live} />
        <MicrophoneChoice disabled={live} />
        <StageOptions disabled={live} />
        <Button kind="bare" icon="keys" label={words.review.more.keys} disabled={live} onClick={showKeys} />
      </div>
    </header>
  );
}

function CameraChoice({ disabled }: { readonly disabled: boolean }) {
  const session = useSession();
  return (
    <DeviceChoice
      words={words.stage.camera}
      icon="camera"
      devices={useStage((state) => state.cameras)}
      chosen={useStage((state) => state.cameraId)}
      disabled={disabled}
      onChoose={(id) => void session.chooseCamera(id)}
    />
  );
}

function MicrophoneChoice({ disabled }: { readonly disabled: boolean }) {
  const session = useSession();
  return (
    <DeviceChoice
      words={words.stage.microphone}
      icon="microphone"
      devices={useStage((state) => state.microphones)}
      chosen={useStage((state) => state.microphoneId)}
      disabled={disabled}
      onChoose={(id) => void session.chooseMicrophone(id)}
    />
  );
}

function DeviceChoice({
  words: text,
  icon,
  devices,
  chosen,
  disabled,
  onChoose,
}: {
  readonly words: { readonly label: string; readonly none: string };
  readonly icon: 'camera' | 'microphone';
  readonly devices: readonly Device[];
  readonly chosen: string | null;
  readonly disabled: boolean;
  readonly onChoose: (id: string) => void;
}) {
  // Before permission devices have no id, and what was chosen may have been unplugged.
  const known = devices.filter(({ id }) => id !== '');
  const missing = chosen === null || !known.some(({ id }) => id === chosen);
  const options = known.map(({ id, label }) => ({ value: id, label }));
  return (
    <Select
      label={text.label}
      icon={icon}
      value={missing ? '' : chosen}
      options={missing ? [{ value: '', label: text.none }, ...options] : options}
      disabled={disabled || known.length === 0}
      onChange={(id) => id !== '' && onChoose(id)}
    />
  );
}
