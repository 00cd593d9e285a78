/**
 * Sound against picture: one clock of the page drives both through the studio's own recorder, in the real window, into
 * the file. Camera and microphone have no part in it; what their drivers delay is not measured here.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { newestTools } from '../footage/tools.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { measureSync } from './clockedTake.ts';
import { goToStage, recordTake } from './onStage.ts';
import { playPageClock } from './pageClock.ts';
import { watchPage } from './pageWatch.ts';
import { openStudio } from './studioWindow.ts';
import { readOnlyTake } from './takeFiles.ts';

const SECONDS = 30;

async function run({ seconds = SECONDS, folder, say }: BenchContext): Promise<Record<string, Figure>> {
  const studio = await openStudio({ folder, watch: [watchPage, playPageClock], say });
  try {
    await goToStage(studio.page, 'first');
    say(`Recording ${seconds} s of the page’s clock.`);
    await recordTake(studio.page, () => pause(seconds * 1000));
    const { source } = await readOnlyTake(studio.libraryDir);
    const sync = await measureSync(await newestTools(), source);
    for (const { seconds: at, ms } of sync.offsets) say(`${at.toFixed(1)} s: ${ms.toFixed(1)} ms`);
    return {
      pairs: sync.pairs,
      offsetMeanMs: rounded(sync.meanMs),
      offsetMaxMs: rounded(sync.maxMs),
      driftMs: rounded(sync.driftMs),
    };
  } finally {
    await studio.close();
  }
}

const rounded = (value: number): number => Number(value.toFixed(1));

export const bench: Bench = {
  about: 'sound against picture through the recorder, without camera and microphone',
  window: true,
  figures: {
    pairs: 'flashes with their beep',
    offsetMeanMs: 'ms that the sound is late (negative: early), mean',
    offsetMaxMs: 'ms, the largest either way; at most 40 wanted',
    driftMs: 'ms that it changes over the take; at most 20 wanted',
  },
  run,
};
