/** Finds ffmpeg and ffprobe, and learns what they can do by running them. */
import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { StudioError } from '../../shared/errors.ts';

/** What this ffmpeg was built with, as far as we ask for it. */
export interface MediaCapabilities {
  /** Both are needed to turn HDR into standard colours. */
  readonly zscale: boolean;
  readonly tonemap: boolean;
  /** Turns one matrix into another, truer and faster than `scale` does. */
  readonly colorspace: boolean;
  /** The better deinterlacer; yadif is in every build. */
  readonly bwdif: boolean;
  readonly mp3Encoder: boolean;
  readonly av1Decoder: boolean;
  /** Options that write each frame once, whatever its time: their name changed on the way from ffmpeg 4 to 8. */
  readonly eachFrameOnce: readonly string[];
}

export interface MediaTools {
  /** Absolute paths. */
  readonly ffmpeg: string;
  readonly ffprobe: string;
  /** As the programs name it ("5.1.9", "N-47683-g0e8eb07980-static"). */
  readonly ffmpegVersion: string;
  readonly ffprobeVersion: string;
  readonly capabilities: MediaCapabilities;
}

export interface LocateOptions {
  /** A module's address or path from which npm's packages are looked for; this module's own otherwise. */
  readonly searchFrom?: string;
  /** TWIN_STUDIO_FFMPEG and TWIN_STUDIO_FFPROBE name the programs outright; PATH is searched last. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Programs started from the Finder get a PATH without the places where people install ffmpeg. */
const USUAL_FOLDERS = process.platform === 'win32' ? [] : ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin'];
const SUFFIX = process.platform === 'win32' ? '.exe' : '';
const PLATFORM = `${process.platform}-${process.arch}`;
const run = promisify(execFile);

/**
 * The first ffmpeg that runs and can make a master (libx264 and AAC), and the first ffprobe that runs. Tried in
 * this order: the environment's, ffmpeg-static, @ffmpeg-installer, PATH. A program that the environment names
 * is the only one tried, so that nobody works with another one than they asked for.
 * @throws StudioError FFMPEG_MISSING
 */
export async function locateTools(options: LocateOptions = {}): Promise<MediaTools> {
  const environment = options.environment ?? process.env;
  const find = packageFinder(options.searchFrom ?? import.meta.url);
  const [ffmpeg, ffprobe] = await Promise.all([
    firstThatWorks(
      candidates('ffmpeg', environment, 'TWIN_STUDIO_FFMPEG', [
        () => find(['ffmpeg-static/package.json'], `ffmpeg${SUFFIX}`),
        () =>
          find(
            ['@ffmpeg-installer/ffmpeg/package.json', `@ffmpeg-installer/${PLATFORM}/package.json`],
            `ffmpeg${SUFFIX}`,
          ),
      ]),
      describeFfmpeg,
    ),
    firstThatWorks(
      candidates('ffprobe', environment, 'TWIN_STUDIO_FFPROBE', [
        () =>
          find(
            ['@ffprobe-installer/ffprobe/package.json', `@ffprobe-installer/${PLATFORM}/package.json`],
            `ffprobe${SUFFIX}`,
          ),
      ]),
      async (program) => ({ program, version: await versionOf(program) }),
    ),
  ]);
  return {
    ffmpeg: ffmpeg.program,
    ffprobe: ffprobe.program,
    ffmpegVersion: ffmpeg.version,
    ffprobeVersion: ffprobe.version,
    capabilities: ffmpeg.capabilities,
  };
}

function candidates(
  name: string,
  environment: Readonly<Record<string, string | undefined>>,
  override: string,
  packaged: readonly (() => string | null)[],
): string[] {
  const named = environment[override];
  if (named !== undefined && named !== '') return [named];
  const folders = [...(environment.PATH ?? '').split(delimiter), ...USUAL_FOLDERS].filter(
    (folder) => folder !== '',
  );
  return [
    ...packaged.flatMap((locate) => locate() ?? []),
    ...new Set(folders.map((folder) => join(folder, name + SUFFIX))),
  ];
}

/**
 * Follows a chain of packages, each looked for from where the one before lies, and returns a file beside the last.
 * In a packaged app programs lie outside the archive, because the system cannot start what is inside.
 */
function packageFinder(searchFrom: string): (chain: readonly string[], file: string) => string | null {
  return (chain, file) => {
    let from = searchFrom;
    try {
      for (const link of chain) from = createRequire(from).resolve(link);
    } catch {
      // Not installed: an optional package, or one that has nothing for this platform.
      return null;
    }
    return join(dirname(from), file).replace(/([\\/])app\.asar([\\/])/, '$1app.asar.unpacked$2');
  };
}

async function firstThatWorks<Found>(
  programs: readonly string[],
  describe: (program: string) => Promise<Found>,
): Promise<Found> {
  const failures: unknown[] = [];
  for (const program of programs) {
    try {
      await access(program, constants.X_OK);
      return await describe(program);
    } catch (error) {
      failures.push(error);
    }
  }
  throw new StudioError('FFMPEG_MISSING', {}, { cause: new AggregateError(failures, 'no candidate works') });
}

async function describeFfmpeg(program: string) {
  const version = await versionOf(program);
  const [[filters, encoders, decoders], options] = await Promise.all([
    Promise.all(['-filters', '-encoders', '-decoders'].map((list) => namesIn(program, list))),
    listed(program, ['-h', 'long']),
  ]);
  if (encoders?.has('libx264') !== true || !encoders.has('aac'))
    throw new Error(`${program} cannot encode H.264 and AAC`);
  const capabilities: MediaCapabilities = {
    zscale: filters?.has('zscale') === true,
    tonemap: filters?.has('tonemap') === true,
    colorspace: filters?.has('colorspace') === true,
    bwdif: filters?.has('bwdif') === true,
    mp3Encoder: encoders.has('libmp3lame'),
    av1Decoder: ['libdav1d', 'libaom-av1', 'libgav1'].some((name) => decoders?.has(name) === true),
    eachFrameOnce: /^-fps_mode\b/m.test(options) ? ['-fps_mode', 'passthrough'] : ['-vsync', '0'],
  };
  return { program, version, capabilities };
}

/** Starting the program is the only proof that it runs here: a file of the wrong architecture is also there. */
async function versionOf(program: string): Promise<string> {
  const { stdout } = await run(program, ['-version'], { timeout: 20_000, windowsHide: true });
  const version = /^ff(?:mpeg|probe) version (\S+)/.exec(stdout)?.[1];
  if (version === undefined) throw new Error(`${program} does not say its version`);
  return version;
}

/** Names in one of ffmpeg's lists: the second column, after the flags. */
async function namesIn(program: string, list: string): Promise<Set<string>> {
  const stdout = await listed(program, [list]);
  return new Set(stdout.split('\n').flatMap((line) => /^\s*[A-Z.|]{3,}\s+(\S+)/.exec(line)?.[1] ?? []));
}

async function listed(program: string, what: readonly string[]): Promise<string> {
  const { stdout } = await run(program, ['-hide_banner', ...what], {
    timeout: 20_000,
    maxBuffer: 4_000_000,
    windowsHide: true,
  });
  return stdout;
}
