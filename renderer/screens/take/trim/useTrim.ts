import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Trim } from '../../../../shared/domain/review.ts';
import type { Take } from '../../../../shared/domain/take.ts';
import type { TimeRange } from '../../../../shared/quality/observations.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { errorOf } from '../../../app/bridge.ts';
import { addNotice, dismissNotice } from '../../../app/notices.ts';
import { useCall } from '../../../app/queries.ts';
import type { PlayerControls } from '../player/controls.ts';
import { beginHistory, changed, redone, undone } from './history.ts';
import { type CutPoints, type Edge, moveEdge, nextPoint, setExact } from './trim.ts';

/** The disk hears of a trim once it has stood still for as long. Milliseconds. */
const SAVE_AFTER_MS = 400;
/** A start that lies this far from where it was wanted is not what somebody expects. Seconds. */
const TOLD_FROM_SECONDS = 0.3;

/** What can be done to the trim of a take. Every change can be undone. */
export interface TrimControls {
  /** Follows the pointer; `drop` makes it a change. */
  drag(edge: Edge, seconds: number): void;
  drop(): void;
  move(edge: Edge, seconds: number): void;
  /** So many places to cut further. */
  nudge(edge: Edge, direction: 1 | -1, places: number): void;
  setExact(exact: boolean): void;
  keepAll(): void;
  /** Keeps this, and goes to its beginning. */
  keep(trim: Trim): void;
  undo(): void;
  redo(): void;
}

export interface TrimState {
  /** As it is shown, also while a handle is dragged. */
  readonly trim: Trim | null;
  /** What a master would hold of it. */
  readonly kept: TimeRange;
  /** It begins with any frame, and not only with a key frame. */
  readonly exact: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly controls: TrimControls;
}

const same = (a: Trim | null, b: Trim | null): boolean =>
  a === b ||
  (a !== null &&
    b !== null &&
    a.startSeconds === b.startSeconds &&
    a.endSeconds === b.endSeconds &&
    a.exact === b.exact);

/** The trim of a take: shown at once, saved when it has settled, and undone as often as wanted. */
export function useTrim(take: Take, points: CutPoints, player: PlayerControls): TrimState {
  const saved = take.review.trim;
  const [history, setHistory] = useState(() => beginHistory(saved));
  const [dragged, setDragged] = useState<Trim | null | undefined>(undefined);
  const [exact, rememberExact] = useState(saved?.exact ?? false);
  /** What the engine was told, newest last, so that a late answer is not taken for somebody else's change. */
  const told = useRef([saved]);
  const save = useCall('setTrim', {
    // What is shown is what a master would be made of.
    onError: (error, { trim }) => {
      const { saved: kept, history: before } = latest.current;
      told.current = [kept, ...told.current.filter((ours) => !same(ours, trim))];
      // Otherwise something else was chosen meanwhile, which is told as well.
      if (same(before.now, trim)) {
        setHistory(beginHistory(kept));
        rememberExact(kept?.exact ?? false);
      }
      addNotice({
        id: `trim-${take.id}`,
        tone: 'fail',
        message: words.review.trim.notSaved(errorOf(error).message),
        takeId: null,
      });
    },
  });
  const now = history.now;
  const shown = dragged === undefined ? now : dragged;
  const latest = useRef({ saved, shown, exact, points, history });
  latest.current = { saved, shown, exact, points, history };

  /** Tells it at once what it has yet to hear. */
  const pending = useRef<() => unknown>(() => undefined);
  const { mutate } = save;
  const takeId = take.id;
  // Before the next effect, whose end forgets what is waiting.
  useEffect(() => () => void pending.current(), []);
  useEffect(() => {
    if (same(now, told.current.at(-1) ?? null)) return;
    const tell = () => {
      told.current.push(now);
      mutate({ takeId, trim: now });
    };
    let waiting = true;
    const later = setTimeout(() => {
      waiting = false;
      tell();
    }, SAVE_AFTER_MS);
    // Leaving the page does not forget it.
    const atOnce = () => waiting && tell();
    window.addEventListener('pagehide', atOnce);
    pending.current = atOnce;
    return () => {
      waiting = false;
      clearTimeout(later);
      window.removeEventListener('pagehide', atOnce);
    };
  }, [now, mutate, takeId]);

  // Somebody else, such as the command line, trimmed it meanwhile.
  useEffect(() => {
    if (told.current.some((ours) => same(saved, ours))) return;
    told.current.push(saved);
    setHistory((before) => changed(before, saved));
  }, [saved]);

  const snapNotice = `trim-snapped-${takeId}`;
  const change = useCallback(
    (next: Trim | null) => {
      setDragged(undefined);
      // What was said of where it began is no longer so.
      dismissNotice(snapNotice);
      setHistory((before) => (same(before.now, next) ? before : changed(before, next)));
    },
    [snapNotice],
  );
  const show = useCallback(
    (edge: Edge, trim: Trim | null) => {
      const kept = latest.current.points.keptOf(trim);
      player.seek(edge === 'start' ? kept.startSeconds : kept.endSeconds, true);
    },
    [player],
  );
  const controls = useMemo<TrimControls>(() => {
    const moved = (edge: Edge, seconds: number) => {
      const { shown: trim, exact: toTheFrame, points: where } = latest.current;
      return moveEdge(trim, edge, seconds, toTheFrame, where);
    };
    const move = (edge: Edge, seconds: number) => {
      const next = moved(edge, seconds);
      change(next);
      show(edge, next);
      if (edge === 'start') tellOfSnap(seconds, latest.current.points.keptOf(next).startSeconds);
    };
    const tellOfSnap = (wanted: number, at: number) => {
      if (Math.abs(at - wanted) < TOLD_FROM_SECONDS) return;
      const message = words.review.trim.snapped(say.preciseLength(at), say.preciseLength(wanted));
      addNotice({ id: snapNotice, tone: 'info', message, takeId: null });
    };
    const goTo = (next: typeof history) => {
      if (next.now) rememberExact(next.now.exact);
      dismissNotice(snapNotice);
      setHistory(next);
    };
    return {
      drag(edge, seconds) {
        player.pause();
        const next = moved(edge, seconds);
        if (same(next, latest.current.shown)) return;
        // Dropped before it is drawn, this is where it was dropped.
        latest.current = { ...latest.current, shown: next };
        setDragged(next);
        show(edge, next);
      },
      drop() {
        const { shown: trim, history: before } = latest.current;
        if (!same(trim, before.now)) change(trim);
        else setDragged(undefined);
      },
      move,
      nudge(edge, direction, places) {
        const { shown: trim, exact: toTheFrame, points: where } = latest.current;
        const kept = where.keptOf(trim);
        let seconds = edge === 'start' ? kept.startSeconds : kept.endSeconds;
        for (let place = 0; place < places; place += 1)
          seconds = nextPoint(trim, edge, seconds, direction, toTheFrame, where);
        player.pause();
        move(edge, seconds);
      },
      setExact(next) {
        rememberExact(next);
        change(setExact(latest.current.shown, next, latest.current.points));
      },
      keepAll: () => change(null),
      keep(next) {
        player.pause();
        rememberExact(next.exact);
        change(next);
        show('start', next);
      },
      undo: () => goTo(undone(latest.current.history)),
      redo: () => goTo(redone(latest.current.history)),
    };
  }, [change, show, player, snapNotice]);

  const kept = useMemo(() => points.keptOf(shown), [shown, points]);
  return {
    trim: shown,
    kept,
    exact,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    controls,
  };
}
