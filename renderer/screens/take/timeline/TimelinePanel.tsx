import {
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Turn } from '../../../../shared/domain/review.ts';
import { bandText, type Timeline } from '../../../../shared/quality/timeline.ts';
import { say, words } from '../../../../shared/words/app.ts';
import { useStore } from '../../../app/store.ts';
import { Button } from '../../../ui/Button.tsx';
import type { Mark } from '../marks.ts';
import type { PlayerControls } from '../player/controls.ts';
import type { TrimState } from '../trim/useTrim.ts';
import { outsideOf, valueAt, valueText } from './draw.ts';
import { Marks } from './Marks.tsx';
import { Overview } from './Overview.tsx';
import { PictureStrip } from './PictureStrip.tsx';
import { Playhead } from './Playhead.tsx';
import { TrackCanvas } from './TrackCanvas.tsx';
import { TrimHandles } from './TrimHandles.tsx';
import './timeline.css';
import type { ViewControls } from './useView.ts';
import { isWhole, shareOf, ticksOf } from './view.ts';

const STRIP_HEIGHT = { wide: 44, narrow: 34 } as const;
const LANE_HEIGHT = { wide: 32, narrow: 22 } as const;
const NARROW = '(max-width: 1180px), (max-height: 780px)';

export interface TimelinePanelProps {
  readonly takeId: string;
  readonly version: string;
  readonly playable: boolean;
  /** How long after the file its first picture comes. */
  readonly startSeconds: number;
  /** How its picture is turned. */
  readonly turn: Turn;
  readonly total: number;
  readonly timeline: Timeline;
  readonly marks: readonly Mark[];
  readonly selected: string | null;
  readonly onSelect: (mark: Mark) => void;
  readonly controls: PlayerControls;
  readonly trim: TrimState;
  readonly area: RefObject<HTMLDivElement | null>;
  readonly viewControls: ViewControls;
  /** What stands at the end of the head line. */
  readonly tools: ReactNode;
}

