/**
 * Every limit of the check in one place. `source` says where a figure comes from: a published document,
 * or "start", a value of ours that real footage has still to confirm.
 */
import type { Shot } from '../domain/report.ts';

export interface Limit {
  readonly value: number;
  readonly unit: 's' | 'px' | 'fps' | 'ms' | 'share' | 'dBFS' | 'dB' | 'degrees' | 'stops' | 'steps';
  readonly source: string;
}

const heygenFootage = 'HeyGen: footage for a digital twin is 15 s to 10 min long, best 2 to 5 min';
const heygenSize = 'HeyGen: footage for a digital twin is 720p at least, best 1080p';
const capTargets = 'Cap: recorder targets for frame jitter and drops';
const ofiq = 'OFIQ (ISO/IEC 29794-5)';
/** The three people of docs/quality.md whom limits are chosen with. */
const pilot = 'pilot: three people, docs/quality.md';
const acx = 'ACX: audio submission requirements';

export const LIMITS = {
  /** Shorter is refused. */
  shortestSeconds: { value: 15, unit: 's', source: heygenFootage },
  /** Longer is refused. */
  longestSeconds: { value: 600, unit: 's', source: heygenFootage },
  /** Shorter works, but makes a weaker twin. */
  shortSeconds: { value: 120, unit: 's', source: heygenFootage },
  /** Longer adds nothing. */
  longSeconds: { value: 300, unit: 's', source: heygenFootage },
  /** A smaller short side is refused. */
  smallestShortSide: { value: 720, unit: 'px', source: heygenSize },
  /** A smaller short side works, but makes a softer twin. */
  smallShortSide: { value: 1080, unit: 'px', source: heygenSize },
  /** Frame rate that is wanted, and how far from it is still fine. */
  frameRate: { value: 30, unit: 'fps', source: 'HeyGen: 30 frames a second' },
  frameRateTolerance: { value: 2, unit: 'fps', source: 'start' },
  /** 95th percentile of the frame intervals' distance from their median. */
  frameJitter: { value: 15, unit: 'ms', source: capTargets },
  missingFrames: { value: 0.02, unit: 'share', source: capTargets },
  /** A picture that stands still for longer looks like a cut. */
  frameGap: { value: 0.5, unit: 's', source: 'start' },
  /** Mean change of a picture from the one before that no camera is as still as, luma steps of 255. */
  frozenChange: { value: 0.05, unit: 'steps', source: 'start' },
  /** The same where an encoder shows a picture that stands still once more, and better: now and then, not mostly. */
  frozenRefined: { value: 0.3, unit: 'steps', source: pilot },
  /** A picture that is as still for longer is frozen. */
  frozenSeconds: { value: 2, unit: 's', source: 'start' },
  /** Pictures that repeat the one before, apart from frozen stretches. */
  repeatedFrames: { value: 0.2, unit: 'share', source: 'start' },
  /** Mean luma of a black picture, steps of 255, and how long it may last. */
  blackLuma: { value: 16, unit: 'steps', source: 'start: black of video, 16 of 255' },
  blackSeconds: { value: 0.1, unit: 's', source: 'start' },
  /** Frames that look interlaced, of all. */
  interlacedFrames: { value: 0.2, unit: 'share', source: 'start' },

  /** Trouble that lasts so long, or comes in so many of the moments, is told. */
  troubleSeconds: {
    value: 3,
    unit: 's',
    source: 'start: the coach speaks after 1.5 s, and every second is looked at',
  },
  troubleShare: { value: 0.1, unit: 'share', source: 'start' },
  /** Of the take, without a face. */
  faceAbsent: { value: 0.05, unit: 'share', source: 'start' },
  /** How far the face's centre moves from the beginning to the end, of the frame's width and height. */
  drift: { value: 0.1, unit: 'share', source: 'start' },
  /** How much larger or smaller the face has become by then. */
  sizeDrift: { value: 0.2, unit: 'share', source: 'start' },
  /** Hands move so far from one second to the next, of the frame's height. */
  handMovement: { value: 0.01, unit: 'share', source: 'start' },
  /** Moments in which hands are seen. */
  handsSeen: { value: 0.5, unit: 'share', source: 'start' },
  /** Area below the face that looks like text. */
  textArea: { value: 0.04, unit: 'share', source: 'start' },
  /** How far the background moves within a second, of the frame's width. */
  shake: { value: 0.006, unit: 'share', source: 'start' },

  /** Sound below this is silence. */
  silenceLevel: { value: -50, unit: 'dBFS', source: 'start' },
  /** A longer silence is told. */
  longSilence: { value: 5, unit: 's', source: 'start' },
  /** As sure as this that somebody speaks, a window of sound is speech. */
  speechSure: { value: 0.5, unit: 'share', source: 'start' },
  /** Pauses within a sentence and between two belong to speech: as close to it as this is near it. */
  nearSpeech: { value: 1, unit: 's', source: 'start' },
  /** Less of the take near speech is refused. */
  leastSpeech: { value: 0.5, unit: 'share', source: 'start' },
  /** Windows of the take with clipped samples. */
  clippedTake: { value: 0.01, unit: 'share', source: 'start' },
  /** Mains hum above what lies beside it. */
  hum: { value: 12, unit: 'dB', source: 'start' },
  /** Until a sound in the room has fallen by 20 dB. */
  echo: { value: 260, unit: 'ms', source: pilot },
  /** Sound before or after picture, and by how much that changes over the take. */
  syncOffset: { value: 40, unit: 'ms', source: 'EBU R37: +40 to -60 ms' },
  syncDrift: { value: 20, unit: 'ms', source: 'start' },

  /** Distance of the face's centre from the middle of the frame. */
  faceOffset: { value: 0.1, unit: 'share', source: 'start' },
  /** Room that the crown of the head keeps from the top of the frame. */
  headroom: { value: 0.02, unit: 'share', source: 'start' },
  /** Turn of the head in any direction while the person frames, and while they talk. */
  headPoseFraming: { value: 8, unit: 'degrees', source: 'start; ISO/IEC 19794-5 has 5 for passports' },
  headPoseRecording: { value: 25, unit: 'degrees', source: 'start' },
  /** Between the centres of the eyes. Only for head and shoulders: wider shots cannot reach it at 1080 lines. */
  eyeDistance: { value: 90, unit: 'px', source: `${ofiq}: the sigmoid of eye distance is centred at 70` },
  /** A second face counts from this height, as a share of the first one's, and from this certainty. */
  secondFaceHeight: { value: 0.2, unit: 'share', source: 'start' },
  secondFaceScore: { value: 0.5, unit: 'share', source: 'start' },
  /** Part of the face that hands may cover. */
  handsOverFace: { value: 0.1, unit: 'share', source: 'start' },
  /** A hand's box ends this far from the edge of the frame. */
  handsMargin: { value: 0.005, unit: 'share', source: 'start' },
  handScore: { value: 0.4, unit: 'share', source: 'start' },

  /** Share of the face at luma 247 to 255, and at 0 to 25. */
  overExposed: { value: 0.01, unit: 'share', source: ofiq },
  underExposed: { value: 0.05, unit: 'share', source: ofiq },
  /** Mean luma of the face. */
  darkFace: { value: 0.3, unit: 'share', source: ofiq },
  brightFace: { value: 0.7, unit: 'share', source: ofiq },
  /** Overlap of the luma histograms of both cheeks. */
  evenness: { value: 0.3, unit: 'share', source: `${ofiq}: score 70 of 100` },
  /**
   * Difference of the cheeks' mean luma as a share of the face's, beside the overlap: smooth skin in soft light has an
   * overlap under 0.1 at a difference that nobody sees.
   */
  unevenness: {
    value: 0.2,
    unit: 'share',
    source: 'start: 0 to 0.16 on 7 evenly lit people, 0.3 to 0.6 on others',
  },
  /** By which share one side of an edge on a cheek is darker than the other. */
  shadowEdge: { value: 0.4, unit: 'share', source: 'start: 0.03 to 0.35 on 7 evenly lit people who talk' },
  backlight: { value: 1.5, unit: 'stops', source: 'start' },
  /** Of the take's best: Laplacian variance has no absolute limit. */
  sharpnessLeft: {
    value: 0.25,
    unit: 'share',
    source: 'start: wavers down to 0.27 in compressed footage in focus',
  },

  /** Under this the camera stutters; between this and 28 it is its way. */
  slowCamera: { value: 24, unit: 'fps', source: 'start: film and some cameras have 24 or 25' },

  /** Mean level of the windows with speech, which is within 1.2 dB of LUFS on eight recordings of speech. */
  quietVoice: { value: -26, unit: 'dBFS', source: 'start: −26 LUFS' },
  loudVoice: { value: -16, unit: 'dBFS', source: 'start: −16 LUFS' },
  peak: { value: -3, unit: 'dBFS', source: acx },
  /** Windows with clipped samples, and windows above the peak limit, among those of the last seconds. */
  clippedWindows: { value: 0.15, unit: 'share', source: 'start' },
  loudWindows: { value: 0.2, unit: 'share', source: 'start' },
  /** Quietest tenth of 400 ms windows. */
  quietRoom: { value: -60, unit: 'dBFS', source: acx },
  noisyRoom: { value: -50, unit: 'dBFS', source: 'start' },
  /** Nothing that hears is quieter for long: the input is dead. */
  deadInput: { value: -90, unit: 'dBFS', source: 'start' },
} as const satisfies Record<string, Limit>;

