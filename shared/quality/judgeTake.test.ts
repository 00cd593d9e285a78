import { describe, expect, it, test } from 'vitest';
import { frameOf } from '../../tests/doubles/coachSamples.ts';
import { GOOD_SECONDS, isSpeaking, type TakeChange, takeOf } from '../../tests/doubles/takeObservations.ts';
import { NO_EDIT } from '../domain/edit.ts';
import { ReportSchema, type Severity, type Shot, ShotSchema } from '../domain/report.ts';
import { findingTitle } from '../words/appFindings.ts';
import { FINDING_CODES, FINDING_WORDS, type FindingCode, MEASURE_WORDS } from '../words/findings.ts';
import { type JudgeOptions, judgeTake } from './judgeTake.ts';
import { FRAMING } from './limits.ts';
import { type CutCandidate, type Observations, ObservationsSchema, type TimeRange } from './observations.ts';

const NOW = new Date('2026-01-02T03:04:05.000Z');

const reportOf = (
  observations: Observations,
  shot: Shot,
  range: TimeRange | null = null,
  origin: JudgeOptions['origin'] = 'imported',
) =>
  judgeTake(observations, {
    shot,
    origin,
    edit: { ...NO_EDIT, cut: range === null ? null : { ...range, at: 'frame' } },
    now: NOW,
  });

const found = (shot: Shot, change: TakeChange, range: TimeRange | null = null) =>
  reportOf(takeOf(shot, change), shot, range).findings.map(({ code, severity }) => `${severity} ${code}`);

/** Between two times of the take. */
const during = (start: number, end: number) => (at: number) => at >= start && at < end;
const trouble = during(60, 70);

interface Case {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly shots?: readonly Shot[];
  /** Just inside the limit, and just beyond it. */
  readonly good: TakeChange;
  readonly bad: TakeChange;
  /** What is left when the trouble is trimmed away does not have it; false for what the whole file has. */
  readonly trims?: boolean;
}

/** A change of frames for ten seconds in the middle of the take. */
const frames = (frame: NonNullable<ReturnType<NonNullable<TakeChange['frame']>>>): TakeChange => ({
  frame: (at) => (trouble(at) ? frame : {}),
});
const always = (frame: NonNullable<ReturnType<NonNullable<TakeChange['frame']>>>): TakeChange => ({
  frame: () => frame,
});
const light = (change: Record<string, number>): TakeChange => frames({ light: change });

const HEAD: readonly Shot[] = ['head-and-shoulders'];
const WITH_HANDS: readonly Shot[] = ['waist-up', 'full-body'];
const WITH_EYE_LINE: readonly Shot[] = ['head-and-shoulders', 'waist-up'];

const CUT: CutCandidate = { atSeconds: 65, pictureJump: 2.4, faceJump: 4, soundJump: 1, timeJump: 1 };

/** The interval that this share of missing frames comes to, each after 33.3 ms. */
const missing = (every: number) => (at: number) => (Math.round(at * 30) % every === 0 ? 666 : 333);

const hand = (x: number) => ({ box: { x, y: 0.75, width: 0.06, height: 0.1 }, score: 0.8 });

