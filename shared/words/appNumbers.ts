/** How figures are written for people. Pure; the caller gives the time it is. */

const LOCALE = 'en-GB';

const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat('en-US', { weekday: 'long' });
const dayAndMonth = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const dayMonthYear = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'long', year: 'numeric' });
const grouped = new Intl.NumberFormat('en-US');

const DAY_MS = 86_400_000;

/** A whole number with thousands separated: 10,000. */
export const count = (value: number): string => grouped.format(value);

/** "1 take", "3 takes". */
export const plural = (value: number, one: string, many: string): string =>
  `${count(value)} ${value === 1 ? one : many}`;

/** Up to nine in letters, as in running text. */
export const spelled = (value: number): string =>
  ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'][value] ?? count(value);

/** Length of a video: 3:42, 1:02:05. Negative and unfinished values read as 0:00. */
export function length(seconds: number): string {
  // Containers round their times: 15.999 s is 16 s to everybody.
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds + 0.02)) : 0;
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** A moment of a video to the hundredth: 3:42.07. */
export function preciseLength(seconds: number): string {
  const hundredths = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds * 100 + 0.001)) : 0;
  return `${length(Math.floor(hundredths / 100))}.${String(hundredths % 100).padStart(2, '0')}`;
}

/** Length of a whole video, to the nearest second: 15.96 s is 0:16 to everybody. */
export const wholeLength = (seconds: number): string => length(Math.round(seconds));

/** How long something still takes: "21 s", "4 min", "2 h 10 min". */
export function duration(seconds: number): string {
  if (seconds < 1) return 'under a second';
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const;

function scaled(bytes: number): { value: number; unit: number } {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return { value, unit };
}

const digits = (value: number, unit: number) =>
  unit > 0 && value < 10 ? value.toFixed(1) : String(Math.round(value));

/** 227 MB, 1.4 GB. Decimal units, as disks and networks count. */
export function bytes(value: number): string {
  const { value: figure, unit } = scaled(value);
  return `${digits(figure, unit)} ${UNITS[unit] ?? ''}`;
}

/** "141 of 227 MB": both in the unit of the whole. */
export function bytesOf(done: number, total: number): string {
  const { value, unit } = scaled(total);
  return `${digits(done / 1000 ** unit, unit)} of ${digits(value, unit)} ${UNITS[unit] ?? ''}`;
}

export const rate = (bytesPerSecond: number): string => `${bytes(bytesPerSecond)}/s`;

/** 0 to 1 as "62 %". Never says 100 before it is done. */
export const percent = (share: number): string =>
  `${share >= 1 ? 100 : Math.min(99, Math.floor(share * 100))} %`;

/** $1.25. Shows fractions of a cent only where there are some. */
export function usd(value: number): string {
  const cents = Math.round(value * 100) / 100;
  return Math.abs(value - cents) < 0.000_05 ? `$${cents.toFixed(2)}` : `$${value.toFixed(4)}`;
}

const startOfDay = (at: Date) => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();

/** When something was, as short as it stays clear: "10:42", "Yesterday", "Monday", "12 Nov", "12 Nov 2024". */
export function moment(instant: string, now: Date): string {
  const at = new Date(instant);
  const days = Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
  if (days <= 0) return clock.format(at);
  if (days === 1) return 'Yesterday';
  if (days < 7) return weekday.format(at);
  return at.getFullYear() === now.getFullYear()
    ? dayAndMonth.format(at)
    : `${dayAndMonth.format(at)} ${at.getFullYear()}`;
}

/** The day in full, for records: "22 November 2026". */
export const day = (instant: string): string => dayMonthYear.format(new Date(instant));

/** The time of day: "10:42". */
export const time = (instant: string): string => clock.format(new Date(instant));

/** How long ago, in running text: "for 9 min". */
export const since = (instant: string, now: Date): string =>
  `for ${duration(Math.max(1, (now.getTime() - new Date(instant).getTime()) / 1000))}`;
