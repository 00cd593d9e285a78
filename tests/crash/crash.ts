/** Kills the studio while it records, at random moments, and looks what the next start makes of it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { killGiven } from '../bench/tree.ts';
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

/** In which part of a recording it is killed, in turns: half of them while it goes on. */
const PARTS = ['stopping', 'first second', 'recording', 'recording'] as const;
type Part = (typeof PARTS)[number];

/** Seconds after it has begun; while it stops, after Stop was pressed. */
const WHEN: Record<Part, { readonly from: number; readonly to: number }> = {
  stopping: { from: 0, to: 0.3 },
  'first second': { from: 0.1, to: 1 },
  recording: { from: 1, to: 9 },
};
/** How long is recorded before Stop is pressed, seconds. */
const STOPPED_AFTER_SECONDS = 3;

/** Most that may be missing at the end of a take, seconds. */
const MOST_LOST_SECONDS = 1;
/**
 * Most that may have been recorded where no take is found, seconds: of less than a second that was stored none is made
 * (`SHORTEST_SECONDS` of completeSource.ts), and what was recorded last may not be stored yet.
 */
const MOST_WITHOUT_TAKE_SECONDS = 0.9 + MOST_LOST_SECONDS;
/** Sound and picture of a fragment do not end at the same moment, seconds. */
const SAME_SECONDS = 0.1;

/** Two starts, a recording and the patience for each, several times over. */
const MOMENT_TIMEOUT_MS = 180_000;

interface Moment {
  readonly prey: Prey;
  readonly part: Part;
  /** Null where there was too little for a take. */
  readonly found: Found | null;
  /** Recorded when it was killed, or stopped, seconds, as the window noted when it began. */
  readonly recordedSeconds: number;
  readonly lostSeconds: number;
  /** In the file right before it was killed, or stopped. */
  readonly onDiskSeconds: number;
  /** Of what was on the disk before: there must be nothing. */
  readonly lostFromDiskSeconds: number;
  /** Whether the next start tells of it; not asked of a take that had been stopped and kept before. */
  readonly isTold: boolean;
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
      const part = PARTS[(moment - 1) % PARTS.length] ?? 'recording';
      const { from, to } = WHEN[part];
      const place = `${prey}, moment ${moment} of ${moments} (${part})`;
      try {
        const result = await inTime(
          oneMoment(studio, prey, part, from + random() * (to - from), tools),
          folder,
        );
        results.push(result);
        say(`${place}: ${sentenceOf(result)}`);
        const wrong = whatIsWrong(result);
        if (wrong !== null) failures.push(`${place}: ${wrong}`);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        failures.push(`${place}: ${why}`);
        say(`${place}: ${why}`);
      }
      // What was not known of when all was killed, such as a program that had just been started.
      await killGiven(studio.folder);
    }
  }
  const traced = kinds.includes('trace')
    ? await traceRecording({ folder: join(folder, 'trace'), camera: camera.file, microphone, say })
    : null;
  if (kinds.includes('trace') && traced === null && process.platform === 'linux') {
    failures.push('trace: the system shows nothing of the disk; install strace, and allow it to be used.');
  }
  return report(results, failures, options, traced);
}

/** A moment that hangs is a failure, and what it started is ended, so that the next one is its own. */
async function inTime<T>(moment: Promise<T>, folder: string): Promise<T> {
  const late = new AbortController();
  try {
    return await Promise.race([
      moment,
      pause(MOMENT_TIMEOUT_MS, null, { signal: late.signal }).then(() => {
        throw new Error(`It did not end within ${MOMENT_TIMEOUT_MS / 1000} s.`);
      }),
    ]);
  } catch (error) {
    await killGiven(folder);
    throw error;
  } finally {
    late.abort();
    moment.catch(() => undefined);
  }
}

