/** How the figures of a check are written, and how its limits are. */

/** "at least 15 s". */
export const atLeast = (figure: string): string => `at least ${figure}`;
export const atMost = (figure: string): string => `at most ${figure}`;
export const under = (figure: string): string => `under ${figure}`;
/** "30 to 70 %", from two figures without and one with a unit. */
export const between = (least: string, most: string): string => `${least} to ${most}`;

/** Keeps a figure and its unit on one line, for whoever shows a sentence in a column. */
export const unparted = (text: string): string =>
  text.replace(/(\d) (?=%|°|(?:s|ms|min|px|dB|dBFS|dBTP|LU|LUFS|k?Hz|Mb)\b)/g, '$1\u00a0');

/** At most so many digits behind the point, and none that say nothing. */
export function trimmed(value: number, digits: number): string {
  const text = String(Number(value.toFixed(digits)));
  return text === '-0' ? '0' : text;
}

/** 0 to 1 as "12 %"; tenths where less than one per cent decides. */
export function percent(share: number): string {
  const value = share * 100;
  const small = value !== 0 && Math.abs(value) < 1;
  return `${small ? trimmed(value, 1) : trimmed(value, 0)} %`;
}

/** "14.5 s", "2 min 5 s". Tenths only below the shortest take, where they decide. */
export function lengthText(seconds: number): string {
  if (seconds < 15) return `${trimmed(Math.floor(seconds * 10) / 10, 1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const rest = whole % 60;
  return `${Math.floor(whole / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}

/** "0.4 s", "2.5 s". */
export const secondsText = (seconds: number): string => `${trimmed(seconds, seconds < 1 ? 2 : 1)} s`;

export const millisecondsText = (milliseconds: number): string => `${trimmed(milliseconds, 1)} ms`;

/** Below this the measure of loudness (ITU-R BS.1770) hears nothing, LUFS. */
const SILENT_BELOW = -70;

/** "-18.2 LUFS" of a moment, which may be a pause. */
export const loudnessText = (lufs: number): string =>
  lufs < SILENT_BELOW ? 'silent' : `${trimmed(lufs, 1)} LUFS`;

/** "-18.2 dBFS"; what is no sound at all has a word. */
export function levelText(level: number, unit: 'dBFS' | 'LUFS' | 'dBTP'): string {
  return level <= -91 ? 'silent' : `${trimmed(level, 1)} ${unit}`;
}
