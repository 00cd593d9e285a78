import { useEffect, useState } from 'react';
import { type Edit, isMendedAlike } from '../../../../shared/domain/edit.ts';
import type { Report, Shot } from '../../../../shared/domain/report.ts';
import type { Take } from '../../../../shared/domain/take.ts';
import type { Observations } from '../../../../shared/quality/observations.ts';
import { type Judge, openJudge } from './openJudge.ts';

/** The stored report is of this very part when both ends are as near. Seconds. */
const SAME = 0.05;

const isOf = ({ shot, range, mended, media }: Report, wanted: Shot, edit: Edit): boolean =>
  shot === wanted &&
  Math.abs(range.startSeconds - (edit.cut?.startSeconds ?? 0)) < SAME &&
  Math.abs(range.endSeconds - (edit.cut?.endSeconds ?? media.durationSeconds)) < SAME &&
  isMendedAlike(mended, edit);

/**
 * The report of what is kept, as it will be mended: the stored one where it is of that, else judged here from what was
 * measured, beside the window. Without observations the stored one is all there is.
 * @param edit what a master would be made with; null without observations. The same object while nothing changes
 */
export function useReport(
  stored: Report | null,
  observations: Observations | null,
  { shot, origin }: Pick<Take, 'shot' | 'origin'>,
  edit: Edit | null,
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
  const missing = stored !== null && edit !== null && !isOf(stored, shot, edit);
  useEffect(() => {
    if (missing) judge?.ask({ shot, origin, edit });
  }, [judge, missing, shot, origin, edit]);
  return missing && judged !== null ? judged : stored;
}
