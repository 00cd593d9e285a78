import { describe, expect, it } from 'vitest';
import { type FrameChange, frameOf, GOOD_HANDS } from '../../tests/doubles/coachSamples.ts';
import { type Shot, ShotSchema } from '../domain/report.ts';
import type { AdviceCode } from './advice.ts';
import { judgeCamera, judgeFrame, judgeSound, type Mode, scoreFrame } from './judge.ts';
import { FRAMING } from './limits.ts';
import type { SoundFacts } from './soundFacts.ts';

const SHOTS = ShotSchema.options;
const SHOTS_WITH_HANDS: readonly Shot[] = ['waist-up', 'full-body'];
const SHOTS_WITH_EYE_LINE: readonly Shot[] = ['head-and-shoulders', 'waist-up'];

const codesOf = (
  shot: Shot,
  change: FrameChange,
  mode: Mode = 'framing',
  bestSharpness: number | null = 100,
) => judgeFrame(frameOf(shot, change), { shot, mode, bestSharpness }).map(({ code }) => code);

/** A change just inside the limit, and one just beyond. */
interface Case {
  readonly code: AdviceCode;
  readonly good: FrameChange;
  readonly bad: FrameChange;
}

const hand = (x: number, y: number, score = 0.8) => ({ box: { x, y, width: 0.06, height: 0.1 }, score });
/** Covers this share of the good face of a shot from its left. */
const handOverFace = (shot: Shot, share: number) => {
  const box = frameOf(shot).faces[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
  return [{ box: { ...box, width: box.width * share }, score: 0.8 }];
};
const height = (shot: Shot, share: (limits: { least: number; most: number }) => number): FrameChange => {
  const faceHeight = share(FRAMING[shot].faceHeight);
  // Large and small faces alike keep their crown inside.
  return shot === 'full-body' ? { faceHeight, eyeLine: 0.2 } : { faceHeight };
};

const EVERY_SHOT: readonly Case[] = [
  { code: 'NO_FACE', good: {}, bad: { nobody: true } },
  {
    code: 'SECOND_PERSON',
    good: { second: { height: 0.19, score: 0.9 } },
    bad: { second: { height: 0.21, score: 0.9 } },
  },
  {
    code: 'SECOND_PERSON',
    good: { second: { height: 0.9, score: 0.49 } },
    bad: { second: { height: 0.9, score: 0.51 } },
  },
  { code: 'MOVE_LEFT', good: { centre: 0.401 }, bad: { centre: 0.399 } },
  { code: 'MOVE_RIGHT', good: { centre: 0.599 }, bad: { centre: 0.601 } },
  { code: 'TURN_RIGHT', good: { yaw: 7.9 }, bad: { yaw: 8.1 } },
  { code: 'TURN_LEFT', good: { yaw: -7.9 }, bad: { yaw: -8.1 } },
  { code: 'CHIN_DOWN', good: { pitch: 7.9 }, bad: { pitch: 8.1 } },
  { code: 'CHIN_UP', good: { pitch: -7.9 }, bad: { pitch: -8.1 } },
  { code: 'HEAD_TILTED', good: { roll: 7.9 }, bad: { roll: 8.1 } },
  { code: 'HEAD_TILTED', good: { roll: -7.9 }, bad: { roll: -8.1 } },
  { code: 'TOO_DARK', good: { light: { faceMean: 0.301 } }, bad: { light: { faceMean: 0.299 } } },
  { code: 'TOO_DARK', good: { light: { underShare: 0.049 } }, bad: { light: { underShare: 0.051 } } },
  { code: 'TOO_BRIGHT', good: { light: { faceMean: 0.699 } }, bad: { light: { faceMean: 0.701 } } },
  { code: 'TOO_BRIGHT', good: { light: { overShare: 0.0099 } }, bad: { light: { overShare: 0.0101 } } },
  {
    code: 'LIGHT_FROM_RIGHT',
    good: { light: { evenness: 0.31, cheekDifference: 0.2 } },
    bad: { light: { evenness: 0.29, cheekDifference: 0.2 } },
  },
  {
    code: 'LIGHT_FROM_LEFT',
    good: { light: { evenness: 0.31, cheekDifference: -0.2 } },
    bad: { light: { evenness: 0.29, cheekDifference: -0.2 } },
  },
  {
    // Smooth skin hardly overlaps although nobody sees a difference.
    code: 'LIGHT_FROM_RIGHT',
    good: { light: { evenness: 0, cheekDifference: 0.099 } },
    bad: { light: { evenness: 0, cheekDifference: 0.101 } },
  },
  { code: 'HARSH_SHADOW', good: { light: { shadowEdge: 0.39 } }, bad: { light: { shadowEdge: 0.41 } } },
  {
    code: 'BACKLIGHT',
    good: { light: { backgroundStops: 1.49 } },
    bad: { light: { backgroundStops: 1.51 } },
  },
  { code: 'BLURRED', good: { light: { sharpness: 25.1 } }, bad: { light: { sharpness: 24.9 } } },
];

const BY_SHOT: readonly (Case & { readonly shot: Shot })[] = [
  ...SHOTS.flatMap((shot) => [
    {
      shot,
      code: 'TOO_FAR' as const,
      // A small face far away has few pixels too; more of them leave one thing wrong.
      good: { ...height(shot, ({ least }) => least * 1.01), width: 3840, height: 2160 },
      bad: { ...height(shot, ({ least }) => least * 0.99), width: 3840, height: 2160 },
    },
    {
      shot,
      code: 'TOO_CLOSE' as const,
      good: height(shot, ({ most }) => most * 0.99),
      bad: height(shot, ({ most }) => most * 1.01),
    },
    {
      shot,
      code: 'HEAD_CUT' as const,
      // The crown lies 0.68 of the face's height above the eyes.
      good: crownAt(shot, 0.021),
      bad: crownAt(shot, 0.019),
    },
  ]),
  ...SHOTS_WITH_EYE_LINE.flatMap((shot) => [
    { shot, code: 'MOVE_UP' as const, good: { eyeLine: 0.449 }, bad: { eyeLine: 0.451 } },
    { shot, code: 'MOVE_DOWN' as const, good: { eyeLine: 0.301 }, bad: { eyeLine: 0.299 } },
  ]),
  {
    shot: 'head-and-shoulders',
    code: 'EYES_SMALL',
    // The eyes are 0.36 of the face's height apart.
    good: { faceHeight: 91 / 0.36 / 1080 },
    bad: { faceHeight: 89 / 0.36 / 1080 },
  },
  ...SHOTS_WITH_HANDS.flatMap((shot) => [
    { shot, code: 'HANDS_UNSEEN' as const, good: {}, bad: { hands: [] } },
    {
      shot,
      code: 'HANDS_UNSEEN' as const,
      good: { hands: [hand(0.3, 0.7, 0.41)] },
      bad: { hands: [hand(0.3, 0.7, 0.39)] },
    },
    {
      shot,
      code: 'HANDS_CUT' as const,
      good: { hands: [hand(0.3, 0.894)] },
      bad: { hands: [hand(0.3, 0.896)] },
    },
    {
      shot,
      code: 'HANDS_CUT' as const,
      good: { hands: [hand(0.006, 0.7)] },
      bad: { hands: [hand(0.004, 0.7)] },
    },
    {
      shot,
      code: 'HANDS_BEFORE_FACE' as const,
      good: { hands: handOverFace(shot, 0.09) },
      bad: { hands: handOverFace(shot, 0.11) },
    },
  ]),
];

function crownAt(shot: Shot, crown: number): FrameChange {
  const faceHeight = FRAMING[shot].faceHeight.most * 0.99;
  return { faceHeight, eyeLine: crown + 0.68 * faceHeight };
}

const rows = (cases: readonly (Case & { readonly shot: Shot })[]) =>
  cases.map((one) => [`${one.shot}: ${one.code} at ${JSON.stringify(one.bad)}`, one] as const);
const everyShot = SHOTS.flatMap((shot) => EVERY_SHOT.map((one) => ({ ...one, shot })));

describe('a frame', () => {
  it.each(SHOTS)('that is good has nothing to say: %s', (shot) => {
    expect(codesOf(shot, {})).toEqual([]);
    expect(codesOf(shot, {}, 'recording')).toEqual([]);
  });

  it.each(rows(everyShot))('%s, and nothing else', (_name, { shot, code, good, bad }) => {
    expect(codesOf(shot, good)).toEqual([]);
    expect(codesOf(shot, bad)).toEqual([code]);
  });

  it.each(rows(BY_SHOT))('%s', (_name, { shot, code, good, bad }) => {
    expect(codesOf(shot, good)).not.toContain(code);
    expect(codesOf(shot, bad)).toContain(code);
  });

  it('the most important trouble comes first', () => {
    const change = { centre: 0.3, faceHeight: 0.15, yaw: 20, light: { faceMean: 0.1, backgroundStops: 4 } };
    expect(codesOf('head-and-shoulders', change)).toEqual([
      'MOVE_LEFT',
      'TOO_FAR',
      'EYES_SMALL',
      'TURN_RIGHT',
      'TOO_DARK',
      'BACKLIGHT',
    ]);
  });

  it('what cannot be told is no trouble', () => {
    const light = { evenness: null, cheekDifference: null, shadowEdge: null, sharpness: 1 };
    expect(codesOf('waist-up', { light, hands: null }, 'framing', null)).toEqual([]);
    const sample = { ...frameOf('waist-up'), light: null };
    expect(judgeFrame(sample, { shot: 'waist-up', mode: 'framing', bestSharpness: 100 })).toEqual([]);
  });

  it('hands do not belong to head and shoulders', () => {
    expect(codesOf('head-and-shoulders', { hands: [] })).toEqual([]);
    expect(codesOf('head-and-shoulders', { hands: GOOD_HANDS })).toEqual([]);
  });

  it('a shot that is wider has fewer pixels between the eyes', () => {
    const narrow = { width: 1280, height: 720 };
    expect(codesOf('head-and-shoulders', { ...narrow, faceHeight: 0.33 })).toEqual(['EYES_SMALL']);
    expect(codesOf('waist-up', narrow)).toEqual([]);
    expect(codesOf('full-body', narrow)).toEqual([]);
  });

  it('an upright frame has the same shares', () => {
    expect(codesOf('head-and-shoulders', { width: 1080, height: 1920 })).toEqual([]);
    expect(codesOf('head-and-shoulders', { width: 1080, height: 1920, centre: 0.61 })).toEqual([
      'MOVE_RIGHT',
    ]);
  });
});

describe('while recording', () => {
  it.each<[AdviceCode, FrameChange, FrameChange]>([
    ['TURN_RIGHT', { yaw: 24.9 }, { yaw: 25.1 }],
    ['TURN_LEFT', { yaw: -24.9 }, { yaw: -25.1 }],
    ['CHIN_DOWN', { pitch: 24.9 }, { pitch: 25.1 }],
    ['CHIN_UP', { pitch: -24.9 }, { pitch: -25.1 }],
    ['HEAD_TILTED', { roll: 24.9 }, { roll: 25.1 }],
    ['MOVE_LEFT', { centre: 0.341 }, { centre: 0.339 }],
    ['TOO_CLOSE', { faceHeight: 0.56, eyeLine: 0.42 }, { faceHeight: 0.565, eyeLine: 0.42 }],
  ])('%s has more room', (code, good, bad) => {
    expect(codesOf('head-and-shoulders', good, 'recording')).toEqual([]);
    expect(codesOf('head-and-shoulders', bad, 'recording')).toEqual([code]);
  });

  it.each<[string, FrameChange]>([
    ['light from one side', { light: { evenness: 0, cheekDifference: 0.4 } }],
    ['a hard shadow', { light: { shadowEdge: 0.9 } }],
    ['a bright background', { light: { backgroundStops: 4 } }],
    ['hands out of the picture', { hands: [] }],
  ])('%s can no longer be helped', (_name, change) => {
    expect(codesOf('waist-up', change)).not.toEqual([]);
    expect(codesOf('waist-up', change, 'recording')).toEqual([]);
  });
});

describe('the camera', () => {
  it.each<[number, number, number, readonly AdviceCode[]]>([
    [1920, 1080, 30, []],
    [1080, 1920, 30, []],
    [1920, 1079, 30, ['CAMERA_SMALL']],
    [1280, 720, 30, ['CAMERA_SMALL']],
    [1280, 719, 30, ['CAMERA_TOO_SMALL', 'CAMERA_SMALL']],
    [1920, 1080, 28, []],
    [1920, 1080, 27.9, ['CAMERA_RATE_LOW']],
    [1920, 1080, 24, ['CAMERA_RATE_LOW']],
    [1920, 1080, 23.9, ['CAMERA_SLOW', 'CAMERA_RATE_LOW']],
    [1920, 1080, 1, ['CAMERA_SLOW', 'CAMERA_RATE_LOW']],
    // It has only just begun, or gives nothing: that is said elsewhere.
    [1920, 1080, 0.9, []],
  ])('%i × %i at %d', (width, height, framesPerSecond, codes) => {
    expect(judgeCamera({ atSeconds: 0, width, height, framesPerSecond }).map(({ code }) => code)).toEqual(
      codes,
    );
  });
});

describe('sound', () => {
  const heard: SoundFacts = {
    input: 'live',
    room: { floorDbfs: -65, steady: true },
    voiceDbfs: -20,
    clippedWindows: 0,
    loudWindows: 0,
  };
  it.each<[string, Partial<SoundFacts>, readonly AdviceCode[]]>([
    ['good', {}, []],
    ['muted', { input: 'muted' }, ['MICROPHONE_MUTED']],
    ['none', { input: 'none' }, ['NO_SOUND']],
    ['some clipping', { clippedWindows: 0.16 }, ['CLIPPING']],
    ['a bump', { clippedWindows: 0.14, loudWindows: 0.14 }, []],
    ['peaks', { loudWindows: 0.21 }, ['VOICE_LOUD']],
    ['few peaks', { loudWindows: 0.19 }, []],
    ['-49.9 room', { room: { floorDbfs: -49.9, steady: true } }, ['ROOM_NOISE']],
    ['-50.1 room', { room: { floorDbfs: -50.1, steady: true } }, []],
    ['speech without a pause', { room: { floorDbfs: -35, steady: false } }, []],
    ['-26.1 voice', { voiceDbfs: -26.1 }, ['VOICE_QUIET']],
    ['-25.9 voice', { voiceDbfs: -25.9 }, []],
    ['-15.9 voice', { voiceDbfs: -15.9 }, ['VOICE_LOUD']],
    ['-16.1 voice', { voiceDbfs: -16.1 }, []],
    ['nobody has spoken', { voiceDbfs: null }, ['SAY_SOMETHING']],
    ['too early to tell', { voiceDbfs: null, room: null }, []],
  ])('%s', (_name, change, codes) => {
    expect(judgeSound({ ...heard, ...change }, 'framing').map(({ code }) => code)).toEqual(codes);
  });

  it('whoever talks is not asked to', () => {
    expect(judgeSound({ ...heard, voiceDbfs: null }, 'recording')).toEqual([]);
  });
});

it('a figure at its best is at 0 to 1, and at the limit at 1', () => {
  const at = (change: FrameChange) =>
    scoreFrame(frameOf('head-and-shoulders', change), {
      shot: 'head-and-shoulders',
      mode: 'framing',
      bestSharpness: 100,
    });
  for (const amount of Object.values(at({}))) expect(amount).toBeLessThan(1);
  expect(at({ centre: 0.6 }).MOVE_RIGHT).toBeCloseTo(1, 6);
  expect(at({ yaw: 16 }).TURN_RIGHT).toBeCloseTo(2, 6);
});
