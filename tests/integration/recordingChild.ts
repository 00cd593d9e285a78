/** A process that records into a library, for tests with several of them. */
import { readFile } from 'node:fs/promises';
import { locateTools } from '../../electron/media/locate.ts';
import { runTool } from '../../electron/media/process.ts';
import { type Engine, openEngine } from '../../electron/studio/engine.ts';
import { createRecordings, type Recordings } from '../../electron/studio/recordings.ts';
import { recoverRecordings } from '../../electron/studio/recoverRecordings.ts';
import type { FromStore } from '../../shared/recording/port.ts';
import type { RecordingId } from '../../shared/recording/recording.ts';
import { serve } from './serveJobs.ts';
import { engineOptions } from './support/engineOptions.ts';
import { countsAt, SETUP } from './support/recordingSetup.ts';
import { TestPort } from './support/testPort.ts';

let engine: Engine | null = null;
let recordings: Recordings | null = null;
const port = new TestPort();

function opened(): { engine: Engine; recordings: Recordings } {
  if (engine === null || recordings === null) throw new Error('No library is open.');
  return { engine, recordings };
}

const jobs = {
  /** @param userDataDir that of others, or one of its own. */
  async open(root: string, userDataDir?: string) {
    engine = await openEngine(engineOptions(root, userDataDir));
    recordings = createRecordings(
      engine.context,
      () => undefined,
      () => undefined,
    );
  },
  async begin() {
    const begun = await opened().recordings.begin({ shot: 'head-and-shoulders', setup: SETUP });
    begun.connect(port);
    return begun.id;
  },
  /** Sends a file as a fragment; resolves with how it was answered. */
  async send(file: string, sequence: number): Promise<FromStore> {
    const bytes = await readFile(file);
    return port.send({
      kind: 'fragment',
      sequence,
      bytes: new Uint8Array(bytes).buffer,
      counts: countsAt(sequence),
    });
  },
  /** Sends without waiting for an answer; to be killed meanwhile. */
  async sendAll(files: readonly string[]) {
    for (const [sequence, file] of files.entries()) {
      const answer = await jobs.send(file, sequence);
      if (answer.kind !== 'stored') throw new Error(answer.kind);
    }
  },
  finish: (id: RecordingId) => opened().recordings.finish(id, 'stopped'),
  async recover() {
    const { troubles, ...others } = await recoverRecordings(
      opened().engine.context,
      new AbortController().signal,
    );
    return { ...others, troubles: troubles.map(String) };
  },
  isQuiet: () => opened().engine.context.quiet.isQuiet,
  /** Converts without end; to be killed. */
  async convert(outFile: string) {
    const { ffmpeg } = await locateTools();
    const source = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30:duration=36000'];
    const args = ['-v', 'error', '-nostdin', '-y', ...source, '-c:v', 'libx264', '-f', 'matroska', outFile];
    await runTool({ program: ffmpeg, args, source: outFile, step: 'testing', onStdout: () => undefined });
  },
};

export type RecordingJobs = typeof jobs;

serve(jobs);
