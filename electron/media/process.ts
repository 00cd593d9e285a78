/** The only file that starts ffmpeg or ffprobe. */
import { spawn } from 'node:child_process';
import { constants as fsConstants } from 'node:fs';
import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { StudioError, throwIfCancelled } from '../../shared/errors.ts';
import { hasToBeginAgain, stopChild, trackChild, untilLetGo } from './children.ts';
import { explainFailure, ToolFailure } from './failure.ts';
import type { MediaTools } from './locate.ts';

/**
 * Containers that are opened. All others are refused before their first byte is interpreted: a playlist
 * (HLS, DASH, concat) renamed to .mp4 would otherwise make ffmpeg read whatever files or addresses it names.
 * Sound files are let through so that they can be told from files that are no media at all.
 */
const OPENED_FORMATS = 'mov,matroska,avi,mpegts,mpeg,ogg,mxf,asf,wav,mp3,flac';

/** Options that stand before every input: no network, no playlists. */
export const INPUT_GUARD = ['-protocol_whitelist', 'file,pipe', '-format_whitelist', OPENED_FORMATS] as const;

/** The file as an address, so that neither a leading dash nor a colon in its name means anything. */
export function fileAddress(file: string): string {
  return `file:${file}`;
}

const TAIL_LINES = 80;

/**
 * Statically linked builds crash when they load the system's character tables, which they do to read the name of an
 * MPEG transport stream's programme. Told of no tables, they leave the name as it is.
 */
const STATIC_BUILD_ENVIRONMENT = process.platform === 'linux' ? { GCONV_PATH: '/nonexistent' } : {};

/** Of every ffmpeg and ffprobe. */
function childEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ...STATIC_BUILD_ENVIRONMENT };
}

export interface FfmpegRun {
  readonly tools: MediaTools;
  readonly source: string;
  /** Options before the input, e.g. a seek. */
  readonly inputOptions?: readonly string[];
  readonly outputOptions: readonly string[];
  /** Written over; `writeBeside` removes what a failed or cancelled run leaves. */
  readonly outFile: string;
  /** What is done, for people ("preparing the master"). */
  readonly step: string;
  /** Length of the output, to tell progress by. */
  readonly durationSeconds?: number;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/**
 * Runs one ffmpeg to its end and returns its command line for the log.
 * @throws Cancelled after the child has exited; StudioError (see `explainFailure`) when it fails.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<{ commandLine: string }> {
  const args = [
    ...['-hide_banner', '-nostdin', '-nostats', '-progress', 'pipe:1', '-y'],
    ...[...INPUT_GUARD, ...(run.inputOptions ?? []), '-i', fileAddress(run.source)],
    ...['-sn', '-dn', ...run.outputOptions, fileAddress(run.outFile)],
  ];
  const { durationSeconds = 0, onProgress } = run;
  const read = onProgress === undefined || durationSeconds <= 0 ? null : new ProgressReader();
  await runTool({
    program: run.tools.ffmpeg,
    args,
    source: run.source,
    step: run.step,
    signal: run.signal,
    onStdout: (chunk) => {
      const seconds = read?.secondsAfter(chunk) ?? null;
      if (seconds !== null) onProgress?.(Math.min(1, seconds / durationSeconds));
    },
  });
  return { commandLine: commandLineOf(run.tools.ffmpeg, args) };
}

/** Reads how far ffmpeg is from its own report, a line `out_time=HH:MM:SS.ffffff` about twice a second. */
class ProgressReader {
  #unfinished = '';
  #seconds = 0;

