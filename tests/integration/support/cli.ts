import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const CLI = fileURLToPath(new URL('../../../out/cli/cli.js', import.meta.url));

/** One line of `--json`. */
export type CliEvent = Readonly<Record<string, unknown>> & { readonly event: string };

export interface CliEnd {
  readonly code: number | null;
  readonly events: readonly CliEvent[];
  /** The last line. */
  readonly result: CliEvent;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  /** Resolves with the first event of this kind, or rejects when the command ends without it. */
  until(matches: (event: CliEvent) => boolean): Promise<CliEvent>;
  readonly end: Promise<CliEnd>;
}

const bare = (environment: Readonly<Record<string, string>>) => ({
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  ...environment,
});

/** Runs the command line to its end as people do, without `--json`. */
export function tellCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const options = { env: bare(environment), cwd: folder };
  return new Promise((resolve) =>
    execFile(process.execPath, [CLI, ...args], options, (_error, stdout, stderr) =>
      resolve({ stdout, stderr }),
    ),
  );
}

/** Starts the built command line with `--json`, and only the environment that the test gives it. */
export function startCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  folder?: string,
): RunningCli {
  const child = spawn(process.execPath, [CLI, ...args, '--json'], {
    env: bare(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(folder === undefined ? {} : { cwd: folder }),
  });
  const events: CliEvent[] = [];
  const waiting = new Set<{
    matches: (event: CliEvent) => boolean;
    resolve: (event: CliEvent) => void;
    reject: (error: Error) => void;
  }>();
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    stdout += `${line}\n`;
    const event = JSON.parse(line) as CliEvent;
    events.push(event);
    for (const waiter of waiting) {
      if (!waiter.matches(event)) continue;
      waiting.delete(waiter);
      waiter.resolve(event);
    }
  });
  const end = new Promise<CliEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      for (const { reject: fail } of waiting) fail(new Error(`ended without the event: ${stdout}${stderr}`));
      resolve({ code, events, result: events.at(-1) ?? { event: 'none' }, stdout, stderr });
    });
  });
  return {
    child,
    end,
    until: (matches) => {
      const seen = events.find(matches);
      if (seen) return Promise.resolve(seen);
      return new Promise((resolve, reject) => waiting.add({ matches, resolve, reject }));
    },
  };
}

/** Runs the command line to its end. */
export function runCli(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<CliEnd> {
  return startCli(args, environment, folder).end;
}
