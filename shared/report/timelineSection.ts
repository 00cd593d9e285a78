/** The course of a take on the page: where something was found, and the figures over its time. */
import type { Finding, Report } from '../domain/report.ts';
import { mendedObservations } from '../quality/mended.ts';
import type { Observations, TimeRange } from '../quality/observations.ts';
import {
  bandText,
  isOutside,
  type Timeline,
  type Track,
  timelineOf,
  type Waveform,
} from '../quality/timeline.ts';
import { length } from '../words/appNumbers.ts';
import { reportPageWords as words } from '../words/reportPage.ts';
import { axis, chart, lane, type Mark, type Span, waves } from './chart.ts';
import { icon } from './icons.ts';
import { type Markup, markup } from './markup.ts';

/** These break the take itself, and so are seen in every track. */
const BREAKS: ReadonlySet<string> = new Set([
  'FACE_ABSENT',
  'JUMP_CUT',
  'JUMP_CUT_LIKELY',
  'PICTURE_JUMPS',
  'FRAME_GAP',
  'PICTURE_FROZEN',
  'PICTURE_BLACK',
]);

/** Null where nothing was measured over the take's time. */
export function timelineSection(report: Report, observations: Observations): Markup | null {
  const timeline = timelineOf(mendedObservations(observations, report.mended), report.shot);
  const placed = report.findings.filter(({ severity, places }) => severity !== 'info' && places.length > 0);
  if (timeline.tracks.length === 0 && timeline.waveform === null && placed.length === 0) return null;
  const span: Span = { durationSeconds: timeline.durationSeconds, judged: report.range };
  const breaks = placed.filter(({ code }) => BREAKS.has(code)).flatMap(marksOf);
  return markup`<section aria-labelledby="timeline"><h2 id="timeline">${words.timeline}</h2>
<p class="help">${words.timelineHelp}</p>
${
  placed.length === 0
    ? null
    : markup`<ul class="marks" aria-label="${words.marks}">${placed.map((finding) => findingLane(finding, span))}</ul>`
}
<div class="course"><div class="tracks">${timeline.tracks.map((track) => trackSection(track, span, breaks))}${soundSection(timeline, span)}</div>
${axis(timeline.durationSeconds)}</div>
</section>`;
}

const marksOf = ({ severity, places }: Finding): Mark[] => places.map((place) => ({ ...place, severity }));

function findingLane(finding: Finding, span: Span): Markup {
  const places = finding.places.map(placeText).join(', ');
  return markup`<li><p>${icon(finding.severity)}<span>${finding.message}</span></p>${lane(marksOf(finding), span, words.marksSpoken(finding.message, places))}</li>`;
}

const placeText = ({ startSeconds, endSeconds }: TimeRange): string =>
  words.place(length(startSeconds), length(endSeconds));

function trackSection(track: Track, span: Span, marks: readonly Mark[]): Markup {
  const { judged } = span;
  const points = track.points.filter(
    ({ atSeconds }) => atSeconds >= judged.startSeconds && atSeconds <= judged.endSeconds,
  );
  // Of loudness only what is said counts.
  const known = points.flatMap(({ value, isPause }) => (value === null || isPause ? [] : [value]));
  const wanted = bandText(track);
  const lowest = track.text(Math.min(...known));
  const highest = track.text(Math.max(...known));
  const beyond = points.filter((point) => isOutside(track, point)).length;
  const spoken =
    known.length === 0
      ? words.trackUnknown(track.label)
      : words.trackSpoken(track.label, lowest, highest, beyond);
  return markup`<div class="track"><header><h3>${track.label}</h3><p>${wanted === '' ? null : words.trackWanted(wanted)}</p></header>
<div class="canvas">${chart({ ...track, marks }, span, spoken)}${edges(track)}</div></div>`;
}

/** What the upper and the lower edge stand for. */
function edges({ scale, text }: Track): Markup {
  return markup`<span class="edge top" aria-hidden="true">${text(scale.most)}</span><span class="edge bottom" aria-hidden="true">${text(scale.least)}</span>`;
}

function soundSection({ waveform }: Timeline, span: Span): Markup | null {
  return waveform === null
    ? null
    : markup`<div class="track"><header><h3>${words.wave}</h3></header><div class="canvas">${waves(levels(waveform, span), span, words.waveSpoken)}</div></div>`;
}

/** So many columns are drawn, however long the take is. */
const COLUMNS = 500;

/** The loudest of each column, 0 to 1. */
function levels({ secondsPerPeak, peaks }: Waveform, { durationSeconds }: Span): number[] {
  const columns = new Array<number>(COLUMNS).fill(0);
  peaks.forEach((peak, index) => {
    const column = Math.floor(((index * secondsPerPeak) / durationSeconds) * COLUMNS);
    if (column < COLUMNS) columns[column] = Math.max(columns[column] ?? 0, peak / 255);
  });
  return columns;
}
