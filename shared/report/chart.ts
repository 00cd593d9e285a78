/** One track of the timeline as SVG: stretched to any width, so all words stand beside it. */
import type { Severity } from '../domain/report.ts';
import type { TimeRange } from '../quality/observations.ts';
import { isOutside, type TimelinePoint } from '../quality/timeline.ts';
import { length } from '../words/appNumbers.ts';
import { type Markup, markup } from './markup.ts';

/** What is drawn. Values outside `scale` are drawn at its edge. */
export interface Chart {
  /** Null breaks the line: nothing was measured then. */
  readonly points: readonly TimelinePoint[];
  readonly scale: Band;
  /** Where values are wanted; an open end reaches to the edge. Null: nothing is wanted. */
  readonly band: { readonly least: number | null; readonly most: number | null } | null;
  readonly marks: readonly Mark[];
}

interface Band {
  readonly least: number;
  readonly most: number;
}

/** A stretch that is coloured. */
export interface Mark extends TimeRange {
  readonly severity: Severity;
}

/** How long the take is, and which part of it was judged. */
export interface Span {
  readonly durationSeconds: number;
  readonly judged: TimeRange;
}

const WIDTH = 1000;
const HEIGHT = 100;
/** So that a moment is seen at all. */
const NARROWEST = 3;

export function chart(track: Chart, span: Span, spoken: string): Markup {
  const x = across(span);
  const y = (value: number) => {
    const { least, most } = track.scale;
    const share = most > least ? (value - least) / (most - least) : 0.5;
    return HEIGHT * (1 - Math.min(1, Math.max(0, share)));
  };
  return frame(
    [
      band(track, y),
      outside(span, x),
      track.marks.map((mark) => stretch(mark, x, HEIGHT)),
      lines(track, x, y),
    ],
    HEIGHT,
    'plot',
    spoken,
  );
}

/** Where one finding is. */
export function lane(marks: readonly Mark[], span: Span, spoken: string): Markup {
  const x = across(span);
  const ground = markup`<rect class="ground" x="0" y="0" width="${WIDTH}" height="12"/>`;
  return frame([ground, outside(span, x), marks.map((mark) => stretch(mark, x, 12))], 12, 'lane', spoken);
}

/** Loudness as a waveform: `levels` are 0 to 1, evenly spread over the take. */
export function waves(levels: readonly number[], span: Span, spoken: string): Markup {
  const step = WIDTH / levels.length;
  const top = levels.map((level, index) => `L${short(index * step)} ${short((HEIGHT * (1 - level)) / 2)}`);
  const bottom = levels.map((level, index) => `L${short(index * step)} ${short((HEIGHT * (1 + level)) / 2)}`);
  const outline = `M0 ${HEIGHT / 2}${top.join('')}L${WIDTH} ${HEIGHT / 2}${bottom.reverse().join('')}Z`;
  return frame(
    [outside(span, across(span)), markup`<path class="wave" d="${outline}"/>`],
    HEIGHT,
    'plot',
    spoken,
  );
}

/** Distances between the times below the charts, seconds. */
const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600] as const;
/** As many times as find room on a phone. */
const MOST_TIMES = 6;

/** The times below the charts. Not stretched with them: its words keep their shape. */
export function axis(durationSeconds: number): Markup {
  const step = STEPS.find((one) => durationSeconds / one <= MOST_TIMES) ?? durationSeconds;
  const times: Markup[] = [];
  for (let at = 0; at <= durationSeconds && step > 0; at += step) {
    const share = durationSeconds > 0 ? (at / durationSeconds) * 100 : 0;
    const anchor = share < 4 ? 'start' : share > 96 ? 'end' : 'middle';
    times.push(markup`<text x="${short(share)}%" y="13" text-anchor="${anchor}">${length(at)}</text>`);
  }
  return markup`<svg class="axis" aria-hidden="true">${times}</svg>`;
}

type Across = (seconds: number) => number;

const across =
  ({ durationSeconds }: Span): Across =>
  (seconds) =>
    durationSeconds > 0 ? WIDTH * Math.min(1, Math.max(0, seconds / durationSeconds)) : 0;

function frame(
  content: readonly (Markup | readonly Markup[] | null)[],
  height: number,
  kind: string,
  spoken: string,
) {
  return markup`<svg class="${kind}" viewBox="0 0 ${WIDTH} ${height}" preserveAspectRatio="none" role="img" aria-label="${spoken}">${content}</svg>`;
}

function band({ band: wanted, scale }: Chart, y: (value: number) => number): Markup | null {
  if (wanted === null) return null;
  const top = y(wanted.most ?? scale.most);
  const height = y(wanted.least ?? scale.least) - top;
  return markup`<rect class="band" x="0" y="${short(top)}" width="${WIDTH}" height="${short(height)}"/>`;
}

function outside({ durationSeconds, judged }: Span, x: Across): Markup[] {
  return [
    { from: 0, to: judged.startSeconds },
    { from: judged.endSeconds, to: durationSeconds },
  ].flatMap(({ from, to }) =>
    x(to) - x(from) < 1
      ? []
      : [
          markup`<rect class="outside" x="${short(x(from))}" y="0" width="${short(x(to) - x(from))}" height="${HEIGHT}"/>`,
        ],
  );
}

function stretch({ severity, startSeconds, endSeconds }: Mark, x: Across, height: number): Markup {
  const width = Math.max(NARROWEST, x(endSeconds) - x(startSeconds));
  const left = Math.min(x(startSeconds), WIDTH - width);
  return markup`<rect class="mark ${severity}" x="${short(left)}" y="0" width="${short(width)}" height="${height}"/>`;
}

/** The line, and once more over it where it is outside what is wanted. */
function lines({ points, band }: Chart, x: Across, y: (value: number) => number): Markup {
  let all = '';
  let beyond = '';
  let before: { readonly place: string; readonly isBeyond: boolean; readonly isPause: boolean } | null = null;
  for (const point of points) {
    const { atSeconds, value } = point;
    if (value === null) {
      before = null;
      continue;
    }
    const now = {
      place: `${short(x(atSeconds))} ${short(y(value))}`,
      isBeyond: isOutside({ band }, point),
      isPause: point.isPause ?? false,
    };
    // A single point is a line of no length: round ends make a dot of it.
    all += before === null ? `M${now.place}l0 0` : '';
    if (before !== null) all += `L${now.place}`;
    // From a pause on nothing is known of the way to what follows it.
    const from = before === null || before.isPause ? now : before;
    if (now.isBeyond) beyond += `M${from.place}L${now.place}`;
    else if (before?.isBeyond === true && !now.isPause) beyond += `M${before.place}L${now.place}`;
    before = now;
  }
  return markup`<path class="line" d="${all}"/>${beyond === '' ? null : markup`<path class="line beyond" d="${beyond}"/>`}`;
}

/** A tenth of a unit is less than a pixel on any screen. */
const short = (value: number): string => String(Math.round(value * 10) / 10);
