import { LIMITS } from '../../../shared/quality/limits.ts';
import { words } from '../../../shared/words/app.ts';
import { Tick } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import './deck.css';
import { RecordButton } from './RecordButton.tsx';
import { secondsOfRoom } from './roomToRecord.ts';
import { isLive, phaseOf, useStage } from './stageState.tsx';
import { TimeScale } from './TimeScale.tsx';
import { useStageSettings } from './useStageSettings.ts';

/** Below the picture: how long, the button, and what is on the disk. */
export function Deck() {
  const live = useStage((state) => isLive(phaseOf(state)));
  return (
    <footer className="deck">
      <TimeScale />
      <div className="deck-controls">
        {live ? <Safety /> : <Checklist />}
        <RecordButton />
        <Facts />
      </div>
    </footer>
  );
}

const CHECKLIST = ['logos', 'background', 'glasses'] as const;

/** What no camera judges: ticked once, and remembered. */
function Checklist() {
  const text = words.stage.checklist;
  const { settings, save } = useStageSettings();
  const ticked = settings?.checklist ?? [];
  return (
    <fieldset className="checklist">
      <legend className="hidden-visually">{text.label}</legend>
      {CHECKLIST.map((code) => (
        <Tick
          key={code}
          checked={ticked.includes(code)}
          onChange={(checked) =>
            save({ checklist: checked ? [...ticked, code] : ticked.filter((other) => other !== code) })
          }
        >
          {text[code]}
        </Tick>
      ))}
    </fieldset>
  );
}

/** Unsaved seconds up to this many are the normal way of things: each third of a second is stored when it is over. */
const NORMALLY_UNSAVED_SECONDS = 1.5;

/** A camera that wakes up late is no slow one. */
const TOLD_AFTER_SECONDS = 3;

/** Whether what has been recorded is on the disk, and whether frames are missing. */
function Safety() {
  const text = words.stage.facts;
  const recording = useStage(({ recorder }) => recorder.kind === 'recording');
  const waiting = useStage(({ recorder }) =>
    recorder.kind === 'recording' && recorder.secondsUnsaved > NORMALLY_UNSAVED_SECONDS
      ? Math.round(recorder.secondsUnsaved)
      : 0,
  );
  const lost = useStage(({ recorder }) => (recorder.kind === 'recording' ? recorder.dropped : 0));
  if (!recording) return <div className="safety" />;
  return (
    <div className="safety">
      <span className="state" data-tone={waiting === 0 ? 'pass' : 'warn'}>
        <Icon name={waiting === 0 ? 'pass' : 'warn'} size="small" />
        <b>{waiting === 0 ? text.safe : text.waiting(waiting)}</b>
      </span>
      <Lost frames={lost} />
      <Repeated />
    </div>
  );
}

/** Said where the check will say it too: the file has its thirty frames a second, the camera gave fewer. */
function Repeated() {
  const share = useStage(({ recorder }) => {
    if (recorder.kind !== 'recording' || recorder.repeated === null || recorder.seconds < TOLD_AFTER_SECONDS)
      return 0;
    const frames = recorder.seconds * LIMITS.frameRate.value;
    return Math.round((100 * recorder.repeated) / frames) / 100;
  });
  if (share < LIMITS.repeatedFrames.value) return null;
  return (
    <span className="state" data-tone="warn">
      <Icon name="warn" size="small" />
      <b>{words.stage.facts.repeated(share)}</b>
    </span>
  );
}

/** Null: the recorder does not know. */
function Lost({ frames }: { readonly frames: number | null }) {
  const text = words.stage.facts;
  if (frames === null || frames === 0)
    return <span className="state">{frames === null ? text.lostUnknown : text.lost(frames)}</span>;
  return (
    <span className="state" data-tone="warn">
      <Icon name="warn" size="small" />
      <b>{text.lost(frames)}</b>
    </span>
  );
}

/** Figures, small: what the camera gives, and how much room there is. */
function Facts() {
  const text = words.stage.facts;
  const picture = useStage(({ camera }) => {
    if (camera.kind !== 'live') return null;
    const rate = camera.measuredFrameRate ?? camera.frameRate;
    return text.picture(text.size(camera.width, camera.height), rate === null ? null : Math.round(rate));
  });
  const below = useStage(({ camera }) => camera.kind === 'live' && (camera.below.size || camera.below.rate));
  const disk = useStage((state) => {
    const room = secondsOfRoom(state);
    if (room === null) return null;
    const { recorder } = state;
    return recorder.kind === 'recording' ? text.written(recorder.bytesWritten, room) : text.room(room);
  });
  return (
    <div className="stage-facts">
      {picture !== null && (
        <p data-tone={below ? 'warn' : undefined}>
          {below && <Icon name="warn" size="small" />}
          {picture}
        </p>
      )}
      {disk !== null && <p>{disk}</p>}
    </div>
  );
}
