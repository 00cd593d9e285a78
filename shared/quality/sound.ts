/** What a window of sound is like, and what many of them say about voice and room. */
import type { SoundSample } from './observation.ts';

/** Stands for digital silence, dBFS. */
export const DIGITAL_SILENCE = -120;
/** A sample from here on has most likely hit the ceiling. */
const CLIPPED = 0.999;
/** A window is heard in so many parts to find its quietest. */
const PARTS = 8;

/**
 * Level of one window of sound, one array a channel with samples from -1 to 1: of the loudest channel, dBFS. A
 * constant offset, which cheap inputs have, is not sound and does not count to the level. Meant for
 * `SOUND_WINDOW_SECONDS` (19,200 samples at 48 kHz); any length works, and none at all is silence.
 */
export function measureSound(channels: readonly Float32Array[], atSeconds: number): SoundSample {
  let rmsDbfs = DIGITAL_SILENCE;
  let peakDbfs = DIGITAL_SILENCE;
  let quietDbfs = DIGITAL_SILENCE;
  let clippedShare = 0;
  for (const samples of channels) {
    const channel = channelLevel(samples);
    rmsDbfs = Math.max(rmsDbfs, channel.rmsDbfs);
    peakDbfs = Math.max(peakDbfs, channel.peakDbfs);
    quietDbfs = Math.max(quietDbfs, channel.quietDbfs);
    clippedShare = Math.max(clippedShare, channel.clippedShare);
  }
  return { atSeconds, rmsDbfs, peakDbfs, quietDbfs, clippedShare };
}

function channelLevel(samples: Float32Array): Omit<SoundSample, 'atSeconds'> {
  let peak = 0;
  let clipped = 0;
  // By index: half a million samples come every second of the check, and an iterator costs three times as much.
  for (let at = 0; at < samples.length; at += 1) {
    const size = Math.abs(samples[at] ?? 0);
    if (size > peak) peak = size;
    if (size >= CLIPPED) clipped += 1;
  }
  const part = Math.ceil(samples.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_unused, index) =>
    levelOf(samples.subarray(index * part, (index + 1) * part)),
  );
  return {
    rmsDbfs: levelOf(samples),
    peakDbfs: toDecibel(peak),
    quietDbfs: Math.min(...parts),
    clippedShare: clipped / Math.max(1, samples.length),
  };
}

/** Level without a constant offset, dBFS. */
function levelOf(samples: Float32Array): number {
  let sum = 0;
  let squares = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const sample = samples[at] ?? 0;
    sum += sample;
    squares += sample * sample;
  }
  const count = Math.max(1, samples.length);
  return toDecibel(Math.sqrt(Math.max(0, squares / count - (sum / count) ** 2)));
}

/** dBFS of an amplitude where 1 is full scale; -120 for silence. */
export function toDecibel(amplitude: number): number {
  return amplitude <= 0 ? DIGITAL_SILENCE : Math.max(DIGITAL_SILENCE, 20 * Math.log10(amplitude));
}
