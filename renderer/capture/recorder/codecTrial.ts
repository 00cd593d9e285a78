/** Tries encoders with a few pictures and a little silence, before a take depends on them. */
import {
  firstThatWorks,
  type PictureCodec,
  type PictureSize,
  pictureLadder,
  type SoundCodec,
  soundLadder,
} from './codecs.ts';
import { FRAMES_PER_SECOND } from './pacer.ts';
import { SAMPLE_RATE } from './soundLine.ts';

/** An encoder that gives nothing in so long does not work, milliseconds. */
const PATIENCE_MS = 4000;
/** Some encoders want a few pictures before they give the first. */
const TRIAL_FRAMES = 4;

/** The best encoder of pictures that works here; null when none does. */
export async function choosePictureCodec(size: PictureSize): Promise<PictureCodec | null> {
  if (typeof VideoEncoder === 'undefined') return null;
  const found = await firstThatWorks(pictureLadder(size), tryPicture);
  return found?.rung ?? null;
}

/** The best encoder of sound that works here; null when none does. */
export async function chooseSoundCodec(channels: number): Promise<SoundCodec | null> {
  if (typeof AudioEncoder === 'undefined') return null;
  const found = await firstThatWorks(soundLadder(channels), trySound);
  return found === null ? null : { ...found.rung, leadSamples: found.proof.leadSamples };
}

async function tryPicture({ config }: PictureCodec): Promise<true | null> {
  if (!(await isSupported(() => VideoEncoder.isConfigSupported(config)))) return null;
  return trial<true>((found) => {
    const encoder = new VideoEncoder({
      output: (_chunk, metadata) => {
        if (metadata?.decoderConfig) found(true);
      },
      error: () => found(null),
    });
    encoder.configure(config);
    const grey = new Uint8Array((config.width * config.height * 3) / 2).fill(128);
    for (let index = 0; index < TRIAL_FRAMES; index++) {
      const frame = new VideoFrame(grey, {
        format: 'I420',
        codedWidth: config.width,
        codedHeight: config.height,
        timestamp: Math.round((index * 1e6) / FRAMES_PER_SECOND),
      });
      encoder.encode(frame, { keyFrame: index === 0 });
      frame.close();
    }
    void encoder.flush().then(
      () => found(null),
      () => found(null),
    );
    return encoder;
  });
}

async function trySound({
  kind,
  config,
}: Omit<SoundCodec, 'leadSamples'>): Promise<{ leadSamples: number } | null> {
  if (!(await isSupported(() => AudioEncoder.isConfigSupported(config)))) return null;
  return trial<{ leadSamples: number }>((found) => {
    const encoder = new AudioEncoder({
      output: (_chunk, metadata) => {
        const description = metadata?.decoderConfig?.description;
        if (metadata?.decoderConfig) found({ leadSamples: kind === 'opus' ? leadOf(description) : 0 });
      },
      error: () => found(null),
    });
    encoder.configure(config);
    const silence = new AudioData({
      format: 'f32-planar',
      sampleRate: SAMPLE_RATE,
      numberOfFrames: SAMPLE_RATE / 5,
      numberOfChannels: config.numberOfChannels,
      timestamp: 0,
      data: new Float32Array((SAMPLE_RATE / 5) * config.numberOfChannels),
    });
    encoder.encode(silence);
    silence.close();
    void encoder.flush().then(
      () => found(null),
      () => found(null),
    );
    return encoder;
  });
}

/** Asking about a codec that a browser has never heard of may throw. */
async function isSupported(ask: () => Promise<{ supported?: boolean }>): Promise<boolean> {
  try {
    return (await ask()).supported === true;
  } catch {
    return false;
  }
}

/** Runs an encoder until something is found, it fails, or patience ends; closes it. */
async function trial<Proof>(
  begin: (found: (proof: Proof | null) => void) => VideoEncoder | AudioEncoder,
): Promise<Proof | null> {
  let encoder: VideoEncoder | AudioEncoder | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<Proof | null>((resolve) => {
      timer = setTimeout(() => resolve(null), PATIENCE_MS);
      encoder = begin(resolve);
    });
  } catch {
    // Refused on the spot; the next one is tried.
    return null;
  } finally {
    clearTimeout(timer);
    closeEncoder(encoder);
  }
}

/** An encoder that failed is closed already, and says so by throwing. */
export function closeEncoder(encoder: VideoEncoder | AudioEncoder | null): void {
  if (encoder !== null && encoder.state !== 'closed') encoder.close();
}

/** Pre-skip of Opus, from its header (RFC 7845, 5.1): samples at 48 kHz at offset 10, little-endian. */
function leadOf(description: AllowSharedBufferSource | undefined): number {
  if (description === undefined) return 0;
  const view = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description);
  return view.byteLength >= 12 ? view.getUint16(10, true) : 0;
}
