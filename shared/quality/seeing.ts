/** What looking at a frame needs of those who have it: its pixels, and somebody who finds faces and hands in them. */
import type { PixelRect } from './faceCrop.ts';
import type { OutlinedFace } from './faceMesh.ts';
import type { Box, Hand, RgbaImage } from './observation.ts';

export interface FramePixels {
  readonly width: number;
  readonly height: number;
  /** A part of the frame, scaled to this size. At its own size the pixels are those of the frame. */
  cut(rect: PixelRect, width: number, height: number): RgbaImage;
}

export interface FaceFinder {
  /** All faces, largest first, in shares of the frame; `region` is the part of the frame that the picture shows. */
  faces(picture: RgbaImage, region: Box): Promise<OutlinedFace[]>;
  /** The first call loads two more models. */
  hands(picture: RgbaImage, region: Box): Promise<Hand[]>;
}
