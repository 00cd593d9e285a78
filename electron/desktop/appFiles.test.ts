import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appFileHandler } from './appFiles.ts';

let dir: string;
let handle: ReturnType<typeof appFileHandler>;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'bundle-'));
  mkdirSync(join(dir, 'renderer', 'assets'), { recursive: true });
  writeFileSync(join(dir, 'secret.json'), '{}');
  writeFileSync(join(dir, 'renderer', 'index.html'), '<h1>hello</h1>');
  writeFileSync(join(dir, 'renderer', 'assets', 'main.js'), 'export {};');
  writeFileSync(join(dir, 'renderer', 'assets', 'notes.md'), 'not for the window');
  handle = appFileHandler(join(dir, 'renderer'));
});
afterAll(() => {
  rmSync(dir, { recursive: true, force: true });
});

test('serves the page with a policy that allows no inline code', async () => {
  const response = await handle(new Request('studio://app/index.html'));
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<h1>hello</h1>');
  expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
  const policy = response.headers.get('Content-Security-Policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
});

test('serves files in folders, also to those who only ask about them', async () => {
  const script = await handle(new Request('studio://app/assets/main.js?v=1#x'));
  expect([script.status, script.headers.get('Content-Type')]).toEqual([
    200,
    'text/javascript; charset=utf-8',
  ]);
  const head = await handle(new Request('studio://app/assets/main.js', { method: 'HEAD' }));
  expect([head.status, head.headers.get('Content-Length'), await head.text()]).toEqual([200, '10', '']);
});

test.each([
  'studio://app/../secret.json',
  'studio://app/%2e%2e/secret.json',
  'studio://app/..%2fsecret.json',
  'studio://app/assets/..%2f..%2fsecret.json',
  'studio://app/assets/..%5c..%5csecret.json',
  'studio://app//etc/passwd',
  'studio://app/%00',
  'studio://app/%E0%A4%A',
  'studio://app/',
  'studio://app/assets',
  'studio://app/assets/notes.md',
  'studio://other/index.html',
  'studio://user@app/index.html',
])('does not serve %s', async (address) => {
  const response = await handle(requestFor(address));
  expect(response.status).toBe(404);
});

test('answers no other method', async () => {
  const response = await handle(new Request('studio://app/index.html', { method: 'POST', body: 'x' }));
  expect(response.status).toBe(405);
});

/** `Request` refuses addresses with a user in them; Chromium would take such a page there. */
function requestFor(address: string): Request {
  const request = new Request('studio://app/index.html');
  Object.defineProperty(request, 'url', { value: address });
  return request;
}
