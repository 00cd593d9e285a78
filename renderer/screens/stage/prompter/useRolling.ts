import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { placeAt, secondsTo, totalSeconds } from '../../../../shared/recording/readingTime.ts';
import type { Segment } from '../../../../shared/recording/script.ts';
import { LEAD_SECONDS, type Roll } from './roll.ts';

export type PrompterPhase = 'framing' | 'countdown' | 'recording';

interface Rolling {
  readonly segments: readonly Segment[];
  readonly wordsPerMinute: number;
  /** Null until the room for the text has been measured. */
  readonly roll: Roll | null;
  readonly phase: PrompterPhase;
  readonly countdownSeconds: number;
}

interface Shown extends Pick<Rolling, 'segments' | 'wordsPerMinute'> {
  readonly animation: Animation;
}

const START_MS = LEAD_SECONDS * 1000;

/**
 * Plays the roll on an element. Nothing of this page runs while the text moves: the compositor does it alone, and is
 * told only when something changes.
 *
 * While framing, the text stands at its first line and can be tried. With the countdown it goes back to the note
 * before the first line, so that the first line comes up as the countdown ends. When the recording begins, the first
 * line is due, however long it took to begin. Then it runs to its end, and stands at the start again afterwards.
 */
export function useRolling(text: RefObject<HTMLElement | null>, input: Rolling) {
  const { segments, wordsPerMinute, roll, phase, countdownSeconds } = input;
  const shown = useRef<Shown | null>(null);
  const [running, setRunning] = useState(false);

  useLayoutEffect(() => {
    const element = text.current;
    if (!element || !roll) return;
    const before = shown.current;
    const animation = element.animate([...roll.keyframes], { duration: roll.seconds * 1000, fill: 'both' });
    if (before?.animation.playState !== 'running') animation.pause();
    animation.currentTime = before ? timeIn(before, { segments, wordsPerMinute }) : START_MS;
    animation.onfinish = () => setRunning(false);
    before?.animation.cancel();
    shown.current = { animation, segments, wordsPerMinute };
  }, [text, roll, segments, wordsPerMinute]);

  useEffect(
    () => () => {
      shown.current?.animation.cancel();
      shown.current = null;
    },
    [],
  );

  const countdown = useRef(countdownSeconds);
  useLayoutEffect(() => {
    countdown.current = countdownSeconds;
  });
  const ready = roll !== null;
  /** False while the person holds the text, also from the countdown into the recording. */
  const wanted = useRef(false);
  const cameFrom = useRef<PrompterPhase>('framing');
  useEffect(() => {
    const animation = shown.current?.animation;
    if (!ready || !animation) return;
    if (phase === 'framing') wanted.current = false;
    else if (cameFrom.current === 'framing') wanted.current = true;
    cameFrom.current = phase;
    if (wanted.current) animation.play();
    else animation.pause();
    // After `play`, which would take a time before the beginning for the beginning.
    animation.currentTime = phase === 'countdown' ? START_MS - countdown.current * 1000 : START_MS;
    setRunning(wanted.current);
  }, [ready, phase]);

  const run = (on: boolean) => {
    const animation = shown.current?.animation;
    if (!animation) return;
    if (on && isOver(animation)) animation.currentTime = START_MS;
    if (on) animation.play();
    else animation.pause();
    wanted.current = on;
    setRunning(on);
  };
  return {
    /** Whether the text moves. It also stops by itself, at its end. */
    running,
    run,
    restart() {
      const animation = shown.current?.animation;
      if (!animation) return;
      const over = isOver(animation);
      animation.currentTime = START_MS;
      if (over) run(phase !== 'framing');
    },
  };
}

/** True at the end of the text, also when it was laid out anew there. */
function isOver(animation: Animation): boolean {
  return Number(animation.currentTime) >= Number(animation.effect?.getComputedTiming().endTime);
}

/** Where the text goes on after a change: at the same word. A different script begins at its first line. */
function timeIn(before: Shown, now: Pick<Shown, 'segments' | 'wordsPerMinute'>): number {
  const time = before.animation.currentTime;
  if (typeof time !== 'number' || before.segments !== now.segments) return START_MS;
  if (time <= START_MS || before.wordsPerMinute === now.wordsPerMinute) return time;
  const seconds = (time - START_MS) / 1000;
  const beyond = Math.max(0, seconds - totalSeconds(before.segments, before.wordsPerMinute));
  const place = placeAt(before.segments, before.wordsPerMinute, seconds);
  return START_MS + (secondsTo(now.segments, now.wordsPerMinute, place) + beyond) * 1000;
}