/** The course of a take over the full width: trouble, pictures, and what was measured, on one time axis. */
export function TimelinePanel(props: TimelinePanelProps) {
  const { timeline, marks, selected, controls, total, trim, area, viewControls } = props;
  const { view, zoom, showAll, scroll, closeUp } = viewControls;
  const text = words.review.timeline;
  const narrow = useMatches(NARROW);
  const theme = useTheme();
  const width = useWidth(area);
  const size = narrow ? 'narrow' : 'wide';
  const laneHeight = LANE_HEIGHT[size];
  const { step, times } = useMemo(() => ticksOf(view, width || 1), [view, width]);
  const [pointed, setPointed] = useState<number | null>(null);
  const whole = isWhole(view, total);

  const secondsAt = useCallback(
    (event: PointerEvent<HTMLElement>): number => {
      const box = area.current?.getBoundingClientRect();
      if (!box) return 0;
      const share = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
      return Math.min(total, view.from + share * (view.to - view.from));
    },
    [area, view, total],
  );
  const scrubbing = useRef(false);
  return (
    <section className="timeline" aria-label={text.title}>
      <header>
        <h2>{text.title}</h2>
        <p className="hint">{timeline.tracks.length > 0 ? text.hint : text.nothingMeasured}</p>
        <span className="zoom">
          <Button
            kind="bare"
            size="small"
            icon="less"
            label={text.zoomOut}
            disabled={whole}
            onClick={() => zoom(0.5)}
          />
          <Button kind="bare" size="small" disabled={whole} onClick={showAll}>
            {text.showAll}
          </Button>
          <Button kind="bare" size="small" icon="add" label={text.zoomIn} onClick={() => zoom(2)} />
        </span>
        {props.tools}
      </header>
      <div className="body">
        <div className="names">
          <span className="name" data-of="ruler" />
          <span className="name" data-of="marks">
            {text.trouble}
          </span>
          <span className="name" data-of="strip">
            {text.picture}
          </span>
          {timeline.tracks.map((track) => (
            <span className="name" key={track.code}>
              <span title={text.wanted(track.label, bandText(track))}>{text.tracks[track.code]}</span>
              <Value controls={controls} pointed={pointed} track={track} />
            </span>
          ))}
        </div>
        {/* For the pointer; the keyboard has the playhead, the marks, the handles, and the keys. */}
        <div
          className="area"
          ref={area}
          onPointerDown={(event) => {
            if (event.button !== 0 || (event.target as Element).closest('button, .handle, .grip')) return;
            scrubbing.current = true;
            event.currentTarget.setPointerCapture(event.pointerId);
            controls.pause();
            controls.seek(secondsAt(event));
          }}
          onPointerMove={(event) => {
            const seconds = secondsAt(event);
            setPointed(seconds);
            if (scrubbing.current) controls.seek(seconds);
          }}
          onPointerUp={() => {
            scrubbing.current = false;
          }}
          onPointerCancel={() => {
            scrubbing.current = false;
          }}
          onPointerLeave={() => setPointed(null)}
        >
          <div className="ruler" aria-hidden="true">
            {times.map((time) => (
              <span
                key={time}
                data-edge={shareOf(view, time) > 0.985 ? 'end' : undefined}
                style={{ left: `${shareOf(view, time) * 100}%` }}
              >
                {step < 1 ? say.preciseLength(time).slice(0, -1) : say.length(time)}
              </span>
            ))}
          </div>
          <Marks
            marks={marks}
            view={view}
            width={width}
            selected={selected}
            onSelect={props.onSelect}
            onCloseUp={closeUp}
          />
          <div className="strip">
            <PictureStrip
              takeId={props.takeId}
              version={props.version}
              playable={props.playable}
              startSeconds={props.startSeconds}
              turn={props.turn}
              controls={controls}
              view={view}
              total={total}
              width={width}
              height={STRIP_HEIGHT[size]}
            />
          </div>
          <div className="lanes">
            <TrackCanvas
              timeline={timeline}
              view={view}
              marks={marks}
              selected={selected}
              width={width}
              laneHeight={laneHeight}
              theme={theme}
            />
            {timeline.tracks.map((track) => (
              <div className="lane" key={track.code} role="img" aria-label={laneName(track)} />
            ))}
          </div>
          <TrimHandles
            kept={trim.kept}
            whole={trim.trim === null}
            view={view}
            total={total}
            trim={trim.controls}
          />
          {pointed !== null && !scrubbing.current && (
            <div className="pointed" style={{ left: `${shareOf(view, pointed) * 100}%` }} aria-hidden="true">
              <span>{say.length(pointed)}</span>
            </div>
          )}
          <Playhead controls={controls} view={view} total={total} />
        </div>
        {!whole && <Overview view={view} total={total} kept={trim.kept} onScroll={scroll} />}
      </div>
    </section>
  );
}

function laneName(track: Timeline['tracks'][number]): string {
  const text = words.review.timeline;
  const places = outsideOf(track).map(({ from, to }) =>
    from === to ? say.length(from) : words.take.check.range(say.length(from), say.length(to)),
  );
  return text.lane(track.label, places);
}

/** The value at the pointer, or where the player is. */
function Value({
  controls,
  pointed,
  track,
}: {
  readonly controls: PlayerControls;
  readonly pointed: number | null;
  readonly track: Timeline['tracks'][number];
}) {
  const value = useStore(controls, ({ seconds }) => valueText(track, valueAt(track, pointed ?? seconds)));
  return <span className="value">{value}</span>;
}

function useMatches(query: string): boolean {
  const [matches, setMatches] = useState(() => window.matchMedia(query).matches);
  useEffect(() => {
    const list = window.matchMedia(query);
    const changed = () => setMatches(list.matches);
    changed();
    list.addEventListener('change', changed);
    return () => list.removeEventListener('change', changed);
  }, [query]);
  return matches;
}

const themeNow = () => document.documentElement.dataset.theme ?? '';

/** The theme that colours are read from; canvases do not follow it by themselves. */
function useTheme(): string {
  const [theme, setTheme] = useState(themeNow);
  useEffect(() => {
    const watch = new MutationObserver(() => setTheme(themeNow()));
    watch.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => watch.disconnect();
  }, []);
  return theme;
}

function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const resized = new ResizeObserver(measure);
    resized.observe(element);
    return () => resized.disconnect();
  }, [ref]);
  return width;
}
