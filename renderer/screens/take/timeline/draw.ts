/** Drawing of the tracks: bands, lines, waveform and troubled places, on one canvas. */
import { isOutside, type Timeline, type Track, type Waveform } from '../../../../shared/quality/timeline.ts';
import type { Mark } from '../marks.ts';
import { shareOf, type View } from './view.ts';

/** Colours of the present theme, by the names of their roles. */
export interface Colours {
  readonly sunken: string;
  readonly line: string;
  readonly pass: string;
  readonly warn: string;
  readonly fail: string;
  readonly info: string;
  readonly text: string;
}

export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element);
  const role = (name: string) => style.getPropertyValue(`--${name}`).trim();
  return {
    sunken: role('sunken'),
    line: role('line'),
    pass: role('pass'),
    warn: role('warn'),
    fail: role('fail'),
    info: role('info'),
    text: role('text-2'),
  };
}

/** Sizes in CSS pixels; the canvas is scaled to the screen's own before. */
export interface Sheet {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly laneHeight: number;
  readonly colours: Colours;
}

/** Room above and below a line inside its lane. */
const INSET = 4;
/** Points further apart than this many of the usual distance do not belong to one line. */
const GAP_FACTOR = 2.5;

export function drawTracks(
  sheet: Sheet,
  { tracks, waveform }: Timeline,
  view: View,
  marks: readonly Mark[],
  selected: string | null,
): void {
  const { context, width, laneHeight, colours } = sheet;
  const height = tracks.length * laneHeight;
  context.clearRect(0, 0, width, height);
  for (const [index, track] of tracks.entries()) {
    const top = index * laneHeight;
    context.fillStyle = colours.sunken;
    context.fillRect(0, top, width, laneHeight);
    drawBand(sheet, track, top);
    if (track.code === 'LOUDNESS' && waveform !== null) drawWaveform(sheet, waveform, view, top);
    context.fillStyle = colours.line;
    context.fillRect(0, top, width, 1);
  }
  drawTrouble(sheet, marks, view, selected, height);
  for (const [index, track] of tracks.entries()) drawLine(sheet, track, view, index * laneHeight);
}

/** Around a band, so much of its height is shown of what lies outside. */
const BESIDE_BAND = 0.5;

/** In a low lane only what lies around the band can be told apart; what lies beyond is drawn at the edge. */
function drawnScale({ band, scale }: Track): Track['scale'] {
  if (band === null || band.least === null || band.most === null) return scale;
  const beside = (band.most - band.least) * BESIDE_BAND;
  return {
    least: Math.max(scale.least, band.least - beside),
    most: Math.min(scale.most, band.most + beside),
  };
}

/** Where a value lies inside its lane, pixels from the top of the canvas. */
function levelOf({ laneHeight }: Sheet, track: Track, top: number): (value: number) => number {
  const room = laneHeight - 2 * INSET;
  const scale = drawnScale(track);
  return (value) => {
    const share = (value - scale.least) / (scale.most - scale.least);
    return top + INSET + (1 - Math.min(1, Math.max(0, share))) * room;
  };
}

function drawBand(sheet: Sheet, track: Track, top: number): void {
  if (track.band === null) return;
  const { context, width, colours } = sheet;
  const level = levelOf(sheet, track, top);
  const upper = level(track.band.most ?? track.scale.most);
  const lower = level(track.band.least ?? track.scale.least);
  context.globalAlpha = 0.16;
  context.fillStyle = colours.pass;
  context.fillRect(0, upper, width, lower - upper);
  context.globalAlpha = 1;
}

function drawWaveform(
  { context, width, laneHeight, colours }: Sheet,
  { peaks, secondsPerPeak }: Waveform,
  view: View,
  top: number,
): void {
  const middle = top + laneHeight / 2;
  const room = laneHeight / 2 - 2;
  context.fillStyle = colours.info;
  context.globalAlpha = 0.5;
  // A bar of two pixels with one between them, as high as the loudest sample below it.
  for (let x = 0; x < width; x += 3) {
    const from = Math.floor((view.from + (x / width) * (view.to - view.from)) / secondsPerPeak);
    const to = Math.ceil((view.from + ((x + 3) / width) * (view.to - view.from)) / secondsPerPeak);
    let peak = 0;
    for (let index = Math.max(0, from); index < Math.min(to, peaks.length); index += 1) {
      peak = Math.max(peak, peaks[index] ?? 0);
    }
    const half = Math.max(0.5, (peak / 255) * room);
    context.fillRect(x, middle - half, 2, half * 2);
  }
  context.globalAlpha = 1;
}

