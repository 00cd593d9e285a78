import { useEffect, useRef } from 'react';
import { words } from '../../../shared/words/app.ts';
import { Icon } from '../../ui/Icon.tsx';
import { ProgressBar } from '../../ui/parts.tsx';
import { CameraTrouble } from './CameraTrouble.tsx';
import { CoachLine } from './CoachLine.tsx';
import { CornerWord } from './CornerWord.tsx';
import { Guides } from './Guides.tsx';
import './picture.css';
import { StageNotes } from './StageNotes.tsx';
import { isLive, phaseOf, useStage } from './stageState.tsx';

/** What the camera sees, mirrored, and what is said about it. It stays in its place from framing to the end. */
export function Picture({ onUse }: { readonly onUse: () => void }) {
  const text = words.stage.picture;
  const phase = useStage(phaseOf);
  const trouble = useStage(({ camera }) => (camera.kind === 'trouble' ? camera.trouble : null));
  const opening = useStage(({ camera }) => camera.kind === 'opening');
  const open = useStage(({ camera }) => camera.kind === 'live');
  return (
    <section className="picture" aria-label={text.label} data-phase={phase}>
      {open && <Preview />}
      {opening && (
        <div className="picture-words" role="status">
          <p>{text.opening}</p>
          <ProgressBar value={null} label={text.opening} thin />
        </div>
      )}
      {trouble !== null && !isLive(phase) && <CameraTrouble trouble={trouble} onUse={onUse} />}
      {(phase === 'framing' || phase === 'ready') && (
        <>
          <Guides ready={phase === 'ready'} />
          <span className="picture-tag" data-at="left">
            {text.mirrored}
          </span>
        </>
      )}
      {phase === 'recording' && (
        <span className="picture-tag" data-at="left">
          <i className="recording-dot" />
          {text.recording}
        </span>
      )}
      <CornerWord />
      <StageNotes />
      <CoachLine />
      <Countdown />
      <Waiting />
      {phase === 'ready' && <span className="ready-frame" />}
    </section>
  );
}

/** The camera's own picture; turned around for the eye only. */
function Preview() {
  const stream = useStage(({ camera }) => (camera.kind === 'live' ? camera.stream : null));
  const isOver = useStage((state) => phaseOf(state) === 'stopping');
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
    };
  }, [stream]);
  // It stands still as soon as the take is over: drawing it would keep the take's own page waiting.
  useEffect(() => {
    const element = video.current;
    if (!element || stream === null) return;
    if (isOver) element.pause();
    // Leaving the stage breaks this off.
    else element.play().catch(() => undefined);
  }, [isOver, stream]);
  return (
    <video
      ref={video}
      autoPlay
      muted
      playsInline
      disablePictureInPicture
      aria-label={words.stage.picture.label}
    />
  );
}

/** Large enough to be read from where one stands for a full body. */
function Countdown() {
  const left = useStage(({ recorder }) => (recorder.kind === 'countdown' ? recorder.left : null));
  return (
    <div className="countdown" role="status">
      {left !== null && left > 0 && (
        <>
          <b key={left} aria-hidden="true">
            {left}
          </b>
          <span className="hidden-visually">{words.stage.countdown(left)}</span>
        </>
      )}
    </div>
  );
}

/** Between pressing and recording, and between stopping and the take. */
function Waiting() {
  const phase = useStage(phaseOf);
  const sentence =
    phase === 'starting' ? words.stage.starting : phase === 'stopping' ? words.stage.stopping : null;
  return (
    <div className="picture-waiting" role="status">
      {sentence !== null && (
        <p>
          <Icon name="work" />
          {sentence}
        </p>
      )}
    </div>
  );
}
