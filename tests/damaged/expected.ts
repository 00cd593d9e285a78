import { ERRORS, type ErrorCode, EXIT, isErrorCode } from '../../shared/errors.ts';
import type { CliRun } from './cliRun.ts';

/** What a check may give: one of these errors, or a report with at least these findings. */
export interface Expected {
  readonly codes: readonly ErrorCode[];
  /** Null: there must be no report. */
  readonly findings: readonly string[] | null;
  /** The report must not refuse the take, nor speak of any of these. */
  readonly sound?: { readonly without: ReadonlySet<string> };
}

/** Exactly one error. */
export const error = (...codes: ErrorCode[]): Expected => ({ codes, findings: null });
/** A report, which names at least this. */
export const report = (...findings: string[]): Expected => ({ codes: [], findings });
/** A report that names at least this, or one of the errors. */
export const either = (expected: Expected, ...codes: ErrorCode[]): Expected => ({
  ...expected,
  codes: [...expected.codes, ...codes],
});

/** What is wrong with how a check ended, in words; empty when all is as it should be. */
export function missesOfCheck(run: CliRun, expected: Expected): string[] {
  const reports = run.events.filter(({ event }) => event === 'report');
  const [only] = reports;
  if (only === undefined || reports.length > 1) return [...run.misses, `${reports.length} reports`];
  const code = codeOf(only);
  if (code !== null) return [...run.misses, ...missesOfError(run, code, expected)];
  const findings = findingsOf(only);
  const missing = (expected.findings ?? []).filter((wanted) => !findings.includes(wanted));
  const exit = only.verdict === 'fail' ? EXIT.REFUSED : EXIT.OK;
  return [
    ...run.misses,
    ...(expected.findings === null
      ? [`a report (${findings.join(' ')}), not ${expected.codes.join(' or ')}`]
      : []),
    ...(missing.length > 0 ? [`no ${missing.join(', ')} among ${findings.join(' ') || 'no findings'}`] : []),
    ...(run.exit === exit ? [] : [`exit code ${run.exit}, not ${exit}`]),
    ...missesOfSound(only.verdict, findings, expected),
  ];
}

function missesOfSound(verdict: unknown, findings: readonly string[], { sound }: Expected): string[] {
  if (sound === undefined) return [];
  const wrong = findings.filter((finding) => sound.without.has(finding));
  return [
    ...(verdict === 'fail' ? [`refused: ${findings.join(' ')}`] : []),
    ...(wrong.length > 0 ? [`speaks of ${wrong.join(' ')}`] : []),
  ];
}

/** What is wrong with how preparing a damaged file ended: it may give a master, or an error of the catalogue. */
export function missesOfPrepare(run: CliRun, left: readonly string[]): string[] {
  const result = run.events.at(-1);
  const code = result === undefined ? null : codeOf(result);
  if (code === null) {
    return [
      ...run.misses,
      ...(run.exit === EXIT.OK ? [] : [`exit code ${run.exit} without an error`]),
      ...(left.join() === 'master.mp4' ? [] : [`left ${left.join(' ') || 'no master'}`]),
    ];
  }
  return [
    ...run.misses,
    ...missesOfError(run, code, null),
    ...(left.length > 0 ? [`left ${left.join(' ')}`] : []),
  ];
}

function missesOfError(run: CliRun, code: string, expected: Expected | null): string[] {
  if (!isErrorCode(code) || code === 'UNEXPECTED') return [`an error that nobody foresaw (${code})`];
  const allowed = expected === null || expected.codes.includes(code);
  const { exit } = ERRORS[code];
  return [
    ...(allowed ? [] : [`${code}, not ${expected.codes.join(' or ') || 'a report'}`]),
    ...(run.exit === exit ? [] : [`exit code ${run.exit}, not ${exit}`]),
  ];
}

/** The code of an event's error, or null. */
export function codeOf(event: Readonly<Record<string, unknown>>): string | null {
  const { error: told } = event;
  if (typeof told !== 'object' || told === null || !('code' in told)) return null;
  return String(told.code);
}

function findingsOf({ findings }: Readonly<Record<string, unknown>>): string[] {
  if (!Array.isArray(findings)) return [];
  return findings.map((finding: unknown) =>
    typeof finding === 'object' && finding !== null && 'code' in finding ? String(finding.code) : '',
  );
}
