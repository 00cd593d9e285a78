import { describe, expect, it } from 'vitest';
import { type FrameChange, frameOf, windowOf } from '../../tests/doubles/coachSamples.ts';
import type { Shot } from '../domain/report.ts';
import { ADVICE, ADVICE_CODES } from './advice.ts';
import { type CoachStep, createCoachState, isHint, stepCoach } from './coach.ts';
import type { Mode } from './judge.ts';
import type { CameraSample, FrameSample, SoundSample } from './observation.ts';
import type { Microphone } from './soundFacts.ts';

const CAMERA: CameraSample = { atSeconds: 0, framesPerSecond: 30, width: 1920, height: 1080 };
const HERTZ = 5;

interface Scene {
  readonly shot?: Shot;
  readonly mode?: Mode;
  readonly hertz?: number;
  readonly camera?: CameraSample | null;
  readonly microphone?: Microphone;
  readonly sound?: (seconds: number) => SoundSample | null;
}

/** Somebody who talks in a quiet room. */
const talking = (seconds: number): SoundSample =>
  Math.round(seconds * HERTZ) % 4 === 0 ? windowOf('room', -65, seconds) : windowOf('speech', -20, seconds);

interface Moment extends CoachStep {
  readonly at: number;
}

/** Steps through a scene; `frame` says what is seen at each moment. */
function play(
  seconds: number,
  frame: (seconds: number) => FrameChange | FrameSample | null,
  scene: Scene = {},
) {
  const { shot = 'head-and-shoulders', mode = 'framing', hertz = HERTZ, sound = talking } = scene;
  const moments: Moment[] = [];
  let state = createCoachState();
  for (let step = 0; step <= seconds * hertz; step += 1) {
    const at = step / hertz;
    const seen = frame(at);
    const heard = sound(at);
    const input = {
      shot,
      mode,
      frame: seen === null || 'faces' in seen ? seen : frameOf(shot, seen, at),
      sounds: heard === null ? [] : [heard],
      camera: scene.camera === undefined ? CAMERA : scene.camera,
      microphone: scene.microphone ?? 'live',
    };
    const result = stepCoach(state, input, at);
    state = result.state;
    moments.push({ ...result, at });
  }
  return moments;
}

const codeAt = (moments: readonly Moment[], seconds: number) =>
  moments.findLast(({ at }) => at <= seconds + 1e-9)?.advice?.code ?? null;
const readyAt = (moments: readonly Moment[], seconds: number) =>
  moments.findLast(({ at }) => at <= seconds + 1e-9)?.ready;
/** The lines in the order they were given, each once. */
const linesOf = (moments: readonly Moment[]) =>
  moments
    .map(({ advice }) => advice?.code ?? null)
    .filter((code, index, all) => index === 0 || code !== all[index - 1]);
/** Deterministic, -1 to 1. */
const wavering = (seconds: number) => Math.sin(seconds * 97.3) * Math.cos(seconds * 41.7);

describe('ready', () => {
  it.each<Shot>(['head-and-shoulders', 'waist-up', 'full-body'])(
    'comes after a second of %s without trouble',
    (shot) => {
      const moments = play(6, () => ({}), { shot });
      expect(readyAt(moments, 0.8)).toBe(false);
      expect(readyAt(moments, 1)).toBe(true);
      expect(moments.filter(({ at }) => at >= 1).every(({ ready }) => ready)).toBe(true);
      expect(moments.at(-1)?.advice).toBeNull();
    },
  );

  it('is not given while nothing is seen', () => {
    expect(play(5, () => null).some(({ ready }) => ready)).toBe(false);
  });

  it('goes when frames stop coming', () => {
    const moments = play(8, (at) => (at < 3 ? {} : null));
    expect(readyAt(moments, 3)).toBe(true);
    expect(readyAt(moments, 6.4)).toBe(false);
  });

  it('comes again a second after the last trouble, when its line has gone', () => {
    const moments = play(8, (at) => (at < 3 ? { centre: 0.7 } : {}));
    expect(moments.filter(({ at }) => at < 4).some(({ ready }) => ready)).toBe(false);
    expect(readyAt(moments, 5)).toBe(true);
  });

  it('waits for nobody to speak, but asks', () => {
    const moments = play(12, () => ({}), { sound: (at) => windowOf('room', -65, at) });
    expect(readyAt(moments, 12)).toBe(true);
    const { advice } = moments.at(-1) ?? { advice: null };
    expect(advice?.code).toBe('SAY_SOMETHING');
    expect(advice === null || isHint(advice)).toBe(true);
  });

  it('does not need a better camera, but says so', () => {
    const moments = play(5, () => ({}), { camera: { ...CAMERA, width: 1280, height: 720 } });
    expect(readyAt(moments, 5)).toBe(true);
    expect(codeAt(moments, 5)).toBe('CAMERA_SMALL');
  });

  it.each<[Microphone, string]>([
    ['muted', 'MICROPHONE_MUTED'],
    ['none', 'NO_SOUND'],
  ])('is not given with a microphone that is %s', (microphone, code) => {
    const moments = play(5, () => ({}), { microphone, sound: () => null });
    expect(readyAt(moments, 5)).toBe(false);
    expect(codeAt(moments, 5)).toBe(code);
  });
});

