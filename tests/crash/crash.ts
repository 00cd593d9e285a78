/** Kills the studio while it records, at random moments, and looks what the next start makes of it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { killBelow } from '../bench/tree.ts';
import { composeFakeCamera } from '../footage/fakeCamera.ts';
import { fakeMicrophone } from '../footage/fakeMicrophone.ts';
import { newestTools } from '../footage/tools.ts';
import { type Found, findNewTake, knownTakes, secondsOnDisk } from './foundTake.ts';
import { PREYS, type Prey, type Running, record, startAgain } from './running.ts';
import { type Traced, traceRecording } from './trace.ts';

export interface CrashOptions {
  /** For libraries and settings. */
  readonly folder: string;
  /** How many times each is killed. */
  readonly moments: number;
  readonly seed: number;
  readonly kinds: readonly (Prey | 'trace')[];
  readonly say: (line: string) => void;
}

/** When a recording is killed, seconds after it has begun. */
const EARLIEST_SECONDS = 2.5;
const LATEST_SECONDS = 9;
/**
 * Most that may be missing, seconds: the second that is just being recorded, and what a busy machine takes to encode it,
 * hand it over and write it.
 */
const MOST_LOST_SECONDS = 2;

/** Two starts, a recording and the patience for each, several times over. */
const MOMENT_TIMEOUT_MS = 180_000;

interface Moment extends Found {
  readonly prey: Prey;
  /** Recorded when it was killed, seconds, as the window showed it begin. */
  readonly recordedSeconds: number;
  readonly lostSeconds: number;
  /** Of what was on the disk before: there must be nothing. */
  readonly lostFromDiskSeconds: number;
  readonly isOffered: boolean;
}

/** @returns whether no take was lost, nor more of one than may be. */
export async function crash(options: CrashOptions): Promise<boolean> {
  const { folder, moments, seed, kinds, say } = options;
  const tools = await newestTools();
  const camera = await composeFakeCamera(tools.ffmpeg);
  const microphone = join(folder, 'microphone.wav');
  await writeFile(microphone, fakeMicrophone());
  const results: Moment[] = [];
  const random = numbersFrom(seed);
  const failures: string[] = [];
  for (const prey of PREYS.filter((kind) => kinds.includes(kind))) {
    const studio = { folder: join(folder, prey), camera: camera.file, microphone, say };
    await mkdir(studio.folder);
    for (let moment = 1; moment <= moments; moment += 1) {
      const seconds = EARLIEST_SECONDS + random() * (LATEST_SECONDS - EARLIEST_SECONDS);
      const place = `${prey}, moment ${moment} of ${moments} (after ${seconds.toFixed(2)} s)`;
      try {
        const result = await inTime(oneMoment(studio, prey, seconds, tools));
        results.push(result);
        say(`${place}: ${result.seconds.toFixed(2)} s kept, ${result.lostSeconds.toFixed(2)} s lost.`);
      } catch (error) {
        failures.push(place);
        say(`${place}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
  const traced = kinds.includes('trace')
    ? await traceRecording({ folder: join(folder, 'trace'), camera: camera.file, microphone, say })
    : null;
  return report(results, failures, options, traced);
}

/** A moment that hangs is a failure, and what it started is ended, so that the next one is its own. */
async function inTime<T>(moment: Promise<T>): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([
      moment,
      pause(MOMENT_TIMEOUT_MS, null, { signal: late.signal }).then(() => {
        throw new Error(`It did not end within ${MOMENT_TIMEOUT_MS / 1000} s.`);
      }),
    ]);
  } catch (error) {
    await killBelow(process.pid);
    throw error;
  } finally {
    late.abort();
    moment.catch(() => undefined);
  }
}

async function oneMoment(
  studio: Running['studio'],
  prey: Prey,
  seconds: number,
  tools: Awaited<ReturnType<typeof newestTools>>,
): Promise<Moment> {
  const before = await knownTakes(studio.folder);
  const running = await record(studio);
  await pause(Math.max(0, running.begunAt + seconds * 1000 - Date.now()));
  const onDiskSeconds = await secondsOnDisk(studio.folder);
  const recordedSeconds = (Date.now() - running.begunAt) / 1000;
  await running.kill(prey);
  const again = await startAgain(running, prey);
  try {
    // At once, for what is said in the window does not stay.
    const [found, offered] = await Promise.all([findNewTake(studio.folder, before, tools), again.offered()]);
    return {
      ...found,
      prey,
      recordedSeconds,
      lostSeconds: Math.max(0, recordedSeconds - found.seconds),
      lostFromDiskSeconds: Math.max(0, onDiskSeconds - Math.round(found.seconds)),
      isOffered: offered === found.takeId,
    };
  } finally {
    await again.close();
  }
}

function report(
  results: readonly Moment[],
  failures: readonly string[],
  { moments, kinds }: CrashOptions,
  traced: Traced | null,
): boolean {
  const summary = PREYS.filter((prey) => kinds.includes(prey)).map((prey) => {
    const all = results.filter((result) => result.prey === prey);
    const lost = all.map(({ lostSeconds }) => lostSeconds);
    return {
      killed: prey,
      moments,
      recovered: all.length,
      offered: all.filter(({ isOffered }) => isOffered).length,
      lostFromDiskSeconds: Math.max(0, ...all.map(({ lostFromDiskSeconds }) => lostFromDiskSeconds)),
      lostAtMostSeconds: Number(Math.max(0, ...lost).toFixed(2)),
      lostOnAverageSeconds: Number((lost.reduce((sum, one) => sum + one, 0) / all.length || 0).toFixed(2)),
    };
  });
  console.table(summary);
  if (traced !== null) console.table([traced]);
  for (const failure of failures) console.log(`Lost: ${failure}`);
  console.log(JSON.stringify({ killed: summary, failures, trace: traced }));
  return (
    failures.length === 0 &&
    results.every(
      ({ isOffered, lostSeconds, lostFromDiskSeconds }) =>
        isOffered && lostFromDiskSeconds === 0 && lostSeconds <= MOST_LOST_SECONDS,
    ) &&
    (traced === null || (traced.fragments > 0 && traced.syncedBefore === traced.fragments))
  );
}

/** The same numbers from 0 to 1 in every run with the same seed (mulberry32, Tommy Ettinger, public domain). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
