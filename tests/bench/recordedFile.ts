/** What is in a recorded file of the numbered camera. */
import { execFile } from 'node:child_process';
import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { MediaTools } from '../../electron/media/locate.ts';
import { cameraPictures, type FakeCamera } from '../footage/fakeCamera.ts';
import { countFrames, type FrameCount, readFrameNumbers, readPackets } from '../footage/frameNumbers.ts';

const run = promisify(execFile);

/** Frames that are compared with their sources. */
const COMPARED = 60;

export interface RecordedPicture extends FrameCount {
  readonly numbers: readonly (number | null)[];
  readonly width: number;
  readonly height: number;
  readonly codec: string;
  /** From the first frame to the end of the last. */
  readonly seconds: number;
  readonly bitRateMbps: number;
  /** 95th percentile of how far the time between two frames is from 1/30 s. */
  readonly intervalP95Ms: number;
}

/** @throws {Error} when the file cannot be decoded, or its frames are out of order */
export async function readRecorded(
  tools: MediaTools,
  file: string,
  camera: FakeCamera,
): Promise<RecordedPicture> {
  const { stdout } = await run(tools.ffprobe, [
    ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'stream=width,height,codec_name'],
    ...['-of', 'json', file],
  ]);
  const [stream] = (
    JSON.parse(stdout) as { streams: { width: number; height: number; codec_name: string }[] }
  ).streams;
  if (stream === undefined) throw new Error(`${file} has no picture.`);
  const packets = await readPackets(tools.ffprobe, file);
  const intervals = packets.slice(1).map((packet, index) => packet.seconds - (packets[index]?.seconds ?? 0));
  const seconds = intervals.reduce((sum, interval) => sum + interval, 1 / 30);
  const numbers = await readFrameNumbers(tools.ffmpeg, file);
  if (numbers.length !== packets.length) {
    throw new Error(`${file} has ${packets.length} packets and ${numbers.length} frames.`);
  }
  return {
    ...countFrames(numbers, camera.frames),
    numbers,
    width: stream.width,
    height: stream.height,
    codec: stream.codec_name,
    seconds,
    bitRateMbps: (packets.reduce((sum, { bytes }) => sum + bytes, 0) * 8) / seconds / 1e6,
    intervalP95Ms: percentile95(intervals.map((interval) => Math.abs(interval - 1 / 30) * 1000)),
  };
}

function percentile95(values: readonly number[]): number {
  const inOrder = [...values].sort((one, other) => one - other);
  return inOrder[Math.floor(0.95 * (inOrder.length - 1))] ?? 0;
}

/**
 * Structural similarity, 0 to 1, of frames spread over the file and the camera's frames of the same numbers, at full
 * size: ffmpeg's measure over luma and colour. Samples are compared as stored: Chromium hands a JPEG's samples on as
 * they are, without saying which range they have.
 */
export async function similarity(
  tools: MediaTools,
  file: string,
  camera: FakeCamera,
  { numbers, width, height }: RecordedPicture,
  folder: string,
): Promise<number> {
  const readable = numbers.flatMap((number, index) => (number === null ? [] : [{ number, index }]));
  const step = Math.max(1, readable.length / COMPARED);
  const chosen = Array.from(
    { length: Math.min(COMPARED, readable.length) },
    (_, place) => readable[Math.floor((place + 0.5) * step)] ?? readable[0],
  ).filter((frame) => frame !== undefined);
  const wanted = join(folder, 'wanted.yuv');
  const pictures = join(folder, 'wanted.mjpeg');
  const made = join(folder, 'made.yuv');
  try {
    await writeFile(
      pictures,
      await cameraPictures(
        camera,
        chosen.map(({ number }) => number),
      ),
    );
    await run(tools.ffmpeg, [
      ...['-v', 'error', '-nostdin', '-y', '-framerate', '30', '-f', 'mjpeg', '-i', pictures],
      ...['-pix_fmt', 'yuvj420p', '-f', 'rawvideo', wanted],
    ]);
    const picked = chosen.map(({ index }) => `eq(n\\,${index})`).join('+');
    await run(tools.ffmpeg, [
      ...['-v', 'error', '-nostdin', '-y', '-i', file, '-an'],
      ...['-vf', `select='${picked}',settb=1/30,setpts=N`, '-r', '30', '-f', 'rawvideo', made],
    ]);
    const frame = (width * height * 3) / 2;
    for (const one of [wanted, made]) {
      const { size } = await stat(one);
      if (size !== frame * chosen.length) throw new Error(`${one} has ${size / frame} frames.`);
    }
    const input = ['-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-s', `${width}x${height}`, '-r', '30', '-i'];
    const { stderr } = await run(tools.ffmpeg, [
      ...['-nostdin', ...input, made, ...input, wanted, '-lavfi', '[0:v][1:v]ssim', '-f', 'null', '-'],
    ]);
    const value = / All:([\d.]+)/.exec(stderr)?.[1];
    if (value === undefined) throw new Error(`There is no similarity in ${stderr}`);
    return Number(value);
  } finally {
    for (const one of [wanted, pictures, made]) await rm(one, { force: true });
  }
}