  /** The most seconds that were written so far; null when this piece of the report says nothing new. */
  secondsAfter(chunk: Buffer): number | null {
    const lines = (this.#unfinished + chunk.toString('latin1')).split('\n');
    this.#unfinished = lines.pop() ?? '';
    const before = this.#seconds;
    for (const line of lines) {
      const [, hours, minutes, seconds] = /^out_time=(\d+):(\d{2}):(\d{2}(?:\.\d+)?)/.exec(line) ?? [];
      if (seconds === undefined) continue;
      const at = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
      this.#seconds = Math.max(this.#seconds, at);
    }
    return this.#seconds > before ? this.#seconds : null;
  }
}

export interface ToolRun {
  readonly program: string;
  readonly args: readonly string[];
  /** File that the error is about. */
  readonly source: string;
  readonly step: string;
  readonly signal?: AbortSignal | undefined;
  /** Gets what the program writes, as it comes. */
  readonly onStdout: (chunk: Buffer) => void;
  /**
   * Get what it writes beside that, from descriptor 3 on; each reads its pipe to the end, at its own pace: the program
   * waits meanwhile.
   */
  readonly otherPipes?: readonly ((pipe: Readable) => void)[];
  /** Gets every line it says on the side; those that it takes (true) are not kept for an error. */
  readonly onErrorLine?: (line: string) => boolean;
  /** It had to be ended and begins again: what was written so far does not count. */
  readonly onAgain?: () => void;
}

/**
 * Runs ffprobe, or an ffmpeg that writes samples to its standard output, and returns what it said on the side.
 * @throws Cancelled after the child has exited; StudioError (see `explainFailure`) when it fails.
 */
export async function runTool(run: ToolRun): Promise<{ stderr: string }> {
  for (;;) {
    const ended = await runToolOnce(run);
    if (ended !== 'again') return ended;
    run.onAgain?.();
  }
}

async function runToolOnce(run: ToolRun): Promise<{ stderr: string } | 'again'> {
  await untilLetGo(run.signal);
  await assertRunnable(run.program);
  const decoder = new StringDecoder('utf8');
  let stderr = '';
  let unfinishedLine = '';
  const { otherPipes = [], onErrorLine = () => false } = run;
  const child = spawn(run.program, run.args, {
    stdio: ['ignore', 'pipe', 'pipe', ...otherPipes.map(() => 'pipe' as const)],
    windowsHide: true,
    env: childEnvironment(),
  });
  trackChild(child);
  const others = child.stdio.slice(3).filter((pipe) => pipe instanceof Readable);
  const stop = () => {
    stopChild(child);
    // A pipe that nobody reads any more would keep the child from being seen to have ended.
    for (const pipe of others) pipe.destroy();
  };
  run.signal?.addEventListener('abort', stop, { once: true });
  // What was aborted while the program was looked for is not told again.
  if (run.signal?.aborted === true) stop();
  try {
    const exit = await new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
      child.stdout?.on('data', run.onStdout);
      for (const [index, read] of otherPipes.entries()) {
        const pipe = others[index];
        if (pipe !== undefined) read(pipe);
      }
      child.stderr?.on('data', (chunk: Buffer) => {
        const lines = (unfinishedLine + decoder.write(chunk)).split('\n');
        unfinishedLine = (lines.pop() ?? '').slice(-20_000);
        const kept = lines.filter((line) => !onErrorLine(line));
        if (kept.length > 0) stderr = `${stderr}${kept.join('\n')}\n`.slice(-20_000);
      });
      child.once('error', reject);
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    throwIfCancelled(run.signal);
    if (hasToBeginAgain(child)) return 'again';
    stderr += unfinishedLine;
    if (exit.code !== 0) {
      const failure = new ToolFailure(
        exit.code,
        `exited with ${exit.code ?? exit.signal}`,
        commandLineOf(run.program, run.args),
        stderr.split(/\r?\n/).slice(-TAIL_LINES),
      );
      throw explainFailure(failure, { file: run.source, step: run.step });
    }
    return { stderr };
  } finally {
    run.signal?.removeEventListener('abort', stop);
    stop();
  }
}

/** As it could be typed; for the log. */
const commandLineOf = (program: string, args: readonly string[]): string => [program, ...args].join(' ');

/** Runs ffprobe and returns what it wrote. */
export async function runFfprobe(
  tools: MediaTools,
  source: string,
  args: readonly string[],
  signal: AbortSignal | undefined,
): Promise<{ stdout: string; stderr: string }> {
  const chunks: Buffer[] = [];
  const { stderr } = await runTool({
    program: tools.ffprobe,
    args: ['-v', 'error', ...INPUT_GUARD, ...args, '-i', fileAddress(source)],
    source,
    step: 'reading the file',
    signal,
    onStdout: (chunk) => chunks.push(chunk),
    onAgain: () => chunks.splice(0),
  });
  return { stdout: Buffer.concat(chunks).toString('utf8'), stderr };
}

/** ffmpeg may have been removed since it was found: that is said as such, not as a failure of what it was to do. */
async function assertRunnable(program: string): Promise<void> {
  try {
    await access(program, fsConstants.X_OK);
  } catch (error) {
    throw new StudioError('FFMPEG_MISSING', {}, { cause: error });
  }
}
