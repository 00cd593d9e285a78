import type { AdviceCode } from '../../../shared/quality/advice.ts';
import { LOW_ROOM_BYTES } from '../../../shared/recording/recording.ts';
import { words } from '../../../shared/words/app.ts';
import { fire, useAnswer } from '../../app/queries.ts';
import type { DeviceTrouble, StageState } from '../../capture/session.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { forgetRetakeReasons, useRetakeReasons } from '../retakeReasons.ts';
import { isLive, phaseOf, useSession, useStage, useStageContent } from './stageState.tsx';
import { systemOf } from './system.ts';

interface StageNote {
  readonly tone: 'fail' | 'warn';
  readonly words: string;
}

/** What the coach says of these is enough; the note would say it twice. */
const SAID_BY_COACH: Readonly<Record<'muted' | 'silent' | 'smaller' | 'slower', readonly AdviceCode[]>> = {
  muted: ['MICROPHONE_MUTED'],
  silent: ['NO_SOUND', 'MICROPHONE_MUTED'],
  smaller: ['CAMERA_TOO_SMALL', 'CAMERA_SMALL'],
  slower: ['CAMERA_SLOW', 'CAMERA_RATE_LOW'],
};

/** What is wrong apart from the person: microphone, camera, disk. Beside the coach, not instead. */
export function StageNotes() {
  const text = words.stage;
  const trouble = useStage(({ camera, microphone }) =>
    camera.kind === 'live' && microphone.kind === 'trouble' ? microphone.trouble : null,
  );
  const notes = useStageContent(notesOf);
  const framing = useStage((state) => state.camera.kind === 'live' && !isLive(phaseOf(state)));
  return (
    <div className="stage-notes">
      <div role="status" aria-label={text.notes.label}>
        {trouble !== null && <MicrophoneTrouble trouble={trouble} />}
        {notes.map((note) => (
          <div className="stage-note" data-tone={note.tone} key={note.words}>
            <Icon name={note.tone} size="small" />
            <p>{note.words}</p>
          </div>
        ))}
      </div>
      {framing && <RetakeReasons />}
    </div>
  );
}

/** What was wrong with the take that is recorded again; it can be put away, and goes with the stage. */
function RetakeReasons() {
  const text = words.stage.again;
  const reasons = useRetakeReasons();
  if (reasons === null) return null;
  const { note, findings } = reasons;
  return (
    <div className="stage-note" data-tone="info">
      <Icon name="retake" size="small" />
      <div>
        <b>{text.title}</b>
        {note !== '' && (
          <p className="note-of-rejection" title={note}>
            {note}
          </p>
        )}
        {findings.length > 0 && (
          <ul>
            {findings.map((finding) => (
              <li key={finding}>{finding}</li>
            ))}
          </ul>
        )}
        <div className="actions">
          <Button size="small" icon="done" onClick={forgetRetakeReasons}>
            {text.putAway}
          </Button>
        </div>
      </div>
    </div>
  );
}

function MicrophoneTrouble({ trouble }: { readonly trouble: DeviceTrouble }) {
  const text = words.stage;
  const session = useSession();
  const system = systemOf(useAnswer('getMediaAccess', {}, { alwaysAsk: true }).data);
  return (
    <div className="stage-note" data-tone="fail">
      <Icon name="microphoneMissing" size="small" />
      <div>
        <p>{text.microphoneTrouble[trouble](system.platform)}</p>
        <div className="actions">
          {trouble === 'denied' && system.hasSettings && (
            <Button size="small" onClick={() => fire('openMediaSettings', { which: 'microphone' })}>
              {text.openSystemSettings}
            </Button>
          )}
          {trouble !== 'forbidden' && (
            <Button size="small" icon="repeat" onClick={() => void session.retry('microphone')}>
              {text.retry}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}

function notesOf(state: StageState): StageNote[] {
  const { camera, microphone, coach, recorder } = state;
  const phase = phaseOf(state);
  if (camera.kind !== 'live' || phase === 'countdown') return [];
  const text = words.stage.notes;
  const said = (what: keyof typeof SAID_BY_COACH) =>
    coach.advice !== null && SAID_BY_COACH[what].includes(coach.advice.code);
  const warnings: StageNote[] = [];
  const warn = (sentence: string) => warnings.push({ tone: 'warn', words: sentence });

  if (microphone.kind === 'live' && microphone.muted && !said('muted')) warn(text.muted);
  else if (microphone.kind === 'live' && microphone.silent && !said('silent')) warn(text.silent);

  const free = recorder.kind === 'recording' ? recorder.freeBytes : state.freeBytes;
  const { neededBytes: needed } = state;
  if (free !== null && needed !== null && !isLive(phase) && free < needed) {
    warnings.push({ tone: 'fail', words: text.noRoom(free, needed) });
  } else if (free !== null && free < LOW_ROOM_BYTES) warn(text.low(free));

  // Nothing can be done about the camera while a take runs.
  if (!isLive(phase)) {
    if (camera.below.rate && camera.measuredFrameRate !== null && !said('slower'))
      warn(text.slower(Math.round(camera.measuredFrameRate)));
    if (camera.below.size && !said('smaller')) warn(text.smaller(camera.width, camera.height));
  }
  return warnings;
}
