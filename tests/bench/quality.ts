/**
 * How the check does on people whom no limit was chosen with: takes with one known fault each, composed of real footage, and
 * what is said of them. Writes the tables of `docs/quality.md`.
 */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { locateTools } from '../../electron/media/locate.ts';
import { checkFile } from '../../electron/studio/checkFile.ts';
import { composeFault, prepareSitter, type Sitter } from '../quality/compose.ts';
import { type Checked, countsOf, tablesOf } from '../quality/confusion.ts';
import { FAULTS } from '../quality/faults.ts';
import { peopleIn } from '../quality/people.ts';
import type { Bench, BenchContext, Figure } from './bench.ts';

async function run({ file: footage, folder, say }: BenchContext): Promise<Record<string, Figure>> {
  if (footage === undefined) throw new Error('Name the folder with footage of people who talk.');
  // Those who judge come first: what is known is written after everybody, and the rest can be done without.
  const people = peopleIn(footage).sort((one, other) => other.side.localeCompare(one.side));
  if (people.length < 2) throw new Error('Too few of the people are there: see tests/quality/people.ts.');
  const tools = await locateTools();
  const sitters: Sitter[] = [];
  for (const person of people) {
    say(`Preparing ${person.name}.`);
    sitters.push(await prepareSitter(person, folder, { tools }));
  }
  const checked: Checked[] = [];
  const tables = join(dirname(folder), 'twin-studio-quality.md');
  for (const [index, sitter] of sitters.entries()) {
    const other = sitters[(index + 1) % sitters.length] ?? sitter;
    for (const fault of FAULTS) {
      const take = await composeFault(sitter, fault, { folder, ffmpeg: tools.ffmpeg, other });
      const { report } = await checkFile(take, { tools, shot: 'head-and-shoulders', now: new Date() });
      const one: Checked = { person: sitter.person, fault, report };
      checked.push(one);
      say(`${sitter.person.name}, ${fault.name}: ${report.findings.map(({ code }) => code).join(' ')}`);
    }
    await writeFile(tables, tablesOf(checked));
  }
  return { ...countsOf(checked), file: tables };
}

export const bench: Bench = {
  about: 'what the check says of people and faults it was not made with (FOLDER of footage)',
  window: false,
  vision: true,
  takesFile: true,
  figures: {
    people: 'people who judge, whom no limit was chosen with',
    faulty: 'known faults of their takes: one a take, or several cuts',
    found: 'of these: named',
    missed: 'of these: not named',
    clean: 'their takes without a fault, and every fault that a faulty take does not have',
    falseWarnings: 'of these: named all the same',
    file: 'the tables',
  },
  run,
};