/** What a shot asks of the picture, in shares of its height. */
export interface FramingLimits {
  /** From hairline to chin. */
  readonly faceHeight: { readonly least: number; readonly most: number };
  /** Line of the eyes, from the top; null: only headroom counts. */
  readonly eyeLine: { readonly least: number; readonly most: number } | null;
  /** Whether hands belong to the shot. */
  readonly hands: boolean;
  /** Least distance of the eyes, pixels; null where the shot is too wide for it. */
  readonly eyeDistance: number | null;
}

/** Source of all: "start", from how such shots are framed. */
export const FRAMING: Readonly<Record<Shot, FramingLimits>> = {
  'head-and-shoulders': {
    faceHeight: { least: 0.2, most: 0.45 },
    eyeLine: { least: 0.3, most: 0.45 },
    hands: false,
    eyeDistance: LIMITS.eyeDistance.value,
  },
  'waist-up': {
    faceHeight: { least: 0.12, most: 0.22 },
    eyeLine: { least: 0.3, most: 0.45 },
    hands: true,
    eyeDistance: null,
  },
  'full-body': {
    // A larger one leaves no room for the feet (see `HEADS_TALL`).
    faceHeight: { least: 0.06, most: 0.095 },
    eyeLine: null,
    hands: true,
    eyeDistance: null,
  },
};
