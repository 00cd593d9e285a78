import { basename } from 'node:path';
import type { ErrorData } from '../../shared/contract.ts';
import type { Report, Shot } from '../../shared/domain/report.ts';
import { Cancelled, EXIT, type ExitCode, StudioError } from '../../shared/errors.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import { locateTools } from '../media/locate.ts';
import { type CheckedTake, pagePlace, writeCheckPage } from './checkPage.ts';
import { checkSubject } from './checkSubject.ts';
import { asErrorData, type CommandEnd, exitOf, type Session, worstExit } from './session.ts';

/** How files are checked, and where the report of one is written as a page. */
export interface CheckWish {
  /** Null takes a take's own, and for other files the setting. */
  readonly shot: Shot | null;
  readonly html: string | null;
}

/** Measures files where they are, without touching the library; a take of the library is known by its id. */
export async function checkCommand(
  session: Session,
  files: readonly string[],
  { shot, html }: CheckWish,
): Promise<CommandEnd> {
  const { output } = session;
  const page = html === null ? null : await pagePlace(html, files);
  const tools = await locateTools();
  const exits: ExitCode[] = [];
  const verdicts: Report['verdict'][] = [];
  let worst: ErrorData | undefined;
  let last: CheckedTake | null = null;
  for (const file of files) {
    try {
      const checked = await checkSubject(session, file, shot, tools);
      const { report } = checked;
      verdicts.push(report.verdict);
      exits.push(report.verdict === 'fail' ? EXIT.REFUSED : EXIT.OK);
      output.event({ event: 'report', file, ...report });
      printReport(session, file, report);
      last = checked;
    } catch (error) {
      if (error instanceof Cancelled) throw error;
      const data = asErrorData(error);
      exits.push(exitOf(data.code));
      worst ??= data;
      output.event({
        event: 'report',
        file,
        verdict: null,
        findings: [],
        media: null,
        error: { code: data.code, message: data.message },
      });
      output.print(`${failureOf(file, error, data)} (${data.code})`);
    }
  }
  if (page !== null && last !== null) {
    await writeCheckPage(session, last, page, tools);
    output.print(cliWords.check.page(page));
  }
  const count = (verdict: Report['verdict']) => verdicts.filter((one) => one === verdict).length;
  const fields = {
    status: worst === undefined ? 'checked' : 'failed',
    files: files.length,
    passed: count('pass'),
    warned: count('warn'),
    refused: count('fail'),
    failed: files.length - verdicts.length,
    page: last === null ? null : page,
  };
  // For people each file's sentence has been said above.
  return { exit: worstExit(exits), fields, ...(worst !== undefined && output.json ? { error: worst } : {}) };
}

/** What is wrong with a file, which is named once: as it was typed. */
function failureOf(file: string, error: unknown, { message }: ErrorData): string {
  if (!(error instanceof StudioError) || error.details.file !== basename(file))
    return cliWords.check.failed(file, message);
  const told = errorSentence(error.code, { ...error.details, file });
  // Some sentences know of no file.
  const isNamed = told !== errorSentence(error.code, { ...error.details, file: '' });
  return isNamed ? told : cliWords.check.failed(file, message);
}

const MARKS = { fail: '✗', warn: '!', info: 'i' } as const;

function printReport(session: Session, file: string, report: Report): void {
  const { output } = session;
  output.print(cliWords.check.heading(file, report));
  for (const { severity, message, remedy, places } of report.findings) {
    const where = places.length === 0 ? '' : cliWords.check.places(places);
    output.print(`  ${MARKS[severity]} ${[message, remedy, where].filter((part) => part !== '').join(' ')}`);
  }
}