async function oneMoment(
  studio: Running['studio'],
  prey: Prey,
  part: Part,
  seconds: number,
  tools: Awaited<ReturnType<typeof newestTools>>,
): Promise<Moment> {
  const before = await knownTakes(studio.folder);
  const running = await record(studio);
  const target = await running.aim(prey);
  const until = (at: number) => pause(Math.max(0, at - Date.now()));
  let stoppedAt = Number.POSITIVE_INFINITY;
  await until(running.begunAt + (part === 'stopping' ? STOPPED_AFTER_SECONDS : seconds) * 1000);
  const onDiskSeconds = await secondsOnDisk(studio.folder);
  if (part === 'stopping') {
    stoppedAt = await running.stop();
    await until(stoppedAt + seconds * 1000);
  }
  const killedAt = target.fire();
  await target.gone;
  const recordedSeconds = (Math.min(killedAt, stoppedAt) - running.begunAt) / 1000;
  const again = await startAgain(running, prey);
  const enough = new AbortController();
  try {
    // At once, for what is said in the window does not stay.
    const [found, told] = await Promise.all([
      findNewTake(studio.folder, before, tools).then((take) => {
        if (take !== null && take.end !== 'interrupted') enough.abort();
        return take;
      }),
      again.told(enough.signal),
    ]);
    const keptSeconds = found?.seconds ?? 0;
    return {
      prey,
      part,
      found,
      recordedSeconds,
      lostSeconds: Math.max(0, recordedSeconds - keptSeconds),
      onDiskSeconds,
      lostFromDiskSeconds: onDiskSeconds - keptSeconds > SAME_SECONDS ? onDiskSeconds - keptSeconds : 0,
      isTold:
        found === null
          ? told?.kind === 'nothing'
          : found.end === 'stopped' || (told?.kind === 'kept' && told.takeId === found.takeId),
    };
  } finally {
    enough.abort();
    await again.close();
  }
}

function sentenceOf({ found, recordedSeconds, onDiskSeconds, lostSeconds }: Moment): string {
  const recorded = `${recordedSeconds.toFixed(2)} s recorded, ${onDiskSeconds.toFixed(2)} s on the disk`;
  if (found === null) return `${recorded}, too little for a take.`;
  return `${recorded}, ${found.seconds.toFixed(2)} s kept (${found.end}), ${lostSeconds.toFixed(2)} s lost.`;
}

/** Null when nothing is. */
function whatIsWrong({ part, found, recordedSeconds, lostSeconds, ...moment }: Moment): string | null {
  if (found === null && recordedSeconds > MOST_WITHOUT_TAKE_SECONDS) return 'there is no take.';
  if (found !== null && lostSeconds > MOST_LOST_SECONDS) return `${lostSeconds.toFixed(2)} s are lost.`;
  // A moment of less than a second is no take, however whole it is on the disk.
  if (found !== null && moment.lostFromDiskSeconds > 0)
    return `${moment.lostFromDiskSeconds.toFixed(2)} s are lost that were on the disk.`;
  if (found !== null && found.end !== 'interrupted' && !(part === 'stopping' && found.end === 'stopped'))
    return `it ended as ${found.end}.`;
  return moment.isTold ? null : 'the next start says nothing of it.';
}

function report(
  results: readonly Moment[],
  failures: readonly string[],
  { moments, kinds }: CrashOptions,
  traced: Traced | null,
): boolean {
  const figure = (value: number) => Number(value.toFixed(2));
  const summary = PREYS.filter((prey) => kinds.includes(prey)).map((prey) => {
    const all = results.filter((result) => result.prey === prey);
    const takes = all.filter(({ found }) => found !== null);
    const lost = takes.map(({ lostSeconds }) => lostSeconds);
    return {
      killed: prey,
      moments,
      takes: takes.length,
      tooShort: all.length - takes.length,
      told: all.filter(({ isTold }) => isTold).length,
      lostFromDiskSeconds: figure(
        Math.max(0, ...takes.map(({ lostFromDiskSeconds }) => lostFromDiskSeconds)),
      ),
      lostAtMostSeconds: figure(Math.max(0, ...lost)),
      lostOnAverageSeconds: figure(lost.reduce((sum, one) => sum + one, 0) / lost.length || 0),
    };
  });
  if (summary.length > 0) console.table(summary);
  if (traced !== null) console.table([traced]);
  for (const failure of failures) console.log(`Failed: ${failure}`);
  console.log(JSON.stringify({ killed: summary, failures, trace: traced }));
  const synced = traced === null || (traced.fragments > 0 && traced.syncedBefore === traced.fragments);
  return failures.length === 0 && synced;
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
