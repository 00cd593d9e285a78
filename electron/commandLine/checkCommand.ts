import type { ErrorData } from '../../shared/contract.ts';
import type { Report, Shot } from '../../shared/domain/report.ts';
import { Cancelled, EXIT, type ExitCode } from '../../shared/errors.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { runFirstCheck } from '../media/firstCheck.ts';
import { locateTools } from '../media/locate.ts';
import { asErrorData, type CommandEnd, exitOf, type Session, worstExit } from './session.ts';

/** Measures files where they are; the library is not touched. */
export async function checkCommand(
  session: Session,
  files: readonly string[],
  shot: Shot,
): Promise<CommandEnd> {
  const { output, signal } = session;
  const tools = await locateTools();
  const quiet = await session.quietTime();
  const exits: ExitCode[] = [];
  const verdicts: Report['verdict'][] = [];
  let worst: ErrorData | undefined;
  for (const file of files) {
    try {
      await quiet.pass(signal);
      const report = await runFirstCheck(file, { tools, shot, signal, now: new Date() });
      verdicts.push(report.verdict);
      exits.push(report.verdict === 'fail' ? EXIT.REFUSED : EXIT.OK);
      output.event({ event: 'report', file, ...report });
      printReport(session, file, report);
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
      output.print(cliWords.check.failed(file, `${data.message} (${data.code})`));
    }
  }
  if (verdicts.length > 0) output.print(cliWords.check.scope);
  const count = (verdict: Report['verdict']) => verdicts.filter((one) => one === verdict).length;
  const fields = {
    status: worst === undefined ? 'checked' : 'failed',
    files: files.length,
    passed: count('pass'),
    warned: count('warn'),
    refused: count('fail'),
    failed: files.length - verdicts.length,
  };
  // For people each file's sentence has been said above.
  return { exit: worstExit(exits), fields, ...(worst !== undefined && output.json ? { error: worst } : {}) };
}

const MARKS = { fail: '✗', warn: '!', info: 'i' } as const;

function printReport(session: Session, file: string, report: Report): void {
  const { output } = session;
  output.print(cliWords.check.heading(file, report.verdict));
  for (const { severity, message, remedy } of report.findings) {
    output.print(`  ${MARKS[severity]} ${message} ${remedy}`.trimEnd());
  }
}