/** Covers this share of the good face of a shot. */
const handOverFace = (shot: Shot, share: number) => {
  const box = frameOf(shot).faces[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
  return [{ box: { ...box, width: box.width * share }, score: 0.8 }];
};

const CASES: readonly Case[] = [
  { code: 'AUDIO_MISSING', severity: 'fail', good: {}, bad: { window: null } },
  {
    code: 'AUDIO_SILENT',
    severity: 'fail',
    good: { window: () => ({ peakDbfs: -49.9 }) },
    bad: { window: () => ({ peakDbfs: -50.1 }) },
  },
  { code: 'DURATION_TOO_SHORT', severity: 'fail', good: { seconds: 15 }, bad: { seconds: 14.9 } },
  { code: 'DURATION_TOO_LONG', severity: 'fail', good: { seconds: 600 }, bad: { seconds: 600.1 } },
  { code: 'DURATION_SHORT', severity: 'warn', good: { seconds: 120 }, bad: { seconds: 119 } },
  { code: 'DURATION_LONG', severity: 'warn', good: { seconds: 300 }, bad: { seconds: 301 }, trims: true },
  {
    code: 'RESOLUTION_TOO_LOW',
    severity: 'fail',
    good: { video: { displayHeight: 720, displayWidth: 1280 } },
    bad: { video: { displayHeight: 718, displayWidth: 1276 } },
  },
  {
    code: 'RESOLUTION_LOW',
    severity: 'warn',
    good: { video: { displayHeight: 1920, displayWidth: 1080 } },
    bad: { video: { displayHeight: 1078, displayWidth: 1916 } },
  },
  {
    code: 'FRAME_RATE_OFF',
    severity: 'warn',
    good: { video: { averageFrameRate: 28 } },
    bad: { video: { averageFrameRate: 27.9 } },
  },
  {
    code: 'FRAMES_UNEVEN',
    severity: 'warn',
    // A tenth of the distances, far enough from the median and too short to be missing frames.
    good: { interval: (at) => (Math.round(at * 25) % 8 === 0 ? 333 + 149 : 333) },
    bad: { interval: (at) => (Math.round(at * 25) % 8 === 0 ? 333 + 152 : 333) },
  },
  {
    code: 'FRAMES_MISSING',
    severity: 'warn',
    good: { interval: missing(60) },
    bad: { interval: missing(40) },
  },
  {
    code: 'FRAME_GAP',
    severity: 'warn',
    good: { interval: (at) => (at > 65 && at < 65.04 ? 5000 : 333) },
    bad: { interval: (at) => (at > 65 && at < 65.04 ? 5010 : 333) },
    trims: true,
  },
  {
    code: 'FRAMES_REPEATED',
    severity: 'warn',
    good: { motion: (at) => ({ change: Math.round(at * 30) % 20 < 3 ? 0 : 0.8 }) },
    bad: { motion: (at) => ({ change: Math.round(at * 30) % 20 < 5 ? 0 : 0.8 }) },
  },
  {
    code: 'PICTURE_FROZEN',
    severity: 'warn',
    good: { motion: (at) => ({ change: during(60, 61.9)(at) ? 0 : 0.8 }) },
    bad: { motion: (at) => ({ change: during(60, 62.2)(at) ? 0.05 : 0.8 }) },
    trims: true,
  },
  {
    code: 'PICTURE_BLACK',
    severity: 'warn',
    good: { motion: (at) => ({ luma: trouble(at) ? 17 : 110 }) },
    bad: { motion: (at) => ({ luma: trouble(at) ? 16 : 110 }) },
    trims: true,
  },
  {
    code: 'JUMP_CUT',
    severity: 'fail',
    good: { cuts: [{ ...CUT, pictureJump: 1.1 }] },
    bad: { cuts: [CUT] },
    trims: true,
  },
  {
    code: 'JUMP_CUT_LIKELY',
    severity: 'warn',
    good: { cuts: [{ ...CUT, faceJump: 1.7, pictureJump: 1.7 }] },
    bad: { cuts: [{ ...CUT, faceJump: 1.7, pictureJump: 2.3 }] },
    trims: true,
  },
  {
    code: 'LIES_ON_SIDE',
    severity: 'fail',
    good: {},
    bad: { ...always({ nobody: true }), rest: { uprightTurn: 270 } },
  },
  {
    code: 'FACE_ABSENT',
    severity: 'fail',
    // 7 and 8 of 150 moments.
    good: { frame: (at) => ({ nobody: during(60, 67)(at) }) },
    bad: { frame: (at) => ({ nobody: during(60, 68)(at) }) },
    trims: true,
  },
  {
    code: 'SECOND_PERSON',
    severity: 'warn',
    good: frames({ second: { height: 0.19, score: 0.9 } }),
    bad: frames({ second: { height: 0.21, score: 0.9 } }),
    trims: true,
  },
  {
    code: 'FACE_OFF_CENTRE',
    severity: 'warn',
    good: always({ centre: 0.599 }),
    bad: always({ centre: 0.601 }),
  },
  {
    code: 'FACE_OFF_CENTRE',
    severity: 'warn',
    good: always({ centre: 0.401 }),
    bad: always({ centre: 0.399 }),
  },
  {
    // Somebody who talks moves: a moment may be further off than the middle of the take.
    code: 'FACE_OFF_CENTRE',
    severity: 'warn',
    good: frames({ centre: 0.659 }),
    bad: frames({ centre: 0.661 }),
    trims: true,
  },
  ...ShotSchema.options.flatMap((shot): Case[] => {
    const { least, most } = FRAMING[shot].faceHeight;
    const eyeLine = shot === 'full-body' ? { eyeLine: 0.25 } : { eyeLine: 0.44 };
    return [
      {
        code: 'FACE_SMALL',
        severity: 'warn',
        shots: [shot],
        good: always({ faceHeight: least * 1.01, ...eyeLine }),
        bad: always({ faceHeight: least * 0.99, ...eyeLine }),
      },
      {
        code: 'FACE_LARGE',
        severity: 'warn',
        shots: [shot],
        good: always({ faceHeight: most * 0.99, ...eyeLine }),
        bad: always({ faceHeight: most * 1.01, ...eyeLine }),
      },
    ];
  }),
  {
    code: 'HEAD_CUT',
    severity: 'warn',
    good: frames({ eyeLine: 0.245, faceHeight: 0.33 }),
    bad: frames({ eyeLine: 0.239, faceHeight: 0.33 }),
    shots: HEAD,
    trims: true,
  },
  {
    code: 'EYES_LOW',
    severity: 'warn',
    shots: WITH_EYE_LINE,
    good: always({ eyeLine: 0.449 }),
    bad: always({ eyeLine: 0.451 }),
  },
  {
    code: 'EYES_HIGH',
    severity: 'warn',
    shots: WITH_EYE_LINE,
    good: always({ eyeLine: 0.301 }),
    bad: always({ eyeLine: 0.299 }),
  },
  {
    code: 'FRAMING_DRIFT',
    severity: 'warn',
    good: { frame: (at) => ({ centre: 0.45 + 0.105 * (at / GOOD_SECONDS) }) },
    bad: { frame: (at) => ({ centre: 0.44 + 0.12 * (at / GOOD_SECONDS) }) },
    trims: true,
  },
  {
    code: 'FRAMING_DRIFT',
    severity: 'warn',
    shots: HEAD,
    good: { frame: (at) => ({ faceHeight: 0.3 + 0.06 * (at / GOOD_SECONDS) }) },
    bad: { frame: (at) => ({ faceHeight: 0.3 + 0.075 * (at / GOOD_SECONDS) }) },
    trims: true,
  },
  {
    code: 'EYES_SMALL',
    severity: 'warn',
    shots: HEAD,
    good: always({ faceHeight: 0.2325 }),
    bad: always({ faceHeight: 0.2305 }),
  },
  {
    code: 'HEAD_TURNED',
    severity: 'warn',
    good: frames({ yaw: 24.9 }),
    bad: frames({ yaw: 25.1 }),
    trims: true,
  },
  { code: 'HEAD_TURNED', severity: 'warn', good: frames({ pitch: -24.9 }), bad: frames({ pitch: -25.1 }) },
  { code: 'HEAD_TURNED', severity: 'warn', good: frames({ roll: 24.9 }), bad: frames({ roll: 25.1 }) },
  {
    // Two seconds are a look to the side; three are not.
    code: 'HEAD_TURNED',
    severity: 'warn',
    good: { frame: (at) => (during(60, 62)(at) ? { yaw: 40 } : {}) },
    bad: { frame: (at) => (during(60, 63)(at) ? { yaw: 40 } : {}) },
  },
  {
    code: 'FACE_DARK',
    severity: 'warn',
    good: always({ light: { faceMean: 0.301 } }),
    bad: always({ light: { faceMean: 0.299 } }),
  },
  {
    code: 'FACE_DARK',
    severity: 'warn',
    good: light({ faceMean: 0.262 }),
    bad: light({ faceMean: 0.26 }),
    trims: true,
  },
  {
    code: 'FACE_DARK',
    severity: 'warn',
    good: always({ light: { underShare: 0.049 } }),
    bad: always({ light: { underShare: 0.051 } }),
  },
  {
    code: 'FACE_BRIGHT',
    severity: 'warn',
    good: always({ light: { faceMean: 0.699 } }),
    bad: always({ light: { faceMean: 0.701 } }),
  },
  {
    code: 'FACE_BRIGHT',
    severity: 'warn',
    good: always({ light: { overShare: 0.0099 } }),
    bad: always({ light: { overShare: 0.0101 } }),
  },
  {
    code: 'BACKLIGHT',
    severity: 'warn',
    good: always({ light: { backgroundStops: 1.49 } }),
    bad: always({ light: { backgroundStops: 1.51 } }),
  },
  {
    code: 'LIGHT_ONE_SIDED',
    severity: 'warn',
    good: always({ light: { evenness: 0.31, cheekDifference: 0.2 } }),
    bad: always({ light: { evenness: 0.29, cheekDifference: -0.2 } }),
  },
  {
    code: 'HARSH_SHADOW',
    severity: 'warn',
    good: always({ light: { shadowEdge: 0.39 } }),
    bad: always({ light: { shadowEdge: 0.41 } }),
  },
  {
    code: 'SHARPNESS_LOST',
    severity: 'warn',
    good: light({ sharpness: 26 }),
    bad: light({ sharpness: 24 }),
    trims: true,
  },
  {
    code: 'CAMERA_SHAKES',
    severity: 'warn',
    good: { picture: (at) => (trouble(at) ? { backgroundShift: 0.0059 } : {}) },
    bad: { picture: (at) => (trouble(at) ? { backgroundShift: 0.0061 } : {}) },
    trims: true,
  },
  {
    code: 'TEXT_SEEN',
    severity: 'warn',
    good: { picture: () => ({ textShare: 0.039 }) },
    bad: { picture: () => ({ textShare: 0.041 }) },
  },
  {
    code: 'SPEECH_MISSING',
    severity: 'fail',
    good: { window: (at) => (at > 77 ? { speech: 0.4 } : {}) },
    bad: { window: (at) => (at > 72 ? { speech: 0.4 } : {}) },
    trims: true,
  },
  {
    code: 'VOICE_QUIET',
    severity: 'warn',
    good: { window: (at) => (isSpeaking(at) ? { loudnessLufs: -25.9 } : {}) },
    bad: { window: (at) => (isSpeaking(at) ? { loudnessLufs: -26.1 } : {}) },
  },
  {
    code: 'VOICE_LOUD',
    severity: 'warn',
    good: { window: (at) => (isSpeaking(at) ? { loudnessLufs: -16.1 } : {}) },
    bad: { window: (at) => (isSpeaking(at) ? { loudnessLufs: -15.9 } : {}) },
  },
  {
    code: 'PEAKS_HIGH',
    severity: 'info',
    good: { window: (at) => (trouble(at) ? { truePeakDbtp: -3.1 } : {}) },
    bad: { window: (at) => (trouble(at) ? { truePeakDbtp: -2.9 } : {}) },
    trims: true,
  },
  {
    code: 'PEAKS_HIGH',
    severity: 'warn',
    good: { window: (at) => (during(60, 85)(at) ? { truePeakDbtp: -2 } : {}) },
    bad: { window: (at) => (during(60, 95)(at) ? { truePeakDbtp: -2 } : {}) },
  },
  {
    code: 'CLIPPING',
    severity: 'warn',
    // 3 and 4 of 375 windows.
    good: { window: (at) => (during(60, 61.2)(at) ? { clippedShare: 0.001 } : {}) },
    bad: { window: (at) => (during(60, 61.6)(at) ? { clippedShare: 0.001 } : {}) },
    trims: true,
  },
  {
    code: 'ROOM_NOISE',
    severity: 'warn',
    good: { window: (at) => (isSpeaking(at) ? {} : { rmsDbfs: -50.1, quietDbfs: -51 }) },
    bad: { window: (at) => (isSpeaking(at) ? {} : { rmsDbfs: -49.9, quietDbfs: -51 }) },
  },
  {
    code: 'HUM',
    severity: 'warn',
    good: { window: () => ({ humDb: 11.9 }), rest: {} },
    bad: { window: () => ({ humDb: 12.1 }) },
  },
  {
    code: 'LONG_SILENCE',
    severity: 'warn',
    good: { window: (at) => (during(62, 66.6)(at) ? { rmsDbfs: -60 } : {}) },
    bad: { window: (at) => (during(62, 67)(at) ? { rmsDbfs: -60 } : {}) },
    trims: true,
  },
  { code: 'ECHO', severity: 'warn', good: {}, bad: {} },
  {
    code: 'SOUND_OFF',
    severity: 'warn',
    good: { rest: { sync: { offsetMs: -40, driftMs: 0 } } },
    bad: { rest: { sync: { offsetMs: -41, driftMs: 0 } } },
  },
  {
    code: 'SOUND_DRIFTS',
    severity: 'warn',
    good: { rest: { sync: { offsetMs: 0, driftMs: 20 } } },
    bad: { rest: { sync: { offsetMs: 0, driftMs: 21 } } },
  },
  {
    code: 'HANDS_UNSEEN',
    severity: 'info',
    shots: WITH_HANDS,
    good: { frame: (at) => (at % 2 < 1 ? {} : { hands: [] }) },
    bad: { frame: (at) => (at % 2 < 1 && at > 1 ? {} : { hands: [] }) },
  },
  {
    code: 'HANDS_CUT',
    severity: 'info',
    shots: WITH_HANDS,
    good: always({ hands: [hand(0.006)] }),
    bad: always({ hands: [hand(0.004)] }),
  },
  ...WITH_HANDS.map(
    (shot): Case => ({
      code: 'HANDS_BEFORE_FACE',
      severity: 'warn',
      shots: [shot],
      good: frames({ hands: handOverFace(shot, 0.09) }),
      bad: frames({ hands: handOverFace(shot, 0.11) }),
      trims: true,
    }),
  ),
  {
    code: 'HANDS_STILL',
    severity: 'info',
    shots: WITH_HANDS,
    good: { frame: (at) => ({ hands: [hand(at % 2 < 1 ? 0.5 : 0.511)] }) },
    bad: { frame: (at) => ({ hands: [hand(at % 2 < 1 ? 0.5 : 0.509)] }) },
  },
  {
    code: 'LETTERBOX',
    severity: 'info',
    good: {},
    bad: { rest: { letterbox: { x: 0, y: 0.12, width: 1, height: 0.76 } } },
  },
  {
    code: 'INTERLACED',
    severity: 'info',
    good: { rest: { interlacedShare: 0.2 } },
    bad: { rest: { interlacedShare: 0.21 } },
  },
  { code: 'CONTAINER_CONVERTED', severity: 'info', good: {}, bad: { media: { container: 'avi' } } },
];

/** What cannot be changed by one of the above. */
function prepared({ code }: Case, change: TakeChange, isBad: boolean): TakeChange {
  const sound = (more: Partial<NonNullable<Observations['sound']>>): TakeChange => {
    const made = takeOf('head-and-shoulders', change).sound;
    return { ...change, rest: { ...change.rest, ...(made === null ? {} : { sound: { ...made, ...more } }) } };
  };
  if (code === 'HUM') return sound({ humHz: 50 });
  if (code === 'ECHO') return sound({ echoMs: isBad ? 261 : 259 });
  return change;
}

describe('each finding', () => {
  for (const [index, one] of CASES.entries()) {
    const { code, severity, shots = ShotSchema.options, good, bad, trims = false } = one;
    for (const shot of shots) {
      test(`${index}: ${code} in ${shot}`, () => {
        const line = `${severity} ${code}`;
        expect(found(shot, prepared(one, good, false))).not.toContain(line);
        const change = prepared(one, bad, true);
        expect(found(shot, change)).toContain(line);
        if (!trims) return;
        const end = (change.seconds ?? GOOD_SECONDS) - 1;
        const left = [
          found(shot, change, { startSeconds: 0, endSeconds: 59 }),
          found(shot, change, { startSeconds: 71, endSeconds: end }),
        ];
        expect(left.some((codes) => !codes.includes(line))).toBe(true);
      });
    }
  }

  test('that asks for something has a few words for the line under a take', () => {
    const asking = CASES.filter(({ severity }) => severity !== 'info');
    expect(asking.filter(({ code }) => findingTitle(code) === undefined).map(({ code }) => code)).toEqual([]);
  });

  test('has a case here or is a conversion', () => {
    const conversions = FINDING_CODES.slice(FINDING_CODES.indexOf('CODEC_CONVERTED'));
    const covered = new Set<string>([
      'MENDED',
      'PICTURE_JUMPS',
      ...CASES.map(({ code }) => code),
      ...conversions,
    ]);
    expect(FINDING_CODES.filter((code) => !covered.has(code))).toEqual([]);
  });
});

describe('a good take', () => {
  for (const shot of ShotSchema.options) {
    it(`passes in ${shot}, with every measure taken`, () => {
      const report = reportOf(takeOf(shot), shot);
      expect(report.findings).toEqual([]);
      expect(report).toMatchObject({ verdict: 'pass', depth: 'complete', version: 2 });
      expect(ReportSchema.parse(report)).toEqual(report);
      expect(report.measures.filter(({ state }) => state !== 'pass')).toEqual([]);
      const codes = report.measures.map(({ code }) => code);
      expect(new Set(codes).size).toBe(codes.length);
    });
  }

  it('is observed in the shape that is kept', () => {
    const observations = takeOf('waist-up');
    expect(ObservationsSchema.parse(observations)).toEqual(observations);
  });

  it('has every measure in one shot or another, in the order of the catalogue', () => {
    const order = Object.keys(MEASURE_WORDS);
    const seen = new Set<string>();
    for (const shot of ShotSchema.options) {
      const codes = reportOf(takeOf(shot), shot).measures.map(({ code }) => code);
      expect(codes).toEqual([...codes].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
      for (const code of codes) seen.add(code);
    }
    expect(order.filter((code) => !seen.has(code))).toEqual([]);
  });
});

describe('what could not be measured', () => {
  it('is unknown and no pass', () => {
    const observations = takeOf('waist-up', {
      frame: () => ({ hands: null, light: { evenness: null, cheekDifference: null, shadowEdge: null } }),
      picture: () => ({ textShare: null, backgroundShift: null }),
      rest: { motion: null, sync: null, frameTimes: { intervals: [], keyFrames: [] } },
      video: {
        timing: { packets: 0, medianSeconds: 0, p95DeviationMs: 0, longestGapSeconds: 0, missingShare: 0 },
      },
    });
    const states = new Map(
      reportOf(observations, 'waist-up').measures.map(({ code, state }) => [code, state]),
    );
    const unknown = ['FRAME_RATE', 'FRAME_TIMING', 'MISSING_FRAMES', 'LONGEST_GAP', 'CUTS', 'FROZEN'].concat([
      'REPEATED_FRAMES',
      'BLACK',
      'HANDS',
      'GESTURES',
      'TEXT',
      'EVENNESS',
      'SHADOW',
      'STEADINESS',
      'SYNC',
    ]);
    for (const code of unknown) expect(states.get(code), code).toBe('unknown');
  });

  it('is said where nobody looked at all', () => {
    const observations = takeOf('head-and-shoulders', { rest: { pictures: [] } });
    const report = reportOf(observations, 'head-and-shoulders');
    expect(report.measures.find(({ code }) => code === 'FACE_PRESENT')).toMatchObject({ state: 'unknown' });
    expect(report.measures.some(({ code }) => code === 'EXPOSURE')).toBe(false);
  });

  it('leaves what only hearing all of it tells to the check', () => {
    const observations = takeOf('head-and-shoulders', { rest: { source: 'stage' } });
    const report = reportOf(observations, 'head-and-shoulders');
    expect(report.depth).toBe('provisional');
    const states = report.measures
      .filter(({ code }) => ['TRUE_PEAK', 'HUM'].includes(code))
      .map(({ state }) => state);
    expect(states).toEqual(['unknown', 'unknown']);
  });
});

describe('findings', () => {
  it('say of a take that was turned though it stood upright that it is to be left as it is', () => {
    const observations = takeOf('head-and-shoulders', {
      frame: () => ({ nobody: true }),
      rest: { turn: 90, uprightTurn: 0 },
    });
    const { findings } = judgeTake(observations, {
      ...{ shot: 'head-and-shoulders', origin: 'imported', now: NOW },
      edit: { ...NO_EDIT, turn: 90 },
    });
    expect(findings[0]?.message).toBe('The picture does not stand upright: it needs to be left as it is.');
  });

  it('count places as they list them', () => {
    const cuts = [CUT, { ...CUT, atSeconds: CUT.atSeconds + 1 }];
    const [finding] = reportOf(takeOf('head-and-shoulders', { cuts }), 'head-and-shoulders').findings;
    expect(finding?.places).toHaveLength(1);
    expect(finding?.measured).toBe('at one place');
  });

  it('say what a picture that drifts by its size alone has drifted by, also in the table', () => {
    const frame = (at: number) => (at > 75 ? { faceHeight: 0.44 } : { faceHeight: 0.3 });
    const { findings, measures } = reportOf(takeOf('head-and-shoulders', { frame }), 'head-and-shoulders');
    const drift = findings.find(({ code }) => code === 'FRAMING_DRIFT');
    expect(drift?.measured).toMatch(/^\d+ % larger$/);
    expect(measures.find(({ code }) => code === 'FRAMING_DRIFT')?.text).toBe(drift?.measured);
  });

  it('name where, the longest places in order, and the moment that shows it best', () => {
    const observations = takeOf('head-and-shoulders', {
      frame: (at) => {
        if (during(20, 25)(at)) return { yaw: 30 };
        return during(80, 90)(at) ? { yaw: at === 83.5 ? 50 : 30 } : {};
      },
    });
    const {
      findings: [finding],
      measures,
    } = reportOf(observations, 'head-and-shoulders');
    // The middle of it is fine: so the table names the worst as well.
    expect(measures.find(({ code }) => code === 'HEAD_POSE')).toMatchObject({
      state: 'warn',
      text: '0°, at worst 50°',
    });
    expect(finding).toMatchObject({
      code: 'HEAD_TURNED',
      places: [
        { startSeconds: 20, endSeconds: 25 },
        { startSeconds: 80, endSeconds: 90 },
      ],
      worstAtSeconds: 83.5,
      measured: '50°',
      limit: 'at most 25°',
    });
  });

  it('name no places when it is so everywhere', () => {
    const [finding] = reportOf(
      takeOf('head-and-shoulders', always({ centre: 0.7 })),
      'head-and-shoulders',
    ).findings;
    expect(finding).toMatchObject({ code: 'FACE_OFF_CENTRE', places: [], measured: '20 % to the right' });
  });

  it('say once of a camera that cannot keep up what three measures show', () => {
    const observations = takeOf('head-and-shoulders', {
      video: { averageFrameRate: 22 },
      interval: (at) => [666, 500, 333, 333, 333][Math.round(at * 30) % 5] ?? 333,
    });
    const { findings, measures } = reportOf(observations, 'head-and-shoulders');
    const slow = ['FRAME_RATE_OFF', 'FRAMES_UNEVEN', 'FRAMES_MISSING'];
    expect(findings.map(({ code }) => code).filter((code) => slow.includes(code))).toEqual([
      'FRAMES_MISSING',
    ]);
    const warned = measures.filter(({ state }) => state === 'warn').map(({ code }) => code);
    expect(warned).toEqual(expect.arrayContaining(['FRAME_RATE', 'FRAME_TIMING', 'MISSING_FRAMES']));
  });

  it('name at most eight places', () => {
    const observations = takeOf('head-and-shoulders', {
      frame: (at) => (at % 10 < 3 + at / 100 ? { yaw: 40 } : {}),
    });
    const [finding] = reportOf(observations, 'head-and-shoulders').findings;
    expect(finding?.places).toHaveLength(8);
    const starts = finding?.places.map(({ startSeconds }) => startSeconds) ?? [];
    expect(starts).toEqual([...starts].sort((one, other) => one - other));
  });

  it('come with the most severe first, then the most important', () => {
    const codes = found('head-and-shoulders', {
      seconds: 100,
      media: { container: 'avi' },
      frame: () => ({ centre: 0.7, yaw: 40 }),
      cuts: [CUT],
      window: (at) => (isSpeaking(at) ? { loudnessLufs: -30 } : {}),
    });
    expect(codes).toEqual([
      'fail JUMP_CUT',
      'warn FACE_OFF_CENTRE',
      'warn HEAD_TURNED',
      'warn VOICE_QUIET',
      'warn DURATION_SHORT',
      'info CONTAINER_CONVERTED',
    ]);
  });

  describe('of what was recorded here', () => {
    const recorded = (change: TakeChange) =>
      reportOf(takeOf('waist-up', change), 'waist-up', null, 'recorded');
    const codes = (change: TakeChange) =>
      recorded(change).findings.map(({ code, severity }) => `${severity} ${code}`);
    const cutsOf = (change: TakeChange) => recorded(change).measures.find(({ code }) => code === 'CUTS');
    const atCut = (at: number) => at > CUT.atSeconds - 0.04 && at <= CUT.atSeconds;

    it('never say that it was cut: nobody had it in hands', () => {
      expect(codes({ cuts: [CUT] })).toEqual(['warn PICTURE_JUMPS']);
      expect(cutsOf({ cuts: [CUT] })).toMatchObject({ state: 'warn', text: '1 jump' });
      expect(cutsOf({})).toMatchObject({ state: 'pass', text: 'recorded in one go' });
    });

    it('say a standstill once, by the pictures that are missing', () => {
      const stall: TakeChange = { cuts: [CUT], interval: (at) => (atCut(at) ? 5300 : 333) };
      expect(codes(stall)).toEqual(['warn FRAME_GAP']);
      expect(cutsOf(stall)).toMatchObject({ state: 'pass' });
    });

    it('say a standstill once, by the picture that is frozen', () => {
      const stall: TakeChange = {
        cuts: [CUT],
        motion: (at) => ({ change: during(CUT.atSeconds - 3, CUT.atSeconds)(at) ? 0 : 0.8 }),
      };
      expect(codes(stall)).toEqual(['warn PICTURE_FROZEN']);
    });
  });

  it('leave out what another one explains, and its measure still shows it', () => {
    const report = reportOf(
      takeOf('head-and-shoulders', always({ faceHeight: 0.15, eyeLine: 0.37 })),
      'head-and-shoulders',
    );
    expect(report.findings.map(({ code }) => code)).toEqual(['FACE_SMALL']);
    expect(report.measures.find(({ code }) => code === 'EYE_DISTANCE')).toMatchObject({ state: 'warn' });
  });

  it('say that a head is cut off, also where the face is too near', () => {
    const near = (eyeLine: number) => found('head-and-shoulders', always({ faceHeight: 0.5, eyeLine }));
    expect(near(0.35)).toEqual(['warn FACE_LARGE']);
    expect(near(0.33)).toEqual(['warn HEAD_CUT', 'warn FACE_LARGE']);
  });

  it('say what is the matter and what to do, in words that stand in the catalogue', () => {
    for (const one of CASES) {
      const shot = one.shots?.[0] ?? 'waist-up';
      const report = reportOf(takeOf(shot, prepared(one, one.bad, true)), shot);
      for (const { code, message, remedy } of report.findings) {
        expect(Object.keys(FINDING_WORDS)).toContain(code);
        expect(message, code).not.toMatch(/undefined|NaN|null| {2}/);
        expect(remedy, code).not.toBe('');
      }
      for (const { code, text, limit } of report.measures)
        expect(`${text} ${limit}`, code).not.toMatch(/undefined|NaN|null|Infinity/);
    }
  });
});

describe('a part of a take', () => {
  it('is judged by its own length, and says which part it is', () => {
    const report = reportOf(takeOf('waist-up'), 'waist-up', { startSeconds: 20, endSeconds: 34 });
    expect(report.range).toEqual({ startSeconds: 20, endSeconds: 34 });
    expect(report.verdict).toBe('fail');
    expect(report.findings[0]).toMatchObject({ code: 'DURATION_TOO_SHORT', measured: '14 s' });
  });

  it('ends with the take, whatever was asked for', () => {
    const report = reportOf(takeOf('waist-up'), 'waist-up', { startSeconds: 10, endSeconds: 9999 });
    expect(report.range).toEqual({ startSeconds: 10, endSeconds: GOOD_SECONDS });
  });

  it('has no cut at its very beginning', () => {
    const cut = { cuts: [CUT] };
    expect(found('waist-up', cut, { startSeconds: 65, endSeconds: 150 })).not.toContain('fail JUMP_CUT');
    expect(found('waist-up', cut, { startSeconds: 64, endSeconds: 150 })).toContain('fail JUMP_CUT');
  });

  it('counts its own frames only', () => {
    const frozen: TakeChange = { motion: (at) => ({ change: at < 3 ? 0 : 0.8 }) };
    expect(found('waist-up', frozen)).toContain('warn PICTURE_FROZEN');
    // An encoder improves on a picture that stands still; somebody who sits still never stops moving.
    const refined: TakeChange = {
      motion: (at) => ({ change: at >= 3 ? 0.8 : at % 0.5 < 0.1 ? 0.15 : 0.02 }),
    };
    expect(found('waist-up', refined)).toContain('warn PICTURE_FROZEN');
    const beside: TakeChange = { motion: (at) => ({ change: at < 3 ? 0 : at < 8 ? 0.15 : 0.8 }) };
    expect(found('waist-up', beside)).toContain('warn PICTURE_FROZEN');
    const still: TakeChange = { motion: (at) => ({ change: at < 3 ? 0.15 : 0.8 }) };
    expect(found('waist-up', still)).not.toContain('warn PICTURE_FROZEN');
    expect(found('waist-up', frozen, { startSeconds: 1.5, endSeconds: 140 })).not.toContain(
      'warn PICTURE_FROZEN',
    );
  });
});
