/**
 * A camera's frame as pixels that outlive it, so that it can be closed at once: a camera has only a few frames to
 * fill. Copying the planes of a 1080p frame takes under 1 ms, drawing it on a canvas 15 to 35 ms (no graphics card).
 */
import { cutPlanar, isPlanar } from '../../../shared/quality/planarPixels.ts';
import type { FramePixels } from '../../../shared/quality/seeing.ts';
import { coloursOf } from '../unsaidColours.ts';
import { cutPacked, isPacked } from './packedPixels.ts';

/** Copies frames, always into the same memory: what was copied before is gone then. The frame stays open. */
export type FrameCopier = (frame: VideoFrame) => Promise<FramePixels>;

export function createFrameCopier(): FrameCopier {
  let memory = new Uint8Array(0);
  return async (frame) => {
    const { displayWidth: width, displayHeight: height, format } = frame;
    if (!isStoredAsShown(frame) || !(isPacked(format) || isPlanar(format))) return drawn(frame);
    if (memory.byteLength < frame.allocationSize()) memory = new Uint8Array(frame.allocationSize());
    const planes = await frame.copyTo(memory);
    const bytes = memory;
    if (isPacked(format)) {
      const picture = { bytes, planes, format };
      return { width, height, cut: (...part) => cutPacked(picture, ...part) };
    }
    const { matrix = null, fullRange = null } = coloursOf(frame);
    const picture = { bytes, planes, format, colorSpace: { matrix, fullRange } };
    return { width, height, cut: (...part) => cutPlanar(picture, ...part) };
  };
}

/** Neither scaled nor turned for showing. Chromium before 138 has no turned frames. */
function isStoredAsShown(frame: VideoFrame): boolean {
  const { visibleRect, displayWidth, displayHeight } = frame;
  const turned = 'rotation' in frame && frame.rotation !== 0;
  const mirrored = 'flip' in frame && frame.flip === true;
  return visibleRect?.width === displayWidth && visibleRect.height === displayHeight && !turned && !mirrored;
}

/** For what only the browser can read: frames that live in the graphics card, more than 8 bits, rare formats. */
function drawn(frame: VideoFrame): FramePixels {
  const { displayWidth: width, displayHeight: height } = frame;
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('There is no canvas to draw a frame on.');
  context.drawImage(frame, 0, 0, width, height);
  const { data } = context.getImageData(0, 0, width, height);
  const picture = { bytes: data, planes: [{ offset: 0, stride: width * 4 }], format: 'RGBA' } as const;
  return { width, height, cut: (...part) => cutPacked(picture, ...part) };
}
