/**
 * Takes with one known fault each, and what the check has to say of them. Everything is laid over the same well framed
 * person, so that only the fault differs.
 */
import type { FindingCode } from '../../shared/words/findings.ts';
import {
  type Hearing,
  hum,
  louder,
  music,
  muted,
  ringing,
  room,
  silence,
  steadyNoise,
  tone,
  without,
} from './sounds.ts';

/** Where the person stands in the picture; shares of its width and height. */
export interface Framing {
  /** From hairline to chin. */
  readonly face: number;
  readonly middle: number;
  readonly eyes: number;
  /** Clockwise, degrees. */
  readonly tilt: number;
}

export interface Fault {
  readonly name: string;
  /** Any of these is right; none: nothing is wrong with it. */
  readonly expected: readonly FindingCode[];
  readonly framing?: Partial<Framing>;
  /** Where it is cut, seconds of the take: each of these places is to be named. */
  readonly cutAt?: readonly number[];
  /** Filters on the whole picture; `[in]` and `[out]` are its ends. */
  readonly picture?: string;
  /** What is heard; the voice as it is unless stated. */
  readonly sound?: Hearing;
  /** Somebody else at the picture's right. */
  readonly secondPerson?: boolean;
  /** Shelves and pictures stand behind; otherwise a wall without anything that could be seen to move. */
  readonly room?: boolean;
  /** Frames keep their own times. */
  readonly variable?: boolean;
}

/** Length of every take before something is cut out of it, seconds. */
export const FAULT_SECONDS = 16;
/** When a fault begins that does not last all through, seconds. */
const AT = 6;

const times = (factor: number, more = 0): string => {
  const value = `clip(val*${factor}+${more},0,255)`;
  return `format=gbrp,lutrgb=r='${value}':g='${value}':b='${value}',format=yuv420p`;
};
const whole = (filters: string): string => `[in]${filters}[out]`;

/** Multiplies the picture by a mask that is drawn once. `level` is an expression of X and Y, 0 to 255. */
const multiplied = (level: string): string =>
  [
    `color=black:s=320x180:r=30:d=0.04,format=gray,geq=lum='${level}',scale=1280:720:flags=bilinear,format=gbrp,loop=-1:1[mask]`,
    '[in]format=gbrp[whole]',
    '[whole][mask]blend=all_mode=multiply:shortest=1,format=yuv420p[out]',
  ].join(';');

/** Full on one side of the face, which is in the middle, and dark on the other. */
const FROM_THE_SIDE = 'clip(255*(0.62-(X-160)/42*0.8),38,255)';
/** Where somebody sits: head and shoulders, with a soft edge. */
const PERSON =
  'clip(255*(1.15-hypot((X-160)/34,(Y-78)/46)),0,255)+clip(255*(1.15-hypot((X-160)/88,(Y-180)/64)),0,255)';

/** A bright wall behind a person who is left dark. */
const BEFORE_A_WINDOW = [
  `color=black:s=320x180:r=30:d=0.04,format=gray,geq=lum='clip(${PERSON},0,255)',scale=1280:720:flags=bilinear,format=gbrp,loop=-1:1[mask]`,
  '[in]format=gbrp,split[one][two]',
  "[one]lutrgb=r='clip(val*0.2+200,0,255)':g='clip(val*0.2+200,0,255)':b='clip(val*0.2+200,0,255)'[wall]",
  "[two]lutrgb=r='val*0.5':g='val*0.5':b='val*0.5'[dark]",
  '[wall][dark][mask]maskedmerge,trim=duration=16,format=yuv420p[out]',
].join(';');

/**
 * Parts of one length cut out of the picture and the sound, at these seconds of the take before. None lies around a moment
 * from which the footage goes back the way it came: there the pictures on both sides are alike.
 */
const cut = (seconds: number, starts: readonly number[]): Fault => ({
  name: `${seconds} s cut out, same framing`,
  expected: ['JUMP_CUT', 'JUMP_CUT_LIKELY'],
  cutAt: starts.map((start, index) => start - index * seconds),
  picture: whole(
    `select='not(${starts.map((start) => `gte(t,${start})*lt(t,${start + seconds})`).join('+')})',setpts=N/30/TB`,
  ),
  sound: (voice) => starts.reduceRight((kept, start) => without(start, seconds)(kept), voice),
});

