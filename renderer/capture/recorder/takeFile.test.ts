import { describe, expect, it } from 'vitest';
import type { PictureCodec } from './codecs.ts';
import { FRAMES_PER_FRAGMENT } from './pacer.ts';
import { beginTakeFile } from './takeFile.ts';

/** Stands for what an encoder gave: the file does not look into it. */
function chunkOf(type: 'key' | 'delta', byteLength: number): EncodedVideoChunk & EncodedAudioChunk {
  return {
    type,
    byteLength,
    timestamp: 0,
    duration: null,
    copyTo: (destination) => {
      if (destination instanceof Uint8Array) destination.fill(7);
    },
  };
}

/** SPS and PPS of an encoder in the browser, 1080p. */
const AVC_DESCRIPTION = Uint8Array.from([
  1, 100, 0, 40, 255, 225, 0, 15, 103, 100, 0, 40, 172, 43, 64, 60, 1, 19, 242, 192, 60, 72, 154, 1, 0, 4,
  104, 238, 60, 176,
]);
const OPUS_DESCRIPTION = Uint8Array.from([
  79, 112, 117, 115, 72, 101, 97, 100, 1, 1, 56, 1, 128, 187, 0, 0, 0, 0, 0,
]);

/** @param packet samples in a packet of sound */
async function make(picture: Pick<PictureCodec, 'kind' | 'container'>, frames: number, packet = 960) {
  const stored: Uint8Array[] = [];
  const file = await beginTakeFile(picture, { kind: 'opus' }, (bytes) => stored.push(new Uint8Array(bytes)));
  let sound = 0;
  for (let frame = 0; frame < frames; frame++) {
    await file.addPicture(chunkOf(frame % FRAMES_PER_FRAGMENT === 0 ? 'key' : 'delta', 1000), frame, {
      decoderConfig: {
        codec: picture.kind === 'avc' ? 'avc1.640028' : 'vp8',
        codedWidth: 1920,
        codedHeight: 1080,
        ...(picture.kind === 'avc' ? { description: AVC_DESCRIPTION } : {}),
      },
    });
    for (; sound < ((frame + 1) / 30) * 48_000; sound += packet) {
      await file.addSound(chunkOf('key', 100), sound, packet, {
        decoderConfig: {
          codec: 'opus',
          sampleRate: 48_000,
          numberOfChannels: 1,
          description: OPUS_DESCRIPTION,
        },
      });
    }
  }
  const before = stored.length;
  await file.end();
  return { stored, before };
}

function boxesOf(bytes: Uint8Array): string[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const types: string[] = [];
  for (let at = 0; at < bytes.byteLength; at += view.getUint32(at))
    types.push(String.fromCharCode(...bytes.subarray(at + 4, at + 8)));
  return types;
}

describe('an MP4 as it is made', () => {
  it('is a head, then three fragments a second, and nothing at its end', async () => {
    const { stored, before } = await make({ kind: 'avc', container: 'mp4' }, 69);
    expect(stored.map(boxesOf)).toEqual([
      ['ftyp', 'moov'],
      ...Array.from({ length: 7 }, () => ['moof', 'mdat']),
    ]);
    // Only the fragment that was not complete was still to come.
    expect(before).toBe(stored.length - 1);
    // 10 pictures, and 16 or 17 pieces of sound.
    for (const fragment of stored.slice(1, 7))
      expect(Math.abs(fragment.byteLength - 12_000)).toBeLessThan(400);
  });

  it('has sound alone in its last fragment at most, and only where the picture ends with a fragment or a frame before', async () => {
    const alone = new Set<number>();
    for (const packet of [960, 1024])
      for (let frames = 121; frames <= 150; frames++) {
        const { stored } = await make({ kind: 'avc', container: 'mp4' }, frames, packet);
        const more = stored.length - 1 - Math.ceil(frames / FRAMES_PER_FRAGMENT);
        if (more !== 0) alone.add(frames % FRAMES_PER_FRAGMENT);
        expect([0, 1]).toContain(more);
      }
    expect([...alone].sort()).toEqual([0, 9]);
  });
});

describe('a WebM as it is made', () => {
  it('is a head, then three clusters a second', async () => {
    const { stored } = await make({ kind: 'vp8', container: 'webm' }, 54);
    const starts = stored.map((bytes) =>
      [...bytes.subarray(0, 4)].map((byte) => byte.toString(16)).join(' '),
    );
    expect(starts).toEqual(['1a 45 df a3', ...Array.from({ length: 6 }, () => '1f 43 b6 75')]);
  });
});
