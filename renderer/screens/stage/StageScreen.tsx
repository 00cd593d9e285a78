import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { words } from '../../../shared/words/app.ts';
import { usePageKeyList } from '../../app/keys/pageKeys.ts';
import { addNotice, noticeError } from '../../app/notices.ts';
import { readAhead } from '../../app/queries.ts';
import { goTo, routes } from '../../app/routes.ts';
import { useRemembered } from '../../app/view.ts';
import { forgetRetakeReasons } from '../retakeReasons.ts';
import { Deck } from './Deck.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { LightMeter } from './LightMeter.tsx';
import { openSession } from './openSession.ts';
import { Picture } from './Picture.tsx';
import { Teleprompter } from './prompter/Teleprompter.tsx';
import { RecorderFailed } from './RecorderFailed.tsx';
import { SoundMeter } from './SoundMeter.tsx';
import { StageBar } from './StageBar.tsx';
import './stage.css';
import { isLive, type Phase, phaseOf, StageContext, useSession, useStage } from './stageState.tsx';
import { useLeaving } from './useLeaving.ts';
import { useStageKeys } from './useStageKeys.ts';
import { useStageSettings } from './useStageSettings.ts';
import { wakeLoudspeaker } from './wakeLoudspeaker.ts';

/** Where a take is set up, coached and recorded. Camera and microphone are open only while this is shown. */
export default function StageScreen() {
  const [session] = useState(openSession);
  useEffect(() => () => void session.close(), [session]);
  return (
    <StageContext value={session}>
      <Stage />
    </StageContext>
  );
}

function Stage() {
  const session = useSession();
  const phase = useStage(phaseOf);
  const [agreed, setAgreed] = useRemembered('stage.agreed', ['no', 'yes'], 'no');
  const leaving = useLeaving();
  const heading = useRef<HTMLHeadingElement>(null);
  useTakeMovesOn();
  useStageKeys();
  usePageKeyList(isLive(phase) ? 'none' : words.keys.stage);

  // Asked for with a reason the first time; afterwards the stage opens as it was left, without showing that question.
  useLayoutEffect(() => {
    if (agreed === 'yes') session.open().catch(noticeError);
  }, [agreed, session]);
  useEffect(() => forgetRetakeReasons, []);
  useEffect(() => {
    document.title = words.shell.windowTitle(words.stage.title);
    heading.current?.focus({ preventScroll: true });
  }, []);
  // Once the person sees themselves, and long before the take is played.
  const isFraming = phase === 'framing' || phase === 'ready';
  useEffect(() => {
    if (isFraming) void wakeLoudspeaker();
  }, [isFraming]);

  return (
    <main
      className="stage"
      id="page"
      tabIndex={-1}
      data-phase={phase}
      data-live={isLive(phase) ? '' : undefined}
    >
      <h1 className="hidden-visually" tabIndex={-1} ref={heading}>
        {words.stage.title}
      </h1>
      <StageBar onLeave={() => goTo(routes.library)} />
      <Prompter phase={phase} />
      <div className="floor">
        <SoundMeter />
        <Picture onUse={() => setAgreed('yes')} />
        <LightMeter />
      </div>
      <Deck />
      {leaving.asked !== null && (
        <LeaveDialog what={leaving.asked} onStay={leaving.stay} onStop={leaving.stop} />
      )}
      <RecorderFailed />
    </main>
  );
}

/** The text to read; it runs from the countdown on. */
function Prompter({ phase }: { readonly phase: Phase }) {
  const { settings, save } = useStageSettings();
  return (
    <div className="prompter-place">
      {settings && (
        <Teleprompter
          phase={rollingPhase(phase)}
          countdownSeconds={settings.countdownSeconds}
          settings={settings.teleprompter}
          onChange={(teleprompter) => save({ teleprompter })}
        />
      )}
    </div>
  );
}

/** The text's first line is due when recording really begins, which is a moment after the countdown. */
function rollingPhase(phase: Phase): 'framing' | 'countdown' | 'recording' {
  if (phase === 'countdown' || phase === 'starting') return 'countdown';
  return isLive(phase) ? 'recording' : 'framing';
}

/** When a take is kept, its page is shown. That page says how a take ended by itself; why it broke off is said here. */
function useTakeMovesOn(): void {
  const client = useQueryClient();
  const takeId = useStage(({ recorder }) => (recorder.kind === 'done' ? recorder.takeId : null));
  const why = useStage(({ recorder }) => (recorder.kind === 'done' ? recorder.why : null));
  useEffect(() => {
    if (takeId === null) return;
    if (why !== null) addNotice({ id: `broke-off-${takeId}`, tone: 'warn', message: why, takeId: null });
    void readAhead(client, 'getTake', { takeId }).then(() => goTo(routes.take(takeId)));
  }, [takeId, why, client]);
}
