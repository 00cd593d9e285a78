// @ts-check
/** A display without a screen, for windows that nobody looks at. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * Opens a display of the size of a common laptop. Needs Xvfb.
 * @returns {Promise<{name: string, close: () => void}>}
 */
export async function openDisplay() {
  // Xvfb picks a free number and writes it to the given descriptor when it is ready.
  const args = ['-displayfd', '1', '-screen', '0', '1440x900x24', '-nolisten', 'tcp'];
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const number = await new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve);
    child.once('error', reject);
    child.once('exit', () => reject(new Error('Xvfb, the display for tests, did not start.')));
  });
  return { name: `:${number}`, close: () => child.kill() };
}
