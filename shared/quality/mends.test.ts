import { describe, expect, it } from 'vitest';
import { mendLines } from '../words/appMends.ts';
import { type MendsOffered, mendsOffered } from './mends.ts';
import { OBSERVATIONS_VERSION, type Observations, type SoundWindow } from './observations.ts';

const window = (at: number, changes: Partial<SoundWindow>): SoundWindow => ({
  atSeconds: at * 0.4,
  rmsDbfs: -30,
  peakDbfs: -12,
  quietDbfs: -45,
  clippedShare: 0,
  speech: 1,
  loudnessLufs: -31,
  truePeakDbtp: -12,
  humDb: 0,
  ...changes,
});

/** Four of five windows speak at this loudness; the others hold the room. */
function heard(loudnessLufs: number, roomDbfs: number): MendsOffered {
  const windows = Array.from({ length: 50 }, (_, at) =>
    at % 5 === 0
      ? window(at, { speech: 0, rmsDbfs: roomDbfs, loudnessLufs: roomDbfs })
      : window(at, { loudnessLufs, rmsDbfs: loudnessLufs }),
  );
  return mendsOffered(observed({ sound: { windows, peaks: [], humHz: null, echoMs: null } }), null);
}

function observed(changes: Partial<Observations>): Observations {
  return {
    schema: 'twin-studio/observations',
    version: OBSERVATIONS_VERSION,
    source: 'check',
    turn: 0,
    media: {
      container: 'mov,mp4',
      sizeBytes: 1,
      durationSeconds: 20,
      bitRate: 1,
      video: null,
      audio: null,
      faststart: true,
    },
    durationSeconds: 20,
    frameTimes: { intervals: [], keyFrames: [] },
    motion: null,
    pictures: [],
    cuts: [],
    sound: null,
    letterbox: null,
    interlacedShare: null,
    uprightTurn: null,
    sync: null,
    ...changes,
  };
}

describe('loudness', () => {
  it('of a voice that is fine holds the peaks, where some are too high', () => {
    const heardWith = (loudnessLufs: number, truePeakDbtp: number, loud = 50) => {
      const windows = Array.from({ length: 50 }, (_, at) =>
        window(at, { loudnessLufs, truePeakDbtp: at < loud ? truePeakDbtp : -9 }),
      );
      const sound = { windows, peaks: [], humHz: null, echoMs: null };
      return mendsOffered(observed({ sound }), null).loudness;
    };
    expect(heardWith(-21, -3.1)).toEqual({ offered: false, why: 'fine' });
    // A few loud syllables do no harm.
    expect(heardWith(-21, -0.4, 1)).toEqual({ offered: false, why: 'fine' });
    for (const voice of [-21, -21.6, -20.5]) {
      const offer = heardWith(voice, -0.4);
      expect(offer).toMatchObject({ offered: true, gainDb: 0, fromLufs: offer.offered && offer.toLufs });
      expect(mendLines.loudness(offer)).toMatch(/^Holds the loudest moments under -3 dBTP/);
    }
  });
  it.each([
    [-31, { offered: true, gainDb: 10 }],
    [-12, { offered: true, gainDb: -9 }],
    [-21.5, { offered: false, why: 'fine' }],
    [-42, { offered: false, why: 'too-quiet' }],
  ])('a voice of %s LUFS', (loudness, offer) => {
    expect(heard(loudness, -70).loudness).toMatchObject(offer);
  });
});

describe('noise', () => {
  it.each([
    ['a noisy room', -21, -50, { offered: true, fromDbfs: -50, toDbfs: -60 }],
    ['a quiet room', -21, -65, { offered: false, why: 'quiet' }],
    ['a quiet room that the gain would lift', -31, -65, { offered: true }],
    ['noise close to the voice', -21, -35, { offered: false, why: 'too-loud' }],
  ])('%s', (_name, voice, room, offer) => {
    expect(heard(voice, room).noise).toMatchObject(offer);
  });

  it('is told from the moments between the words where nobody pauses', () => {
    const windows = Array.from({ length: 50 }, (_, at) => window(at, { rmsDbfs: -24, quietDbfs: -72 }));
    const { noise } = mendsOffered(
      observed({ sound: { windows, peaks: [], humHz: null, echoMs: null } }),
      null,
    );
    expect(noise).toEqual({ offered: false, why: 'quiet' });
  });
});

it('nothing is offered of what was not measured', () => {
  const { loudness, noise, letterbox, exposure } = mendsOffered(observed({}), null);
  expect([loudness, noise, letterbox, exposure].some(({ offered }) => offered)).toBe(false);
});
