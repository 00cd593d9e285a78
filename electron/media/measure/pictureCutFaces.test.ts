import { describe, expect, it } from 'vitest';
import { judgeCut, leastFaceJump } from '../../../shared/quality/cuts.ts';
import type { Landmarks } from './facesMessages.ts';
import { type FramesAround, faceJumpIn, placesByEntry } from './pictureCutFaces.ts';

/** Eight frames around a place before the fifth; each says where the face is, or that there is none. */
function around(faces: readonly (number | null)[]) {
  const looked: number[] = [];
  const frames = faces.map((_face, index) => ({ width: index + 1, height: 1, bytes: new Uint8Array(0) }));
  const looking = {
    find: async ({ width }: { readonly width: number }): Promise<Landmarks> => {
      looked.push(width - 1);
      const x = faces[width - 1];
      return x == null ? null : { points: [{ x, y: 0 }], eyeDistance: 1 };
    },
  };
  const place: FramesAround = { frames, at: 4 };
  return { looked, jump: (least: number) => faceJumpIn(place, least, looking) };
}

describe('how far a face jumps', () => {
  it('is told over the largest movement around it', async () => {
    const { jump, looked } = around([0, 0.1, 0.1, 0.1, 1.1, 1.1, 1.1, 1.1]);
    expect(await jump(0)).toBe(8.93);
    expect(looked.sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('is not known where no face is seen on both sides, and no more is looked at', async () => {
    const { jump, looked } = around([0, 0, 0, null, 1, 1, 1, 1]);
    expect(await jump(0)).toBeNull();
    expect(looked).toEqual([3, 4]);
  });

  it('is not known from a single movement', async () => {
    expect(await around([null, null, null, 0, 1, 1.1, null, null]).jump(0)).toBeNull();
  });

  it('is looked at no longer once it says nothing', async () => {
    const { jump, looked } = around([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
    expect(await jump(leastFaceJump(1.5))).toBeLessThan(1);
    expect(looked.length).toBe(3);
  });

  it('leads to the same judgement, however much is looked at', async () => {
    let seed = 1;
    const random = () => {
      seed = (seed * 16_807) % 2_147_483_647;
      return seed / 2_147_483_647;
    };
    const kinds = new Set<string>();
    let saved = 0;
    for (let run = 0; run < 400; run++) {
      let x = 0;
      const faces = Array.from({ length: 8 }, (_unused, index) => {
        x += random() * (index === 4 ? 0.5 : 0.1);
        return random() < 0.05 ? null : x;
      });
      const pictureJump = 1.4 + 2 * random();
      const whole = around(faces);
      const short = around(faces);
      const rest = { atSeconds: 1, pictureJump, soundJump: null, timeJump: null };
      const judged = judgeCut({ ...rest, faceJump: await whole.jump(0) });
      expect(judgeCut({ ...rest, faceJump: await short.jump(leastFaceJump(pictureJump)) })).toEqual(judged);
      kinds.add(judged.kind);
      saved += whole.looked.length - short.looked.length;
    }
    expect([...kinds].sort()).toEqual(['likely', 'none', 'sure']);
    expect(saved).toBeGreaterThan(400);
  });
});

it('places are decoded in one go that share the key frame before what is looked at', () => {
  const times = Array.from({ length: 300 }, (_unused, index) => index / 30);
  const places = [200, 10, 290, 90, 65, 64].map((frame) => ({ frame }));
  const groups = placesByEntry(places, times, [8, 0, 2]);
  // Of 64 the first frame that is looked at is the key frame itself: it is reached from the one before.
  expect(groups.map((group) => group.map(({ frame }) => frame))).toEqual([[200, 90, 65], [10, 64], [290]]);
  // Nothing is known of key frames: all of it would be decoded either way.
  expect(placesByEntry(places, times, [])).toEqual([places]);
});
