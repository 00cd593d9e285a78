/** Files that are whole, and still not what anybody means by a take: no frames, one, far too many, far too large. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lie } from './boxes.ts';
import { type Expected, either, error, report } from './expected.ts';
import type { DamageClass } from './kit.ts';
import type { Sources } from './sources.ts';

interface Odd {
  readonly ending: string;
  readonly expected: Expected;
  readonly make: (sources: Sources, path: string) => Promise<void>;
}

const short = report('DURATION_TOO_SHORT');
const small = (expected: Expected, ending: string, ...how: readonly string[]): Odd => ({
  ending,
  expected,
  make: ({ make, small: file }, path) => make('-i', file, ...how, path),
});
const picture = (expected: Expected, ending: string, source: string, ...how: readonly string[]): Odd => ({
  ending,
  expected,
  make: ({ make }, path) => make('-f', 'lavfi', '-i', source, ...how, path),
});
const classOf = (name: string, all: readonly [Odd, ...Odd[]]): DamageClass => ({
  name,
  count: all.length,
  async make(index, { sources, folder }) {
    const { ending, expected, make } = all[index] ?? all[0];
    const path = join(folder, `${index}${ending}`);
    await make(sources, path);
    return { path, expected };
  },
});

const nothing = error('FILE_TRUNCATED', 'FILE_NO_VIDEO', 'FILE_NOT_MEDIA', 'FILE_EMPTY');
const NONE = ['-c', 'copy', '-t', '0'];
/** Of some containers one frame is left. */
const nearlyNothing = either(short, ...nothing.codes);
/** Its tables say that there is not one sample. */
const emptied = (of: 'faststart' | 'mov', ending: string): Odd => ({
  ending,
  expected: nothing,
  make: async (sources, path) => {
    const none = (at: number) => (content: Buffer) => {
      content.writeUInt32BE(0, at);
    };
    let { bytes } = sources.of[of];
    bytes = lie(bytes, 'stsz', none(8));
    for (const table of ['stts', 'stsc', 'stco']) bytes = lie(bytes, table, none(4));
    await writeFile(path, bytes);
  },
});
const NO_FRAMES: readonly [Odd, ...Odd[]] = [
  emptied('faststart', '.mp4'),
  emptied('mov', '.mov'),
  small(nearlyNothing, '.mkv', ...NONE),
  small(nearlyNothing, '.ts', ...NONE),
  small(nearlyNothing, '.avi', ...NONE),
  {
    ending: '.mp4',
    expected: nothing,
    make: async ({ of: { fragments } }, path) =>
      writeFile(path, fragments.bytes.subarray(0, fragments.bytes.indexOf('moof') - 4)),
  },
  small(error('FILE_NO_VIDEO'), '.mp4', '-vn', '-c:a', 'copy'),
  small(error('FILE_NO_VIDEO'), '.mkv', '-vn', '-c:a', 'copy'),
];

const ONE = ['-frames:v', '1'];
const ONE_FRAME: readonly [Odd, ...Odd[]] = [
  small(short, '.mp4', ...ONE, '-an'),
  small(short, '.mp4', ...ONE, '-c:a', 'copy'),
  small(short, '.mov', ...ONE, '-an'),
  small(short, '.mkv', ...ONE, '-an'),
  small(short, '.mkv', ...ONE, '-c:a', 'copy'),
  small(short, '.avi', ...ONE, '-an', '-c:v', 'mjpeg'),
  small(short, '.webm', ...ONE, '-an', '-c:v', 'libvpx'),
  small(short, '.ts', ...ONE, '-an'),
];

const FAST = ['-pix_fmt', 'yuv420p', '-c:v', 'libx264', '-preset', 'ultrafast'];
const large = either(report('DURATION_TOO_SHORT', 'SIZE_REDUCED'));
const LARGE: readonly [Odd, ...Odd[]] = [
  picture(large, '.mp4', 'testsrc2=s=7680x4320:r=10:d=0.5', ...FAST),
  picture(large, '.mkv', 'testsrc2=s=4320x7680:r=10:d=0.3', ...FAST),
  picture(report('DURATION_TOO_SHORT', 'RESOLUTION_TOO_LOW'), '.mp4', 'testsrc2=s=8192x32:r=30:d=1', ...FAST),
  picture(short, '.avi', 'testsrc2=s=7680x4320:r=10:d=0.2', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'),
];

const tiny = report('DURATION_TOO_SHORT', 'RESOLUTION_TOO_LOW');
const TINY: readonly [Odd, ...Odd[]] = [
  picture(tiny, '.mp4', 'testsrc2=s=16x16:r=30:d=1', ...FAST),
  picture(tiny, '.mkv', 'color=s=2x2:r=30:d=1', '-c:v', 'ffv1', '-pix_fmt', 'yuv420p'),
  picture(tiny, '.avi', 'color=s=2x2:r=30:d=1', '-c:v', 'mjpeg', '-pix_fmt', 'yuvj444p'),
  picture(tiny, '.mov', 'color=s=1920x2:r=30:d=1', ...FAST),
];

const off = report('FRAME_RATE_OFF');
const RATES: readonly [Odd, ...Odd[]] = [
  small(off, '.mp4', '-vf', 'fps=240', '-preset', 'ultrafast', '-c:a', 'copy'),
  small(off, '.mkv', '-vf', 'fps=240', '-preset', 'ultrafast', '-c:a', 'copy'),
  picture(off, '.mp4', 'testsrc2=s=320x180:r=240:d=16', ...FAST),
  small(off, '.mp4', '-vf', 'fps=1000', '-preset', 'ultrafast', '-an'),
  small(off, '.mkv', '-vf', 'fps=1', '-preset', 'ultrafast', '-c:a', 'copy'),
  picture(off, '.mp4', 'testsrc2=s=320x180:r=1/10:d=40', ...FAST),
  picture(off, '.avi', 'testsrc2=s=320x180:r=5:d=3', '-c:v', 'mjpeg'),
  picture(off, '.webm', 'testsrc2=s=320x180:r=60:d=1', '-c:v', 'libvpx'),
];

const times = (count: number, ...what: readonly string[]) => Array.from({ length: count }, () => what).flat();
const STREAMS: readonly [Odd, ...Odd[]] = [
  small(short, '.mp4', '-c', 'copy', ...times(1, '-map', '0:v'), ...times(22, '-map', '0:a')),
  small(short, '.mkv', '-c', 'copy', ...times(23, '-map', '0:v')),
  small(short, '.ts', '-c', 'copy', ...times(10, '-map', '0:v'), ...times(13, '-map', '0:a')),
  small(short, '.mov', '-c', 'copy', ...times(22, '-map', '0:a'), ...times(1, '-map', '0:v')),
];

export const ODD: readonly DamageClass[] = [
  classOf('no frames', NO_FRAMES),
  classOf('one frame', ONE_FRAME),
  classOf('8K and larger', LARGE),
  classOf('a few pixels', TINY),
  classOf('240 frames a second, and 1', RATES),
  classOf('23 streams', STREAMS),
];
