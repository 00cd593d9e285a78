/** The file of a take as it is made: encoded picture and sound in, head and fragments out. */
import {
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny';
import { FRAGMENT_SECONDS } from '../../../shared/recording/recording.ts';
import type { PictureCodec, SoundCodec } from './codecs.ts';
import { FRAMES_PER_SECOND } from './pacer.ts';
import { SAMPLE_RATE } from './soundLine.ts';

/** Key frames lie a fragment apart, or a frame or two more where some were left out. Half a frame is for rounding. */
const LEAST_SECONDS = FRAGMENT_SECONDS - 0.5 / FRAMES_PER_SECOND;

export interface TakeFile {
  /** @param index number of the frame, from 0 */
  addPicture(chunk: EncodedVideoChunk, index: number, metadata?: EncodedVideoChunkMetadata): Promise<void>;
  /** @param sample number of its first sample, from 0 @param length in samples */
  addSound(
    chunk: EncodedAudioChunk,
    sample: number,
    length: number,
    metadata?: EncodedAudioChunkMetadata,
  ): Promise<void>;
  /** Writes what is left. */
  end(): Promise<void>;
}

/**
 * @param sound null for a take without sound
 * @param store gets the head first, then one fragment after the other; the bytes are its own
 */
export async function beginTakeFile(
  picture: Pick<PictureCodec, 'kind' | 'container'>,
  sound: Pick<SoundCodec, 'kind'> | null,
  store: (bytes: ArrayBuffer) => void,
): Promise<TakeFile> {
  const { format, target } = picture.container === 'mp4' ? fragmentsOf(store) : clustersOf(store);
  const output = new Output({ format, target });
  const pictures = new EncodedVideoPacketSource(picture.kind);
  output.addVideoTrack(pictures, { frameRate: FRAMES_PER_SECOND });
  const sounds = sound === null ? null : new EncodedAudioPacketSource(sound.kind);
  if (sounds !== null) output.addAudioTrack(sounds);
  await output.start();

  return {
    addPicture: (chunk, index, metadata) =>
      pictures.add(
        new EncodedPacket(bytesOf(chunk), chunk.type, index / FRAMES_PER_SECOND, 1 / FRAMES_PER_SECOND),
        metadata,
      ),
    addSound: async (chunk, sample, length, metadata) =>
      sounds?.add(
        new EncodedPacket(bytesOf(chunk), 'key', sample / SAMPLE_RATE, length / SAMPLE_RATE),
        metadata,
      ),
    end: () => output.finalize(),
  };
}

function bytesOf(chunk: EncodedVideoChunk | EncodedAudioChunk): Uint8Array {
  const bytes = new Uint8Array(chunk.byteLength);
  chunk.copyTo(bytes);
  return bytes;
}

interface Cut {
  readonly format: OutputFormat;
  readonly target: StreamTarget;
}

/** Cuts at the boxes of MP4: the head ends with `moov`, a fragment with `mdat`. An index at the end is left out. */
function fragmentsOf(store: (bytes: ArrayBuffer) => void): Cut {
  let parts: Uint8Array[] = [];
  const write = ({ data }: StreamTargetChunk): void => {
    const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
    for (let start = 0; start < data.byteLength; ) {
      const end = start + view.getUint32(start);
      const type = String.fromCharCode(...data.subarray(start + 4, start + 8));
      if (type === 'mfra') return;
      parts.push(data.subarray(start, end));
      if (type === 'moov' || type === 'mdat') {
        store(joined(parts));
        parts = [];
      }
      start = end;
    }
  };
  return {
    format: new Mp4OutputFormat({
      fastStart: 'fragmented',
      minimumFragmentDuration: LEAST_SECONDS,
    }),
    target: new StreamTarget(new WritableStream({ write })),
  };
}

/** WebM is handed over cluster by cluster; what comes before the first is the head. */
function clustersOf(store: (bytes: ArrayBuffer) => void): Cut {
  let head: Uint8Array[] | null = [];
  const write = ({ data }: StreamTargetChunk): void => {
    head?.push(data);
  };
  const onCluster = (data: Uint8Array, position: number): void => {
    if (head !== null) {
      const before = joined(head).slice(0, position);
      head = null;
      store(before);
    }
    store(joined([data]));
  };
  return {
    format: new WebMOutputFormat({
      appendOnly: true,
      minimumClusterDuration: LEAST_SECONDS,
      onCluster,
    }),
    target: new StreamTarget(new WritableStream({ write })),
  };
}

function joined(parts: readonly Uint8Array[]): ArrayBuffer {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.byteLength;
  }
  return all.buffer;
}
