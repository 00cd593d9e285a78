/**
 * Light on a face and behind it, and how sharp it is. Pure: the same pixels give the same figures in the window and in
 * Node. Large faces are looked at in every second or third row and column: at most about `FACE_SAMPLES` places.
 */
import {
  type FaceAxes,
  type FacePicture,
  faceAxes,
  faceRows,
  placeOnFace,
  type RowSpan,
} from './faceCrop.ts';
import { lightAtOffset, lumaAt, lumaAtOffset } from './luma.ts';
import type { Box, Light, Point, RgbaImage } from './observation.ts';
import { shadowEdge } from './shadow.ts';

/** Places looked at on a face, and in the frame behind it. */
const FACE_SAMPLES = 40_000;
const BACKGROUND_SAMPLES = 25_000;

/** OFIQ (ISO/IEC 29794-5): luma that counts as over-exposed and as under-exposed. */
const OVER_FROM = 247;
const UNDER_TO = 25;

/** OFIQ: side of a cheek's square in eye distances; it lies half-way between eye and mouth, below the eye. */
const CHEEK_SIDE = 0.3;
const CHEEK_ALONG = 0.5;
const CHEEK_DOWN = 0.5;
/** Turned further than this, degrees, one cheek is seen from the side. */
const CHEEK_YAW = 30;

/** Less light than this is black to any camera; keeps stops finite. */
const DARKEST_LIGHT = 1 / 4096;
/** With less of the frame left behind the person, there is no background to speak of. */
const SMALLEST_BACKGROUND = 0.02;

/** Measures the light of one face. Costs about 2 ms for a face of 500 × 500 pixels. */
export function measureLight(picture: FacePicture): Light {
  const { crop, face, frame } = picture;
  const axes = faceAxes(picture);
  const rows = rowsToLookAt(picture);
  const exposure = exposureOf(crop, rows.spans, rows.step);
  const cheeks = axes === null || Math.abs(face.pose.yaw) > CHEEK_YAW ? null : cheeksOf(crop, axes);
  const background = backgroundOf(frame, face.box);
  return {
    faceMean: exposure.mean,
    overShare: exposure.overShare,
    underShare: exposure.underShare,
    evenness: cheeks === null ? null : overlap(cheeks.left, cheeks.right),
    cheekDifference: cheeks === null ? null : meanOf(cheeks.left) - meanOf(cheeks.right),
    shadowEdge: axes === null ? null : shadowEdge(crop, axes, face.pose.yaw),
    backgroundMean: background?.mean ?? exposure.mean,
    backgroundStops: background === null ? 0 : stopsBetween(background.light, exposure.light),
    sharpness: sharpnessOf(crop, rows.spans, rows.step),
  };
}

function stopsBetween(background: number, face: number): number {
  return Math.log2(Math.max(background, DARKEST_LIGHT) / Math.max(face, DARKEST_LIGHT));
}

/** Rows of the face, and the step in both directions that keeps to `FACE_SAMPLES`. */
function rowsToLookAt(picture: FacePicture): { spans: RowSpan[]; step: number } {
  const area = picture.crop.width * picture.crop.height * (Math.PI / 4);
  const step = Math.max(1, Math.round(Math.sqrt(area / FACE_SAMPLES)));
  return { spans: faceRows(picture, step), step };
}

interface Exposure {
  /** Luma, 0 to 1. */
  readonly mean: number;
  readonly overShare: number;
  readonly underShare: number;
  /** Linear, 0 to 1. */
  readonly light: number;
}

function exposureOf(crop: RgbaImage, rows: readonly RowSpan[], step: number): Exposure {
  let count = 0;
  let sum = 0;
  let over = 0;
  let under = 0;
  let light = 0;
  for (const { y, from, to } of rows) {
    for (let x = from; x < to; x += step) {
      const offset = (y * crop.width + x) * 4;
      const luma = lumaAtOffset(crop.data, offset);
      count += 1;
      sum += luma;
      if (luma >= OVER_FROM) over += 1;
      if (luma <= UNDER_TO) under += 1;
      light += lightAtOffset(crop.data, offset);
    }
  }
  if (count === 0) return { mean: 0, overShare: 0, underShare: 0, light: 0 };
  return {
    mean: sum / count / 255,
    overShare: over / count,
    underShare: under / count,
    light: light / count,
  };
}

/** Part of the face's rows that is surely inside it: its outline against the background is not its sharpness. */
const INSIDE = 0.12;

/** Variance of the four-neighbour Laplacian of luma; neighbours are always one pixel of the crop away. */
function sharpnessOf(crop: RgbaImage, rows: readonly RowSpan[], step: number): number {
  const edge = Math.floor(rows.length * INSIDE);
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (const { y, from, to } of rows.slice(edge, rows.length - edge)) {
    if (y < 1 || y > crop.height - 2) continue;
    const inset = Math.ceil((to - from) * INSIDE);
    for (let x = Math.max(1, from + inset); x < Math.min(crop.width - 1, to - inset); x += step) {
      const value =
        lumaAt(crop, x - 1, y) +
        lumaAt(crop, x + 1, y) +
        lumaAt(crop, x, y - 1) +
        lumaAt(crop, x, y + 1) -
        4 * lumaAt(crop, x, y);
      count += 1;
      sum += value;
      squares += value * value;
    }
  }
  return count === 0 ? 0 : squares / count - (sum / count) ** 2;
}

