import type { StageSettings } from '../../../../shared/settings.ts';

export type TeleprompterSettings = StageSettings['teleprompter'];

/** What changes how the text looks and runs, and is remembered. */
export const ADJUSTMENTS = ['slower', 'faster', 'smaller', 'bigger', 'narrower', 'wider', 'mirror'] as const;
export type Adjustment = (typeof ADJUSTMENTS)[number];

/** What is done to the text by a key or a button: it is adjusted, moved, hidden or shown. */
export type Command = Adjustment | 'hold' | 'restart' | 'show';

/** Bounds as the settings hold them, and one press of a key. */
export const STEPS = {
  wordsPerMinute: { least: 60, most: 240, step: 5 },
  textSize: { least: 16, most: 60, step: 2 },
  /** Percent, so that steps add up exactly. */
  width: { least: 25, most: 100, step: 5 },
} as const;

const moved = (value: number, { least, most, step }: (typeof STEPS)[keyof typeof STEPS], by: 1 | -1) =>
  Math.min(most, Math.max(least, value + by * step));

/** The settings after one press. The same object when there is nothing left to change. */
export function adjust(settings: TeleprompterSettings, adjustment: Adjustment): TeleprompterSettings {
  const { wordsPerMinute, textSize } = settings;
  const width = Math.round(settings.width * 100);
  const changes: Partial<TeleprompterSettings> = {
    slower: { wordsPerMinute: moved(wordsPerMinute, STEPS.wordsPerMinute, -1) },
    faster: { wordsPerMinute: moved(wordsPerMinute, STEPS.wordsPerMinute, 1) },
    smaller: { textSize: moved(textSize, STEPS.textSize, -1) },
    bigger: { textSize: moved(textSize, STEPS.textSize, 1) },
    narrower: { width: moved(width, STEPS.width, -1) / 100 },
    wider: { width: moved(width, STEPS.width, 1) / 100 },
    mirror: { mirrored: !settings.mirrored },
  }[adjustment];
  const next = { ...settings, ...changes };
  const same =
    next.wordsPerMinute === wordsPerMinute &&
    next.textSize === textSize &&
    next.width === settings.width &&
    next.mirrored === settings.mirrored;
  return same ? settings : next;
}
