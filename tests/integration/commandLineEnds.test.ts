/** How a command ends before its work does: a closed pipe, Ctrl+C, a lost terminal, trouble with one of several. */
import { once } from 'node:events';
import { readFile, rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CommandEnd, runCommand, type Session, worstExit } from '../../electron/commandLine/session.ts';
import { EXIT, StudioError } from '../../shared/errors.ts';
import { cliWords } from '../../shared/words/cli.ts';
import {
  CREDITS_PATH,
  FIRST_WORDS_PATH,
  type SegmindDouble,
  startSegmindDouble,
  TRAINING_PATH,
} from '../doubles/segmind.ts';
import { makeBucket } from '../s3/bucket.ts';
import { type S3Server, s3Server } from '../s3/server.ts';
import { type RunningCli, runCli, startCli } from './support/cli.ts';
import { realRun, realServices, SEGMIND_KEY } from './support/realServices.ts';
import { checkedLibrary, goodTake, makeFolders, type StudioFolders } from './support/studioFolders.ts';

let folders: StudioFolders;
let good: string;
let checked: Awaited<ReturnType<typeof checkedLibrary>>;

beforeAll(async () => {
  good = await goodTake();
  checked = await checkedLibrary(good);
});
afterAll(() => checked.remove());
beforeEach(async () => {
  folders = await makeFolders();
  await checked.copyTo(folders);
});
afterEach(() => folders.remove());

const practise = (...more: string[]) => [
  ...['run', good, '--name', 'Ana', '--consent-confirmed', '--yes'],
  ...more,
];

const orderOnDisk = async (orderId: unknown) =>
  JSON.parse(await readFile(join(folders.library, 'orders', String(orderId), 'order.json'), 'utf8'));

/** Resolves once the command has said this to people. */
async function untilSaid({ child }: RunningCli, sentence: string): Promise<void> {
  let said = '';
  for await (const chunk of child.stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    said += String(chunk);
    if (said.includes(sentence)) return;
  }
  throw new Error(`ended without saying it: ${said}`);
}

describe('while a paid request is out', () => {
  let server: S3Server;
  let bucket: Awaited<ReturnType<typeof makeBucket>>;
  let segmind: SegmindDouble;
  let gate: Gate;
  let environment: Record<string, string>;

  beforeAll(async () => {
    server = await s3Server();
    if (server.kind === 'running') bucket = await makeBucket(server, 'public');
  }, 360_000);
  beforeEach(async (context) => {
    if (server.kind !== 'running') context.skip(server.reason);
    segmind = await startSegmindDouble({ apiKey: SEGMIND_KEY, video: good });
    gate = await startGate(segmind.baseUrl);
    environment = { ...folders.environment, ...realServices(bucket, gate.baseUrl) };
  });
  afterEach(async () => {
    await gate?.close();
    await segmind?.close();
  });

  it('a reader that closes the pipe does not keep its answer from being stored', async () => {
    // Held just before the request, so that the next line that is written is the one that tells of it.
    const credits = gate.hold(CREDITS_PATH);
    const running = startCli(realRun(good, 'Ana'), environment);
    const { orderId } = await running.until((event) => event.event === 'order');
    await credits.arrived;
    running.child.stdout?.destroy();
    credits.release();
    const { code } = await running.end;
    expect(code).toBe(130);
    expect(segmind.counts()).toMatchObject({ [TRAINING_PATH]: 1 });
    expect(await orderOnDisk(orderId)).toMatchObject({
      state: { kind: 'training' },
      look: { avatarId: 'avatar-1' },
    });
  });

  it.each([
    ['training', TRAINING_PATH, 'training'],
    ['first words', FIRST_WORDS_PATH, 'ready'],
  ])('Ctrl+C says at once that the answer is waited for: %s', async (_name, path, state) => {
    const request = gate.hold(path);
    const running = startCli(realRun(good, 'Ana'), environment);
    await request.arrived;
    let said = untilSaid(running, cliWords.stopping.paying);
    running.child.kill('SIGINT');
    await said;
    said = untilSaid(running, cliWords.stopping.stillPaying);
    running.child.kill('SIGINT');
    await said;
    request.release();
    const { code, result } = await running.end;
    expect(code).toBe(state === 'ready' ? 0 : 130);
    expect(await orderOnDisk(result.orderId)).toMatchObject({ state: { kind: state } });
    expect(Number(result.costUsd)).toBeGreaterThanOrEqual(1.25);
    expect(segmind.counts()).toMatchObject({ [path]: 1 });
  });

  it('a third Ctrl+C ends at once, and the order needs a person', async () => {
    const request = gate.hold(TRAINING_PATH);
    const running = startCli(realRun(good, 'Ana'), environment);
    const { orderId } = await running.until((event) => event.event === 'order');
    await request.arrived;
    let said = untilSaid(running, cliWords.stopping.paying);
    running.child.kill('SIGINT');
    await said;
    said = untilSaid(running, cliWords.stopping.stillPaying);
    running.child.kill('SIGINT');
    await said;
    // Again and again: one that comes too soon counts as the same key.
    const insist = setInterval(() => running.child.kill('SIGINT'), 400);
    const { code, result, stderr } = await running.end;
    clearInterval(insist);
    expect(code).toBe(130);
    expect(result).toMatchObject({ event: 'result', status: 'cancelled' });
    expect(stderr).toContain(cliWords.stopping.forced);
    expect((await orderOnDisk(orderId)).state.kind).toBe('ordering');
    const again = await runCli(['watch', String(orderId)], environment);
    expect(again.result).toMatchObject({ orders: [{ status: 'unconfirmed' }] });
    expect(again.code).toBe(3);
  });
});

