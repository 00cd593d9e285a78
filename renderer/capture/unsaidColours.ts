/**
 * What Chromium takes a camera's picture to be when the camera does not say, and so what the preview shows, the coach
 * sees and the take has: BT.601, limited range. Seen in 114 and 156 by drawing such frames of 1920 × 1080.
 */
const UNSAID_COLOURS = {
  primaries: 'smpte170m',
  transfer: 'smpte170m',
  matrix: 'smpte170m',
  fullRange: false,
} as const satisfies VideoColorSpaceInit;

/** How the colours of a camera's frame are meant. */
export const coloursOf = (frame: Pick<VideoFrame, 'colorSpace'>): VideoColorSpaceInit =>
  frame.colorSpace.matrix === null ? UNSAID_COLOURS : frame.colorSpace.toJSON();
