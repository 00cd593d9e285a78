/** Turns what a call does into what the window gets: a `Result`, and nothing else. */

import type { z } from 'zod';
import type { CallName } from '../../shared/callNames.ts';
import { CALLS, type CallOutput, type ErrorData, type Result } from '../../shared/contract.ts';
import { Cancelled, ERRORS, type ErrorCode, type ErrorDetails, StudioError } from '../../shared/errors.ts';
import { errorSentence } from '../../shared/words/errors.ts';
import type { ErrorLog } from './errorLog.ts';

type Parsed<N extends CallName> = z.output<(typeof CALLS)[N]['input']>;

/** What answers each call, whether the engine or the desktop. */
export type Handlers = {
  readonly [N in CallName]: (input: Parsed<N>) => Promise<CallOutput<N>>;
};

interface CallSchema<N extends CallName> {
  readonly input: z.ZodType<Parsed<N>>;
  readonly output: z.ZodType<CallOutput<N>>;
}

const SCHEMAS: { readonly [N in CallName]: CallSchema<N> } = CALLS;

/**
 * Parses what the window sent, lets the handler do it, and parses what it answers, so that nothing
 * leaves that the contract does not name. Never throws.
 */
export async function answerCall<N extends CallName>(
  name: N,
  handlers: Handlers,
  raw: unknown,
  log: ErrorLog,
): Promise<Result<CallOutput<N>>> {
  try {
    const input = SCHEMAS[name].input.safeParse(raw);
    if (!input.success) return { kind: 'error', error: refusal(name, input.error) };
    const output = await handlers[name](input.data);
    return { kind: 'ok', value: SCHEMAS[name].output.parse(output) };
  } catch (error) {
    return failure(`The call ${name} failed.`, error, log);
  }
}

/** The envelope for what was thrown. What is not in the catalogue is a bug: logged, with a reference. */
export function failure(what: string, error: unknown, log: ErrorLog): Exclude<Result<never>, { kind: 'ok' }> {
  if (error instanceof Cancelled) return { kind: 'cancelled' };
  if (error instanceof StudioError) return { kind: 'error', error: errorData(error.code, error.details) };
  const reference = log.record(what, error);
  return { kind: 'error', error: errorData('UNEXPECTED', { reference }) };
}

/** The catalogue's sentence for a code, as the window gets it. */
export function errorData(code: ErrorCode, details: ErrorDetails = {}): ErrorData {
  return { code, message: errorSentence(code, details), retry: ERRORS[code].retry };
}

/** A person may type an address that is none; everything else that does not fit, no window of ours sends. */
function refusal(name: CallName, error: z.ZodError): ErrorData {
  const typed = name === 'saveSettings' && error.issues.every((issue) => issue.path.length > 0);
  return errorData(typed ? 'SETTINGS_INVALID' : 'BAD_CALL');
}
