import { ensureVision } from '../../tools/bundles.mjs';

/** Vitest's globalSetup: the models, and the worker that looks at a take's frames, as a build has them. */
export default async function provideVision(): Promise<void> {
  await ensureVision();
}
