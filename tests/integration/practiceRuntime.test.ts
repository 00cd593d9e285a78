/** The practice runtime: obtained once even when two ask at the same moment, and as able as the oldest Node we support. */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { obtainPracticeRuntime, practiceRuntimeAvailable } from '../../tools/practice-runtime.mjs';

const run = promisify(execFile);
const tool = resolve(import.meta.dirname, '../../tools/practice-runtime.mjs');

describe.skipIf(!practiceRuntimeAvailable)('practice runtime (needs Linux on x64)', () => {
  describe('in an empty cache', () => {
    let cache: string;

    beforeEach(async () => {
      cache = await mkdtemp(join(tmpdir(), 'practice-runtime-'));
    });
    afterEach(() => rm(cache, { recursive: true, force: true }));

    // Where npm's cache is empty, both download it.
    test('two at once share one', { timeout: 660_000 }, async () => {
      const ask = `import { obtainPracticeRuntime } from ${JSON.stringify(tool)};
        console.log(await obtainPracticeRuntime());`;
      const obtain = () =>
        run(process.execPath, ['--input-type=module', '--eval', ask], {
          env: { ...process.env, XDG_CACHE_HOME: cache },
        });
      const [first, second] = await Promise.all([obtain(), obtain()]);

      expect(first.stdout).toBe(second.stdout);
      const executable = first.stdout.trim();
      expect(await readdir(join(cache, 'twin-studio'))).toHaveLength(1);
      const { stdout } = await run(executable, ['--version'], {
        env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
      });
      expect(stdout.trim()).toBe('v18.15.0');
    });
  });

  test('has what Node 20 has', async () => {
    const executable = await obtainPracticeRuntime();
    const shims = join(dirname(executable), 'resources/app/shims.cjs');
    const ask = `
      const late = new AbortController();
      const either = AbortSignal.any([new AbortController().signal, late.signal]);
      const reasons = [];
      either.addEventListener('abort', () => reasons.push(either.reason));
      late.abort('late');
      const { promise, resolve } = Promise.withResolvers();
      resolve('resolved');
      promise.then((value) => console.log(JSON.stringify({
        value,
        reasons,
        already: AbortSignal.any([AbortSignal.abort('early')]).reason,
        event: new CustomEvent('found', { detail: 7 }).detail,
        canParse: [URL.canParse('https://example.org'), URL.canParse('no')],
        highWaterMark: require('node:stream').getDefaultHighWaterMark(false),
        uuid: crypto.randomUUID().length,
        file: new File(['ab'], 'a.txt').size,
      })));`;
    const { stdout } = await run(executable, ['--require', shims, '--eval', ask], {
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    expect(JSON.parse(stdout)).toEqual({
      value: 'resolved',
      reasons: ['late'],
      already: 'early',
      event: 7,
      canParse: [true, false],
      highWaterMark: 16384,
      uuid: 36,
      file: 2,
    });
  });
});
