/** The two encoders of a take: numbered frames and samples in, numbered packets out. */
import type { PictureCodec, SoundCodec } from './codecs.ts';
import { closeEncoder } from './codecTrial.ts';
import { FRAMES_PER_FRAGMENT, FRAMES_PER_SECOND } from './pacer.ts';
import { SAMPLE_RATE, type Samples } from './soundLine.ts';

const MICROSECONDS = 1_000_000;

export interface PictureEncoder {
  /**
   * Encodes this picture as the frame of this number, which grows; the caller keeps and closes it. Nothing happens once
   * it failed.
   */
  encode(picture: VideoFrame, index: number): void;
  flush(): Promise<void>;
  close(): void;
}

export function openPictureEncoder(
  { config }: PictureCodec,
  out: (chunk: EncodedVideoChunk, index: number, metadata: EncodedVideoChunkMetadata | undefined) => void,
  failed: (error: unknown) => void,
): PictureEncoder {
  let lastKey = Number.NEGATIVE_INFINITY;
  const encoder = new VideoEncoder({
    output: (chunk, metadata) =>
      out(chunk, Math.round((chunk.timestamp * FRAMES_PER_SECOND) / MICROSECONDS), metadata),
    error: failed,
  });
  encoder.configure(config);
  return {
    encode(picture, index) {
      if (encoder.state !== 'configured') return;
      const frame = new VideoFrame(picture, {
        timestamp: Math.round((index * MICROSECONDS) / FRAMES_PER_SECOND),
        duration: Math.round(MICROSECONDS / FRAMES_PER_SECOND),
      });
      const keyFrame = index >= lastKey + FRAMES_PER_FRAGMENT;
      encoder.encode(frame, { keyFrame });
      if (keyFrame) lastKey = index;
      frame.close();
    },
    flush: () => encoder.flush(),
    close: () => closeEncoder(encoder),
  };
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
