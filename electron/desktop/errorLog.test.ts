import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createErrorLog } from './errorLog.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'log-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

const open = () =>
  createErrorLog({ path: join(dir, 'logs', 'app.ndjson'), secrets: () => ['sk-very-secret'], echo: false });

test('writes one line an error, with its causes and a reference', () => {
  const log = open();
  const reference = log.record('Saving failed.', new Error('outer', { cause: new TypeError('inner') }));
  log.record('Again.', 'no error at all');
  const lines = readFileSync(log.path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ what: 'Saving failed.', reference });
  expect(lines[0].error).toMatch(/outer[\s\S]*Caused by: TypeError: inner/);
  expect(reference).toMatch(/^[0-9a-f]{8}$/);
});

test('masks keys and signed addresses', () => {
  const log = open();
  log.record(
    'Upload failed.',
    new Error('x-api-key: abc, sk-very-secret, https://b.example/k?X-Amz-Signature=ff'),
  );
  const text = readFileSync(log.path, 'utf8');
  for (const secret of ['abc', 'sk-very-secret', 'Signature=ff']) expect(text).not.toContain(secret);
  expect(text).toContain('b.example');
});

test('does not grow without end', () => {
  const log = open();
  writeFileSync(log.path, 'x'.repeat(1_100_000));
  log.record('One more.', new Error('more'));
  expect(statSync(log.path).size).toBeLessThan(10_000);
  expect(statSync(`${log.path}.old`).size).toBe(1_100_000);
});
