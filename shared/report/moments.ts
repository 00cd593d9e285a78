/** Which moments of a take a report shows. Pure: the same report gives the same moments. */
import type { Finding, Report, Severity } from '../domain/report.ts';

/** A moment that is worth a picture, and what there is to see. */
export interface Moment {
  /** Whole milliseconds of the take; also the name of its picture. */
  readonly atMs: number;
  /** What the findings say about it, the most important first; empty for a moment that only shows the take. */
  readonly findings: readonly { readonly severity: Severity; readonly message: string }[];
}

/** What is heard shows in no picture. */
const HEARD: ReadonlySet<string> = new Set([
  'SPEECH_MISSING',
  'AUDIO_SILENT',
  'AUDIO_MOSTLY_SILENT',
  'CLIPPING',
  'PEAKS_HIGH',
  'VOICE_QUIET',
  'VOICE_LOUD',
  'ROOM_NOISE',
  'HUM',
  'ECHO',
  'LONG_SILENCE',
  'SOUND_OFF',
  'SOUND_DRIFTS',
]);

/** More pictures than this make the file too large to send. */
const MOST_MOMENTS = 6;
/** Findings so close together show in one picture. */
const SAME_MOMENT_MS = 400;

/**
 * When a finding is seen at its worst, in whole milliseconds of the take; null where there is nothing to see. Notes have
 * no such moment: nothing is wrong there.
 */
export function worstSeenMs({ code, severity, worstAtSeconds }: Finding): number | null {
  if (severity === 'info' || worstAtSeconds === null || HEARD.has(code)) return null;
  return Math.round(worstAtSeconds * 1000);
}

/**
 * The worst moments of a take in the order of its findings, at most six. Where no finding has a moment, one from the
 * middle, so that a reader sees which take it is.
 */
export function worstMoments(report: Report): Moment[] {
  if (report.media.video === null) return [];
  const moments: { atMs: number; findings: { severity: Severity; message: string }[] }[] = [];
  for (const finding of report.findings) {
    const { severity, message } = finding;
    const atMs = worstSeenMs(finding);
    if (atMs === null) continue;
    const near = moments.find((moment) => Math.abs(moment.atMs - atMs) <= SAME_MOMENT_MS);
    if (near !== undefined) near.findings.push({ severity, message });
    else if (moments.length < MOST_MOMENTS) moments.push({ atMs, findings: [{ severity, message }] });
  }
  if (moments.length > 0) return moments;
  const { startSeconds, endSeconds } = report.range;
  return [{ atMs: Math.round(((startSeconds + endSeconds) / 2) * 1000), findings: [] }];
}