describe('arrows show the way to go in the mirrored preview', () => {
  // Right in the picture is left in the preview, so the way back to the middle is right.
  it.each<[string, FrameChange, string, string | null]>([
    ['right in the picture', { centre: 0.7 }, 'MOVE_RIGHT', 'right'],
    ['left in the picture', { centre: 0.3 }, 'MOVE_LEFT', 'left'],
    ['looking to the picture’s right', { yaw: 15 }, 'TURN_RIGHT', 'turn-right'],
    ['looking to the picture’s left', { yaw: -15 }, 'TURN_LEFT', 'turn-left'],
    ['looking up', { pitch: 15 }, 'CHIN_DOWN', 'down'],
    ['looking down', { pitch: -15 }, 'CHIN_UP', 'up'],
    ['low', { eyeLine: 0.6 }, 'MOVE_UP', 'up'],
    ['high', { eyeLine: 0.28, faceHeight: 0.25 }, 'MOVE_DOWN', 'down'],
    ['far', { faceHeight: 0.15 }, 'TOO_FAR', 'closer'],
    ['near', { faceHeight: 0.5, eyeLine: 0.4 }, 'TOO_CLOSE', 'further'],
    ['picture’s left bright', { light: { evenness: 0, cheekDifference: 0.4 } }, 'LIGHT_FROM_RIGHT', null],
    ['picture’s right bright', { light: { evenness: 0, cheekDifference: -0.4 } }, 'LIGHT_FROM_LEFT', null],
  ])('%s', (_name, change, code, arrow) => {
    expect(play(2, () => change).at(-1)?.advice).toEqual({ code, arrow });
  });
});

describe('one line at a time', () => {
  it('comes when trouble has lasted', () => {
    const moments = play(4, (at) => (at < 2 ? {} : { centre: 0.7 }));
    expect(codeAt(moments, 2.4)).toBeNull();
    expect(codeAt(moments, 3.4)).toBe('MOVE_RIGHT');
    expect(readyAt(moments, 3.4)).toBe(false);
  });

  it('does not come for one odd frame', () => {
    const moments = play(6, (at) => (at === 3 ? { nobody: true } : at === 4 ? { yaw: 40 } : {}));
    expect(linesOf(moments)).toEqual([null]);
    expect(moments.filter(({ at }) => at >= 1).every(({ ready }) => ready)).toBe(true);
  });

  it('is the most important, then the next', () => {
    const moments = play(12, (at) => ({
      centre: at < 3 ? 0.7 : 0.5,
      faceHeight: at < 6 ? 0.15 : 0.32,
      light: { faceMean: at < 9 ? 0.2 : 0.5 },
    }));
    expect(linesOf(moments)).toEqual([null, 'MOVE_RIGHT', 'TOO_FAR', 'TOO_DARK', null]);
    expect(readyAt(moments, 12)).toBe(true);
  });

  it('gives way to something more important when it has been read', () => {
    const moments = play(8, (at) => ({ yaw: 15, centre: at < 2 ? 0.5 : 0.7 }));
    expect(linesOf(moments)).toEqual([null, 'TURN_RIGHT', 'MOVE_RIGHT']);
    expect(codeAt(moments, 3.4)).toBe('MOVE_RIGHT');
  });

  it('does not give way to something less important', () => {
    const moments = play(6, (at) => ({ centre: 0.7, yaw: at < 2 ? 0 : 20 }));
    expect(linesOf(moments)).toEqual([null, 'MOVE_RIGHT']);
  });

  it('gives way at once when nobody is there any more', () => {
    const moments = play(4, (at) => (at < 1.2 ? { yaw: 15 } : { nobody: true }));
    expect(codeAt(moments, 1)).toBe('TURN_RIGHT');
    expect(codeAt(moments, 2.2)).toBe('NO_FACE');
  });

  it('is shown long enough to be read', () => {
    const moments = play(6, (at) => (at < 1 ? { centre: 0.7 } : {}));
    const shown = moments.filter(({ advice }) => advice !== null);
    expect((shown.at(-1)?.at ?? 0) - (shown[0]?.at ?? 0)).toBeGreaterThanOrEqual(1.3);
    expect(moments.at(-1)?.advice).toBeNull();
  });

  it.each<[string, FrameChange, string]>([
    ['a bright window behind', { light: { faceMean: 0.2, backgroundStops: 3 } }, 'BACKLIGHT'],
    ['one lamp', { light: { faceMean: 0.25, evenness: 0, cheekDifference: 0.3 } }, 'LIGHT_FROM_RIGHT'],
    ['a head cut off because it is near', { faceHeight: 0.7, eyeLine: 0.3 }, 'TOO_CLOSE'],
    ['little detail because it is far', { faceHeight: 0.1 }, 'TOO_FAR'],
  ])('names the cause: %s', (_name, change, code) => {
    expect(linesOf(play(6, () => change))).toEqual([null, code]);
  });
});

