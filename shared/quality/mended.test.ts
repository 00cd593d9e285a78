/** What a take will be once it is mended; against masters it is held in tests/integration/mendedFigures.test.ts. */
import { describe, expect, it } from 'vitest';
import { isSpeaking, type TakeChange, takeOf } from '../../tests/doubles/takeObservations.ts';
import { type Edit, NO_EDIT, NOTHING_MENDED } from '../domain/edit.ts';
import { NO_MENDS } from '../domain/review.ts';
import { editOf } from './edit.ts';
import { judgeTake } from './judgeTake.ts';
import { mendedObservations } from './mended.ts';
import type { Observations } from './observations.ts';
import { turnedBox } from './reframe.ts';

const shot = 'head-and-shoulders';
const report = (observations: Observations, mended: Partial<Edit> = {}) =>
  judgeTake(observations, { shot, origin: 'imported', edit: { ...NO_EDIT, ...mended }, now: new Date(0) });
const codes = (observations: Observations, mended: Partial<Edit> = {}) =>
  report(observations, mended).findings.map(({ severity, code }) => `${severity} ${code}`);
const value = (observations: Observations, mended: Partial<Edit>, code: string) =>
  report(observations, mended).measures.find((measure) => measure.code === code)?.value;
const seen = (change: TakeChange) => takeOf(shot, change);

describe('nothing that is mended', () => {
  it('leaves everything as it is', () => {
    const observations = seen({});
    expect(mendedObservations(observations, NOTHING_MENDED)).toBe(observations);
    expect(report(observations)).toMatchObject({ mended: NOTHING_MENDED, findings: [] });
  });

  it('and mends that are not offered are the same report', () => {
    const observations = seen({ window: (at) => (isSpeaking(at) ? { loudnessLufs: -20.5 } : {}) });
    const mends = { ...NO_MENDS, loudness: true, noise: true, letterbox: true, exposure: true };
    const edit = editOf(observations, { trim: null, mends });
    expect(report(observations, edit)).toEqual(report(observations));
  });
});

describe('loudness', () => {
  const quiet = seen({
    window: (at) =>
      isSpeaking(at)
        ? { rmsDbfs: -31, loudnessLufs: -31, quietDbfs: -40, peakDbfs: -15, truePeakDbtp: -14 }
        : { rmsDbfs: -62, loudnessLufs: -62, quietDbfs: -63, clippedShare: at < 20 ? 0.1 : 0 },
  });

  it('moves the voice and the room, and says so', () => {
    expect(codes(quiet)).toContain('warn VOICE_QUIET');
    const { findings } = report(quiet, { gainDb: 10 });
    expect(findings.find(({ code }) => code === 'MENDED')).toMatchObject({
      severity: 'info',
      message: 'Mended: loudness +10 dB.',
    });
    expect(codes(quiet, { gainDb: 10 })).not.toContain('warn VOICE_QUIET');
    expect(value(quiet, { gainDb: 10 }, 'LOUDNESS')).toBeCloseTo(-21, 3);
    expect(value(quiet, { gainDb: 10 }, 'NOISE_FLOOR')).toBeCloseTo(-52, 3);
    // Further, and the room is heard.
    expect(codes(quiet, { gainDb: 14 })).toContain('warn ROOM_NOISE');
  });

  it('holds peaks where the limiter does, and leaves silence silent and torn sound torn', () => {
    expect(value(quiet, { gainDb: 6 }, 'TRUE_PEAK')).toBeCloseTo(-8, 3);
    expect(value(quiet, { gainDb: 18 }, 'TRUE_PEAK')).toBe(-3);
    const still = seen({ window: () => ({ rmsDbfs: -120, quietDbfs: -120, loudnessLufs: -120 }) });
    const { sound } = mendedObservations(still, { ...NOTHING_MENDED, gainDb: 12 });
    expect(sound?.windows[0]).toMatchObject({ rmsDbfs: -120, loudnessLufs: -120 });
    expect(codes(quiet, { gainDb: -6 })).toContain('warn CLIPPING');
  });
});

describe('noise', () => {
  const noisy = seen({
    window: (at) => (isSpeaking(at) ? {} : { rmsDbfs: -46, quietDbfs: -47, loudnessLufs: -46 }),
  });

  it('goes down between words, and words stay as they are', () => {
    expect(codes(noisy)).toContain('warn ROOM_NOISE');
    expect(codes(noisy, { noiseDbfs: -46 })).toEqual(['info MENDED']);
    expect(value(noisy, { noiseDbfs: -46 }, 'NOISE_FLOOR')).toBeCloseTo(-56, 3);
    expect(value(noisy, { noiseDbfs: -46 }, 'LOUDNESS')).toBe(value(noisy, {}, 'LOUDNESS'));
    const { sound } = mendedObservations(noisy, { ...NOTHING_MENDED, noiseDbfs: -46 });
    const [spoken] = sound?.windows ?? [];
    expect(spoken).toEqual(noisy.sound?.windows[0]);
  });
});

