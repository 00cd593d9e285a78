/** What the window and the worker that looks at the camera say to each other. */
import type { Shot } from '../../../shared/domain/report.ts';
import type { CameraSample, FrameSample } from '../../../shared/quality/observation.ts';

/** Often while the person sets the stage, seldom while a take is recorded. */
export type Attention = 'framing' | 'recording';

export type ToEyes =
  | {
      readonly kind: 'start';
      /** Of a `MediaStreamTrackProcessor`; transferred. */
      readonly frames: ReadableStream<VideoFrame>;
      /** Address of the folder with the models and the WebAssembly, with a slash at its end. */
      readonly vision: string;
      /** `performance.timeOrigin` of the window: samples carry the seconds since then. */
      readonly timeOrigin: number;
      readonly shot: Shot;
      readonly attention: Attention;
    }
  | { readonly kind: 'attend'; readonly attention: Attention }
  | { readonly kind: 'shot'; readonly shot: Shot };

export type FromEyes =
  /** Frames arrive. */
  | { readonly kind: 'saw' }
  /** `milliseconds`: what looking at the frame took, from its pixels to the sample. */
  | { readonly kind: 'frame'; readonly sample: FrameSample; readonly milliseconds: number }
  | { readonly kind: 'camera'; readonly sample: CameraSample }
  /** Nothing more will come. `reason` is for the log. */
  | { readonly kind: 'failed'; readonly reason: string };