/** How many pixels of each luma. */
type Histogram = Float64Array;

function cheeksOf(crop: RgbaImage, axes: FaceAxes): { left: Histogram; right: Histogram } | null {
  const side = Math.max(2, Math.round(CHEEK_SIDE * axes.eyeDistance));
  const left = histogramOf(crop, placeOnFace(axes, -CHEEK_ALONG, CHEEK_DOWN), side);
  const right = histogramOf(crop, placeOnFace(axes, CHEEK_ALONG, CHEEK_DOWN), side);
  return left === null || right === null ? null : { left, right };
}

/** Null where the square does not lie wholly in the crop. */
function histogramOf(crop: RgbaImage, centre: Point, side: number): Histogram | null {
  const x = Math.round(centre.x - side / 2);
  const y = Math.round(centre.y - side / 2);
  if (x < 0 || y < 0 || x + side > crop.width || y + side > crop.height) return null;
  const histogram = new Float64Array(256);
  for (let row = y; row < y + side; row += 1) {
    for (let column = x; column < x + side; column += 1) {
      const luma = lumaAt(crop, column, row);
      histogram[luma] = (histogram[luma] ?? 0) + 1;
    }
  }
  return histogram;
}

/** Shared part of two histograms of as many pixels each, 0 to 1. */
function overlap(one: Histogram, other: Histogram): number {
  const pixels = one.reduce((sum, count) => sum + count, 0);
  return one.reduce((sum, count, luma) => sum + Math.min(count, other[luma] ?? 0), 0) / pixels;
}

/** Mean luma, 0 to 1. */
function meanOf(histogram: Histogram): number {
  const pixels = histogram.reduce((sum, count) => sum + count, 0);
  return histogram.reduce((sum, count, luma) => sum + count * luma, 0) / pixels / 255;
}

/** How far the person reaches beyond the face's box, in its widths and heights: hair, neck, shoulders, arms. */
const HAIR_WIDER = 0.35;
const HAIR_HIGHER = 0.45;
const SHOULDERS_BELOW = 0.35;
const SHOULDERS_HALF_WIDTH = 1.5;
const ELBOWS_BELOW = 1.6;
const ELBOWS_HALF_WIDTH = 2;

/** Mean of everything that is not the person; null where nothing is left. */
function backgroundOf(frame: RgbaImage, face: Box): { mean: number; light: number } | null {
  const step = Math.max(1, Math.round(Math.sqrt((frame.width * frame.height) / BACKGROUND_SAMPLES)));
  const centre = face.x + face.width / 2;
  let count = 0;
  let looked = 0;
  let sum = 0;
  let light = 0;
  for (let row = Math.floor(step / 2); row < frame.height; row += step) {
    const half = personHalfWidth(face, (row + 0.5) / frame.height);
    for (let column = Math.floor(step / 2); column < frame.width; column += step) {
      looked += 1;
      if (Math.abs((column + 0.5) / frame.width - centre) < half) continue;
      const offset = (row * frame.width + column) * 4;
      count += 1;
      sum += lumaAtOffset(frame.data, offset);
      light += lightAtOffset(frame.data, offset);
    }
  }
  if (count < looked * SMALLEST_BACKGROUND) return null;
  return { mean: sum / count / 255, light: light / count };
}

/** Rows of the frame in which the background is measured out. */
const BACKGROUND_ROWS = 120;

/** Which share of everything that is not the person lies inside a part of the frame; 0 where nothing does. */
export function backgroundInside(face: Box, part: Box): number {
  const centre = face.x + face.width / 2;
  let all = 0;
  let inside = 0;
  for (let row = 0; row < BACKGROUND_ROWS; row += 1) {
    const y = (row + 0.5) / BACKGROUND_ROWS;
    const half = personHalfWidth(face, y);
    const behind = (from: number, to: number) =>
      Math.max(0, Math.min(to, centre - half) - from) + Math.max(0, to - Math.max(from, centre + half));
    all += behind(0, 1);
    if (y >= part.y && y < part.y + part.height) inside += behind(part.x, part.x + part.width);
  }
  return all === 0 ? 0 : inside / all;
}

/** Half of the person's width at this height of the frame, in shares of its width; 0 above the hair. */
function personHalfWidth(face: Box, y: number): number {
  const belowChin = (y - (face.y + face.height)) / face.height;
  if (y < face.y - HAIR_HIGHER * face.height) return 0;
  const head = face.width * (0.5 + HAIR_WIDER);
  if (belowChin <= 0) return head;
  const shoulders = face.width * SHOULDERS_HALF_WIDTH;
  if (belowChin <= SHOULDERS_BELOW) return head + (shoulders - head) * (belowChin / SHOULDERS_BELOW);
  const reached = Math.min(1, (belowChin - SHOULDERS_BELOW) / (ELBOWS_BELOW - SHOULDERS_BELOW));
  return shoulders + (face.width * ELBOWS_HALF_WIDTH - shoulders) * reached;
}
