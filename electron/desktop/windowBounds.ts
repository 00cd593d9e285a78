import { z } from 'zod';
import type { KeyValueFile } from '../studio/settingsFile.ts';

export const MINIMUM_SIZE = { width: 1024, height: 700 } as const;
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

const RememberedSchema = z.object({ bounds: RectangleSchema, maximized: z.boolean() });
export type Remembered = z.infer<typeof RememberedSchema>;

/** Where the window goes: where it was, if that is still on a screen; otherwise in the middle. */
export function startBounds(
  remembered: Remembered | null,
  workAreas: readonly Rectangle[],
): { readonly bounds: Rectangle | typeof FIRST_SIZE; readonly maximized: boolean } {
  if (remembered === null) return { bounds: FIRST_SIZE, maximized: false };
  const { bounds, maximized } = remembered;
  const reachable = workAreas.some(
    (area) =>
      overlap(bounds.x, bounds.width, area.x, area.width) >= VISIBLE.width &&
      // The title bar is at the top: it has to be on the screen, not the bottom edge.
      bounds.y >= area.y &&
      bounds.y <= area.y + area.height - VISIBLE.height,
  );
  if (!reachable) return { bounds: FIRST_SIZE, maximized };
  const width = Math.max(bounds.width, MINIMUM_SIZE.width);
  const height = Math.max(bounds.height, MINIMUM_SIZE.height);
  return { bounds: { ...bounds, width, height }, maximized };
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
