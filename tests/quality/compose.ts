/** Composes a take of a person with one known fault, 720 lines at 30 frames a second. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type MeasureTakeOptions, measureTake } from '../../electron/media/measure/measureTake.ts';
import { middleOf } from '../../shared/quality/course.ts';
import type { Box } from '../../shared/quality/observation.ts';
import { loudnessOf } from '../footage/measure.ts';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { wavOf } from '../footage/voice.mjs';
import { FAULT_SECONDS, type Fault, type Framing } from './faults.ts';
import type { Person } from './people.ts';
import { RATE, type Sound } from './sounds.ts';

const WIDTH = 1280;
const HEIGHT = 720;
const FRAMED: Framing = { face: 0.32, middle: 0.5, eyes: 0.37, tilt: 0 };
/** As loud as a voice should be, LUFS. */
const VOICE_LUFS = -20;

const filled = (x: number, y: number, width: number, height: number, colour: string): string =>
  `drawbox=x=${x}:y=${y}:w=${width}:h=${height}:color=${colour}:t=fill`;
const COLOURS = ['0x7a3b2e', '0x2f4858', '0xc9b79c', '0x55613f', '0x8f7f6d', '0x3a3238'];

/** Books on two shelves at the right, pictures at the left: edges in both directions, as rooms have them. */
const SHELVES = [
  ...[90, 330].flatMap((top, shelf) => [
    ...Array.from({ length: 11 }, (_, book) => {
      const height = 150 + ((book * 37 + shelf * 53) % 60);
      return filled(940 + book * 30, top + 210 - height, 24, height, COLOURS[(book + shelf) % 6] ?? 'gray');
    }),
    filled(920, top + 210, 360, 14, '0x4d3a2a'),
  ]),
  ...[
    [60, 70, 150],
    [60, 260, 110],
    [210, 110, 90],
  ].flatMap(([x = 0, y = 0, side = 0], picture) => [
    filled(x, y, side, side, '0x2b2622'),
    filled(x + 10, y + 10, side - 20, side - 20, COLOURS[picture + 1] ?? 'gray'),
    filled(x + 30, y + side / 2, side / 3, side / 4, COLOURS[picture + 3] ?? 'gray'),
  ]),
].join(',');

/** Somebody ready to be composed. */
export interface Sitter {
  readonly person: Person;
  /** As long as a take, 30 frames a second, without a jump. */
  readonly base: string;
  readonly size: { readonly width: number; readonly height: number };
  /** The face and its eyes within the base, shares of its width and height. */
  readonly face: Box & { readonly eyes: number };
  readonly voice: Sound;
}

const run = promisify(execFile);
const ffmpegArgs = ['-v', 'error', '-nostdin', '-y'];
const LIGHT = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '10', '-pix_fmt', 'yuv420p'];

/** Looks where the face is, and brings footage and voice to the length of a take. */
export async function prepareSitter(
  person: Person,
  folder: string,
  options: Pick<MeasureTakeOptions, 'tools'>,
): Promise<Sitter> {
  const { ffmpeg } = options.tools;
  const base = join(folder, `${person.name}.mp4`);
  // Every picture of the camera is a frame of the take, whatever its rate: repeated ones would be a fault of their own.
  const paced = `mpdecimate=hi=200:lo=100:frac=0.1,setpts=N/30/TB,fps=30,scale=trunc(iw/2)*2:trunc(ih/2)*2,setsar=1`;
  // There and back again: what is too short goes on without a jump.
  const there = `[0:v]${paced},split[a][b];[b]reverse[c];[a][c]concat=n=2:v=1:a=0,setpts=N/30/TB[out]`;
  const once = join(folder, 'once.mp4');
  await run(ffmpeg, [
    ...ffmpegArgs,
    ...['-ss', String(person.from), '-t', String(person.seconds), '-i', person.file],
    ...['-filter_complex', there, '-map', '[out]', '-an', ...LIGHT, once],
  ]);
  await run(ffmpeg, [
    ...ffmpegArgs,
    ...[
      '-stream_loop',
      '-1',
      '-i',
      once,
      '-t',
      String(FAULT_SECONDS),
      '-vf',
      'setpts=N/30/TB',
      ...LIGHT,
      base,
    ],
  ]);
  const { pictures, media } = await measureTake(base, { ...options, shot: 'head-and-shoulders' });
  const faces = pictures.flatMap(({ frame }) => frame.faces.slice(0, 1));
  const { video } = media;
  if (faces.length === 0 || video === null)
    throw new Error(`No face is found in the footage of ${person.name}.`);
  const middle = (of: (face: (typeof faces)[number]) => number) => middleOf(faces.map(of));
  return {
    person,
    base,
    size: { width: video.displayWidth, height: video.displayHeight },
    face: {
      x: middle(({ box }) => box.x),
      y: middle(({ box }) => box.y),
      width: middle(({ box }) => box.width),
      height: middle(({ box }) => box.height),
      eyes: middle(({ eyes }) => (eyes.left.y + eyes.right.y) / 2),
    },
    voice: await voiceOf(person, folder, options.tools),
  };
}

