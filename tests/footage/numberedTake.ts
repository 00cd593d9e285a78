/** Footage of a person with a number in every frame, so that a test can say which frames a file holds. */
import { execFile } from 'node:child_process';
import { access, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { composeTake, footageCacheDir } from './compose.mjs';
import { numberOf, readBlocks, stripFilters, stripSource } from './frameNumbers.ts';

const run = promisify(execFile);
const WIDTH = 640;
const HEIGHT = 360;
/** Where the numbers lie, pixels: 32 blocks of 16. */
const STRIP = { x: 64, y: HEIGHT - 16, width: 512, height: 16 };
const VERSION = 1;

export interface NumberedTake {
  readonly seconds: number;
  /** Frames from one key frame to the next. */
  readonly keyEvery: number;
  /** Frames that are decoded out of order. */
  readonly reordered: boolean;
  /** Frames are shown before a key frame that are decoded after it, and lean on what was before. */
  readonly open?: boolean;
}

/** Made once, and then taken from the cache. 640 × 360 at 30 frames a second, H.264 and AAC in mp4. */
export async function composeNumberedTake(
  { seconds, keyEvery, reordered, open = false }: NumberedTake,
  ffmpeg: string,
): Promise<string> {
  const kind = `${seconds}-${keyEvery}-${reordered}${open ? '-open' : ''}`;
  const file = join(footageCacheDir(), `numbered-${VERSION}-${kind}.mp4`);
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) return file;
  const person = await composeTake({ seconds, width: WIDTH, height: HEIGHT }, { ffmpeg });
  await mkdir(footageCacheDir(), { recursive: true });
  const temporary = `${file}.${process.pid}.mp4`;
  try {
    await run(ffmpeg, [
      ...[
        '-v',
        'error',
        '-nostdin',
        '-y',
        '-i',
        person,
        '-f',
        'lavfi',
        '-t',
        String(seconds),
        '-i',
        stripSource,
      ],
      ...[
        '-filter_complex',
        `[1:v]${stripFilters()},scale=${STRIP.width}:${STRIP.height}:flags=neighbor[strip];[0:v][strip]overlay=${STRIP.x}:${STRIP.y}`,
      ],
      ...['-map', '0:a', '-c:a', 'copy', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16'],
      ...[
        '-pix_fmt',
        'yuv420p',
        '-g',
        String(keyEvery),
        '-keyint_min',
        String(keyEvery),
        '-sc_threshold',
        '0',
      ],
      ...['-bf', reordered ? '3' : '0', ...(open ? ['-x264-params', 'open-gop=1:b-adapt=0'] : []), temporary],
    ]);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
  return file;
}

/** The numbers of a file's frames, in the order they are shown; null where one cannot be read. */
export async function numbersIn(ffmpeg: string, file: string): Promise<(number | null)[]> {
  return (await readBlocks(ffmpeg, file, STRIP, 32)).map(numberOf);
}
