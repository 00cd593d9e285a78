/** Two commands and the app in its window, on one library, with the same order at the same moment. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { StudioBridge } from '../../shared/contract.ts';
import { composeTake, newestTools } from '../footage/tools.ts';
import { runCli } from '../integration/support/cli.ts';
import { expect, test } from './fixtures.ts';

/** The engine does the same with commands alone, and more often, in `sameOrder.test.ts`. */
const TIMES = 5;
const FREE = { trainingUsd: 0, firstWordsUsd: 0 };

/** Publishes in the window, as the button does. */
function publishInWindow(window: Page, takeId: string, name: string): Promise<string> {
  return window.evaluate(
    async ([id, look, price]) => {
      const { studio } = globalThis as unknown as { studio: StudioBridge };
      const answer = await studio.publish({
        takeId: id as never,
        host: 'practice',
        trainer: 'practice',
        twin: { kind: 'new', name: look },
        lookName: look,
        consent: { by: look, wording: 'agreed', url: null },
        confirmedPrice: price,
      });
      if (answer.kind !== 'ok') throw new Error(JSON.stringify(answer));
      return answer.value.orderId as string;
    },
    [takeId, name, FREE] as const,
  );
}

test(`the same order is sent once, ${TIMES} times`, async ({ launchStudio, temporaryDir }) => {
  test.setTimeout(600_000);
  const clip = await composeTake({ seconds: 16 }, await newestTools());
  const quick = {
    TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: '0.2',
    TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS: '0.3',
  };
  const { window, libraryDir } = await launchStudio({ env: quick });
  const environment = {
    ...quick,
    TWIN_STUDIO_LIBRARY: libraryDir,
    TWIN_STUDIO_USER_DATA: join(temporaryDir, 'cli-settings'),
  };
  const run = (name: string) =>
    runCli(['run', clip, '--name', name, '--consent-confirmed', '--yes'], environment);
  const warmUp = await run('Warm-up');
  expect(warmUp.result).toMatchObject({ status: 'ready' });
  const takeId = String(warmUp.result.takeId);

  for (let round = 1; round <= TIMES; round += 1) {
    const name = `Look ${round}`;
    const [one, two, inWindow] = await Promise.all([
      run(name),
      run(name),
      publishInWindow(window, takeId, name),
    ]);
    expect(one.result, one.stdout).toMatchObject({ status: 'ready', orderId: inWindow });
    expect(two.result, two.stdout).toMatchObject({
      status: 'ready',
      orderId: inWindow,
      avatarId: one.result.avatarId,
    });
    const order = JSON.parse(await readFile(join(libraryDir, 'orders', inWindow, 'order.json'), 'utf8'));
    expect(order.requests.training).toBe(1);
    // Each request that reached the practice trainer made an avatar.
    const avatars = await readdir(join(libraryDir, 'practice', 'avatars'));
    expect(avatars.filter((file) => file.endsWith('.json'))).toHaveLength(round + 1);
  }
});
