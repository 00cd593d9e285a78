/** The only file that starts ffmpeg or ffprobe, and the only one that knows fluent-ffmpeg. */
import { ChildProcess, spawn } from 'node:child_process';
import { constants as fsConstants } from 'node:fs';
import { access } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import fluent from 'fluent-ffmpeg';
import { Cancelled, StudioError, throwIfCancelled } from '../../shared/errors.ts';
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
  /** Written over; `writeBeside` removes what a failed or cancelled run leaves. Null measures only. */
  readonly outFile: string | null;
  /** What is done, for people ("preparing the master"). */
  readonly step: string;
  /** Length of the output, to tell progress by. */
  readonly durationSeconds?: number;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Every line that ffmpeg prints, also what filters measure. */
  readonly onLine?: (line: string) => void;
  /** It had to be ended and begins again: what was seen so far does not count. */
  readonly onAgain?: () => void;
}

/**
 * Runs one ffmpeg to its end and returns its command line for the log.
 * @throws Cancelled after the child has exited; StudioError (see `explainFailure`) when it fails.
 */
export async function runFfmpeg(run: FfmpegRun): Promise<{ commandLine: string }> {
  for (;;) {
    const ended = await runFfmpegOnce(run);
    if (ended !== 'again') return ended;
    run.onAgain?.();
  }
}

async function runFfmpegOnce(run: FfmpegRun): Promise<{ commandLine: string } | 'again'> {
  await untilLetGo(run.signal);
  await assertRunnable(run.tools.ffmpeg);
  const tail: string[] = [];
  let commandLine = '';
  let child: ChildProcess | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const command = fluent({ stdoutLines: TAIL_LINES });
      command.setFfmpegPath(run.tools.ffmpeg);
      startInEnvironment(command);
      command.input(fileAddress(run.source));
      // Passed as many arguments, not as an array: an array's entries are split at spaces.
      command.inputOptions('-hide_banner', '-nostdin', ...INPUT_GUARD, ...(run.inputOptions ?? []));
      command.outputOptions('-sn', '-dn', ...run.outputOptions);
      if (run.outFile === null) command.outputOptions('-f', 'null').output('-');
      else command.output(fileAddress(run.outFile));

      let started = false;
      let lastShare = 0;
      const stop = () => {
        if (child !== undefined) stopChild(child);
      };
      run.signal?.addEventListener('abort', stop, { once: true });
      command.on('start', (line: string) => {
        commandLine = line;
        started = true;
        child = childOf(command);
        if (child !== undefined) trackChild(child);
        if (run.signal?.aborted === true) stop();
      });
      command.on('stderr', (line: string) => {
        const seconds = outTimeSeconds(line);
        if (seconds === null) {
          tail.push(line);
          if (tail.length > TAIL_LINES) tail.shift();
          run.onLine?.(line);
        } else if (run.durationSeconds !== undefined && run.durationSeconds > 0) {
          lastShare = Math.max(lastShare, Math.min(1, seconds / run.durationSeconds));
          run.onProgress?.(lastShare);
        }
      });
      const settle = (finish: () => void) => {
        run.signal?.removeEventListener('abort', stop);
        finish();
      };
      command.on('end', () => settle(resolve));
      command.on('error', (error: Error) =>
        settle(() =>
          reject(
            started ? new ToolFailure(child?.exitCode ?? null, error.message, commandLine, tail) : error,
          ),
        ),
      );
      command.run();
    });
    throwIfCancelled(run.signal);
    return { commandLine };
  } catch (error) {
    if (run.signal?.aborted === true) throw new Cancelled();
    if (hasToBeginAgain(child)) return 'again';
    if (error instanceof ToolFailure) throw explainFailure(error, { file: run.source, step: run.step });
    throw error;
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
        [run.program, ...run.args].join(' '),
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

/** ffmpeg may have been removed since it was found; fluent-ffmpeg would crash over that. */
async function assertRunnable(program: string): Promise<void> {
  try {
    await access(program, fsConstants.X_OK);
  } catch (error) {
    throw new StudioError('FFMPEG_MISSING', {}, { cause: error });
  }
}

/** fluent-ffmpeg has no option for its child's environment, but hands what it starts it with on to Node. */
function startInEnvironment(command: object): void {
  const start: unknown = Reflect.get(command, '_spawnFfmpeg');
  if (typeof start !== 'function') throw new TypeError('fluent-ffmpeg starts its child in another way');
  Reflect.set(command, '_spawnFfmpeg', (args: unknown, options: object, ...listeners: unknown[]) =>
    Reflect.apply(start, command, [args, { ...options, env: childEnvironment() }, ...listeners]),
  );
}

/** The child that fluent-ffmpeg has started; its types do not tell of it. */
function childOf(command: object): ChildProcess | undefined {
  const child: unknown = Reflect.get(command, 'ffmpegProc');
  return child instanceof ChildProcess ? child : undefined;
}

/** Seconds written so far, from a progress line; null for every other line. */
function outTimeSeconds(line: string): number | null {
  const match = /\btime=(-?)(\d+):(\d{2}):(\d{2}(?:\.\d+)?)/.exec(line);
  if (match === null) return /^(frame|size)=.*\btime=N\/A/.test(line) ? 0 : null;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60 + Number(match[4]);
  return match[1] === '-' ? 0 : seconds;
}
