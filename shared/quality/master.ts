/** What a master must be (the product's word "complies"), and why a stream is not that. */
import type { AudioStream, MediaInfo, VideoStream } from '../domain/media.ts';

/** Why a video stream cannot be copied into a master as it is. */
export type VideoShortfall =
  | 'codec'
  | 'profile'
  | 'bit-depth'
  | 'chroma'
  | 'hdr'
  | 'interlaced'
  | 'rotation'
  | 'pixel-aspect'
  | 'size'
  | 'frame-rate'
  | 'frame-timing';

/** Why an audio stream cannot be copied into a master as it is. */
export type AudioShortfall = 'codec' | 'profile' | 'sample-rate' | 'channels';

/** Longest side of a master: 4K UHD, either way up. */
export const MASTER_LONG_SIDE = 3840;
export const MASTER_SHORT_SIDE = 2160;
export const MASTER_SAMPLE_RATE = 48_000;
/** Interval p95 deviation of a master, milliseconds. */
export const MASTER_JITTER_MS = 1;
/**
 * 30 and 30000/1001 frames a second lie 0.1 % apart; the bounds give each another 0.1 %, which is less than
 * two frames a minute, because a rate over a few seconds is only known to about one frame.
 */
const LOWEST_RATE = 29.94;
const HIGHEST_RATE = 30.03;

const PROFILES = ['Constrained Baseline', 'Main', 'High'];
const PIXEL_FORMATS = ['yuv420p', 'yuvj420p'];

/** True where the picture fits the largest master without being scaled down. */
export function fitsMaster(width: number, height: number): boolean {
  return Math.max(width, height) <= MASTER_LONG_SIDE && Math.min(width, height) <= MASTER_SHORT_SIDE;
}

/** What keeps this video from complying; empty when it complies. */
export function videoShortfalls(video: VideoStream): VideoShortfall[] {
  const shortfalls: VideoShortfall[] = [];
  if (video.codec !== 'h264') shortfalls.push('codec');
  else if (!PROFILES.includes(video.profile)) shortfalls.push('profile');
  if (video.bitDepth !== 8) shortfalls.push('bit-depth');
  else if (!PIXEL_FORMATS.includes(video.pixelFormat)) shortfalls.push('chroma');
  if (video.hdr) shortfalls.push('hdr');
  if (video.interlaced) shortfalls.push('interlaced');
  if (video.rotationDegrees !== 0) shortfalls.push('rotation');
  if (Math.abs(video.sampleAspectRatio - 1) > 0.001) shortfalls.push('pixel-aspect');
  if (!fitsMaster(video.displayWidth, video.displayHeight)) shortfalls.push('size');
  if (video.averageFrameRate < LOWEST_RATE || video.averageFrameRate > HIGHEST_RATE)
    shortfalls.push('frame-rate');
  if (video.timing.p95DeviationMs > MASTER_JITTER_MS) shortfalls.push('frame-timing');
  return shortfalls;
}

/** Only mp4, mov and Matroska store both times of every frame, without which an mp4 cannot be written. */
export function isCopyable(media: MediaInfo): boolean {
  return /(^|,)(mov|mp4|matroska|webm)(,|$)/.test(media.container);
}

/** True where the picture is taken over into a master as it is. */
export function copiesVideo(media: MediaInfo): boolean {
  return media.video !== null && videoShortfalls(media.video).length === 0 && isCopyable(media);
}

/** What keeps this audio from complying; empty when it complies. More than two channels never do: trainers take speech. */
export function audioShortfalls(audio: AudioStream): AudioShortfall[] {
  const shortfalls: AudioShortfall[] = [];
  if (audio.codec !== 'aac') shortfalls.push('codec');
  else if (audio.profile !== 'LC') shortfalls.push('profile');
  if (audio.sampleRate !== MASTER_SAMPLE_RATE) shortfalls.push('sample-rate');
  if (audio.channels > 2) shortfalls.push('channels');
  return shortfalls;
}
