import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isProcessAlive, MACHINE, processStart } from './machine.ts';

const onLinux = test.skipIf(!existsSync('/proc/self/stat'));

test('this process lives; one that has ended does not', async () => {
  expect(MACHINE).toMatch(/^[0-9a-f]{16}$/);
  expect(isProcessAlive(process.pid, processStart(process.pid))).toBe(true);
  const child = spawn(process.execPath, ['-e', '']);
  const pid = child.pid ?? 0;
  const start = processStart(pid);
  await once(child, 'exit');
  expect(isProcessAlive(pid, start)).toBe(false);
});

test('where starts are not known, the id has to do', () => {
  expect(isProcessAlive(process.pid, '')).toBe(true);
});

onLinux('a process with the same id that started at another time is another one', () => {
  expect(processStart(process.pid)).toMatch(/^\d+$/);
  expect(isProcessAlive(process.pid, '1')).toBe(false);
});

onLinux('a process whose name holds blanks and brackets is read all the same', async () => {
  const child = spawn('sh', ['-c', 'echo "x) S 1 (y" > /proc/$$/comm; echo; read line']);
  await once(child.stdout, 'data');
  expect(processStart(child.pid ?? 0)).toBe(processStart(child.pid ?? 0));
  expect(Number(processStart(child.pid ?? 0))).toBeGreaterThan(Number(processStart(1)));
  child.stdin.end('\n');
  await once(child, 'exit');
});

onLinux('a process that ended but that its parent has not taken note of is not alive', async () => {
  // The shell starts a child, tells its id and becomes a program that never asks how it ended.
  const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    parent.kill('SIGKILL');
    await once(parent, 'exit');
  });
  const [chunk] = (await once(parent.stdout, 'data')) as [Buffer];
  const pid = Number(String(chunk));
  // While it is still a shell, the parent would take note.
  await until(() => readFileSync(`/proc/${parent.pid}/comm`, 'utf8').trim() === 'sleep');
  const start = processStart(pid);
  expect(isProcessAlive(pid, start)).toBe(true);
  process.kill(pid, 'SIGKILL');
  await until(() => !isProcessAlive(pid, start));
  // It is still there for the system: asking for it is no error.
  expect(process.kill(pid, 0)).toBe(true);
});

/** Bounded polling: nobody is told when somebody else's child starts a program or ends. */
async function until(holds: () => boolean): Promise<void> {
  await vi.waitFor(() => expect(holds()).toBe(true), { timeout: 5_000, interval: 5 });
}