export const FAULTS: readonly Fault[] = [
  { name: 'as it is', expected: [] },
  cut(0.5, [3, 6.8, 11.3]),
  cut(2, [2.2, 7.3, 11.4]),
  cut(4, [1.2, 9.2]),
  {
    name: 'frozen for 3 s',
    expected: ['PICTURE_FROZEN'],
    picture: [
      '[in]split=3[a][b][c]',
      `[a]trim=end=${AT},setpts=PTS-STARTPTS[first]`,
      `[b]trim=start=${AT}:end=${AT + 0.02},setpts=PTS-STARTPTS,loop=89:1,setpts=N/30/TB[held]`,
      `[c]trim=start=${AT}:end=13,setpts=PTS-STARTPTS[last]`,
      '[first][held][last]concat=n=3:v=1:a=0[out]',
    ].join(';'),
  },
  {
    name: 'black for half a second',
    expected: ['PICTURE_BLACK'],
    picture: whole(`drawbox=t=fill:color=black:enable='between(t,${AT},${AT + 0.5})'`),
  },
  { name: 'every frame twice', expected: ['FRAMES_REPEATED'], picture: whole('fps=15,fps=30') },
  {
    name: 'nothing for 0.8 s',
    expected: ['FRAME_GAP'],
    picture: whole(`select='not(between(t,${AT},${AT + 0.8}))'`),
    variable: true,
  },
  {
    name: 'out of focus from the middle on',
    expected: ['SHARPNESS_LOST'],
    picture: whole("boxblur=6:2:enable='gt(t,10)'"),
  },
  { name: 'as it is, before shelves and pictures', expected: [], room: true },
  {
    name: 'camera shakes',
    expected: ['CAMERA_SHAKES'],
    room: true,
    picture: whole(
      "scale=1340:754,crop=1280:720:'30+22*sin(2*PI*t*0.7)+6*sin(2*PI*t*3.1)':'17+14*sin(2*PI*t*0.9)'",
    ),
  },
  {
    name: 'black bars',
    expected: ['LETTERBOX'],
    picture: whole('crop=1280:536,pad=1280:720:0:92'),
  },

  { name: 'dark', expected: ['FACE_DARK'], picture: whole(times(0.35)) },
  { name: 'over-exposed', expected: ['FACE_BRIGHT'], picture: whole(times(1.8, 30)) },
  {
    name: 'light from one side',
    expected: ['LIGHT_ONE_SIDED', 'HARSH_SHADOW'],
    picture: multiplied(FROM_THE_SIDE),
  },
  { name: 'before a bright window', expected: ['BACKLIGHT'], picture: BEFORE_A_WINDOW },

  { name: 'off-centre', expected: ['FACE_OFF_CENTRE'], framing: { middle: 0.3 } },
  { name: 'far away', expected: ['FACE_SMALL'], framing: { face: 0.13 } },
  { name: 'too near', expected: ['FACE_LARGE', 'HEAD_CUT'], framing: { face: 0.56, eyes: 0.42 } },
  { name: 'too low', expected: ['EYES_LOW'], framing: { eyes: 0.6 } },
  { name: 'head cut off', expected: ['HEAD_CUT'], framing: { face: 0.32, eyes: 0.12 } },
  { name: 'head tilted by 32°', expected: ['HEAD_TURNED'], framing: { tilt: 32 } },
  { name: 'a second person', expected: ['SECOND_PERSON'], secondPerson: true },
  {
    name: 'nobody for 4 s',
    expected: ['FACE_ABSENT'],
    picture: whole("drawbox=t=fill:color=0x9c9a94:enable='between(t,9,13)'"),
  },

  { name: 'no sound', expected: ['AUDIO_MISSING'], sound: () => null },
  { name: 'silence', expected: ['AUDIO_SILENT'], sound: silence },
  { name: 'a tone for a voice', expected: ['SPEECH_MISSING'], sound: tone },
  { name: 'music for a voice', expected: ['SPEECH_MISSING'], sound: music },
  { name: 'noise for a voice', expected: ['SPEECH_MISSING'], sound: steadyNoise },
  { name: 'mains hum', expected: ['HUM'], sound: hum(-36) },
  { name: 'a noisy room', expected: ['ROOM_NOISE'], sound: room(-42) },
  { name: 'clipping', expected: ['CLIPPING'], sound: louder(24) },
  { name: 'a quiet voice', expected: ['VOICE_QUIET'], sound: louder(-14) },
  { name: 'a loud voice', expected: ['VOICE_LOUD'], sound: louder(9) },
  { name: 'a room that rings', expected: ['ECHO'], sound: ringing(1.2) },
  { name: '7 s of silence', expected: ['LONG_SILENCE'], sound: muted(AT, 7) },
];

/** What short takes of small footage always bring; nobody is asked about it. */
export const BESIDE_THE_POINT: readonly FindingCode[] = [
  'DURATION_SHORT',
  'DURATION_TOO_SHORT',
  'RESOLUTION_LOW',
  'EYES_SMALL',
];
