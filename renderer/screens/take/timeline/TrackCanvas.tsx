import { memo, useEffect, useRef } from 'react';
import type { Timeline } from '../../../../shared/quality/timeline.ts';
import type { Mark } from '../marks.ts';
import { coloursOf, drawTracks } from './draw.ts';
import type { View } from './view.ts';

/** A canvas as sharp as the screen. Null while it has no size. */
export function sharpContext(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | null {
  const scale = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = width > 0 && height > 0 ? canvas.getContext('2d') : null;
  context?.setTransform(scale, 0, 0, scale, 0, 0);
  return context;
}

/** All tracks of a take, drawn when something of them changes; words for them stand in the lanes over it. */
export const TrackCanvas = memo(function TrackCanvas({
  timeline,
  view,
  marks,
  selected,
  width,
  laneHeight,
  theme,
}: {
  readonly timeline: Timeline;
  readonly view: View;
  readonly marks: readonly Mark[];
  /** Key of the selected mark. */
  readonly selected: string | null;
  readonly width: number;
  readonly laneHeight: number;
  readonly theme: string;
}) {
  const ref = useRef<HTMLCanvasElement>(null);
  const height = timeline.tracks.length * laneHeight;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another theme has other colours
  useEffect(() => {
    const canvas = ref.current;
    const context = canvas && sharpContext(canvas, width, height);
    if (!context) return;
    drawTracks({ context, width, laneHeight, colours: coloursOf(canvas) }, timeline, view, marks, selected);
  }, [timeline, view, marks, selected, width, height, laneHeight, theme]);
  return <canvas ref={ref} className="tracks" style={{ width, height }} />;
});
