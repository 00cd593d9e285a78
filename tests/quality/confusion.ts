/** What was said of takes whose fault is known, counted. */
import type { Report } from '../../shared/domain/report.ts';
import { BESIDE_THE_POINT, FAULTS, type Fault } from './faults.ts';
import type { Person } from './people.ts';

export interface Checked {
  readonly person: Person;
  readonly fault: Fault;
  readonly report: Report;
}

/** A place that is named may lie this far from where it was cut, seconds. */
const CUT_TOLERANCE = 0.3;

interface Score {
  /** Faults that were named; of a take without one: 1 where nothing was. */
  readonly right: number;
  readonly of: number;
}

/** A take has one fault, or several cuts of one kind, each of which counts. */
function scoreOf({ fault, report }: Checked): Score {
  const own = report.findings.filter(({ code }) => (fault.expected as readonly string[]).includes(code));
  if (fault.cutAt !== undefined) {
    const places = own.flatMap((finding) => finding.places);
    const named = fault.cutAt.filter((at) =>
      places.some(
        ({ startSeconds, endSeconds }) =>
          startSeconds <= at + CUT_TOLERANCE && endSeconds >= at - CUT_TOLERANCE,
      ),
    );
    return { right: named.length, of: fault.cutAt.length };
  }
  const isRight = fault.expected.length === 0 ? othersIn({ fault, report }).length === 0 : own.length > 0;
  return { right: isRight ? 1 : 0, of: 1 };
}

const sumOf = (scores: readonly Score[]): Score => ({
  right: scores.reduce((sum, { right }) => sum + right, 0),
  of: scores.reduce((sum, { of }) => sum + of, 0),
});

/** Warnings and failures that are not the fault's own. */
const othersIn = ({ fault, report }: Pick<Checked, 'fault' | 'report'>): string[] =>
  report.findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ code }) => code)
    .filter((code) => ![...fault.expected, ...BESIDE_THE_POINT].includes(code as never));

const judges = (checked: readonly Checked[]) => checked.filter(({ person }) => person.side === 'judging');
const namesOf = (checked: readonly Checked[]) => [...new Set(checked.map(({ person }) => person.name))];

export interface Counts {
  readonly people: number;
  readonly faulty: number;
  readonly found: number;
  readonly missed: number;
  readonly clean: number;
  readonly falseWarnings: number;
}

/** Of the people who judge alone. `clean`: every pair of a take and a fault that it does not have. */
export function countsOf(checked: readonly Checked[]): Counts & Record<string, number> {
  const judged = judges(checked);
  const faulty = judged.filter(({ fault }) => fault.expected.length > 0);
  const score = sumOf(faulty.map(scoreOf));
  const kinds = FAULTS.filter(({ expected }) => expected.length > 0);
  const pairs = judged.flatMap(({ fault, report }) =>
    kinds
      .filter((kind) => kind !== fault && !kind.expected.some((code) => fault.expected.includes(code)))
      .map((kind) => report.findings.some(({ code }) => (kind.expected as readonly string[]).includes(code))),
  );
  return {
    people: namesOf(judged).length,
    faulty: score.of,
    found: score.right,
    missed: score.of - score.right,
    clean: pairs.length,
    falseWarnings: pairs.filter(Boolean).length,
  };
}

const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');

