import { useMemo } from 'react';
import type { Take } from '../../../../shared/domain/take.ts';
import { timesOf } from '../../../../shared/quality/frameTimes.ts';
import type { Observations } from '../../../../shared/quality/observations.ts';
import { evenFrames } from './frames.ts';

/** When each frame of a take is shown, seconds: as measured, else as its rate has it. */
export function useFrames(
  { media }: Pick<Take, 'media'>,
  observations: Observations | null,
  durationSeconds: number,
): readonly number[] {
  const rate = media?.video?.averageFrameRate ?? 30;
  return useMemo(() => {
    const known = observations === null ? [] : timesOf(observations.frameTimes);
    return known.length > 0 ? known : evenFrames(rate, durationSeconds);
  }, [observations, rate, durationSeconds]);
}
