import { z } from 'zod';
import type { KeyValueFile } from '../studio/settingsFile.ts';

/** What the screens of the program need (pixels). */
const MINIMUM_SIZE = { width: 1024, height: 700 } as const;
const FIRST_SIZE = { width: 1360, height: 860 } as const;
/** A window of which less than this is on a screen cannot be grabbed (pixels). */
const VISIBLE = { width: 120, height: 60 } as const;

const WINDOW_KEY = 'window';

const RectangleSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().positive(),
  height: z.number().int().positive(),
});
type Rectangle = z.infer<typeof RectangleSchema>;
type Size = Pick<Rectangle, 'width' | 'height'>;

const RememberedSchema = z.object({ bounds: RectangleSchema, maximized: z.boolean() });
export type Remembered = z.infer<typeof RememberedSchema>;

/** How the window opens. Without a place it is put in the middle of the main screen. */
interface Start {
  readonly bounds: Rectangle | Size;
  /** What it cannot be made smaller than: no more than the largest screen has room for. */
  readonly minimum: Size;
  readonly maximized: boolean;
}

/**
 * Where the window goes: where it was, if that is still on a screen; otherwise in the middle. It never stands out of
 * its screen because it is larger than that.
 *
 * @param workAreas of all screens, the main one first: what their panels and docks leave free
 */
export function startBounds(remembered: Remembered | null, workAreas: readonly Rectangle[]): Start {
  const main = workAreas[0] ?? { ...FIRST_SIZE, x: 0, y: 0 };
  const minimum = {
    width: Math.min(MINIMUM_SIZE.width, Math.max(main.width, ...workAreas.map((area) => area.width))),
    height: Math.min(MINIMUM_SIZE.height, Math.max(main.height, ...workAreas.map((area) => area.height))),
  };
  const first = fitted(FIRST_SIZE, main);
  if (remembered === null) return { bounds: first, minimum, maximized: false };
  const { bounds, maximized } = remembered;
  const area = workAreas.find(
    (candidate) =>
      overlap(bounds.x, bounds.width, candidate.x, candidate.width) >= VISIBLE.width &&
      // The title bar is at the top: it has to be on the screen, not the bottom edge.
      bounds.y >= candidate.y &&
      bounds.y <= candidate.y + candidate.height - VISIBLE.height,
  );
  if (area === undefined) return { bounds: first, minimum, maximized };
  const size = fitted(bounds, area);
  return {
    bounds: {
      // A window that had to shrink is put on its screen whole; one that was moved half out of it stays there.
      x: size.width < bounds.width ? area.x : bounds.x,
      y: size.height < bounds.height ? area.y : bounds.y,
      width: Math.max(size.width, minimum.width),
      height: Math.max(size.height, minimum.height),
    },
    minimum,
    maximized,
  };
}

/** A size that is no larger than an area. */
function fitted(size: Size, area: Size): Size {
  return { width: Math.min(size.width, area.width), height: Math.min(size.height, area.height) };
}

export function readWindow(file: KeyValueFile): Remembered | null {
  return RememberedSchema.safeParse(file.get(WINDOW_KEY)).data ?? null;
}

export function rememberWindow(file: KeyValueFile, remembered: Remembered): void {
  file.set(WINDOW_KEY, remembered);
}

/** Length that two stretches share; negative when they are apart. */
function overlap(start: number, length: number, otherStart: number, otherLength: number): number {
  return Math.min(start + length, otherStart + otherLength) - Math.max(start, otherStart);
}
