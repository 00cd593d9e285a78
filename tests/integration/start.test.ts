/** `npm start` where there is no display: says so and runs the demo in the terminal. */
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const tool = resolve(import.meta.dirname, '../../tools/start.mjs');

describe.skipIf(process.platform !== 'linux')('without a display (needs Linux)', () => {
  test('runs the demo, and passes arguments on', () => {
    const { status, stdout, stderr } = start('--help');
    expect(stderr).toContain('There is no display here, so the demo runs in the terminal.');
    expect(stdout).toMatch(/Usage: .*demo/);
    expect(status).toBe(0);
  });

  test('ends as the demo ends', () => {
    const { status, stderr } = start('--no-such-option');
    expect(stderr).toContain('--no-such-option');
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(status).toBe(64);
  });
});

function start(...args: string[]) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  return spawnSync(process.execPath, [tool, ...args], { env, encoding: 'utf8' });
}
