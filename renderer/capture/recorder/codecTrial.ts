/** Tries encoders with a picture and a little silence, before a take depends on them. */
import { inTime } from '../inTime.ts';
import {
  firstThatWorks,
  type PictureCodec,
  type PictureSize,
  pictureLadder,
  type SoundCodec,
  soundLadder,
} from './codecs.ts';
import { closeEncoder, openPictureEncoder, type PictureEncoder } from './encoders.ts';
import { SAMPLE_RATE } from './soundLine.ts';

/** An encoder that gives nothing in so long does not work, milliseconds. */
const PATIENCE_MS = 4000;

/**
 * The best way to encode pictures that works here, with its encoder, warmed up; null when none does.
 * @param picture as the camera delivers them, at the size of the recording; the caller closes it
 */
export async function choosePictureCodec(
  size: PictureSize,
  picture: VideoFrame,
): Promise<{ readonly codec: PictureCodec; readonly encoder: PictureEncoder } | null> {
  if (typeof VideoEncoder === 'undefined') return null;
  const found = await firstThatWorks(pictureLadder(size), (codec) => tryPicture(codec, picture));
  return found && { codec: found.rung, encoder: found.proof };
}

/** The best encoder of sound that works here; null when none does. */
export async function chooseSoundCodec(channels: number): Promise<SoundCodec | null> {
  if (typeof AudioEncoder === 'undefined') return null;
  const found = await firstThatWorks(soundLadder(channels), trySound);
  return found === null ? null : { ...found.rung, leadSamples: found.proof.leadSamples };
}

async function tryPicture(codec: PictureCodec, picture: VideoFrame): Promise<PictureEncoder | null> {
  if (!(await isSupported(() => VideoEncoder.isConfigSupported(codec.config)))) return null;
  let encoder: PictureEncoder | null = null;
  try {
    encoder = openPictureEncoder(codec);
    await inTime(PATIENCE_MS, encoder.warmUp(picture));
    if (encoder.works) return encoder;
  } catch {
    // Refused on the spot; the next one is tried.
  }
  encoder?.close();
  return null;
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
  begin: (found: (proof: Proof | null) => void) => AudioEncoder,
): Promise<Proof | null> {
  let encoder: AudioEncoder | null = null;
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

/** Pre-skip of Opus, from its header (RFC 7845, 5.1): samples at 48 kHz at offset 10, little-endian. */
function leadOf(description: AllowSharedBufferSource | undefined): number {
  if (description === undefined) return 0;
  const view = ArrayBuffer.isView(description)
    ? new DataView(description.buffer, description.byteOffset, description.byteLength)
    : new DataView(description);
  return view.byteLength >= 12 ? view.getUint16(10, true) : 0;
}
