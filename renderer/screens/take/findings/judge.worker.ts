/** Judges what masters of takes would hold, away from the window: of ten minutes it takes longer than a frame may. */
import '../../../app/zodWithoutEval.ts';
import { judgeTake } from '../../../../shared/quality/judgeTake.ts';
import type { Observations } from '../../../../shared/quality/observations.ts';
import type { FromJudge, ToJudge } from './judgeMessages.ts';

let observations: Observations | null = null;

addEventListener('message', ({ data }: MessageEvent<ToJudge>) => {
  if (data.kind === 'observations') {
    observations = data.observations;
    return;
  }
  if (observations === null) return;
  const { shot, origin, edit } = data;
  postMessage({
    report: judgeTake(observations, { shot, origin, edit, now: new Date() }),
  } satisfies FromJudge);
});
