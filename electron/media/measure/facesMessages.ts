/** What the check and the worker that looks at its frames say to each other. */
import type { Turn } from '../../../shared/domain/review.ts';
import type { Box, Point } from '../../../shared/quality/observation.ts';
import type { PictureSample } from '../../../shared/quality/observations.ts';
import type { FullFrame } from './framesReader.ts';

/** A frame to be looked at closely. */
export interface FrameToLookAt {
  /** Not copied where their memory is shared. */
  readonly pixels: Omit<FullFrame, 'atSeconds'>;
  /** Seconds of the take. */
  readonly atSeconds: number;
  /** Size as a viewer sees it before it is turned, which the pixels may be smaller than. */
  readonly shownWidth: number;
  readonly shownHeight: number;
  readonly withHands: boolean;
}

/** What was found by looking at many frames. */
export interface OverallLook {
  readonly letterbox: Box | null;
  /** Share of the frames that show combs. */
  readonly interlacedShare: number | null;
  /** How far the file's picture has to be turned to stand upright, where it does not; null where it does or nobody can tell. */
  readonly uprightTurn: Turn | null;
}

/** The mesh of the largest face and the distance of its eyes, both in pixels; null without a face. */
export type Landmarks = { readonly points: readonly Point[]; readonly eyeDistance: number } | null;

export type ToFaces =
  /** First: models and WebAssembly by the names of their files, and how far pictures are turned before faces are looked for. */
  | { readonly kind: 'begin'; readonly files: ReadonlyMap<string, Uint8Array>; readonly turn: Turn }
  | { readonly kind: 'look'; readonly id: number; readonly frame: FrameToLookAt }
  /** Only the landmarks. */
  | { readonly kind: 'find'; readonly id: number; readonly pixels: Omit<FullFrame, 'atSeconds'> }
  | { readonly kind: 'sum-up'; readonly id: number }
  /** Frames come from the beginning once more. */
  | { readonly kind: 'again' };

export type FromFaces =
  | { readonly kind: 'seen'; readonly id: number; readonly sample: PictureSample }
  | { readonly kind: 'found'; readonly id: number; readonly landmarks: Landmarks }
  | { readonly kind: 'summed-up'; readonly id: number; readonly look: OverallLook }
  /** Nothing more will come. `reason` is for the log. */
  | { readonly kind: 'failed'; readonly reason: string };
