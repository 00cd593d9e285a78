import type { Advice, AdviceCode, Arrow } from '../../../shared/quality/advice.ts';
import type { IconName } from '../../ui/Icon.tsx';

const ARROWS: Readonly<Record<Arrow, IconName>> = {
  left: 'moveLeft',
  right: 'moveRight',
  up: 'moveUp',
  down: 'moveDown',
  closer: 'closer',
  further: 'further',
  'turn-left': 'turnLeft',
  'turn-right': 'turnRight',
};

/** What an advice without a direction is about. */
const SUBJECTS: Partial<Readonly<Record<AdviceCode, IconName>>> = {
  NO_FACE: 'person',
  SECOND_PERSON: 'twins',
  CAMERA_TOO_SMALL: 'camera',
  CAMERA_SMALL: 'camera',
  MICROPHONE_MUTED: 'microphoneMissing',
  NO_SOUND: 'microphoneMissing',
  TOO_DARK: 'lamp',
  TOO_BRIGHT: 'light',
  LIGHT_FROM_LEFT: 'light',
  LIGHT_FROM_RIGHT: 'light',
  HARSH_SHADOW: 'light',
  BACKLIGHT: 'light',
  CAMERA_SLOW: 'lamp',
  CAMERA_RATE_LOW: 'lamp',
  HANDS_BEFORE_FACE: 'hand',
  HANDS_CUT: 'hand',
  HANDS_UNSEEN: 'hand',
  ROOM_NOISE: 'voice',
  VOICE_QUIET: 'microphone',
  VOICE_LOUD: 'microphone',
  SAY_SOMETHING: 'speech',
};

/** The arrow in the way to move, else a picture of what it is about. */
export const iconOfAdvice = ({ code, arrow }: Advice): IconName =>
  arrow === null ? (SUBJECTS[code] ?? 'warn') : ARROWS[arrow];
