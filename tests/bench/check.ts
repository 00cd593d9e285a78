/**
 * How long checking and preparing a file take through the built command line, beside a bare ffmpeg that decodes it and
 * one that makes the same of it.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locateTools, type MediaTools } from '../../electron/media/locate.ts';
import { ensureBuilt } from '../../tools/build.mjs';
import { ssim } from '../footage/measure.ts';
import { composeTake } from '../footage/tools.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';
import { memoryMegabytes } from './memory.ts';

const CLI = fileURLToPath(new URL('../../out/cli/cli.js', import.meta.url));
/** Of the footage that is composed where no file is named. */
const SECONDS = 60;
/** How often memory is looked at, milliseconds. More often, and looking costs a part of what is measured. */
const MEMORY_EVERY_MS = 1000;
/** What the command line ends with when a take was checked: passed or warned of, and refused. */
const CHECKED = [0, 2];

interface Ended {
  readonly code: number | null;
  readonly seconds: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
async function timed(
  program: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = process.env,
  whileRunning: (child: ChildProcess) => () => void = () => () => {},
): Promise<Ended> {
  const begun = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const done = whileRunning(child);
  const [code] = await once(child, 'close');
  done();
  return { code, seconds: (performance.now() - begun) / 1000, stdout, stderr };
}

async function bare(ffmpeg: string, file: string, options: readonly string[]): Promise<number> {
  const ended = await timed(ffmpeg, ['-v', 'error', '-nostdin', '-y', '-i', file, ...options]);
  if (ended.code !== 0) throw new Error(`ffmpeg failed: ${ended.stderr.slice(-500)}`);
  return ended.seconds;
}

async function cli(
  folder: string,
  args: readonly string[],
  expected: readonly number[],
): Promise<Ended & { peak: number }> {
  let peak = 0;
  // A library of its own, in which nobody records.
  const own = { TWIN_STUDIO_LIBRARY: join(folder, 'library'), TWIN_STUDIO_USER_DATA: join(folder, 'user') };
  const ended = await timed(
    process.execPath,
    [CLI, ...args, '--json'],
    { ...process.env, ...own },
    (child) => {
      let looking = false;
      const look = async () => {
        if (looking || child.pid === undefined || process.platform !== 'linux') return;
        looking = true;
        peak = Math.max(peak, await memoryMegabytes(child.pid));
        looking = false;
      };
      const timer = setInterval(() => void look(), MEMORY_EVERY_MS);
      return () => clearInterval(timer);
    },
  );
  if (!expected.includes(ended.code ?? -1))
    throw new Error(`twin-studio ${args[0]} failed: ${(ended.stdout + ended.stderr).slice(-500)}`);
  return { ...ended, peak };
}

async function run({ seconds = SECONDS, file, folder, say }: BenchContext): Promise<Record<string, Figure>> {
  await ensureBuilt(['product'], { say });
  const tools = await locateTools();
  const { ffmpeg } = tools;
  const source = file === undefined ? await composeTake({ seconds }, { ffmpeg }) : resolve(file);
  say(`Measuring with ${source}.`);
  // The first one reads the file; the others find it in memory.
  await bare(ffmpeg, source, ['-c', 'copy', '-f', 'null', '-']);
  const decodeSeconds = await bare(ffmpeg, source, ['-f', 'null', '-']);
  const check = await cli(folder, ['check', source], CHECKED);
  const prepare = await cli(folder, ['prepare', source, '--out', join(folder, 'master.mp4')], [0]);
  const result = JSON.parse(prepare.stdout.trim().split('\n').at(-1) ?? '{}');
  const make = (audio: readonly string[]) =>
    bare(ffmpeg, source, [
      ...['-map_metadata', '-1', ...(result.videoCopied ? ['-c:v', 'copy'] : TRANSCODE), ...audio],
      ...['-movflags', '+faststart', join(folder, 'bare.mp4')],
    ]);
  const made = await make(result.audioCopied ? ['-c:a', 'copy'] : AAC);
  const encodesSound = result.videoCopied && result.audioCopied;
  const peer = result.videoCopied ? {} : await likeness(source, folder, tools, say);
  return {
    checkSeconds: rounded(check.seconds),
    decodeSeconds: rounded(decodeSeconds),
    prepareSeconds: rounded(prepare.seconds),
    ...(result.videoCopied
      ? {
          copySeconds: rounded(made),
          ...(encodesSound && { copyWithAacSeconds: rounded(await make(AAC)) }),
        }
      : { transcodeSeconds: rounded(made) }),
    ...peer,
    peakMb: process.platform === 'linux' ? Math.max(check.peak, prepare.peak) : null,
    checkPeakMb: process.platform === 'linux' ? check.peak : null,
  };
}

/** How like its source the master is, and another encoder's at the quality that makes it as like. */
async function likeness(
  source: string,
  folder: string,
  tools: MediaTools,
  say: (line: string) => void,
): Promise<Record<string, Figure>> {
  const like = async (master: string) => Number((await ssim(tools, master, source, 'fps=30')).toFixed(5));
  const own = await like(join(folder, 'master.mp4'));
  const made = join(folder, 'handbrake.mp4');
  let peer: { handbrakeSeconds: number; handbrakeSsim: number } | null = null;
  for (const quality of QUALITIES) {
    const args = ['-i', source, '-o', made, '-e', 'x264', '--encoder-preset', 'veryfast', '-q', `${quality}`];
    const rest = ['--cfr', '-r', '30', '-E', 'av_aac', '--optimize', '--crop', '0:0:0:0'];
    const ended = await timed(HANDBRAKE, [...args, ...rest]).catch(() => null);
    if (ended === null || ended.code !== 0) {
      say('HandBrakeCLI is not there: install handbrake-cli to compare with it.');
      break;
    }
    const handbrakeSsim = await like(made);
    if (handbrakeSsim < own - SAME_SSIM) break;
    peer = { handbrakeSeconds: rounded(ended.seconds), handbrakeSsim };
  }
  return { ssim: own, ...peer };
}

/** Debian's handbrake-cli, as a peer. */
const HANDBRAKE = 'HandBrakeCLI';
/** From better to worse: the last one that is no less like is compared with. */
const QUALITIES = [10, 13, 16, 18, 20, 22, 24];
/** Nobody sees less than this. */
const SAME_SSIM = 0.0005;

/** As masters are encoded. */
const AAC = ['-c:a', 'aac', '-b:a', '192k'];
const TRANSCODE = [
  ...['-vf', 'fps=30,format=yuv420p', '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18'],
  ...['-profile:v', 'high'],
];

const rounded = (value: number): number => Number(value.toFixed(2));

export const bench: Bench = {
  about: 'checking and preparing FILE, beside a bare ffmpeg',
  window: false,
  takesFile: true,
  figures: {
    checkSeconds: 'twin-studio check, from its start to its end',
    decodeSeconds: 'ffmpeg that decodes picture and sound and nothing else',
    prepareSeconds: 'twin-studio prepare',
    copySeconds: 'ffmpeg that copies what prepare copied, with faststart',
    copyWithAacSeconds: 'the same with the sound encoded, which prepare did not have to',
    transcodeSeconds: 'ffmpeg that encodes with the settings of a master',
    ssim: 'likeness of the master and its source, 0 to 1 (SSIM)',
    handbrakeSeconds: 'HandBrakeCLI, x264 veryfast, at the quality that is no less like',
    handbrakeSsim: 'likeness of its picture and the source',
    peakMb: 'MB, most of check and prepare with all their processes, files apart',
    checkPeakMb: 'MB, of the check alone',
  },
  run,
};