/** Places of findings as hatching over all tracks; a note only while it is selected. */
function drawTrouble(
  { context, width, colours }: Sheet,
  marks: readonly Mark[],
  view: View,
  selected: string | null,
  height: number,
): void {
  for (const { key, severity, place } of marks) {
    const chosen = key === selected;
    if (severity === 'info' && !chosen) continue;
    const left = Math.max(-1, shareOf(view, place.startSeconds) * width);
    const right = Math.min(width + 1, Math.max(shareOf(view, place.endSeconds) * width, left + 2));
    if (right <= 0 || left >= width) continue;
    const colour = colours[severity];
    context.save();
    context.beginPath();
    context.rect(left, 0, right - left, height);
    context.clip();
    context.globalAlpha = chosen ? 0.14 : 0.05;
    context.fillStyle = colour;
    context.fillRect(left, 0, right - left, height);
    context.globalAlpha = chosen ? 0.42 : 0.16;
    context.strokeStyle = colour;
    context.lineWidth = 1.2;
    context.beginPath();
    // The hatching belongs to the screen, so that it does not swim when zoomed.
    for (let x = Math.floor((left - height) / 7) * 7; x < right; x += 7) {
      context.moveTo(x, height);
      context.lineTo(x + height, 0);
    }
    context.stroke();
    context.globalAlpha = chosen ? 0.9 : 0.4;
    context.lineWidth = 1;
    context.strokeRect(left + 0.5, -1, right - left - 1, height + 2);
    context.restore();
  }
}

function drawLine(sheet: Sheet, track: Track, view: View, top: number): void {
  const { context, width, colours } = sheet;
  const { points } = track;
  const level = levelOf(sheet, track, top);
  const usual =
    points.length > 1
      ? ((points.at(-1)?.atSeconds ?? 0) - (points[0]?.atSeconds ?? 0)) / (points.length - 1)
      : 1;
  const stroke = (bad: boolean) => {
    context.beginPath();
    let before: { atSeconds: number; value: number; isPause: boolean; isBad: boolean } | null = null;
    for (const each of points) {
      const { atSeconds, value } = each;
      if (value === null) {
        before = null;
        continue;
      }
      const { isPause = false } = each;
      const point = { atSeconds, value, isPause, isBad: isOutside(track, each) };
      const joins = before !== null && atSeconds - before.atSeconds < usual * GAP_FACTOR;
      const x = shareOf(view, atSeconds) * width;
      if (before !== null && joins && x > -20 && shareOf(view, before.atSeconds) * width < width + 20) {
        // From a pause on nothing is known of the way to what follows it.
        const isBad = !(isPause || before.isPause) && (point.isBad || before.isBad);
        if (!bad || isBad) {
          context.moveTo(shareOf(view, before.atSeconds) * width, level(before.value));
          context.lineTo(x, level(value));
        }
      } else if (!joins && (!bad || point.isBad)) {
        // A value alone is a dot.
        context.moveTo(x - 0.5, level(value));
        context.lineTo(x + 0.5, level(value));
      }
      before = point;
    }
    context.strokeStyle = bad ? colours.warn : colours.text;
    context.lineWidth = bad ? 2.2 : 1.3;
    context.lineJoin = 'round';
    context.lineCap = 'round';
    context.stroke();
  };
  context.save();
  context.beginPath();
  context.rect(0, top + 1, width, sheet.laneHeight - 1);
  context.clip();
  stroke(false);
  stroke(true);
  context.restore();
}

/** Stretches in which a figure is outside of its band, as they are told to who cannot see them. */
export function outsideOf(track: Track): { readonly from: number; readonly to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  let open: { from: number; to: number } | null = null;
  for (const point of track.points) {
    const { atSeconds } = point;
    if (!isOutside(track, point)) open = null;
    else if (open === null) {
      open = { from: atSeconds, to: atSeconds };
      stretches.push(open);
    } else open.to = atSeconds;
  }
  return stretches;
}

/** The value at a moment: of the nearest point, if one is near. */
export function valueAt({ points }: Track, seconds: number): number | null {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((points[middle]?.atSeconds ?? 0) < seconds) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1] ?? after;
  const near =
    after && before && Math.abs(after.atSeconds - seconds) < Math.abs(before.atSeconds - seconds)
      ? after
      : before;
  return near && Math.abs(near.atSeconds - seconds) < 1.5 ? near.value : null;
}

/** A value of a track as people read it. */
export const valueText = ({ text }: Track, value: number | null): string =>
  value === null ? '–' : text(value);
