/** Where a person should be in the picture, for the overlay, and how a head follows from its face. */
import type { Shot } from '../domain/report.ts';
import { FRAMING } from './limits.ts';
import type { Box } from './observation.ts';

/**
 * Eyes lie this far below the top of the face's box, and the crown this far above it, in heights of the box: measured
 * as 0.26 to 0.35 on 30 people; eyes lie half-way between crown and chin.
 */
const EYES_DOWN = 0.32;
const CROWN = 1 - 2 * EYES_DOWN;
/** Width of a face's box as a share of its height; 0.75 to 0.93 was measured. */
const FACE_ASPECT = 0.84;
/** A grown person's height, in heads from crown to chin. */
export const HEADS_TALL = 7.5;
/** Where the overlay shows the eyes. */
const BEST_EYE_LINE = 0.37;
const BEST_EYE_LINE_FULL_BODY = 0.15;

/** Top of the head, as a share of the frame's height; negative where it is cut off. */
export function crownOf(face: Box): number {
  return face.y - CROWN * face.height;
}

/** What the overlay draws, in shares of the frame; symmetric, so the same when mirrored. */
export interface FramingTarget {
  /** Where the head goes, crown to chin, in the best size. */
  readonly head: Box;
  /** Where the eyes should be. */
  readonly eyeLine: number;
}

/** The target of a shot in a frame of this size in pixels. */
export function framingTarget(shot: Shot, frameWidth: number, frameHeight: number): FramingTarget {
  const { faceHeight, eyeLine } = FRAMING[shot];
  const height = (faceHeight.least + faceHeight.most) / 2;
  const width = (height * FACE_ASPECT * frameHeight) / frameWidth;
  const eyes = eyeLine === null ? BEST_EYE_LINE_FULL_BODY : BEST_EYE_LINE;
  const crown = eyes - (EYES_DOWN + CROWN) * height;
  return {
    head: { x: 0.5 - width / 2, y: crown, width, height: height * (1 + CROWN) },
    eyeLine: eyes,
  };
}
