/**
 * A take as its master will show and sound it: what was observed of the source, with what is mended of it. Pure, so
 * that a choice is judged at once. Figures follow what preparing does (`electron/media/filters.ts`); how near they come
 * is held by a test that measures masters. What was not looked at is not made up.
 */
import { editsPicture, editsSound, type Mended } from '../domain/edit.ts';
import { backgroundInside } from './light.ts';
import { mendedSound } from './mendedSound.ts';
import type { Box, Face, FrameSample, Light } from './observation.ts';
import type { Motion, Observations, PictureSample } from './observations.ts';
import { boxWithin, editedSize, keptPart, pointWithin } from './reframe.ts';

/**
 * @returns the same observations where nothing is mended; without pictures where faces were looked for another way up
 *   than the master will be, for then nothing is known of them
 */
export function mendedObservations(observations: Observations, mended: Mended): Observations {
  const isLookedAt = observations.turn === mended.turn;
  if (isLookedAt && !editsPicture(mended) && !editsSound(mended)) return observations;
  const { media, pictures, motion, sound } = observations;
  const { video } = media;
  const part = video === null ? null : keptPart(video, mended);
  const size = video === null ? null : editedSize(video, mended);
  return {
    ...observations,
    media: {
      ...media,
      video:
        video === null || size === null
          ? video
          : { ...video, displayWidth: size.width, displayHeight: size.height },
    },
    pictures: isLookedAt ? pictures.map((picture) => mendedPicture(picture, part, mended)) : [],
    motion: motion === null ? null : mendedMotion(motion, part, mended),
    sound: sound === null ? null : mendedSound(sound, mended),
    letterbox: part === null ? observations.letterbox : null,
  };
}

function mendedPicture(picture: PictureSample, part: Box | null, { liftExponent }: Mended): PictureSample {
  const { frame, backgroundShift } = part === null ? picture : croppedPicture(picture, part);
  const { light } = frame;
  return {
    ...picture,
    frame: {
      ...frame,
      light: light === null || liftExponent === null ? light : liftedLight(light, liftExponent),
    },
    backgroundShift,
  };
}

function croppedPicture(picture: PictureSample, part: Box): PictureSample {
  const { frame, backgroundShift } = picture;
  return {
    ...picture,
    frame: croppedFrame(frame, part),
    backgroundShift: backgroundShift === null ? null : backgroundShift / part.width,
  };
}

function croppedFrame(frame: FrameSample, part: Box): FrameSample {
  const { faces, hands, light } = frame;
  const [first] = faces;
  return {
    ...frame,
    width: Math.round(frame.width * part.width),
    height: Math.round(frame.height * part.height),
    faces: faces.map((face) => croppedFace(face, part)),
    hands: hands?.map((hand) => ({ ...hand, box: boxWithin(hand.box, part) })) ?? null,
    light:
      light === null || first === undefined ? light : croppedLight(light, backgroundInside(first.box, part)),
  };
}

function croppedFace(face: Face, part: Box): Face {
  const { left, right } = face.eyes;
  return {
    ...face,
    box: boxWithin(face.box, part),
    eyes: { left: pointWithin(left, part), right: pointWithin(right, part) },
  };
}

/** The bars were counted as background, and they are black: without them it is brighter. */
function croppedLight(light: Light, inside: number): Light {
  if (inside <= 0) return light;
  return {
    ...light,
    backgroundMean: Math.min(1, light.backgroundMean / inside),
    backgroundStops: light.backgroundStops - Math.log2(inside),
  };
}

/** OFIQ's bounds of what is too dark and too bright (see `light.ts`), luma 0 to 1. */
const UNDER = 25 / 255;
const OVER = 247 / 255;
/** There is nothing to lift out of black, and the curve is endlessly steep there. */
const BLACK = 1 / 255;

/**
 * Luma to the power of the exponent. The mean of a face is lifted as if all of it were as bright; measured on a face of
 * 24 % that comes out 1.4 % of white too high. Within the dark and the bright shares luma is taken to be spread evenly,
 * which is rather too strict: a face has few pixels that are really black.
 */
function liftedLight(light: Light, exponent: number): Light {
  const { faceMean, cheekDifference, shadowEdge } = light;
  const slope = slopeAt(faceMean, exponent);
  const darkBefore = UNDER ** (1 / exponent);
  const brightBefore = OVER ** (1 / exponent);
  return {
    ...light,
    faceMean: faceMean ** exponent,
    underShare: light.underShare * (darkBefore / UNDER),
    overShare: Math.min(1, light.overShare * ((1 - brightBefore) / (1 - OVER))),
    cheekDifference: cheekDifference === null ? null : cheekDifference * slope,
    // It is the share by which one side is darker than the other.
    shadowEdge: shadowEdge === null ? null : 1 - (1 - Math.min(1, shadowEdge)) ** exponent,
    backgroundMean: light.backgroundMean ** exponent,
    // Light is a power of luma too, and stops are its logarithm.
    backgroundStops: light.backgroundStops * exponent,
    sharpness: light.sharpness * slope ** 2,
  };
}

/** By how much a small difference of luma grows at this luma. */
function slopeAt(luma: number, exponent: number): number {
  return exponent * Math.max(BLACK, luma) ** (exponent - 1);
}

/** Bars are black and never change; where they are cut off, the rest counts for more. */
function mendedMotion({ atMs, change, luma }: Motion, part: Box | null, { liftExponent }: Mended): Motion {
  if (part === null && liftExponent === null) return { atMs, change, luma };
  const share = part === null ? 1 : part.width * part.height;
  const exponent = liftExponent ?? 1;
  const shown = luma.map((value) => Math.min(1, value / share / 255));
  return {
    atMs,
    change: change.map((value, index) => Math.round((value / share) * slopeAt(shown[index] ?? 0, exponent))),
    luma: shown.map((value) => Math.round(255 * value ** exponent)),
  };
}
