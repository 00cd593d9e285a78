import { describe, expect, it } from 'vitest';
import { cutPlanar } from '../../../shared/quality/planarPixels.ts';
import { createFrameCopier } from './framePixels.ts';
import { cutPacked } from './packedPixels.ts';

const HD = { matrix: 'bt709', fullRange: false } as const;

/** One colour, 4 × 4, as Y'CbCr. */
const plain = (luma: number, blue: number, red: number): Uint8Array =>
  Uint8Array.from([...Array(16).fill(luma), ...Array(4).fill(blue), ...Array(4).fill(red)]);

const I420 = [
  { offset: 0, stride: 4 },
  { offset: 16, stride: 2 },
  { offset: 20, stride: 2 },
];
const whole = { x: 0, y: 0, width: 4, height: 4 };
const pixel = (data: ArrayLike<number>): number[] => Array.from(data).slice(0, 4);

describe('pixels of a frame', () => {
  it.each([
    // ITU-R BT.709: colour bars of 100 %.
    { name: 'white', ycc: [235, 128, 128], colorSpace: HD, rgb: [255, 255, 255] },
    { name: 'black', ycc: [16, 128, 128], colorSpace: HD, rgb: [0, 0, 0] },
    { name: 'red', ycc: [63, 102, 240], colorSpace: HD, rgb: [255, 0, 0] },
    { name: 'green', ycc: [173, 42, 26], colorSpace: HD, rgb: [0, 255, 0] },
    { name: 'blue', ycc: [32, 240, 118], colorSpace: HD, rgb: [0, 0, 255] },
    {
      name: 'red of a JPEG camera',
      ycc: [76, 85, 255],
      colorSpace: { matrix: 'smpte170m', fullRange: true },
      rgb: [255, 0, 0],
    },
  ] as const)('reads $name', ({ ycc: [luma, blue, red], colorSpace, rgb }) => {
    const picture = { bytes: plain(luma, blue, red), planes: I420, format: 'I420', colorSpace } as const;
    const [r, g, b, a] = pixel(cutPlanar(picture, whole, 2, 2).data);
    [r, g, b].forEach((value, index) => {
      expect(Math.abs((value ?? 0) - (rgb[index] ?? 0))).toBeLessThanOrEqual(2);
    });
    expect(a).toBe(255);
  });

  it('of a camera that does not say how its colours are meant are those of the preview', async () => {
    const bytes = plain(167, 102, 169);
    // As far as a copier looks at a frame.
    const frame = {
      displayWidth: 4,
      displayHeight: 4,
      visibleRect: whole,
      format: 'I420',
      colorSpace: { matrix: null, fullRange: null },
      allocationSize: () => bytes.length,
      copyTo: async (memory: Uint8Array) => {
        memory.set(bytes);
        return I420;
      },
    } as unknown as VideoFrame;
    const { cut } = await createFrameCopier()(frame);
    // As Chromium 114 and 156 draw such a frame.
    const drawn = [241, 153, 124];
    for (const [index, value] of drawn.entries())
      expect(Math.abs((pixel(cut(whole, 2, 2).data)[index] ?? 0) - value)).toBeLessThanOrEqual(1);
  });

  it('reads colours that lie side by side, with lines longer than the picture', () => {
    const bytes = new Uint8Array(6 * 4 + 6 * 2).fill(235, 0, 24);
    for (const [index, value] of [102, 240].entries())
      for (let at = 24 + index; at < bytes.length; at += 2) bytes[at] = value;
    const planes = [
      { offset: 0, stride: 6 },
      { offset: 24, stride: 6 },
    ];
    bytes.fill(63, 0, 24);
    const picture = { bytes, planes, format: 'NV12', colorSpace: HD } as const;
    const [r, g, b] = pixel(cutPlanar(picture, whole, 4, 4).data);
    expect([r, g, b].map((value) => Math.round((value ?? 0) / 8))).toEqual([32, 0, 0]);
  });

  it('cuts at full size without a change, and takes the mean when it makes smaller', () => {
    const bytes = Uint8Array.from({ length: 4 * 4 * 4 }, (_unused, index) =>
      index % 4 === 3 ? 255 : Math.floor(index / 4) * 10,
    );
    const planes = [{ offset: 0, stride: 16 }];
    const picture = { bytes, planes, format: 'RGBA' } as const;
    expect(pixel(cutPacked(picture, { x: 2, y: 1, width: 2, height: 2 }, 2, 2).data)).toEqual([
      60, 60, 60, 255,
    ]);
    // Pixels 0, 1, 4 and 5.
    expect(pixel(cutPacked(picture, whole, 2, 2).data)).toEqual([25, 25, 25, 255]);
  });

  it('knows where red is', () => {
    const bytes = Uint8Array.from([1, 2, 3, 0]);
    const planes = [{ offset: 0, stride: 4 }];
    const one = { x: 0, y: 0, width: 1, height: 1 };
    expect(pixel(cutPacked({ bytes, planes, format: 'BGRX' }, one, 1, 1).data)).toEqual([3, 2, 1, 255]);
    expect(pixel(cutPacked({ bytes, planes, format: 'RGBX' }, one, 1, 1).data)).toEqual([1, 2, 3, 255]);
  });
});
