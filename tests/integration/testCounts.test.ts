/** What `npm test` counts is what happened: both reporters on suites whose outcome is known. */
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'test-counts-'));
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('vitest', async () => {
  await writeFile(
    join(folder, 'some.test.mjs'),
    `import { beforeAll, describe, expect, test } from 'vitest';
     test('passes', () => {});
     test('passes too', () => {});
     test('fails', () => expect(1).toBe(2));
     test('skips itself', (context) => context.skip('needs footage: none here'));
     test.skip('is skipped', () => {});
     test.todo('is planned');
     describe.skip('group (needs macOS)', () => { test('inside', () => {}); });
     describe('cannot prepare', () => {
       beforeAll(() => { throw new Error('as it should not'); });
       test('never runs', () => {});
     });`,
  );
  await writeFile(join(folder, 'broken.test.mjs'), "import './missing.mjs';");
  const report = await count(
    ['vitest/vitest.mjs', 'run', '--root', folder, `--reporter=${join(root, 'tools/report-vitest.mjs')}`],
    'vitest.json',
  );
  // Failed: the test, the group that cannot prepare, the file that does not load.
  expect(report).toEqual({
    passed: 2,
    failed: [
      { name: 'broken.test.mjs', why: expect.stringContaining('missing.mjs') },
      { name: 'some.test.mjs: cannot prepare', why: expect.stringContaining('as it should not') },
      {
        name: 'some.test.mjs: fails',
        why: expect.stringMatching(/expected 1 to be 2[\s\S]*some\.test\.mjs:4:/),
      },
    ],
    skipped: [
      { name: 'some.test.mjs: skips itself', reason: 'needs footage: none here' },
      { name: 'some.test.mjs: is skipped', reason: 'no reason given' },
      { name: 'some.test.mjs: is planned', reason: 'no reason given' },
      { name: 'some.test.mjs: group (needs macOS) > inside', reason: 'needs macOS' },
      { name: 'some.test.mjs: cannot prepare > never runs', reason: 'did not run' },
    ],
  });
});

test('Playwright', async () => {
  await writeFile(
    join(folder, 'some.spec.mjs'),
    `import { test } from '@playwright/test';
     test('passes', () => {});
     test('fails', () => { throw new Error('as it should'); });
     test('skips itself', () => test.skip(true, 'needs Windows'));
     test.fixme('is broken', () => {});`,
  );
  const reporter = JSON.stringify(join(root, 'tools/report-playwright.mjs'));
  await writeFile(
    join(folder, 'playwright.config.mjs'),
    `export default { reporter: [[${reporter}]], workers: 1 };`,
  );
  const report = await count(['@playwright/test/cli.js', 'test', '--config', folder], 'playwright.json');
  expect(report).toEqual({
    passed: 1,
    failed: [{ name: 'some.spec.mjs › fails', why: expect.stringMatching(/as it should[\s\S]*> 3 \|/) }],
    skipped: [
      { name: 'some.spec.mjs › skips itself', reason: 'needs Windows' },
      { name: 'some.spec.mjs › is broken', reason: 'no reason given' },
    ],
  });
});

/** Runs a test runner with its counting reporter, which is expected to fail. */
async function count([script = '', ...args]: string[], reportName: string): Promise<unknown> {
  const file = join(folder, reportName);
  const { VITEST: _inVitest, ...env } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', script), ...args], {
    cwd: folder,
    env: { ...env, TEST_REPORT_FILE: file, FORCE_COLOR: '0' },
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(1);
  return JSON.parse(await readFile(file, 'utf8'));
}