/** Markdown: by fault and person, and what else was said; then the figures of the people who choose. */
export function tablesOf(checked: readonly Checked[]): string {
  const sides = (['judging', 'choosing'] as const).map((side) => ({
    side,
    names: namesOf(checked.filter(({ person }) => person.side === side)),
  }));
  const all = sides.flatMap(({ names }) => names);
  const of = (name: string, fault: Fault) =>
    checked.find(({ person, fault: had }) => person.name === name && had.name === fault.name);
  const mark = (one: Checked | undefined) => {
    if (one === undefined) return '';
    const { right, of } = scoreOf(one);
    if (of > 1) return `${right} of ${of}`;
    return right === 1 ? 'yes' : '**no**';
  };
  const share = (names: readonly string[], fault: Fault) => {
    const score = sumOf(names.flatMap((name) => of(name, fault) ?? []).map(scoreOf));
    return `${score.right} of ${score.of}`;
  };
  const right = table(
    ['take', ...sides.map(({ side }) => side), ...all],
    FAULTS.map((fault) => [
      fault.name,
      ...sides.map(({ names }) => share(names, fault)),
      ...all.map((name) => mark(of(name, fault))),
    ]),
  );
  const codes = [...new Set(checked.flatMap(othersIn))].sort();
  const besides = table(
    ['said, though the take does not have it', ...all],
    codes.map((code) => [
      code,
      ...all.map((name) => {
        const own = checked.filter(({ person }) => person.name === name);
        return own.filter((one) => othersIn(one).includes(code)).length;
      }),
    ]),
  );
  return `## Named or not, by take and person\n\n${right}\n\n## What else was said\n\nTakes of ${FAULTS.length} a person.\n\n${besides}\n\n## Figures\n\n${figuresOf(checked)}\n`;
}

/** Each measure of takes without its fault, beside those with it, on each side. */
function figuresOf(checked: readonly Checked[]): string {
  const measures = [...new Set(checked.flatMap(({ report }) => report.measures.map(({ code }) => code)))];
  const rows = measures.flatMap((code) => {
    const values = (ones: readonly Checked[]) =>
      ones.flatMap(({ report }) => report.measures.find((one) => one.code === code)?.value ?? []);
    const span = (ones: readonly Checked[]) => {
      const found = values(ones);
      if (found.length === 0) return '–';
      const figure = (value: number) => Number(value.toPrecision(3)).toString();
      return `${figure(Math.min(...found))} to ${figure(Math.max(...found))}`;
    };
    const faulty = (one: Checked) => MEASURES_OF[code]?.includes(one.fault.name) === true;
    if (MEASURES_OF[code] === undefined) return [];
    const limit = checked[0]?.report.measures.find((one) => one.code === code)?.limit ?? '';
    return [
      [
        code,
        limit,
        ...(['choosing', 'judging'] as const).flatMap((side) => {
          const own = checked.filter(({ person }) => person.side === side);
          return [
            span(own.filter(({ fault }) => fault.expected.length === 0)),
            span(own.filter((one) => faulty(one))),
          ];
        }),
      ],
    ];
  });
  return table(
    ['measure', 'limit', 'choosing, as is', 'choosing, faulty', 'judging, as is', 'judging, faulty'],
    rows,
  );
}

/** Which takes show a measure at fault. */
const MEASURES_OF: Readonly<Record<string, readonly string[]>> = {
  FROZEN: ['frozen for 3 s'],
  REPEATED_FRAMES: ['every frame twice'],
  BLACK: ['black for half a second'],
  LONGEST_GAP: ['nothing for 0.8 s'],
  FACE_PRESENT: ['nobody for 4 s'],
  FACE_POSITION: ['off-centre'],
  FACE_SIZE: ['far away', 'too near'],
  EYE_LINE: ['too low'],
  HEADROOM: ['head cut off'],
  HEAD_POSE: ['head tilted by 32°'],
  EXPOSURE: ['dark', 'over-exposed'],
  EVENNESS: ['light from one side'],
  SHADOW: ['light from one side'],
  BACKLIGHT: ['before a bright window'],
  SHARPNESS: ['out of focus from the middle on'],
  STEADINESS: ['camera shakes'],
  SPEECH: ['a tone for a voice', 'music for a voice', 'noise for a voice'],
  LOUDNESS: ['a quiet voice', 'a loud voice'],
  NOISE_FLOOR: ['a noisy room'],
  CLIPPING: ['clipping'],
  HUM: ['mains hum'],
  ECHO: ['a room that rings'],
  SILENCE: ['7 s of silence'],
};
