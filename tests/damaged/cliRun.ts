/** One run of the built command line in a folder of its own, and all that must never happen while it runs. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { kill } from '../bench/tree.ts';

const CLI = fileURLToPath(new URL('../../out/cli/cli.js', import.meta.url));

/** Nothing of it takes so long, on a machine with much else to do: it hangs. */
const LONGEST_MS = 180_000;

/** How long it may take to end when it is told to. */
const STOP_MS = 10_000;
/** How long what was written last may take to arrive. */
const PIPES_MS = 3_000;

/** Names a run in the environment, which every process below it inherits, whoever its parent is by then. */
const MARK = 'TWIN_STUDIO_DAMAGED_RUN';

const EventSchema = z.looseObject({ event: z.string() });

export interface CliRun {
  readonly exit: number | null;
  readonly seconds: number;
  readonly events: readonly z.infer<typeof EventSchema>[];
  /** What went wrong whatever the file was, in words. */
  readonly misses: readonly string[];
}

/** @param folder made for the run, and removed after it */
export async function runCli(
  command: 'check' | 'prepare',
  args: readonly string[],
  folder: string,
): Promise<CliRun> {
  const own = { home: join(folder, 'home'), temporary: join(folder, 'tmp'), work: join(folder, 'work') };
  for (const one of Object.values(own)) await mkdir(one, { recursive: true });
  const mark = randomUUID();
  const began = performance.now();
  const { exit, stdout, stderr, hung } = await start([CLI, command, '--json', ...args], own.work, {
    PATH: process.env.PATH ?? '',
    HOME: own.home,
    TMPDIR: own.temporary,
    TWIN_STUDIO_USER_DATA: join(own.home, 'settings'),
    TWIN_STUDIO_LIBRARY: join(folder, 'library'),
    [MARK]: mark,
  });
  const seconds = (performance.now() - began) / 1000;
  const orphans = await processesMarked(mark);
  kill(orphans);
  const left = [...(await readdir(own.temporary)), ...(await readdir(own.work))];
  const library = await readdir(join(folder, 'library')).catch(() => []);
  const { events, unreadable } = eventsOf(stdout);
  await rm(folder, { recursive: true, force: true });
  return {
    exit,
    seconds,
    events,
    misses: [
      ...(hung ? [`did not end within ${LONGEST_MS / 1000} s`] : []),
      ...(exit === null && !hung ? ['died of a signal'] : []),
      ...(orphans.length > 0 ? [`left ${orphans.length} running`] : []),
      ...(left.length > 0 ? [`left ${left.join(' ')}`] : []),
      ...(library.length > 0 ? ['made a library'] : []),
      ...(unreadable === null ? [] : [`wrote “${unreadable}”`]),
      ...(events.at(-1)?.event === 'result' || hung ? [] : ['no result at the end']),
      ...(hasStack(stdout + stderr) ? [`a stack trace: ${stderr.slice(0, 300)}`] : []),
    ],
  };
}

interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly hung: boolean;
}

function start(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    let hung = false;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const timer = setTimeout(() => {
      hung = true;
      // It may end what it started: what it leaves is looked for also then.
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), STOP_MS).unref();
    }, LONGEST_MS);
    child.once('error', reject);
    const end = (exit: number | null) => {
      clearTimeout(timer);
      resolve({ exit, stdout, stderr, hung });
    };
    child.once('close', end);
    // A child of its own that lives on keeps the pipes open: that is a miss, and no reason to wait.
    child.once('exit', (exit) => setTimeout(() => end(exit), PIPES_MS).unref());
  });
}

function eventsOf(stdout: string): { events: CliRun['events']; unreadable: string | null } {
  const events: z.infer<typeof EventSchema>[] = [];
  for (const line of stdout.split('\n')) {
    if (line === '') continue;
    try {
      events.push(EventSchema.parse(JSON.parse(line)));
    } catch {
      return { events, unreadable: line.slice(0, 100) };
    }
  }
  return { events, unreadable: null };
}

const hasStack = (text: string): boolean =>
  /\n\s+at .+[:(]\d+:\d+\)?/.test(text) || text.includes('node:internal');

/** Processes that a run has left. Linux only; elsewhere none are seen. */
async function processesMarked(mark: string): Promise<number[]> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name)).map(Number);
  const found: number[] = [];
  for (const id of ids) {
    const environment = await readFile(`/proc/${id}/environ`, 'latin1').catch(() => '');
    if (environment.includes(`${MARK}=${mark}`)) found.push(id);
  }
  return found;
}
