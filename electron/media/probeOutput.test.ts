import { expect, it } from 'vitest';
import { bitDepthOf, clockwiseRotation, isInterlaced, sampleAspectRatioOf, toNumber } from './probeOutput.ts';

it.each([
  [{ side_data_list: [{ rotation: -90 }] }, 90],
  [{ side_data_list: [{ rotation: 90 }] }, 270],
  [{ side_data_list: [{}, { rotation: -180 }] }, 180],
  [{ side_data_list: [{ rotation: -89.6 }] }, 90],
  [{ tags: { rotate: '90' } }, 90],
  [{ tags: { rotate: '270' }, side_data_list: [{ rotation: 90 }] }, 270],
  [{}, 0],
])('rotation of %j is %i clockwise', (stream, degrees) => {
  expect(clockwiseRotation(stream)).toBe(degrees);
});

it.each([
  ['yuv420p', 8],
  ['yuvj420p', 8],
  ['yuv420p10le', 10],
  ['yuv422p10be', 10],
  ['p010le', 10],
  ['yuva444p12le', 12],
  ['gray10le', 10],
  ['nv12', 8],
  ['yuv410p', 8],
])('%s has %i bits', (pix_fmt, bits) => {
  expect(bitDepthOf({ pix_fmt })).toBe(bits);
});

it.each([
  ['4:3', 4 / 3],
  ['1:1', 1],
  ['0:1', 1],
  ['N/A', 1],
  [undefined, 1],
])('sample aspect ratio %s', (text, ratio) => {
  expect(sampleAspectRatioOf(text)).toBeCloseTo(ratio, 6);
});

it('the container’s word on fields wins, the frame’s counts where there is none', () => {
  expect(isInterlaced({ field_order: 'tt' }, { interlaced_frame: 0 })).toBe(true);
  expect(isInterlaced({ field_order: 'progressive' }, { interlaced_frame: 1 })).toBe(false);
  expect(isInterlaced({ field_order: 'unknown' }, { interlaced_frame: 1 })).toBe(true);
  expect(isInterlaced({}, {})).toBe(false);
});

it('"N/A" is no number', () => {
  expect(['1.5', 'N/A', '', undefined].map(toNumber)).toEqual([1.5, null, null, null]);
});
