/** Where a person should be in the picture, for the overlay, and how a head follows from its face. */
import type { Shot } from '../domain/report.ts';
import { FRAMING, LIMITS } from './limits.ts';
import type { Box } from './observation.ts';

/** The crown lies this far above the hairline, as a share of the face's height from hairline to chin. */
const CROWN = 0.22;
/** A face's width as a share of its height, hairline to chin. */
const FACE_ASPECT = 0.78;
/** Eyes lie this far below the hairline, as a share of the face's height. */
const EYES_DOWN = 0.38;
/** Of the allowed eye line or, without one, of the height left for the body, where the overlay shows the eyes. */
const BEST_EYE_LINE = 0.37;
const BEST_EYE_LINE_FULL_BODY = 0.15;

/** Top of the head, as a share of the frame's height; negative where it is cut off. */
export function crownOf(face: Box): number {
  return face.y - CROWN * face.height;
}

/** What the overlay draws, in shares of the frame; symmetric, so the same when mirrored. */
export interface FramingTarget {
  /** Where face and hair go, in the best size. */
  readonly head: Box;
  /** Where the eyes should be, and the band that is still fine; null: no band for this shot. */
  readonly eyeLine: number;
  readonly eyeBand: { readonly least: number; readonly most: number } | null;
  /** The crown stays below this. */
  readonly headroom: number;
  /** The face's centre stays between these. */
  readonly centre: { readonly least: number; readonly most: number };
}

/** The target of a shot in a frame of this size in pixels. */
export function framingTarget(shot: Shot, frameWidth: number, frameHeight: number): FramingTarget {
  const { faceHeight, eyeLine } = FRAMING[shot];
  const height = (faceHeight.least + faceHeight.most) / 2;
  const width = (height * FACE_ASPECT * frameHeight) / frameWidth;
  const eyes = eyeLine === null ? BEST_EYE_LINE_FULL_BODY : BEST_EYE_LINE;
  const hairline = eyes - EYES_DOWN * height;
  const crown = hairline - CROWN * height;
  return {
    head: { x: 0.5 - width / 2, y: crown, width, height: height * (1 + CROWN) },
    eyeLine: eyes,
    eyeBand: eyeLine,
    headroom: LIMITS.headroom.value,
    centre: { least: 0.5 - LIMITS.faceOffset.value, most: 0.5 + LIMITS.faceOffset.value },
  };
}
