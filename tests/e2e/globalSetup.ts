/** Has everything ready before the first test, so that none of it counts against a test's time. */
import { ensureBuilt } from '../../tools/build.mjs';
import { testRuntime } from '../../tools/runtime.mjs';

export default async function prepare(): Promise<void> {
  const { bundle } = await testRuntime(console.log);
  await ensureBuilt([bundle], { say: console.log });
}