describe('bars', () => {
  /** 1440 lines of which 1080 are picture, with a good face in them. */
  const crop = { x: 0, y: 0.125, width: 1, height: 0.75 };
  const inBars = (box: { y: number; height: number }) => ({
    y: 0.125 + box.y * 0.75,
    height: box.height * 0.75,
  });
  const good = seen({});
  const barred: Observations = {
    ...good,
    letterbox: crop,
    media: {
      ...good.media,
      video: good.media.video && { ...good.media.video, codedHeight: 1440, displayHeight: 1440 },
    },
    pictures: good.pictures.map(({ frame, ...rest }) => ({
      ...rest,
      frame: {
        ...frame,
        height: 1440,
        faces: frame.faces.map((face) => ({
          ...face,
          box: { ...face.box, ...inBars(face.box) },
          eyes: {
            left: { ...face.eyes.left, y: 0.125 + face.eyes.left.y * 0.75 },
            right: { ...face.eyes.right, y: 0.125 + face.eyes.right.y * 0.75 },
          },
        })),
      },
    })),
  };

  it('are gone from every figure of the frame', () => {
    for (const code of ['FACE_SIZE', 'HEADROOM', 'EYE_LINE', 'EYE_DISTANCE', 'RESOLUTION', 'FACE_POSITION']) {
      const expected = value(good, {}, code);
      if (code !== 'EYE_DISTANCE' && code !== 'FACE_POSITION')
        expect(value(barred, {}, code), code).not.toBe(expected);
      expect(value(barred, { crop }, code), code).toBeCloseTo(expected ?? Number.NaN, 6);
    }
    expect(codes(barred)).toContain('info LETTERBOX');
    expect(codes(barred, { crop })).toEqual(['info MENDED']);
  });

  it('leave fewer lines than a trainer takes, and then it is refused', () => {
    const small = { ...crop, height: 0.45 };
    expect(codes(barred, { crop: small })).toContain('fail RESOLUTION_TOO_LOW');
  });

  it('are no background, and what lies behind is brighter without them', () => {
    const [before] = barred.pictures;
    const [after] = mendedObservations(barred, { ...NOTHING_MENDED, crop }).pictures;
    expect(after?.frame.light?.backgroundMean).toBeGreaterThan(
      (before?.frame.light?.backgroundMean ?? 1) * 1.2,
    );
    expect(after?.frame.light?.backgroundStops).toBeGreaterThan(
      (before?.frame.light?.backgroundStops ?? 1) + 0.3,
    );
    expect(report(barred, { crop }).media).toEqual(barred.media);
  });
});

describe('light', () => {
  const dark = seen({
    frame: () => ({
      light: { faceMean: 0.27, underShare: 0.06, cheekDifference: 0.04, backgroundMean: 0.27 },
    }),
  });

  it('is lifted by the exponent', () => {
    expect(codes(dark)).toEqual(['warn FACE_DARK']);
    expect(codes(dark, { liftExponent: 0.75 })).toEqual(['info MENDED']);
    expect(value(dark, { liftExponent: 0.75 }, 'EXPOSURE')).toBeCloseTo(0.27 ** 0.75, 6);
    expect(value(dark, { liftExponent: 0.75 }, 'UNDER_EXPOSED')).toBeLessThan(0.05);
  });

  it('brings out what was nearly black', () => {
    const black = seen({ motion: (at) => ({ luma: at < 30 ? 12 : 60 }) });
    expect(codes(black)).toContain('warn PICTURE_BLACK');
    expect(codes(black, { liftExponent: 0.75 })).toEqual(['info MENDED']);
  });
});

describe('a turn', () => {
  const sideways = seen({ frame: () => ({ nobody: true }) });

  it('says nothing of faces that were looked for the other way up', () => {
    expect(codes(sideways)).toContain('fail FACE_ABSENT');
    const turned = report(sideways, { turn: 90 });
    expect(turned.findings.map(({ code }) => code)).not.toContain('FACE_ABSENT');
    expect(turned).toMatchObject({ depth: 'provisional', mended: { turn: 90 } });
    expect(turned.measures.find(({ code }) => code === 'FACE_PRESENT')).toMatchObject({ state: 'unknown' });
  });

  it('is judged by what was seen of the turned picture, and its size is turned', () => {
    const looked = { ...seen({}), turn: 90 as const };
    expect(report(looked, { turn: 90 })).toMatchObject({ depth: 'complete', verdict: 'pass' });
    expect(report(looked, { turn: 90 }).measures.find(({ code }) => code === 'RESOLUTION')?.text).toBe(
      '1080 × 1920',
    );
    // Taken back, the take is as unknown as the other way round.
    expect(report(looked).depth).toBe('provisional');
  });

  it('takes bars with it', () => {
    const box = { x: 0.1, y: 0.2, width: 0.3, height: 0.4 };
    expect(turnedBox(box, 90)).toEqual({ x: expect.closeTo(0.4), y: 0.1, width: 0.4, height: 0.3 });
    expect(turnedBox(turnedBox(box, 90), 270)).toEqual({
      x: expect.closeTo(0.1),
      y: expect.closeTo(0.2),
      width: 0.3,
      height: 0.4,
    });
    expect(turnedBox(turnedBox(box, 90), 90).x).toBeCloseTo(turnedBox(box, 180).x);
    const bars = { x: 0.125, y: 0, width: 0.75, height: 1 };
    const looked: Observations = { ...seen({}), turn: 90, letterbox: bars };
    const [picture] = mendedObservations(looked, { ...NOTHING_MENDED, crop: bars, turn: 90 }).pictures;
    const [before] = looked.pictures;
    // Bars beside the picture lie above and below it once it is turned.
    expect(picture?.frame.faces[0]?.box.height).toBeCloseTo((before?.frame.faces[0]?.box.height ?? 0) / 0.75);
    expect(picture?.frame.faces[0]?.box.width).toBeCloseTo(before?.frame.faces[0]?.box.width ?? 0);
  });
});
