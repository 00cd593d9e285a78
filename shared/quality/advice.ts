/** What the coach can say, most important first. The words are in `shared/words/coach.ts`. */

/** Way an arrow points in the mirrored preview, which is the way the person should move. */
export type Arrow = 'left' | 'right' | 'up' | 'down' | 'closer' | 'further' | 'turn-left' | 'turn-right';

interface AdviceKind {
  /** `fail` and `warn` keep the stage from being ready; `info` is a hint that never does. */
  readonly severity: 'fail' | 'warn' | 'info';
  readonly arrow: Arrow | null;
  /** Whether it still helps somebody who is talking to the camera; null: no. A number: how much wider the limit is then. */
  readonly whileRecording: number | null;
  /**
   * How far beyond its limit a figure that was fine may go before it counts as trouble again, as a share of the limit
   * (see `Amount` in judge.ts). All of them "start" values, from how much each figure wavers on people who sit still.
   */
  readonly slack: number;
  /**
   * How far inside its limit a figure must be while framing before it counts as fine, as a share of the limit: the report
   * measures all of the take, and a little differently. While recording it is how far beyond the limit trouble begins,
   * so that a line does not come and go with every sentence.
   */
  readonly reserve: number;
  /** When one of these is given too, this one is its consequence and not said. */
  readonly explainedBy: readonly string[];
  /**
   * A larger amount than this is more than a consequence: a report says it as well, the coach once the cause is gone. Faces
   * lit from one side alone come to 1.1, dark ones to 1.6 and more (three people: `docs/quality.md`).
   */
  readonly explainedUpTo: number;
}

const kind = (
  severity: AdviceKind['severity'],
  arrow: Arrow | null,
  whileRecording: number | null,
  slack: number,
  ...explainedBy: readonly string[]
): AdviceKind => ({
  severity,
  arrow,
  whileRecording,
  slack,
  reserve: 0,
  explainedBy,
  explainedUpTo: Number.POSITIVE_INFINITY,
});

/** 1.2 dB: so far apart were the level of the stage and the loudness of the report; see `LIMITS.quietVoice`. */
const VOICE_RESERVE = 0.12;

/**
 * Every advice in the order of importance. Arrows are mirrored: a face too far right in the picture is too far left in
 * the preview, so the person moves right, which is right for both of them.
 */
export const ADVICE = {
  /** Nobody is seen. */
  NO_FACE: kind('fail', null, 1, 0),
  /** The picture is smaller than any trainer takes. */
  CAMERA_TOO_SMALL: kind('fail', null, null, 0),
  /** Switched off at the device or in the system. */
  MICROPHONE_MUTED: kind('fail', null, 1, 0),
  /** No microphone, or one that gives digital silence. */
  NO_SOUND: kind('fail', null, 1, 0, 'MICROPHONE_MUTED'),
  /** Somebody else, or a picture of somebody, is seen too. */
  SECOND_PERSON: kind('warn', null, 1, 0.1),
  MOVE_LEFT: kind('warn', 'left', 1.6, 0.2),
  MOVE_RIGHT: kind('warn', 'right', 1.6, 0.2),
  TOO_FAR: kind('warn', 'closer', 1.25, 0.06),
  TOO_CLOSE: kind('warn', 'further', 1.25, 0.06),
  /** The crown comes near the top of the picture; from an amount of 1.2 on it is beyond it (see `LIMITS.headroom`). */
  HEAD_CUT: { ...kind('warn', 'down', 1, 0.4, 'TOO_CLOSE'), explainedUpTo: 1.2 },
  /** The eyes are too low in the picture. */
  MOVE_UP: kind('warn', 'up', 1.6, 0.2),
  /** The eyes are too high in the picture. */
  MOVE_DOWN: kind('warn', 'down', 1.6, 0.2, 'HEAD_CUT'),
  /** Too few pixels of face, although it is large enough in the picture. */
  EYES_SMALL: kind('warn', 'closer', null, 0.06, 'TOO_FAR', 'CAMERA_TOO_SMALL'),
  TURN_LEFT: kind('warn', 'turn-left', 1, 0.3),
  TURN_RIGHT: kind('warn', 'turn-right', 1, 0.3),
  CHIN_UP: kind('warn', 'up', 1, 0.3),
  CHIN_DOWN: kind('warn', 'down', 1, 0.3),
  HEAD_TILTED: kind('warn', null, 1, 0.3),
  TOO_DARK: {
    ...kind('warn', null, 1.15, 0.1, 'BACKLIGHT', 'LIGHT_FROM_LEFT', 'LIGHT_FROM_RIGHT'),
    explainedUpTo: 1.35,
  },
  TOO_BRIGHT: kind('warn', null, 1.15, 0.1, 'LIGHT_FROM_LEFT', 'LIGHT_FROM_RIGHT'),
  /** The light comes from the person's left. */
  LIGHT_FROM_LEFT: kind('warn', null, null, 0.15),
  LIGHT_FROM_RIGHT: kind('warn', null, null, 0.15),
  HARSH_SHADOW: kind('warn', null, null, 0.15, 'LIGHT_FROM_LEFT', 'LIGHT_FROM_RIGHT'),
  BACKLIGHT: kind('warn', null, null, 0.15),
  /** So few frames that movement stutters, mostly for want of light. */
  CAMERA_SLOW: kind('warn', null, 1, 0.04, 'TOO_DARK'),
  /** The picture has become softer than it was. */
  BLURRED: kind('warn', null, 1, 0.25),
  HANDS_BEFORE_FACE: kind('warn', null, 1, 0.5),
  CLIPPING: kind('warn', 'further', 1, 0.5),
  ROOM_NOISE: kind('warn', null, 1, 0.2),
  VOICE_QUIET: { ...kind('warn', null, 1, 0), reserve: VOICE_RESERVE },
  VOICE_LOUD: { ...kind('warn', null, 1, 0, 'CLIPPING'), reserve: VOICE_RESERVE },
  /** Nothing was said yet, so the voice cannot be judged. */
  SAY_SOMETHING: kind('info', null, null, 0),
  HANDS_CUT: kind('info', null, null, 0.5),
  HANDS_UNSEEN: kind('info', null, null, 0),
  /** Less than 1080 lines. */
  CAMERA_SMALL: kind('info', null, null, 0, 'CAMERA_TOO_SMALL'),
  /** Not 30 frames a second, though enough to work with. */
  CAMERA_RATE_LOW: kind('info', null, null, 0.02, 'CAMERA_SLOW'),
} as const satisfies Record<string, AdviceKind>;

export type AdviceCode = keyof typeof ADVICE;

/** The most important first. */
export const ADVICE_CODES = Object.keys(ADVICE).filter((code): code is AdviceCode => code in ADVICE);

/** How a code is to be treated. */
export const adviceKind = (code: AdviceCode): AdviceKind => ADVICE[code];

/** One line of advice. */
export interface Advice {
  readonly code: AdviceCode;
  readonly arrow: Arrow | null;
}

/** The line for a code. */
export const adviceFor = (code: AdviceCode): Advice => ({ code, arrow: ADVICE[code].arrow });

/** True for advice beside which one can record all the same. */
export const isHint = (advice: Advice): boolean => ADVICE[advice.code].severity === 'info';
