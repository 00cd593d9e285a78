import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication } from '@playwright/test';
import { testRuntime } from '../../tools/runtime.mjs';

/** Loads the app that is named after it, and keeps its windows back until Playwright is attached. */
const HELD = fileURLToPath(new URL('held', import.meta.url));

export interface LaunchElectronOptions {
  /** Chromium's switches, beside those of the runtime. */
  readonly switches?: readonly string[];
  /** Of another app than the studio. */
  readonly folder?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the studio, or another app, in the runtime of tests. */
export async function launchElectron({
  switches = [],
  folder,
  env,
}: LaunchElectronOptions): Promise<ElectronApplication> {
  const { executable, args, bundle } = await testRuntime(console.log);
  const app = folder ?? args.at(-1) ?? '';
  return _electron.launch({
    executablePath: executable,
    // Switches come before the folder of the app, as Chromium reads only those. Electron as shipped is not held back:
    // its app is a module, which is not loaded in time for that.
    args: [...switches, ...args.slice(0, -1), ...(bundle === 'practice' ? [HELD] : []), app],
    ...(env && { env }),
  });
}