describe('nothing flickers', () => {
  it.each<[string, (at: number) => FrameChange]>([
    ['centre', (at) => ({ centre: 0.6 + 0.015 * wavering(at) })],
    ['size', (at) => ({ faceHeight: 0.45 * (1 + 0.025 * wavering(at)), eyeLine: 0.4 })],
    ['eye line', (at) => ({ eyeLine: 0.45 + 0.012 * wavering(at) })],
    ['turn', (at) => ({ yaw: 8 + 2 * wavering(at) })],
    ['brightness', (at) => ({ light: { faceMean: 0.3 + 0.02 * wavering(at) } })],
    ['evenness', (at) => ({ light: { evenness: 0.3 + 0.07 * wavering(at), cheekDifference: 0.3 } })],
    ['backlight', (at) => ({ light: { backgroundStops: 1.5 + 0.15 * wavering(at) } })],
    ['shadow', (at) => ({ light: { shadowEdge: 0.4 + 0.04 * wavering(at) } })],
  ])('%s on its limit changes the line twice at most in half a minute', (_name, change) => {
    const lines = linesOf(play(30, change));
    expect(lines.length).toBeLessThanOrEqual(3);
    expect(lines.at(-1)).toBeNull();
  });

  it('hands that are looked for in every third frame, and missed in one of three looks, are seen', () => {
    const missed = { hands: [] };
    const notLooked = { hands: null };
    const look = (at: number) => Math.round(at * HERTZ);
    const moments = play(20, (at) => (look(at) % 3 !== 0 ? notLooked : look(at) % 9 === 0 ? missed : {}), {
      shot: 'waist-up',
    });
    expect(linesOf(moments)).toEqual([null]);
    const gone = play(20, (at) => (look(at) % 3 !== 0 ? notLooked : at > 5 ? missed : {}), {
      shot: 'waist-up',
    });
    expect(linesOf(gone)).toEqual([null, 'HANDS_UNSEEN']);
    expect(readyAt(gone, 20)).toBe(true);
  });

  it('a limit that was met is wider', () => {
    const entering = play(4, () => ({ centre: 0.61 }));
    expect(codeAt(entering, 4)).toBe('MOVE_RIGHT');
    const staying = play(8, (at) => ({ centre: at < 4 ? 0.55 : 0.61 }));
    expect(linesOf(staying)).toEqual([null]);
    const leaving = play(8, (at) => ({ centre: at < 4 ? 0.55 : 0.63 }));
    expect(codeAt(leaving, 8)).toBe('MOVE_RIGHT');
  });

  it('stepping more often than frames come changes nothing', () => {
    const sparse = play(6, (at) => (at < 3 ? { centre: 0.7 } : {}));
    const dense = play(6, (at) => (Math.round(at * 15) % 3 === 0 ? (at < 3 ? { centre: 0.7 } : {}) : null), {
      hertz: 15,
    });
    expect(linesOf(dense)).toEqual(linesOf(sparse));
  });
});

describe('while recording', () => {
  it('says less, and later', () => {
    const moments = play(8, (at) => ({ nobody: at >= 2, light: { backgroundStops: 4 } }), {
      mode: 'recording',
      hertz: 2,
    });
    expect(codeAt(moments, 2)).toBeNull();
    expect(readyAt(moments, 2)).toBe(true);
    expect(codeAt(moments, 3.5)).toBeNull();
    expect(codeAt(moments, 4)).toBe('NO_FACE');
  });

  it('looks away and back without a word', () => {
    const moments = play(10, (at) => ({ yaw: at > 4 && at < 5.2 ? 40 : 5 }), { mode: 'recording', hertz: 2 });
    expect(linesOf(moments)).toEqual([null]);
  });

  it('a change of mode starts anew and remembers the sound', () => {
    const before = play(10, () => ({ centre: 0.7 })).at(-1);
    if (before === undefined) throw new Error('no step');
    const input = {
      shot: 'head-and-shoulders',
      mode: 'recording',
      frame: frameOf('head-and-shoulders'),
      sounds: [],
      camera: CAMERA,
      microphone: 'live',
    } as const;
    const after = stepCoach(before.state, input, 10.2);
    expect(before.advice?.code).toBe('MOVE_RIGHT');
    expect(after.advice).toBeNull();
    expect(after.sound?.voice).toBe('good');
  });

  it('tells when the picture has lost its focus', () => {
    const moments = play(10, (at) => ({ light: { sharpness: at < 5 ? 100 : 15 } }), {
      mode: 'recording',
      hertz: 1,
    });
    expect(codeAt(moments, 5)).toBeNull();
    expect(codeAt(moments, 10)).toBe('BLURRED');
  });

  it('a face of another size is sharp in another way', () => {
    const moments = play(10, (at) => ({
      faceHeight: at < 5 ? 0.42 : 0.3,
      light: { sharpness: at < 5 ? 100 : 15 },
    }));
    expect(linesOf(moments)).toEqual([null]);
  });
});

