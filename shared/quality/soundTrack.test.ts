import { describe, expect, it } from 'vitest';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { makeVoice } from '../../tests/footage/voice.mjs';
import { type Hearing, louder, ringing, room as steadyRoom } from '../../tests/quality/sounds.ts';
import { SoundTrackSchema } from './observations.ts';
import { measureSound } from './sound.ts';
import { type HeardSound, SoundListener } from './soundTrack.ts';

const RATE = 48_000;
const WINDOW = 19_200;
const voice = makeVoice(18);

/** Heard in pieces of an odd length, as a pipe gives them. */
function hear(channels: readonly Float32Array[], piece = 7001): HeardSound {
  const count = channels.length;
  const length = channels[0]?.length ?? 0;
  const listener = new SoundListener(count);
  for (let start = 0; start < length; start += piece) {
    const frames = Math.min(piece, length - start);
    const mixed = new Float32Array(frames * count);
    for (const [channel, samples] of channels.entries())
      for (let at = 0; at < frames; at += 1) mixed[at * count + channel] = samples[start + at] ?? 0;
    listener.add(mixed);
  }
  return listener.end();
}

describe('a track of sound', () => {
  const quiet = voice.subarray(0, WINDOW * 5 + WINDOW / 2 + 100).map((value) => value / 2);
  const loud = voice.subarray(0, quiet.length);
  const { track } = hear([quiet, loud]);

  it('has windows one after the other, with levels as the stage measures them', () => {
    expect(track.windows.map(({ atSeconds }) => atSeconds)).toEqual([0, 0.4, 0.8, 1.2, 1.6, 2]);
    for (const [index, window] of track.windows.entries()) {
      const range = [index * WINDOW, (index + 1) * WINDOW] as const;
      const stage = measureSound([quiet.subarray(...range), loud.subarray(...range)], 0);
      expect(window.rmsDbfs).toBeCloseTo(stage.rmsDbfs, 1);
      expect(window.peakDbfs).toBeCloseTo(stage.peakDbfs, 1);
      expect(window.quietDbfs).toBeCloseTo(stage.quietDbfs, 1);
    }
  });

  it('is what may be kept', () => {
    expect(SoundTrackSchema.parse(track)).toEqual(track);
    expect(track.peaks).toHaveLength(5.5 * 20 + 1);
  });

  it('is the same however it comes', () => {
    expect(hear([quiet, loud], 960).track).toEqual(track);
  });

  it('adds the loudness of channels, and has the higher of their peaks', () => {
    const [alone, both] = [hear([loud]).track.windows[1], hear([loud, loud]).track.windows[1]];
    expect((both?.loudnessLufs ?? 0) - (alone?.loudnessLufs ?? 0)).toBeCloseTo(3.01, 1);
    expect(track.windows[1]?.truePeakDbtp).toBe(alone?.truePeakDbtp);
  });

  it('of next to nothing has one window, and of nothing none', () => {
    expect(hear([new Float32Array(10)]).track.windows).toHaveLength(1);
    expect(hear([new Float32Array(0)]).track).toEqual({ windows: [], peaks: [], humHz: null, echoMs: null });
  });

  it.each([50, 60] as const)('tells hum of %d Hz under speech by its pauses', (mains) => {
    const humming = voice.map((value, at) => {
      const phase = (2 * Math.PI * mains * at) / RATE;
      return value + 0.003 * (Math.sin(phase) + Math.sin(2 * phase) / 2 + Math.sin(3 * phase) / 2);
    });
    expect(hear([humming]).track.humHz).toBe(mains);
    expect(hear([voice]).track.humHz).toBeNull();
  });

  it('tells how long a room rings', () => {
    const echoIn = (room: Hearing) => hear([room(voice) ?? voice]).track.echoMs ?? Number.NaN;
    const [none = 0, office = 0, hall = 0] = [louder(0), ringing(0.6), ringing(1.2)].map(echoIn);
    expect(none).toBeLessThan(100);
    expect(office).toBeGreaterThan(none + 50);
    // A voice that is made stops faster than a person's: it is heard on its own longer.
    expect(hall).toBeGreaterThan(office + 50);
  });

  it('does not take a noise for a room, and cannot tell where nobody speaks', () => {
    const tone = Float32Array.from({ length: 8 * RATE }, (_, at) => Math.sin(at / 20) / 2);
    expect(hear([tone]).track.echoMs).toBeNull();
    for (const decibels of [-42, -30, -24, -18, -12]) {
      const { echoMs } = hear([steadyRoom(decibels)(voice) ?? voice]).track;
      expect(echoMs ?? 0, `${decibels} dB`).toBeLessThan(200);
    }
  });
});

describe('jumps of sound', () => {
  it('are found where some of it was cut out in the middle of a word, and hardly anywhere else', () => {
    const cutAt = 6.1;
    const spliced = new Float32Array(12 * RATE);
    spliced.set(voice.subarray(0, cutAt * RATE));
    spliced.set(
      voice.subarray(9.3 * RATE, 9.3 * RATE + spliced.length - cutAt * RATE),
      Math.round(cutAt * RATE),
    );
    const { jumps } = hear([spliced]);
    expect(jumps.at(cutAt)).toBeGreaterThan(3);
    const elsewhere = Array.from({ length: 100 }, (_, index) => jumps.at(1 + index * 0.1) ?? 0).filter(
      (_jump, index) => Math.abs(1 + index * 0.1 - cutAt) > 0.1,
    );
    expect(elsewhere.filter((jump) => jump >= 3).length).toBeLessThan(8);
  });

  it('cannot be told at the very ends, nor in too little sound', () => {
    const { jumps } = hear([voice.subarray(0, 4 * RATE)]);
    expect(jumps.at(0)).toBeNull();
    expect(jumps.at(4)).toBeNull();
    expect(jumps.at(900)).toBeNull();
    expect(jumps.at(2)).not.toBeNull();
    expect(hear([voice.subarray(0, RATE / 2)]).jumps.at(0.2)).toBeNull();
  });

  it('are none in silence', () => {
    expect(hear([new Float32Array(4 * RATE)]).jumps.at(2)).toBe(0);
  });
});
