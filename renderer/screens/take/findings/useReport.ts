import { useEffect, useState } from 'react';
import type { Report, Shot } from '../../../../shared/domain/report.ts';
import type { Observations, TimeRange } from '../../../../shared/quality/observations.ts';
import { type Judge, openJudge } from './openJudge.ts';

/** The stored report is of this very part when both ends are as near. Seconds. */
const SAME = 0.05;

const isOf = (report: Report, shot: Shot, { startSeconds, endSeconds }: TimeRange): boolean =>
  report.shot === shot &&
  Math.abs(report.range.startSeconds - startSeconds) < SAME &&
  Math.abs(report.range.endSeconds - endSeconds) < SAME;

/**
 * The report of what is kept: the stored one where it is of that part, else judged here from what was measured, beside
 * the window. Without observations the stored one is all there is.
 */
export function useReport(
  stored: Report | null,
  observations: Observations | null,
  shot: Shot,
  kept: TimeRange,
): Report | null {
  const [judged, setJudged] = useState<Report | null>(null);
  const [judge, setJudge] = useState<Judge | null>(null);
  useEffect(() => {
    if (observations === null) return;
    const opened = openJudge(observations, setJudged);
    setJudge(opened);
    return () => {
      opened.close();
      setJudge(null);
      setJudged(null);
    };
  }, [observations]);
  const { startSeconds, endSeconds } = kept;
  const fits = stored !== null && isOf(stored, shot, kept);
  const missing = !fits && stored !== null;
  useEffect(() => {
    if (missing) judge?.ask(shot, { startSeconds, endSeconds });
  }, [judge, missing, shot, startSeconds, endSeconds]);
  return missing && judged !== null ? judged : stored;
}
