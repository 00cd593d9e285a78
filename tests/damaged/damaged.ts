/** Puts damaged files before the built command line, and looks that each ends as it should. */
import { lstat, mkdir, readdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { BYTES } from './bytes.ts';
import { type CliRun, runCli } from './cliRun.ts';
import { SOUND } from './controls.ts';
import { codeOf, missesOfCheck, missesOfPrepare } from './expected.ts';
import { HEADERS } from './headers.ts';
import type { DamageClass, Damaged, Kit } from './kit.ts';
import { ODD } from './odd.ts';
import { randomFrom } from './random.ts';
import { makeSources } from './sources.ts';
import { STRANGE } from './strange.ts';

export interface DamagedOptions {
  /** Empty; removed by whoever made it. */
  readonly folder: string;
  readonly seed: number;
  /** Only classes whose names contain it. */
  readonly only: string | null;
  readonly say: (line: string) => void;
}

/** Two at a time: the machines have two processors, and a check uses what it gets. */
const AT_ONCE = 2;
/** Every so many files are prepared as well. */
const PREPARED_EVERY = 6;

const CLASSES: readonly DamageClass[] = [...BYTES, ...HEADERS, ...ODD, ...STRANGE, SOUND];

interface Miss {
  readonly of: string;
  readonly file: string;
  readonly what: string;
}

interface ClassResult {
  readonly name: string;
  readonly files: number;
  readonly prepared: number;
  readonly slowestSeconds: number;
  /** How many ended how: a verdict, or a code. */
  readonly ends: ReadonlyMap<string, number>;
  readonly misses: readonly Miss[];
}

/** @returns whether all ended as they should */
export async function damaged({ folder, seed, only, say }: DamagedOptions): Promise<boolean> {
  const began = performance.now();
  say('Making the clips that are damaged.');
  const clips = join(folder, 'clips');
  await mkdir(clips);
  const sources = await makeSources(clips);
  const results: ClassResult[] = [];
  for (const [index, one] of CLASSES.entries()) {
    if (only !== null && !one.name.includes(only)) continue;
    const place = join(folder, 'class');
    await mkdir(place);
    const ends: (() => void)[] = [];
    const kit: Kit = {
      sources,
      folder: join(place, 'files'),
      // Each class its own numbers: those of one do not hang on the others.
      random: randomFrom(seed * 1000 + index),
      afterwards: (end) => ends.push(end),
    };
    await mkdir(kit.folder);
    const result = await runClass(one, kit, place);
    for (const end of ends) end();
    await rm(place, { recursive: true, force: true });
    results.push(result);
    say(rowOf(result));
    for (const { file, what } of result.misses) say(`    ${file}: ${what}`);
  }
  return summarize(results, { seed, seconds: (performance.now() - began) / 1000, say });
}

async function runClass(one: DamageClass, kit: Kit, place: string): Promise<ClassResult> {
  const cases: Damaged[] = [];
  for (let index = 0; index < one.count; index += 1) cases.push(await one.make(index, kit));
  const before = await listOf(kit.folder);
  const ends = new Map<string, number>();
  const misses: Miss[] = [];
  let slowestSeconds = 0;
  let prepared = 0;
  const told = (path: string, run: CliRun, found: readonly string[]) => {
    slowestSeconds = Math.max(slowestSeconds, run.seconds);
    for (const what of found) misses.push({ of: one.name, file: basename(path), what });
  };
  const queue = cases.entries();
  const work = async () => {
    for (const [index, { path, expected }] of queue) {
      const checked = await runCli('check', ['--', path], join(place, `check ${index}`));
      told(path, checked, missesOfCheck(checked, expected));
      const end = endOf(checked);
      ends.set(end, (ends.get(end) ?? 0) + 1);
      if (index % PREPARED_EVERY !== 0) continue;
      prepared += 1;
      const out = join(place, `master ${index}`);
      await mkdir(out);
      const args = ['--out', join(out, 'master.mp4'), '--', path];
      const made = await runCli('prepare', args, join(place, `prepare ${index}`));
      told(`${path} (prepared)`, made, missesOfPrepare(made, await readdir(out)));
      await rm(out, { recursive: true });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const changed = (await listOf(kit.folder)) !== before;
  if (changed) misses.push({ of: one.name, file: 'the folder', what: 'is not as it was before' });
  return { name: one.name, files: one.count, prepared, slowestSeconds, ends, misses };
}

/** Names, sizes and times of all that lies there. Links are not followed: one of them leads to everything. */
async function listOf(folder: string): Promise<string> {
  const lines: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const { size, mtimeMs } = await lstat(path);
    lines.push(
      entry.isDirectory() ? `${entry.name} [${await listOf(path)}]` : `${entry.name} ${size} ${mtimeMs}`,
    );
  }
  return lines.sort().join('\n');
}

function endOf(run: CliRun): string {
  const told = run.events.find(({ event }) => event === 'report');
  if (told === undefined) return 'nothing';
  return codeOf(told) ?? String(told.verdict);
}

function rowOf({ name, files, prepared, slowestSeconds, ends, misses }: ClassResult): string {
  const how = [...ends].sort(([, a], [, b]) => b - a).map(([end, count]) => `${count} ${end}`);
  const state = misses.length === 0 ? 'ok' : `${misses.length} MISSED`;
  return [
    name.padEnd(32),
    String(files).padStart(4),
    String(prepared).padStart(4),
    `${slowestSeconds.toFixed(1)} s`.padStart(9),
    `  ${state.padEnd(10)}`,
    how.join(', '),
  ].join(' ');
}

function summarize(
  results: readonly ClassResult[],
  {
    seed,
    seconds,
    say,
  }: { readonly seed: number; readonly seconds: number; readonly say: (line: string) => void },
): boolean {
  const sum = (of: (result: ClassResult) => number) => results.reduce((total, one) => total + of(one), 0);
  const controls = results.find(({ name }) => name === SOUND.name);
  const misses = results.flatMap((result) => result.misses);
  const slowest = Math.max(0, ...results.map(({ slowestSeconds }) => slowestSeconds));
  say('Columns: files checked, of them prepared as well, slowest, and how the checks ended.');
  console.log(
    JSON.stringify({
      damaged: sum(({ files }) => files) - (controls?.files ?? 0),
      controls: controls?.files ?? 0,
      prepared: sum((result) => result.prepared),
      missed: misses.length,
      misses,
      slowestSeconds: Math.round(slowest * 10) / 10,
      seconds: Math.round(seconds),
      seed,
    }),
  );
  return misses.length === 0;
}
