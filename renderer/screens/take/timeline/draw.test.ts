import { expect, test } from 'vitest';
import type { Track } from '../../../../shared/quality/timeline.ts';
import { loudnessText } from '../../../../shared/words/figures.ts';
import { type Colours, drawTracks, valueText } from './draw.ts';

const COLOURS: Colours = {
  sunken: 'sunken',
  line: 'line',
  pass: 'pass',
  warn: 'warn',
  fail: 'fail',
  info: 'info',
  text: 'text',
};
const LANE_HEIGHT = 32;

const LOUDNESS: Track = {
  code: 'LOUDNESS',
  label: 'Loudness',
  unit: 'LUFS',
  band: { least: -26, most: -16 },
  scale: { least: -60, most: 0 },
  points: [-20, -20, -50, -120, -20].map((value, atSeconds) => ({ atSeconds, value })),
  text: loudnessText,
};

/** A canvas that only remembers the lines it was asked for: by their colour, from one point to the next. */
function drawnLines(track: Track): Record<string, [from: number[], to: number[]][]> {
  const lines: Record<string, [number[], number[]][]> = {};
  let path: [number[], number[]][] = [];
  let at: number[] = [];
  const known: Record<string, unknown> = {
    beginPath: () => {
      path = [];
    },
    moveTo: (x: number, y: number) => {
      at = [x, y];
    },
    lineTo: (x: number, y: number) => {
      path.push([at, [x, y]]);
      at = [x, y];
    },
    stroke: () => {
      lines[String(known.strokeStyle)] = path;
    },
  };
  const context = new Proxy(known, { get: (target, name: string) => target[name] ?? (() => undefined) });
  drawTracks(
    {
      context: context as unknown as CanvasRenderingContext2D,
      width: 400,
      laneHeight: LANE_HEIGHT,
      colours: COLOURS,
    },
    { durationSeconds: 4, tracks: [track], waveform: null },
    { from: 0, to: 4 },
    [],
    null,
  );
  return lines;
}

test('a line goes on along the edge of its row where its values lie beyond, and has the colour of trouble there', () => {
  const { text, warn } = drawnLines(LOUDNESS);
  const joined = text?.filter(([from, to]) => to[0] !== undefined && to[0] - (from[0] ?? 0) > 1);
  expect(joined?.map(([, to]) => to[0])).toEqual([100, 200, 300, 400]);
  const [, low, silent] = joined?.map(([, to]) => to[1]) ?? [];
  expect(low).toBe(silent);
  expect(silent).toBeLessThan(LANE_HEIGHT);
  expect(warn?.map(([from, to]) => [from[0], to[0]])).toEqual([
    [100, 200],
    [200, 300],
    [300, 400],
  ]);
});

test('silence is called so, and has no figure', () => {
  expect(valueText(LOUDNESS, -120)).toBe('silent');
  expect(valueText(LOUDNESS, -50)).toBe('-50 LUFS');
  expect(valueText(LOUDNESS, null)).toBe('–');
});
