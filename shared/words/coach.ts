/** Every word of the coach. "Left" and "right" are the person's own, which the mirrored preview shows on the same side. */
import type { AdviceCode } from '../quality/advice.ts';

interface AdviceWords {
  /** The one line while framing: what is the matter where it helps, and what to do. */
  readonly line: string;
  /** A word or two for the corner while recording. */
  readonly short: string;
}

const ADVICE_WORDS = {
  NO_FACE: { line: 'I cannot see your face: come into the picture', short: 'Face not seen' },
  CAMERA_TOO_SMALL: {
    line: 'The picture is too small: set the camera to 1080p, or choose another one',
    short: 'Picture too small',
  },
  MICROPHONE_MUTED: { line: 'Your microphone is switched off: switch it on', short: 'Microphone off' },
  NO_SOUND: { line: 'No sound arrives: choose another microphone', short: 'No sound' },
  SECOND_PERSON: { line: 'Somebody else is in the picture: it should be only you', short: 'Two people' },
  MOVE_LEFT: { line: 'Move left', short: 'Move left' },
  MOVE_RIGHT: { line: 'Move right', short: 'Move right' },
  TOO_FAR: { line: 'Come a little closer', short: 'Closer' },
  TOO_CLOSE: { line: 'Move a little further back', short: 'Further back' },
  HEAD_CUT: {
    line: 'Your head leaves the picture: tilt the camera up, or sit lower',
    short: 'Head cut off',
  },
  MOVE_UP: { line: 'Sit a little higher, or tilt the camera down', short: 'Higher' },
  MOVE_DOWN: { line: 'Sit a little lower, or tilt the camera up', short: 'Lower' },
  EYES_SMALL: { line: 'Come a little closer, so that your face has more detail', short: 'Closer' },
  TURN_LEFT: { line: 'Turn your head a little to the left', short: 'Face the lens' },
  TURN_RIGHT: { line: 'Turn your head a little to the right', short: 'Face the lens' },
  CHIN_UP: { line: 'Lift your chin a little, or raise the camera to your eyes', short: 'Chin up' },
  CHIN_DOWN: { line: 'Lower your chin a little', short: 'Chin down' },
  HEAD_TILTED: { line: 'Hold your head straight', short: 'Head straight' },
  TOO_DARK: { line: 'Too dark: face a window', short: 'Too dark' },
  TOO_BRIGHT: { line: 'Too bright: move away from the light, or dim it', short: 'Too bright' },
  LIGHT_FROM_LEFT: { line: 'Light is one-sided: put a lamp on your right', short: 'One-sided light' },
  LIGHT_FROM_RIGHT: { line: 'Light is one-sided: put a lamp on your left', short: 'One-sided light' },
  HARSH_SHADOW: {
    line: 'A hard shadow falls on your face: soften the light with a curtain',
    short: 'Hard shadow',
  },
  BACKLIGHT: {
    line: 'Background is brighter than you: turn until the window is in front of you',
    short: 'Bright background',
  },
  CAMERA_SLOW: {
    line: 'Camera is slow: add light, or close other programs',
    short: 'Camera is slow',
  },
  BLURRED: {
    line: 'The picture has become soft: wait for the focus, or wipe the lens',
    short: 'Soft picture',
  },
  HANDS_BEFORE_FACE: { line: 'Keep your hands away from your face', short: 'Hands lower' },
  CLIPPING: { line: 'You are clipping: move back from the mic', short: 'Clipping' },
  ROOM_NOISE: { line: 'Room noise: turn off the fan', short: 'Room noise' },
  VOICE_QUIET: { line: 'Too quiet: move the mic closer, or turn it up', short: 'Too quiet' },
  VOICE_LOUD: { line: 'Too loud: turn the mic down, or move back from it', short: 'Too loud' },
  SAY_SOMETHING: { line: 'Say a few words, so that I can hear how loud you are', short: 'Say something' },
  HANDS_CUT: { line: 'Keep your hands inside the picture', short: 'Hands inside' },
  HANDS_UNSEEN: { line: 'Let your hands be seen: they belong to this shot', short: 'Show your hands' },
  CAMERA_SMALL: {
    line: 'The camera gives less than 1080p: your twin will look softer',
    short: 'Under 1080p',
  },
  CAMERA_RATE_LOW: {
    line: 'Under 30 frames a second: add light, or close other programs',
    short: 'Under 30 frames',
  },
} as const satisfies Record<AdviceCode, AdviceWords>;

/** Of a camera that is slow in good light: most are in the dark. */
const SLOW_IN_LIGHT: Partial<Readonly<Record<AdviceCode, string>>> = {
  CAMERA_SLOW: 'Camera is slow: close other programs, or try another camera',
  CAMERA_RATE_LOW: 'Under 30 frames a second: close other programs',
};

/** What the coach says. @param isLit whether the face has the light it needs */
export const adviceLine = (code: AdviceCode, isLit: boolean): string =>
  (isLit ? SLOW_IN_LIGHT[code] : undefined) ?? ADVICE_WORDS[code].line;

/** All that the coach and its meters say. */
export const coachWords = {
  advice: ADVICE_WORDS,
  ready: 'Record now',
  goingWell: 'Going well',
  starting: 'One moment: I am getting ready to look',
  failed: 'The coach could not start. You can record all the same.',
  stopped: 'The coach cannot see you any more. You can record all the same.',
  /** The sound meter cannot listen; the recorder hears all the same. */
  deaf: 'I cannot hear you: record a few words and play them back before the long take',
  meters: {
    voice: {
      label: 'Your voice',
      verdicts: {
        unknown: 'Say a few words',
        'too-quiet': 'Too quiet',
        good: 'Good',
        'too-loud': 'Too loud',
        clipping: 'Clipping',
      },
    },
    room: {
      label: 'Room',
      verdicts: { unknown: 'Listening', quiet: 'Quiet', noticeable: 'Some noise', noisy: 'Noisy' },
    },
    face: {
      label: 'Your face',
      verdicts: { unknown: 'Not seen', 'too-dark': 'Too dark', good: 'Good', 'too-bright': 'Too bright' },
    },
    sides: {
      label: 'Left and right',
      verdicts: { unknown: 'Not seen', even: 'Even', 'one-sided': 'One-sided', shadow: 'Hard shadow' },
    },
  },
} as const;
