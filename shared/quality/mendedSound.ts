/** The sound of a take once it is mended: the room between words is quieter first, then all of it louder. Pure. */
import type { Mended } from '../domain/edit.ts';
import { GATE_OVER_NOISE, MENDED_PEAK, NOISE_REDUCTION } from './mends.ts';
import type { SoundTrack, SoundWindow } from './observations.ts';
import { SOUND_WINDOW_SECONDS } from './sampling.ts';
import { DIGITAL_SILENCE } from './sound.ts';
import { PEAK_SECONDS } from './timeline.ts';

type SoundMends = Pick<Mended, 'gainDb' | 'noiseDbfs'>;

/**
 * Levels as the master will have them. What was clipped stays so: made quieter it is as torn as before. Speech, hum and
 * echo are told by shapes and not by levels, so they stay too.
 */
export function mendedSound(sound: SoundTrack, mends: SoundMends): SoundTrack {
  if (mends.gainDb === null && mends.noiseDbfs === null) return sound;
  const changes = sound.windows.map((window) => changeOf(window, mends));
  const first = sound.windows[0]?.atSeconds ?? 0;
  const highest = mends.gainDb === null ? Number.POSITIVE_INFINITY : MENDED_PEAK;
  return {
    ...sound,
    windows: sound.windows.map((window, index) => changed(window, changes[index] ?? 0, highest)),
    peaks: sound.peaks.map((peak, index) => {
      const at = Math.floor((index * PEAK_SECONDS - first) / SOUND_WINDOW_SECONDS);
      const change = changes[Math.min(Math.max(0, at), changes.length - 1)] ?? 0;
      return Math.round(Math.min(peak * amplitude(change), 255 * amplitude(highest)));
    }),
  };
}

/** By how many decibels a window changes. */
function changeOf({ rmsDbfs }: SoundWindow, { gainDb, noiseDbfs }: SoundMends): number {
  return (gainDb ?? 0) - (noiseDbfs === null ? 0 : quietening(rmsDbfs, noiseDbfs));
}

/**
 * The gate hears levels, not words: what lies under its threshold goes down by twice the distance to it, and at most by
 * what the room is to be quieter.
 */
function quietening(rmsDbfs: number, noiseDbfs: number): number {
  return Math.min(NOISE_REDUCTION, Math.max(0, 2 * (noiseDbfs + GATE_OVER_NOISE - rmsDbfs)));
}

function changed(window: SoundWindow, decibels: number, highest: number): SoundWindow {
  const level = (before: number) =>
    before <= DIGITAL_SILENCE ? before : Math.max(DIGITAL_SILENCE, before + decibels);
  const peak = (before: number) => Math.min(level(before), highest);
  return {
    ...window,
    rmsDbfs: level(window.rmsDbfs),
    quietDbfs: level(window.quietDbfs),
    loudnessLufs: level(window.loudnessLufs),
    peakDbfs: peak(window.peakDbfs),
    truePeakDbtp: peak(window.truePeakDbtp),
  };
}

const amplitude = (decibels: number): number => 10 ** (decibels / 20);