describe('without anything paid', () => {
  it('a closed pipe is no success, and work stops', async () => {
    const running = startCli(practise(), {
      ...folders.environment,
      TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: '600',
    });
    await running.until((event) => event.event === 'progress');
    running.child.stdout?.destroy();
    expect((await running.end).code).toBe(130);
  });

  it('a closed pipe is said by the exit code also when only the last line was not read', async () => {
    const running = startCli(['status'], folders.environment);
    running.child.stdout?.destroy();
    expect((await running.end).code).toBe(130);
  });

  it('a lost terminal stops like Ctrl+C', async () => {
    const running = startCli(practise(), {
      ...folders.environment,
      TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: '600',
      TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS: '600',
    });
    await running.until((event) => event.event === 'order');
    running.child.kill('SIGHUP');
    const { code, result } = await running.end;
    expect(code).toBe(130);
    expect(result).toMatchObject({ event: 'result', status: 'cancelled' });
  });
});

describe('watch', () => {
  it('brings the others to their end when one of them is unknown or its take was deleted', async () => {
    const ordered = await runCli(practise('--no-wait'), folders.environment);
    const orphan = await runCli(
      ['run', await goodTake(18), '--name', 'Orphan', '--consent-confirmed', '--yes', '--no-wait'],
      folders.environment,
    );
    await rm(join(folders.library, 'takes', String(orphan.result.takeId)), { recursive: true });
    const unknown = '0'.repeat(String(ordered.result.orderId).length);
    const { code, events, result } = await runCli(
      ['watch', unknown, String(orphan.result.orderId), String(ordered.result.orderId)],
      folders.environment,
    );
    expect(result).toMatchObject({
      status: 'failed',
      orders: [
        { orderId: unknown, status: 'failed', error: { code: 'ORDER_NOT_FOUND' } },
        { orderId: orphan.result.orderId },
        { orderId: ordered.result.orderId, status: 'ready' },
      ],
      error: { code: 'ORDER_NOT_FOUND' },
    });
    expect(events.filter((event) => event.event === 'order')).toHaveLength(3);
    expect(code).toBe(1);
  });
});