describe('a live microphone of which nothing is heard', () => {
  it('is not ready, however well the picture is', () => {
    expect(play(8, () => ({})).at(-1)?.ready).toBe(true);
    expect(play(8, () => ({}), { sound: () => null }).at(-1)).toMatchObject({ ready: false, advice: null });
  });
});

describe('meters', () => {
  const last = (change: FrameChange, scene: Scene = {}) => play(8, () => change, scene).at(-1);

  it('of light', () => {
    expect(last({})?.light).toEqual({ faceMean: 0.5, face: 'good', sides: 'even' });
    expect(last({ light: { faceMean: 0.2 } })?.light.face).toBe('too-dark');
    expect(last({ light: { overShare: 0.1 } })?.light.face).toBe('too-bright');
    expect(last({ light: { evenness: 0, cheekDifference: 0.4 } })?.light.sides).toBe('one-sided');
    // Even, and a hard edge across it: another word, or it would contradict the lamp's place.
    expect(last({ light: { shadowEdge: 0.6 } })?.light.sides).toBe('shadow');
    expect(last({ light: { evenness: null, cheekDifference: null } })?.light.sides).toBe('unknown');
    expect(last({ nobody: true })?.light).toEqual({ faceMean: null, face: 'unknown', sides: 'unknown' });
  });

  it('of sound', () => {
    expect(last({})?.sound).toMatchObject({ levelDbfs: -65, peakDbfs: -8, voice: 'good', room: 'quiet' });
    const at = (kind: 'speech' | 'room', level: number) => (seconds: number) =>
      windowOf(kind, level, seconds);
    expect(last({}, { sound: at('room', -55) })?.sound).toMatchObject({
      voice: 'unknown',
      room: 'noticeable',
    });
    expect(last({}, { sound: at('room', -45) })?.sound).toMatchObject({ voice: 'unknown', room: 'noisy' });
    expect(last({}, { sound: at('speech', -35) })?.sound).toMatchObject({
      voice: 'too-quiet',
      room: 'unknown',
    });
    expect(last({}, { sound: at('speech', -14) })?.sound?.voice).toBe('too-loud');
    const clipped = (seconds: number) => ({ ...windowOf('speech', -10, seconds), clippedShare: 0.01 });
    expect(last({}, { sound: clipped })?.sound?.voice).toBe('clipping');
    expect(last({}, { sound: () => null })?.sound).toBeNull();
  });
});

describe('a voice near its limit', () => {
  const saying = (level: (at: number) => number, mode: Mode = 'framing') => ({
    mode,
    sound: (at: number) => windowOf('speech', level(at), at),
  });
  const voiceAt = (level: (at: number) => number) => play(20, () => ({}), saying(level)).at(-1)?.sound?.voice;

  it('is called good with something to spare, for the report measures it anew', () => {
    expect(voiceAt(() => -24.7)).toBe('good');
    expect(voiceAt(() => -25.2)).toBe('too-quiet');
    expect(voiceAt(() => -17.3)).toBe('good');
    expect(voiceAt(() => -16.8)).toBe('too-loud');
  });

  it('stays good up to the limit itself', () => {
    const falling = (to: number) => (at: number) => (at < 8 ? -22 : to);
    expect(voiceAt(falling(-25.9))).toBe('good');
    expect(voiceAt(falling(-26.1))).toBe('too-quiet');
  });

  it.each([-26, -26.6, -27.2])('is not told again and again while recording: %s', (mean) => {
    const level = (at: number) => mean + 0.5 * Math.sin(at / 3);
    const moments = play(300, () => ({}), saying(level, 'recording'));
    expect(linesOf(moments).length).toBeLessThanOrEqual(3);
  });

  it('is told while recording where it is far too quiet', () => {
    const moments = play(
      30,
      () => ({}),
      saying(() => -29, 'recording'),
    );
    expect(codeAt(moments, 30)).toBe('VOICE_QUIET');
  });
});

it('a consequence is less important than its cause, or comes with it', () => {
  for (const code of ADVICE_CODES) {
    for (const cause of ADVICE[code].explainedBy) expect(ADVICE_CODES).toContain(cause);
  }
});
