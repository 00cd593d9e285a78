import { useEffect, useRef } from 'react';
import {
  BEST_FROM_SECONDS,
  BEST_TO_SECONDS,
  LONGEST_SECONDS,
  SHORTEST_SECONDS,
} from '../../../shared/recording/recording.ts';
import { words } from '../../../shared/words/app.ts';
import { takeSeconds, useSession } from './stageState.tsx';

const at = (seconds: number) => `${(seconds / LONGEST_SECONDS) * 100}%`;

/** How long a take should be, true to scale, and how far this one is. */
export function TimeScale() {
  const text = words.stage.scale;
  return (
    <div className="time-scale" role="img" aria-label={text.label}>
      <span className="track" />
      <span
        className="best"
        style={{ left: at(BEST_FROM_SECONDS), right: at(LONGEST_SECONDS - BEST_TO_SECONDS) }}
      />
      <Elapsed />
      {[SHORTEST_SECONDS, BEST_FROM_SECONDS, BEST_TO_SECONDS, LONGEST_SECONDS].map((seconds) => (
        <i className="mark" key={seconds} style={{ left: at(seconds) }} />
      ))}
      <span className="mark-word" style={{ left: 0 }}>
        {text.start}
      </span>
      <span className="mark-word" style={{ left: `max(${at(SHORTEST_SECONDS)}, 34px)` }}>
        <b>{text.shortest.time}</b> {text.shortest.words}
      </span>
      <span className="mark-word" style={{ left: at(BEST_FROM_SECONDS) }}>
        <b>{text.bestFrom}</b>
      </span>
      <span
        className="mark-word"
        data-best=""
        data-at="middle"
        style={{ left: at((BEST_FROM_SECONDS + BEST_TO_SECONDS) / 2) }}
      >
        {text.best}
      </span>
      <span className="mark-word" data-at="before" style={{ left: at(BEST_TO_SECONDS) }}>
        <b>{text.bestTo}</b>
      </span>
      <span className="mark-word" style={{ right: 0 }}>
        {text.longest.words} <b>{text.longest.time}</b>
      </span>
    </div>
  );
}

/** Grows with every whole second, without React. */
function Elapsed() {
  const session = useSession();
  const bar = useRef<HTMLElement>(null);
  const head = useRef<HTMLElement>(null);
  useEffect(() => {
    let shown: number | null | undefined;
    const draw = () => {
      const seconds = takeSeconds(session.get(), shown ?? null);
      if (seconds === shown || !bar.current || !head.current) return;
      shown = seconds;
      const share = Math.min(1, (seconds ?? 0) / LONGEST_SECONDS);
      bar.current.style.transform = `scaleX(${share.toFixed(4)})`;
      head.current.style.left = `${(share * 100).toFixed(2)}%`;
      head.current.style.opacity = seconds === null ? '0' : '1';
    };
    draw();
    return session.follow(draw);
  }, [session]);
  return (
    <>
      <i className="elapsed" ref={bar} />
      <i className="elapsed-head" ref={head} />
    </>
  );
}