async function voiceOf(
  { voice }: Person,
  folder: string,
  tools: MeasureTakeOptions['tools'],
): Promise<Sound> {
  const { stdout } = await run(
    tools.ffmpeg,
    [...ffmpegArgs, '-i', voice, '-vn', '-ac', '1', '-ar', String(RATE), '-f', 'f32le', '-'],
    { encoding: 'buffer', maxBuffer: 64_000_000 },
  );
  const once = new Float32Array(new Uint8Array(stdout).buffer);
  const long = Float32Array.from(
    { length: FAULT_SECONDS * RATE },
    (_, index) => once[index % once.length] ?? 0,
  );
  const file = join(folder, 'voice.wav');
  await writeFile(file, wavOf(long));
  const { integratedLufs } = await loudnessOf(tools, file);
  const gain = 10 ** ((VOICE_LUFS - integratedLufs) / 20);
  return long.map((value) => value * gain);
}

interface Place {
  readonly folder: string;
  readonly ffmpeg: string;
  readonly other: Sitter;
}

/** The take as a file in `folder`; the next one replaces it. */
export async function composeFault(sitter: Sitter, fault: Fault, place: Place): Promise<string> {
  const { folder, ffmpeg } = place;
  const file = join(folder, 'fault.mp4');
  const picture = await pictureOf(sitter, fault, place);
  const sound = fault.sound === undefined ? sitter.voice : fault.sound(sitter.voice);
  const heard = join(folder, 'heard.wav');
  if (sound !== null) await writeFile(heard, wavOf(sound));
  await run(ffmpeg, [
    ...ffmpegArgs,
    ...['-i', picture, ...(sound === null ? [] : ['-i', heard])],
    ...['-map', '0:v', '-c:v', 'copy'],
    ...(sound === null ? [] : ['-map', '1:a', '-c:a', 'aac', '-b:a', '160k']),
    ...['-t', String(FAULT_SECONDS), file],
  ]);
  return file;
}

/** A file with the picture alone. Those with nothing wrong are the same for each fault of the sound, and made once. */
async function pictureOf(sitter: Sitter, fault: Fault, { folder, ffmpeg, other }: Place): Promise<string> {
  const isPlain =
    fault.picture === undefined && fault.framing === undefined && !fault.secondPerson && !fault.room;
  const file = join(folder, isPlain ? `${sitter.person.name}-plain.mp4` : 'picture.mp4');
  if (isPlain && existsSync(file)) return file;
  const inputs = [sitter.base, ...(fault.secondPerson ? [other.base] : [])].flatMap((one) => ['-i', one]);
  const chain = [
    `[0:v]split[one][two]`,
    `[one]scale=80:46,boxblur=3,scale=${WIDTH}:${HEIGHT}:flags=bilinear${fault.room ? `,${SHELVES}` : ''}[back]`,
    ...placed('[two]', '[back]', '[framed]', sitter, { ...FRAMED, ...fault.framing }),
    ...(fault.secondPerson
      ? placed('[1:v]', '[framed]', '[seen]', other, { ...FRAMED, face: 0.22, middle: 0.86 })
      : ['[framed]null[seen]']),
    // As a camera has it; what was compressed before is otherwise so smooth that frames come out alike.
    '[seen]noise=alls=5:allf=t[in]',
    fault.picture ?? '[in]null[out]',
  ];
  await run(ffmpeg, [
    ...ffmpegArgs,
    ...inputs,
    ...['-filter_complex', chain.join(';'), '-map', '[out]'],
    ...['-c:v', 'libx264', '-preset', 'superfast', '-crf', '17', '-pix_fmt', 'yuv420p'],
    ...(fault.variable ? ['-vsync', 'vfr'] : []),
    ...['-t', String(FAULT_SECONDS), file],
  ]);
  return file;
}

/** Filters that lay somebody over a picture. */
function placed(
  from: string,
  onto: string,
  into: string,
  { size, face }: Sitter,
  { face: wanted, middle, eyes, tilt }: Framing,
): string[] {
  const scale = (wanted * HEIGHT) / (face.height * size.height);
  const even = (value: number) => 2 * Math.round(value / 2);
  const [width, height] = [even(size.width * scale), even(size.height * scale)];
  const x = Math.round(middle * WIDTH - (face.x + face.width / 2) * width);
  const y = Math.round(eyes * HEIGHT - face.eyes * height);
  const name = into.slice(1, -1);
  const turn = tilt === 0 ? '' : `,rotate=${tilt}*PI/180:fillcolor=0x00000000`;
  return [
    `${from}scale=${width}:${height}:flags=bicubic,format=yuva420p${turn}[${name}over]`,
    `${onto}[${name}over]overlay=${x}:${y}:shortest=1,format=yuv420p,setsar=1${into}`,
  ];
}