describe('run --shot', () => {
  it('checks a take again that was checked for another shot, and leaves it alone without the option', async () => {
    const first = await runCli(practise('--no-wait', '--shot', 'head-and-shoulders'), folders.environment);
    const take = async () =>
      JSON.parse(
        await readFile(join(folders.library, 'takes', String(first.result.takeId), 'take.json'), 'utf8'),
      );
    const before = await take();
    expect(before.shot).toBe('head-and-shoulders');
    await runCli(practise('--no-wait'), folders.environment);
    expect((await take()).check).toEqual(before.check);
    await runCli(practise('--no-wait', '--shot', 'waist-up'), folders.environment);
    const after = await take();
    expect(after).toMatchObject({ shot: 'waist-up', check: { kind: 'checked' } });
    expect(after.check.at).not.toBe(before.check.at);
  });
});

describe('doctor', () => {
  it('is not content with an old Node', async () => {
    const old = "Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.0'}})";
    const { code, result, events } = await runCli(['doctor'], {
      ...folders.environment,
      NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(old)}`,
    });
    expect(events.find((event) => event.name === 'node')).toMatchObject({ ok: false });
    expect(result).toMatchObject({ status: 'bad' });
    expect(code).toBe(1);
  });
});

describe('one run of one command', () => {
  const run = (command: (session: Session) => Promise<CommandEnd>) => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    return runCommand({ json: true, library: folders.library }, command, {
      environment: folders.environment,
    }).finally(() => vi.restoreAllMocks());
  };

  it('waits for work that a failed command left running before the library is closed', async () => {
    const happened: string[] = [];
    const exit = await run(async (session) => {
      const engine = await session.engine();
      const { close } = engine;
      vi.spyOn(engine, 'close').mockImplementation(() => {
        happened.push('closing');
        return close();
      });
      void engine.context.activities.run({ kind: 'upload', label: 'clip' }, session.signal, async (work) => {
        await once(work.signal, 'abort');
        // What it still has to write down takes more than a moment.
        for (let turn = 0; turn < 100; turn += 1) await nextTurn();
        happened.push('stopped');
      });
      throw new StudioError('TAKE_NOT_FOUND');
    });
    expect(exit).toBe(EXIT.LOCAL);
    expect(happened).toEqual(['stopped', 'closing']);
  });

  it('may have as many listeners on its signal as there are orders', async () => {
    const warned = vi.fn();
    process.on('warning', warned);
    await run(async (session) => {
      for (let order = 0; order < 30; order += 1) session.signal.addEventListener('abort', () => undefined);
      await nextTurn();
      return { exit: EXIT.OK, fields: {} };
    });
    process.off('warning', warned);
    expect(warned).not.toHaveBeenCalled();
  });

  it('never takes an unknown exit code for a good one', () => {
    expect(worstExit([EXIT.OK, EXIT.USAGE])).toBe(EXIT.USAGE);
    expect(worstExit([EXIT.USAGE, EXIT.LOCAL])).toBe(EXIT.LOCAL);
    expect(worstExit([EXIT.OK])).toBe(EXIT.OK);
    expect(worstExit([])).toBe(EXIT.OK);
  });
});

interface Gate {
  readonly baseUrl: string;
  /** Keeps the next request of this path from its service until it is released. */
  hold(path: string): { readonly arrived: Promise<void>; release(): void };
  close(): Promise<void>;
}

/** Stands before a service and passes everything on, but what a test holds. */
async function startGate(service: string): Promise<Gate> {
  const held = new Map<string, { arrive: () => void; released: Promise<void> }>();
  const server = http.createServer(async (request, response) => {
    const body: Uint8Array[] = [];
    for await (const chunk of request) body.push(chunk as Uint8Array);
    const path = request.url ?? '/';
    const hold = held.get(path);
    held.delete(path);
    hold?.arrive();
    await hold?.released;
    const headers = new Headers();
    for (const name of ['x-api-key', 'content-type']) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const answer = await fetch(`${service}${path}`, {
      method: request.method ?? 'GET',
      headers,
      ...(body.length > 0 ? { body: Buffer.concat(body) } : {}),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    hold(path) {
      let release = () => {};
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      const arrived = new Promise<void>((resolve) => held.set(path, { arrive: resolve, released }));
      return { arrived, release };
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
