import { join } from 'node:path';
import type { StudioOptions } from '../../../electron/studio/engine.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';

/**
 * An engine that practises, with nobody's settings and no keys.
 * @param userDataDir a test's own, so that no other test is quiet while this one records.
 */
export function engineOptions(
  libraryDir: string,
  userDataDir = join(libraryDir, 'user-data'),
): StudioOptions {
  return {
    libraryDir,
    settings: { get: () => DEFAULT_SETTINGS, save: () => undefined },
    secrets: { storage: 'session', get: () => null, set: () => undefined, originOf: () => 'missing' },
    environment: { ...process.env, TWIN_STUDIO_USER_DATA: userDataDir },
    trialRuntime: false,
    version: 'test',
  };
}
