import type { FINDING_WORDS } from './findings.ts';

/** Findings in a few words, for the one line under a take. Notes have none: they need nobody. */
const TITLES: Partial<Record<keyof typeof FINDING_WORDS, string>> = {
  DURATION_TOO_SHORT: 'Too short: 15 s at least',
  DURATION_TOO_LONG: 'Too long: 10 min at most',
  DURATION_SHORT: 'A little short',
  DURATION_LONG: 'Longer than needed',
  RESOLUTION_TOO_LOW: 'Picture too small',
  RESOLUTION_LOW: 'Picture a little small',
  FRAME_RATE_OFF: 'Not 30 frames a second',
  FRAMES_UNEVEN: 'Movement stutters',
  FRAMES_MISSING: 'Movement jumps',
  FRAME_GAP: 'Picture stands still',
  AUDIO_MISSING: 'No sound',
  AUDIO_SILENT: 'Sound is silent',
  AUDIO_MOSTLY_SILENT: 'Hardly anybody speaks',
};

/** A finding in a few words; undefined where there are none. */
export function findingTitle(code: string | null): string | undefined {
  return Object.entries(TITLES).find(([known]) => known === code)?.[1];
}
