/** The ffmpegs that the tests run with: the one that is shipped, and the system's where there is one. */
import { existsSync } from 'node:fs';
import { locateTools, type MediaTools } from '../../electron/media/locate.ts';

// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
export { type Composition, composeTake } from './compose.mjs';

const SYSTEM = { TWIN_STUDIO_FFMPEG: '/usr/bin/ffmpeg', TWIN_STUDIO_FFPROBE: '/usr/bin/ffprobe' };

export const hasSystemFfmpeg =
  existsSync(SYSTEM.TWIN_STUDIO_FFMPEG) && existsSync(SYSTEM.TWIN_STUDIO_FFPROBE);

/** Each is looked for once: finding out what an ffmpeg can do starts it four times. */
const found = new Map<string, Promise<MediaTools>>();

function once(name: string, environment: Readonly<Record<string, string>>): Promise<MediaTools> {
  const tools = found.get(name) ?? locateTools({ environment });
  found.set(name, tools);
  return tools;
}

/** The tools as the product finds them without anything installed on the machine. */
export const bundledTools = (): Promise<MediaTools> => once('bundled', { PATH: '' });

/** The system's tools. Only where `hasSystemFfmpeg`. */
export const systemTools = (): Promise<MediaTools> => once('system', SYSTEM);

/** The newest there is, to compose with and to compare by. */
export const newestTools = (): Promise<MediaTools> => (hasSystemFfmpeg ? systemTools() : bundledTools());

/**
 * Every ffmpeg that files are made with: its name, itself, the one that judges what it has made, and whether it is
 * there. One judges what the other has made, so that a mistake of its own cannot hide in how it reads.
 */
export const BUILDS: readonly [string, () => Promise<MediaTools>, () => Promise<MediaTools>, boolean][] = [
  ['the bundled ffmpeg', bundledTools, newestTools, true],
  ['the system’s ffmpeg', systemTools, bundledTools, hasSystemFfmpeg],
];
