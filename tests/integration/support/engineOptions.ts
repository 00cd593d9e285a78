import type { StudioOptions } from '../../../electron/studio/engine.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings.ts';

/** An engine that practises, with nobody's settings and no keys. */
export function engineOptions(libraryDir: string): StudioOptions {
  return {
    libraryDir,
    settings: { get: () => DEFAULT_SETTINGS, save: () => undefined },
    secrets: { storage: 'session', get: () => null, set: () => undefined, originOf: () => 'missing' },
    environment: process.env,
    trialRuntime: false,
    version: 'test',
  };
}
