/** The part of a take that the timeline shows. Seconds. */
export interface View {
  readonly from: number;
  readonly to: number;
}

/** Less than this is not shown: single frames are stepped through in the player. */
const LEAST_SECONDS = 2;
/** Room between two times of the ruler, pixels. */
const TICK_ROOM = 76;
const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300] as const;

export const wholeView = (total: number): View => ({ from: 0, to: Math.max(total, LEAST_SECONDS) });

export const isWhole = (view: View, total: number): boolean => view.to - view.from >= total - 0.01;

/** Moves a part of a given width to where it lies inside the take. */
function placed(from: number, width: number, total: number): View {
  const fitting = Math.min(Math.max(width, LEAST_SECONDS), Math.max(total, LEAST_SECONDS));
  const start = Math.min(Math.max(from, 0), Math.max(total - fitting, 0));
  return { from: start, to: start + fitting };
}

/** Shows `factor` times as little around a moment, which stays where it is on the screen. */
export function zoomed(view: View, factor: number, around: number, total: number): View {
  const width = view.to - view.from;
  const next = Math.min(Math.max(width / factor, LEAST_SECONDS), Math.max(total, LEAST_SECONDS));
  const share = (around - view.from) / width;
  return placed(around - share * next, next, total);
}

export const scrolled = (view: View, seconds: number, total: number): View =>
  placed(view.from + seconds, view.to - view.from, total);

/** The same width where the moment can be seen: a page further when it was passed while playing. */
export function following(view: View, seconds: number, total: number): View {
  if (seconds >= view.from && seconds <= view.to) return view;
  return placed(seconds - (view.to - view.from) * 0.1, view.to - view.from, total);
}

/** Shows a place with some room around it, zooming in only when it would be too small to see. */
export function closeUpOf(place: View, total: number): View {
  const width = Math.max((place.to - place.from) * 3, 20);
  return placed((place.from + place.to - width) / 2, width, total);
}

/** Times for the ruler, evenly spaced on round figures, so that none touch. */
export function ticksOf(view: View, pixels: number): { readonly step: number; readonly times: number[] } {
  const width = view.to - view.from;
  const most = Math.max(1, Math.floor(pixels / TICK_ROOM));
  const step = STEPS.find((candidate) => width / candidate <= most) ?? STEPS[STEPS.length - 1] ?? 300;
  const first = Math.ceil(view.from / step - 1e-9);
  const last = Math.floor(view.to / step + 1e-9);
  return {
    step,
    times: Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step),
  };
}

/** Where a time lies, as a share of the width: 0 at the left edge, 1 at the right. */
export const shareOf = (view: View, seconds: number): number => (seconds - view.from) / (view.to - view.from);
