import { useEffect, useState } from 'react';
import type { Report, Shot } from '../../../../shared/domain/report.ts';
import { judgeTake } from '../../../../shared/quality/judgeTake.ts';
import type { Observations, TimeRange } from '../../../../shared/quality/observations.ts';

/** The stored report is of this very part when both ends are as near. Seconds. */
const SAME = 0.05;
/** The picture that follows the pointer comes first; after this long the judgement does. Milliseconds. */
const LATEST_MS = 80;

const isOf = (report: Report, shot: Shot, { startSeconds, endSeconds }: TimeRange): boolean =>
  report.shot === shot &&
  Math.abs(report.range.startSeconds - startSeconds) < SAME &&
  Math.abs(report.range.endSeconds - endSeconds) < SAME;

/**
 * The report of what is kept: the stored one where it is of that part, else judged here from what was measured, once the
 * window has nothing more urgent to do. Without observations the stored one is all there is.
 */
export function useReport(
  stored: Report | null,
  observations: Observations | null,
  shot: Shot,
  kept: TimeRange,
): Report | null {
  const [judged, setJudged] = useState<Report | null>(null);
  const { startSeconds, endSeconds } = kept;
  const fits = stored !== null && isOf(stored, shot, kept);
  useEffect(() => {
    if (fits || stored === null || observations === null) return;
    const work = requestIdleCallback(
      () =>
        setJudged(judgeTake(observations, { shot, range: { startSeconds, endSeconds }, now: new Date() })),
      { timeout: LATEST_MS },
    );
    return () => cancelIdleCallback(work);
  }, [fits, stored, observations, shot, startSeconds, endSeconds]);
  return fits || observations === null ? stored : (judged ?? stored);
}
