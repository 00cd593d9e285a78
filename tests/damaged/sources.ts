/** Small real clips to damage, one in each container that is opened; made once, in the run's own folder. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { bundledTools, composeTake, newestTools } from '../footage/tools.ts';

const run = promisify(execFile);

export interface Source {
  readonly name: 'mp4' | 'faststart' | 'fragments' | 'mov' | 'mkv' | 'webm' | 'avi' | 'ts';
  /** Ending of its name, with the dot. */
  readonly ending: string;
  readonly bytes: Buffer;
}

export interface Sources {
  readonly all: readonly Source[];
  readonly of: Readonly<Record<Source['name'], Source>>;
  /** A person who talks for 16 s, 1080p: nothing is wrong with the file. */
  readonly sound: string;
  /** Two seconds, 640 × 360, its index at the end. */
  readonly small: string;
  /** Runs the newest ffmpeg; the last argument is the output. */
  readonly make: (...args: readonly string[]) => Promise<void>;
}

export async function makeSources(folder: string): Promise<Sources> {
  const bundled = await bundledTools();
  const { ffmpeg } = await newestTools();
  const make = async (...args: readonly string[]) => {
    await run(ffmpeg, ['-v', 'error', '-nostdin', '-y', ...args], { maxBuffer: 8_000_000, cwd: folder });
  };
  const small = await composeTake({ seconds: 2, width: 640, height: 360 }, bundled);
  const sound = await composeTake({ seconds: 16 }, bundled);
  const size = { seconds: 2, width: 640, height: 360 } as const;
  const webm = await composeTake({ ...size, codec: 'vp8', container: 'webm', audioCodec: 'opus' }, bundled);
  const avi = await composeTake({ ...size, codec: 'mpeg4', container: 'avi', audioCodec: 'mp3' }, bundled);
  const copied = async <Name extends Source['name']>(
    name: Name,
    ending: string,
    ...how: readonly string[]
  ) => {
    const file = join(folder, `${name}${ending}`);
    await make('-i', small, '-map', '0', '-c', 'copy', ...how, file);
    return { name, ending, bytes: await readFile(file) };
  };
  const of = {
    mp4: { name: 'mp4', ending: '.mp4', bytes: await readFile(small) },
    faststart: await copied('faststart', '.mp4', '-movflags', '+faststart'),
    fragments: await copied(
      'fragments',
      '.mp4',
      '-movflags',
      'empty_moov+default_base_moof',
      '-frag_duration',
      '400000',
    ),
    mov: await copied('mov', '.mov'),
    mkv: await copied('mkv', '.mkv'),
    webm: { name: 'webm', ending: '.webm', bytes: await readFile(webm) },
    avi: { name: 'avi', ending: '.avi', bytes: await readFile(avi) },
    ts: await copied('ts', '.ts'),
  } as const satisfies Record<Source['name'], Source>;
  return { all: Object.values(of), of, sound, small, make };
}
