/** What is said of recordings by itself: their names, and what became of those that were interrupted. */
import { time } from './appNumbers.ts';

const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long' });

/** "2 min 14 s", "45 s". */
function lengthOf(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

export const recordingWords = {
  /** Name of a recorded take, until a person gives it another one. */
  takeName: (startedAt: string): string =>
    `Take ${dayOfYear.format(new Date(startedAt))}, ${time(startedAt)}`,
  /** `seconds` are null where only playing it would tell. */
  kept: (startedAt: string, seconds: number | null): string =>
    seconds === null
      ? `A recording that began at ${time(startedAt)} was interrupted. It was kept.`
      : `A recording was interrupted at ${time(new Date(Date.parse(startedAt) + seconds * 1000).toISOString())}. It was kept: ${lengthOf(seconds)}.`,
  /** Of one that had ended well, and could not be kept at once, e.g. because the disk was full. */
  keptLater: (startedAt: string, seconds: number | null): string =>
    `The recording that began at ${time(startedAt)} could not be kept when it ended. It is kept now${seconds === null ? '.' : `: ${lengthOf(seconds)}.`}`,
  nothingKept: (startedAt: string): string =>
    `A recording that began at ${time(startedAt)} was interrupted before its first second was stored. There was nothing to keep.`,
  setAside: (startedAt: string, folder: string): string =>
    `A recording that began at ${time(startedAt)} was interrupted, and what is left of it cannot be played. It was set aside in “${folder}”. Nothing was deleted.`,
} as const;
