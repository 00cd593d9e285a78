/** Which encoders a take is made with: asked for in order, and tried with real pictures, because browsers promise too much. */
import { AUDIO_BIT_RATE, VIDEO_BIT_RATE } from '../../../shared/recording/recording.ts';
import { FRAMES_PER_SECOND } from './pacer.ts';
import { SAMPLE_RATE } from './soundLine.ts';

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** A way to encode the picture, and the file that can hold it. */
export interface PictureCodec {
  readonly kind: 'avc' | 'vp9' | 'vp8';
  readonly container: 'mp4' | 'webm';
  readonly config: VideoEncoderConfig;
}

export interface SoundCodec {
  readonly kind: 'aac' | 'opus';
  readonly config: AudioEncoderConfig;
  /** Samples at the beginning of what is decoded that were never put in. */
  readonly leadSamples: number;
}

/** Macroblocks of a frame that levels 4.0 and 5.1 of H.264 allow (table A-1 of the standard). */
const LEVEL_4_MACROBLOCKS = 8192;
/** Pixels that `VIDEO_BIT_RATE` is meant for. */
const FULL_HD_PIXELS = 1920 * 1080;
/** However small the picture, a face needs this many bits a second. */
const LEAST_BIT_RATE = 2_000_000;
/** Above 4K nothing gets better, and the disk has to keep up. */
const MOST_BIT_RATE = 40_000_000;

/** Bits per second for a picture of this size. */
export function bitRateFor({ width, height }: PictureSize): number {
  const rate = Math.round((VIDEO_BIT_RATE * width * height) / FULL_HD_PIXELS);
  return Math.min(MOST_BIT_RATE, Math.max(LEAST_BIT_RATE, rate));
}

/** The picture as it is recorded: the camera's own size, without an odd last row or column, which 4:2:0 cannot have. */
export function recordedSize({ width, height }: PictureSize): PictureSize {
  return { width: width - (width % 2), height: height - (height % 2) };
}

/** Every way to encode a picture of this size, the best first. */
export function pictureLadder(size: PictureSize): readonly PictureCodec[] {
  const macroblocks = Math.ceil(size.width / 16) * Math.ceil(size.height / 16);
  const fits = macroblocks <= LEVEL_4_MACROBLOCKS;
  const level = fits ? '28' : '33';
  const shared = {
    width: size.width,
    height: size.height,
    bitrate: bitRateFor(size),
    framerate: FRAMES_PER_SECOND,
    // "prefer-hardware" is taken as mandatory, and software keeps up as well.
    hardwareAcceleration: 'no-preference',
    // In "realtime" an encoder may leave out frames to hold its rate.
    latencyMode: 'quality',
    bitrateMode: 'variable',
  } as const;
  const avc = (profile: string): PictureCodec => ({
    kind: 'avc',
    container: 'mp4',
    config: { ...shared, codec: `avc1.${profile}${level}`, avc: { format: 'avc' } },
  });
  return [
    avc('6400'),
    avc('4D00'),
    avc('42E0'),
    {
      kind: 'vp9',
      container: 'mp4',
      config: { ...shared, codec: `vp09.00.${fits ? '40' : '51'}.08`, latencyMode: 'realtime' },
    },
    // There is no agreed way to put VP8 into MP4.
    { kind: 'vp8', container: 'webm', config: { ...shared, codec: 'vp8', latencyMode: 'realtime' } },
  ];
}

/** Every way to encode the sound, the best first: AAC needs no conversion later, Opus is everywhere. */
export function soundLadder(channels: number): readonly Omit<SoundCodec, 'leadSamples'>[] {
  const shared = { sampleRate: SAMPLE_RATE, numberOfChannels: channels, bitrate: AUDIO_BIT_RATE };
  return [
    { kind: 'aac', config: { ...shared, codec: 'mp4a.40.2', aac: { format: 'aac' } } },
    { kind: 'opus', config: { ...shared, codec: 'opus' } },
  ];
}

/** The first of the ladder that a browser supports and that works when tried; null when there is none. */
export async function firstThatWorks<Rung, Proof>(
  ladder: readonly Rung[],
  works: (rung: Rung) => Promise<Proof | null>,
): Promise<{ readonly rung: Rung; readonly proof: Proof } | null> {
  for (const rung of ladder) {
    const proof = await works(rung);
    if (proof !== null) return { rung, proof };
  }
  return null;
}
