/**
 * Frees the camera's frames. Chromium's camera writes into three buffers, of which the preview holds one: whoever keeps
 * two more stops it, and frames that it cannot write are lost where nobody counts them. So each frame is copied into
 * memory of our own before it waits for the encoder.
 */
import { coloursOf } from '../unsaidColours.ts';
import type { PictureSize } from './codecs.ts';

/** Copies frames to one size; turns and scales those that come in another, with black beside them. */
export class FrameCopier {
  readonly #size: PictureSize;
  #buffer = new ArrayBuffer(0);
  #canvas: OffscreenCanvas | null = null;

  constructor(size: PictureSize) {
    this.#size = size;
  }

  /** The frame in memory of our own, at the recording's size. The caller closes both. */
  async copy(frame: VideoFrame): Promise<VideoFrame> {
    const { width, height } = this.#size;
    const seen = frame.visibleRect;
    const fits =
      seen !== null &&
      (seen.width === width || seen.width === width + 1) &&
      (seen.height === height || seen.height === height + 1);
    if (!fits) return this.#drawn(frame);
    // A frame that lies in the graphics card and has no readable format cannot be copied, and comes from no such pool.
    if (frame.format === null) return frame.clone();
    const rect = { x: seen.x, y: seen.y, width, height };
    const bytes = frame.allocationSize({ rect });
    if (this.#buffer.byteLength !== bytes) this.#buffer = new ArrayBuffer(bytes);
    const layout = await frame.copyTo(this.#buffer, { rect });
    return new VideoFrame(this.#buffer, {
      format: frame.format,
      codedWidth: width,
      codedHeight: height,
      layout,
      timestamp: frame.timestamp,
      colorSpace: coloursOf(frame),
    });
  }

  /** The camera was turned, or opened again with another size, while the take runs: the take keeps its own. */
  #drawn(frame: VideoFrame): VideoFrame {
    const { width, height } = this.#size;
    this.#canvas ??= new OffscreenCanvas(width, height);
    const context = this.#canvas.getContext('2d', { alpha: false });
    if (context === null) return frame.clone();
    const scale = Math.min(width / frame.displayWidth, height / frame.displayHeight);
    const [drawnWidth, drawnHeight] = [frame.displayWidth * scale, frame.displayHeight * scale];
    context.fillRect(0, 0, width, height);
    context.drawImage(frame, (width - drawnWidth) / 2, (height - drawnHeight) / 2, drawnWidth, drawnHeight);
    return new VideoFrame(this.#canvas, { timestamp: frame.timestamp, alpha: 'discard' });
  }
}
