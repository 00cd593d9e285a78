import { words } from '../../../shared/words/app.ts';
import { fire, useAnswer, useCall } from '../../app/queries.ts';
import { goTo, routes } from '../../app/routes.ts';
import type { DeviceTrouble } from '../../capture/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useSession } from './stageState.tsx';
import { systemOf } from './system.ts';

/** In place of the picture: why there is none, and what to do. */
export function CameraTrouble({
  trouble,
  onUse,
}: {
  readonly trouble: DeviceTrouble;
  /** The person agrees to camera and microphone being opened. */
  readonly onUse: () => void;
}) {
  return trouble === 'not-asked' ? <Asking onUse={onUse} /> : <Trouble trouble={trouble} />;
}

const POINT_ICONS = { here: 'shield', recorded: 'record', letGo: 'cameraMissing' } as const satisfies Record<
  keyof typeof words.stage.ask.points,
  IconName
>;

/** Says why before anything is asked for. */
function Asking({ onUse }: { readonly onUse: () => void }) {
  const text = words.stage.ask;
  const access = useAnswer('getMediaAccess', {}).data;
  const systemAsks = access?.camera === 'not-asked' || access?.microphone === 'not-asked';
  return (
    <div className="picture-words">
      <h2>{text.title}</h2>
      <p>{text.body}</p>
      <ul>
        {(['here', 'recorded', 'letGo'] as const).map((point) => (
          <li key={point}>
            <Icon name={POINT_ICONS[point]} />
            {text.points[point]}
          </li>
        ))}
      </ul>
      <div className="actions">
        <Button kind="primary" size="large" icon="camera" onClick={onUse}>
          {text.use}
        </Button>
      </div>
      {systemAsks && <p className="quiet small">{text.system}</p>}
    </div>
  );
}

function Trouble({ trouble }: { readonly trouble: Exclude<DeviceTrouble, 'not-asked'> }) {
  const text = words.stage;
  const session = useSession();
  const { title, body } = text.cameraTrouble[trouble];
  const system = systemOf(useAnswer('getMediaAccess', {}, { alwaysAsk: true }).data);
  const toSettings = trouble === 'denied' && system.hasSettings;
  return (
    <div className="picture-words" role="alert">
      <span className="picture-badge">
        <Icon
          name={trouble === 'forbidden' || trouble === 'denied' ? 'shieldMissing' : 'cameraMissing'}
          size="large"
        />
      </span>
      <h2>{title}</h2>
      <p>{body(system.platform)}</p>
      <div className="actions">
        {toSettings && (
          <Button kind="primary" onClick={() => fire('openMediaSettings', { which: 'camera' })}>
            {text.openSystemSettings}
          </Button>
        )}
        {trouble !== 'forbidden' && (
          <Button
            kind={toSettings ? 'normal' : 'primary'}
            icon="repeat"
            onClick={() => void session.retry('camera')}
          >
            {text.retry}
          </Button>
        )}
        {WITHOUT_CAMERA.has(trouble) && <ImportInstead only={trouble === 'forbidden'} />}
      </div>
    </div>
  );
}

/** Where trying again will often not help: the other way into the library is offered. */
const WITHOUT_CAMERA: ReadonlySet<DeviceTrouble> = new Set<DeviceTrouble>(['none', 'denied', 'forbidden']);

/**
 * Opens the system's dialog, and shows the library once something is imported.
 * @param only there is nothing else to do
 */
function ImportInstead({ only }: { readonly only: boolean }) {
  const open = useCall('importFromDialog', {
    onSuccess: ({ started }) => {
      if (started > 0) goTo(routes.library);
    },
  });
  return (
    <Button
      kind={only ? 'primary' : 'normal'}
      icon="import"
      disabled={open.isPending}
      onClick={() => open.mutate({})}
    >
      {words.stage.importInstead}
    </Button>
  );
}
