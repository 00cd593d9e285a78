import type { CallName } from '../../shared/callNames.ts';
import type { CallInput, CallOutput, ErrorData, Result, StudioBridge } from '../../shared/contract.ts';
import { words } from '../../shared/words/app.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent when the page is opened outside Twin Studio. */
    readonly studio?: StudioBridge;
  }
}

/** The engine said no. `data.message` is a finished sentence. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly data: ErrorData;

  constructor(data: ErrorData) {
    super(data.message);
    this.data = data;
  }
}

/** A person stopped it, e.g. by closing the dialog. Never shown as an error. */
export class CallCancelled extends Error {
  override readonly name = 'CallCancelled';
}

export function bridge(): StudioBridge {
  if (!window.studio) throw new Error(words.shell.noBridge);
  return window.studio;
}

/** The calls alone, without the events: as a plain mapped type it can be indexed by a name not yet known. */
type Calls = { readonly [N in CallName]: (input: CallInput<N>) => Promise<Result<CallOutput<N>>> };

/** Asks the engine; resolves to the answer's value. Throws `CallFailed` or `CallCancelled`. */
export async function ask<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const calls: Calls = bridge();
  return answerOf(await calls[name](input));
}

/** What the engine answered. Throws `CallFailed` or `CallCancelled`. */
export function answerOf<T>(result: Result<T>): T {
  switch (result.kind) {
    case 'ok':
      return result.value;
    case 'cancelled':
      throw new CallCancelled();
    case 'error':
      throw new CallFailed(result.error);
  }
}

/** The error as data; anything unknown gets a plain sentence, never its own text. */
export function errorOf(error: unknown): ErrorData {
  return error instanceof CallFailed
    ? error.data
    : { code: 'UNEXPECTED', message: words.shell.unexpected, retry: 'user' };
}
