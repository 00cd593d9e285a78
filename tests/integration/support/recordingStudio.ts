/** Recordings of one process, with everything real but the window: for the tests of one file, each with its own library. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Engine, openEngine } from '../../../electron/studio/engine.ts';
import { createRecordings, type Recordings } from '../../../electron/studio/recordings.ts';
import type { InterruptedRecording } from '../../../electron/studio/recoverRecordings.ts';
import { engineOptions } from './engineOptions.ts';
import { recordedFragments } from './recordedFile.ts';
import { countsAt, SETUP } from './recordingSetup.ts';
import { TestPort } from './testPort.ts';

/** Made anew before each test. */
export interface RecordingStudio {
  engine: Engine;
  recordings: Recordings;
  /** The line of the recording that begins next. */
  port: TestPort;
  interrupted: InterruptedRecording[];
  troubles: unknown[];
}

/** @param seconds how much there is to be recorded. */
export function recordingsInTest(seconds: number) {
  const studio = {} as RecordingStudio;
  let material: string;
  let fragments: readonly Buffer[];
  let root: string;

  beforeAll(async () => {
    material = await mkdtemp(join(tmpdir(), 'twin-recorded-'));
    fragments = await recordedFragments(material, seconds);
  });
  afterAll(() => rm(material, { recursive: true, force: true }));
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'twin-recording-'));
    studio.engine = await openEngine(engineOptions(root));
    studio.interrupted = [];
    studio.troubles = [];
    studio.recordings = createRecordings(
      studio.engine.context,
      (what) => studio.interrupted.push(what),
      (error) => studio.troubles.push(error),
    );
    studio.port = new TestPort();
  });
  afterEach(async () => {
    await studio.recordings.interrupt();
    await studio.engine.close();
    await rm(root, { recursive: true, force: true });
  });

  const fragment = (sequence: number) => ({
    kind: 'fragment',
    sequence,
    bytes: new Uint8Array(fragments[sequence] ?? Buffer.alloc(1)).buffer,
    counts: countsAt(sequence),
  });
  return {
    studio,
    /** The head, then one a second. */
    fragments: () => fragments,
    fragment,
    async begin() {
      const begun = await studio.recordings.begin({ shot: 'waist-up', setup: SETUP });
      begun.connect(studio.port);
      return begun.id;
    },
    async sendAll(count = fragments.length) {
      for (let sequence = 0; sequence < count; sequence += 1) await studio.port.send(fragment(sequence));
    },
    folders: async () => (await readdir(studio.engine.context.library.paths.recordings)).sort(),
  };
}
