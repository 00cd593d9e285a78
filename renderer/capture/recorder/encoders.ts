/** The two encoders of a take: numbered frames and samples in, numbered packets out. */
import type { PictureCodec, SoundCodec } from './codecs.ts';
import { FRAMES_PER_FRAGMENT, FRAMES_PER_SECOND } from './pacer.ts';
import { SAMPLE_RATE, type Samples } from './soundLine.ts';

const MICROSECONDS = 1_000_000;
/** Some encoders want a few pictures before they give the first. */
const WARM_UP_FRAMES = 4;

export interface PictureEncoder {
  /**
   * Encodes this picture a few times, and gives none of it out; the caller keeps and closes it. An encoder is set up by its
   * first picture, and again by the first one of other colours: on a small machine that takes it half a second, in which a
   * take would lose what the camera delivers. Never rejects; never ends with an encoder that hangs.
   */
  warmUp(picture: VideoFrame): Promise<void>;
  /** Whether something has come out, and it has not failed since. */
  readonly works: boolean;
  /** From now on numbered packets are given out, the first with what a decoder has to know. Once. */
  begin(heard: PicturePackets): void;
  /**
   * Encodes this picture as the frame of this number, which grows; the caller keeps and closes it. Nothing happens once
   * it failed.
   */
  encode(picture: VideoFrame, index: number): void;
  flush(): Promise<void>;
  close(): void;
}

export interface PicturePackets {
  out(chunk: EncodedVideoChunk, index: number, metadata: EncodedVideoChunkMetadata | undefined): void;
  failed(error: unknown): void;
}

/** @throws DOMException when the browser refuses it on the spot */
export function openPictureEncoder({ config }: PictureCodec): PictureEncoder {
  let heard: PicturePackets | null = null;
  let lastKey = Number.NEGATIVE_INFINITY;
  let failure: { readonly error: unknown } | null = null;
  /** Said with the first picture, which may have been one of those to warm up. */
  let description: EncodedVideoChunkMetadata | undefined;
  let warmed = 0;
  let isWarm = (): void => {};
  // The warm-up has the first numbers: time never goes back for an encoder.
  const timeOf = (index: number): number =>
    Math.round(((index + WARM_UP_FRAMES) * MICROSECONDS) / FRAMES_PER_SECOND);
  const encoder = new VideoEncoder({
    output: (chunk, metadata) => {
      if (metadata?.decoderConfig) description = metadata;
      const index = Math.round((chunk.timestamp * FRAMES_PER_SECOND) / MICROSECONDS) - WARM_UP_FRAMES;
      if (index < 0) {
        warmed += 1;
        if (warmed === WARM_UP_FRAMES) isWarm();
      }
      if (heard === null || index < 0) return;
      heard.out(chunk, index, description ?? metadata);
      description = undefined;
    },
    error(error) {
      failure = { error };
      heard?.failed(error);
    },
  });
  encoder.configure(config);
  const encode = (picture: VideoFrame, index: number, keyFrame: boolean): void => {
    if (encoder.state !== 'configured') return;
    const frame = new VideoFrame(picture, {
      timestamp: timeOf(index),
      duration: Math.round(MICROSECONDS / FRAMES_PER_SECOND),
    });
    encoder.encode(frame, { keyFrame });
    frame.close();
  };
  return {
    async warmUp(picture) {
      for (let index = -WARM_UP_FRAMES; index < 0; index++) encode(picture, index, index === -WARM_UP_FRAMES);
      // Some cannot be emptied, and give what they have all the same.
      const all = new Promise<void>((resolve) => {
        isWarm = resolve;
        if (warmed === WARM_UP_FRAMES) resolve();
      });
      await Promise.race([all, encoder.flush().catch(() => {})]);
    },
    get works() {
      return warmed > 0 && failure === null && encoder.state === 'configured';
    },
    begin(listener) {
      heard = listener;
      const failed = failure;
      // Whoever begins is not called back before it has begun.
      if (failed !== null) queueMicrotask(() => listener.failed(failed.error));
    },
    encode(picture, index) {
      const keyFrame = index >= lastKey + FRAMES_PER_FRAGMENT;
      encode(picture, index, keyFrame);
      if (keyFrame) lastKey = index;
    },
    flush: () => encoder.flush(),
    close: () => closeEncoder(encoder),
  };
}

/** An encoder that failed is closed already, and says so by throwing. */
export function closeEncoder(encoder: VideoEncoder | AudioEncoder | null): void {
  if (encoder !== null && encoder.state !== 'closed') encoder.close();
}

export interface SoundEncoder {
  encode(samples: Samples): void;
  flush(): Promise<void>;
  close(): void;
}

export function openSoundEncoder(
  { config }: SoundCodec,
  out: (
    chunk: EncodedAudioChunk,
    sample: number,
    length: number,
    metadata: EncodedAudioChunkMetadata | undefined,
  ) => void,
  failed: (error: unknown) => void,
): SoundEncoder {
  let given = 0;
  let made = 0;
  const encoder = new AudioEncoder({
    output: (chunk, metadata) => {
      // Counted, not stamped: microseconds cannot say where a sample lies.
      const length = Math.round(((chunk.duration ?? 0) * SAMPLE_RATE) / MICROSECONDS);
      out(chunk, made, length, metadata);
      made += length;
    },
    error: failed,
  });
  encoder.configure(config);
  return {
    encode(samples) {
      if (encoder.state !== 'configured') return;
      const length = samples[0]?.length ?? 0;
      const planes = new Float32Array(length * samples.length);
      for (const [channel, plane] of samples.entries()) planes.set(plane, channel * length);
      const data = new AudioData({
        format: 'f32-planar',
        sampleRate: SAMPLE_RATE,
        numberOfFrames: length,
        numberOfChannels: samples.length,
        timestamp: Math.round((given * MICROSECONDS) / SAMPLE_RATE),
        data: planes,
      });
      encoder.encode(data);
      data.close();
      given += length;
    },
    flush: () => encoder.flush(),
    close: () => closeEncoder(encoder),
  };
}
