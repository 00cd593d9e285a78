/** Real processes for tests: a TypeScript entry is bundled once, and each child runs it in plain Node. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { VISION_ADDRESS } from '../../tools/bundles.mjs';

/** Jobs by name, as the child's entry offers them. Arguments and results travel as JSON. */
export type Jobs = Readonly<Record<string, (...args: never[]) => unknown>>;

/** What travels to a child, and what comes back. */
export interface Call {
  readonly id: number;
  readonly job: string;
  readonly args: readonly unknown[];
}
export type Answer = { readonly id: number } & (
  | { readonly value: unknown }
  | { readonly code: string; readonly message: string }
);

export interface Child<J extends Jobs> {
  readonly pid: number;
  /** Runs a job in the child. Rejects with an error that carries the child's `code`, or when the child ends. */
  call<N extends keyof J & string>(job: N, ...args: Parameters<J[N]>): Promise<Awaited<ReturnType<J[N]>>>;
  /** Sends a signal; for one that kills, `gone` tells when it has. */
  signal(name: NodeJS.Signals): void;
  readonly gone: Promise<void>;
}

export interface ChildScript<J extends Jobs> {
  start(): Promise<Child<J>>;
  /** Ends all children and removes the bundle. */
  close(): Promise<void>;
}

/** @param entry absolute path of a TypeScript file that calls `serve`. */
export async function bundleChild<J extends Jobs>(entry: string): Promise<ChildScript<J>> {
  const folder = await mkdtemp(join(tmpdir(), 'twin-child-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    define: { __VISION__: JSON.stringify([VISION_ADDRESS]) },
    build: {
      ssr: entry,
      outDir: folder,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'child.mjs' } },
    },
  });
  const children = new Set<ChildProcess>();
  return {
    async start() {
      const child = fork(join(folder, 'child.mjs'), [], { execArgv: [] });
      children.add(child);
      const gone = once(child, 'exit').then(() => {
        children.delete(child);
      });
      await once(child, 'message');
      return childOf<J>(child, gone);
    },
    async close() {
      const ends = [...children].map((child) => once(child, 'exit'));
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(ends);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function childOf<J extends Jobs>(child: ChildProcess, gone: Promise<void>): Child<J> {
  const waiting = new Map<number, (answer: Answer) => void>();
  let calls = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('exit', () => {
    for (const [id, settle] of waiting) settle({ id, code: 'CHILD_GONE', message: 'The child has ended.' });
  });
  if (child.pid === undefined) throw new Error('The child did not start.');
  return {
    pid: child.pid,
    gone,
    signal: (name) => void child.kill(name),
    call(job, ...args) {
      calls += 1;
      const call: Call = { id: calls, job, args };
      return new Promise((resolve, reject) => {
        waiting.set(call.id, (answer) => {
          if ('value' in answer) resolve(answer.value as never);
          else reject(Object.assign(new Error(answer.message), { code: answer.code }));
        });
        child.send(call, (error) => {
          if (error !== null) reject(error);
        });
      });
    },
  };
}
