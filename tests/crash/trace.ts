/**
 * Watches, through the system (strace), what the main process does while a take is recorded: every fragment has to be
 * written, and synced, before it is acknowledged. What it sends to the window travels in shared memory, where strace does
 * not see it; so the call with which it is sent writes a mark first, into a file that keeps nothing. The mark comes
 * before the acknowledgement: whatever has returned before the mark has returned before the acknowledgement.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright-core';
import { type Running, record } from './running.ts';

/** How long is watched. */
const WATCHED_SECONDS = 10;
const ATTACHED_TIMEOUT_MS = 20_000;

export interface Traced {
  readonly watchedSeconds: number;
  /** Acknowledged while it was watched. */
  readonly fragments: number;
  /** Of those: written and synced, and the sync had returned, before the acknowledgement was sent. */
  readonly syncedBefore: number;
  /** From the end of the sync to the mark, milliseconds: the shortest. */
  readonly shortestMs: number;
  /** From the first write to the mark, milliseconds: the longest. */
  readonly longestMs: number;
}

/** @returns null where there is no strace. */
export async function traceRecording(studio: Running['studio']): Promise<Traced | null> {
  await mkdir(studio.folder);
  const running = await record(studio);
  try {
    await markAcknowledgements(running.open.app);
    const file = join(studio.folder, 'strace');
    const args = ['-f', '-p', String(running.open.processId), '-e', 'trace=fdatasync,pwrite64,write'];
    const strace = spawn('strace', [...args, '-y', '-s', '40', '-ttt', '-o', file], { stdio: 'ignore' });
    const failed = once(strace, 'error').then(() => true);
    const ended = once(strace, 'exit');
    if (await Promise.race([failed, isAttached(file)])) {
      studio.say('There is no strace: nothing was watched.');
      return null;
    }
    await pause(WATCHED_SECONDS * 1000);
    strace.kill('SIGINT');
    await ended;
    return { watchedSeconds: WATCHED_SECONDS, ...readTrace(await readFile(file, 'utf8')) };
  } finally {
    // Closing would be asked about, for it records still.
    running.open.app.process().kill('SIGKILL');
  }
}

/** False, once something was watched. */
async function isAttached(file: string): Promise<boolean> {
  const deadline = performance.now() + ATTACHED_TIMEOUT_MS;
  while ((await readFile(file, 'utf8').catch(() => '')) === '') {
    if (performance.now() > deadline) return true;
    await pause(50);
  }
  return false;
}

/** Lets the main process write `stored <sequence>` before each acknowledgement. */
async function markAcknowledgements(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ MessageChannelMain }) => {
    const fs = process.mainModule?.require('node:fs') as typeof import('node:fs');
    const nowhere = fs.openSync('/dev/null', 'w');
    const port = Object.getPrototypeOf(new MessageChannelMain().port1);
    const { postMessage } = port;
    port.postMessage = function send(
      this: unknown,
      message: { kind?: unknown; sequence?: unknown },
      ...more: unknown[]
    ) {
      if (message.kind === 'stored') fs.writeSync(nowhere, `stored ${message.sequence}`);
      return postMessage.call(this, message, ...more);
    };
  });
}

/** One call of the system, with the time at which it returned, milliseconds. */
interface Call {
  readonly name: string;
  readonly text: string;
  readonly beganMs: number;
  readonly endedMs: number;
}

/** Calls in the order in which they returned; strace splits those during which others were made. */
function* callsOf(trace: string): Generator<Call> {
  const unfinished = new Map<string, { name: string; text: string; beganMs: number }>();
  for (const line of trace.split('\n')) {
    const [, thread = '', time = '', text = ''] = /^(\d+) +([\d.]+) (.*)$/.exec(line) ?? [];
    const atMs = Number(time) * 1000;
    const resumed = /^<\.\.\. (\w+) resumed>/.exec(text);
    if (resumed !== null) {
      const begun = unfinished.get(thread);
      if (begun !== undefined) yield { ...begun, text: begun.text + text, endedMs: atMs };
      unfinished.delete(thread);
    } else {
      const name = /^(\w+)\(/.exec(text)?.[1] ?? '';
      if (text.endsWith('<unfinished ...>')) unfinished.set(thread, { name, text, beganMs: atMs });
      else yield { name, text, beganMs: atMs, endedMs: atMs };
    }
  }
}

function readTrace(trace: string): Omit<Traced, 'watchedSeconds'> {
  let writtenMs: number | null = null;
  let lastWriteMs = 0;
  let syncedMs: number | null = null;
  let fragments = 0;
  const gaps: number[] = [];
  const whole: number[] = [];
  for (const { name, text, beganMs, endedMs } of callsOf(trace)) {
    const isSource = text.includes('/source.mp4>');
    if (name === 'pwrite64' && isSource) {
      writtenMs ??= beganMs;
      lastWriteMs = endedMs;
      syncedMs = null;
    } else if (name === 'fdatasync' && isSource && text.endsWith('= 0')) {
      // Only a sync that began after the last write counts.
      if (writtenMs !== null && beganMs >= lastWriteMs) syncedMs = endedMs;
    } else if (name === 'write' && text.includes('"stored ')) {
      // The first one may have been written before anybody watched.
      if (fragments > 0 || writtenMs !== null) {
        fragments += 1;
        if (syncedMs !== null && writtenMs !== null) {
          gaps.push(beganMs - syncedMs);
          whole.push(beganMs - writtenMs);
        }
      }
      writtenMs = null;
      syncedMs = null;
    }
  }
  const rounded = (value: number) => Number(value.toFixed(3));
  return {
    fragments,
    syncedBefore: gaps.length,
    shortestMs: rounded(Math.min(...gaps)),
    longestMs: rounded(Math.max(...whole)),
  };
}
