import { CALL_NAMES, type CallName, type EventName } from '../../../shared/callNames.ts';
import {
  CALLS,
  type CallInput,
  type CallOutput,
  type ErrorData,
  EVENTS,
  type EventPayload,
  type Result,
  type StudioBridge,
} from '../../../shared/contract.ts';
import { ERRORS, type ErrorCode, type ErrorDetails } from '../../../shared/errors.ts';
import { errorSentence } from '../../../shared/words/errors.ts';

/** An answer of a scenario: what it says, what went wrong, or nothing for ever (still being waited for). */
export type Answer<N extends CallName> = CallOutput<N> | ErrorData | 'never';

/** What a scenario answers. Calls it leaves out succeed with an empty answer. */
export interface Scenario {
  readonly answers: { readonly [N in CallName]?: (input: CallInput<N>) => Answer<N> };
  /** Events sent as soon as somebody listens. */
  readonly events?: readonly { readonly [N in EventName]: readonly [N, EventPayload<N>] }[EventName][];
}

/** An error as the engine would send it. */
export function refusal(code: ErrorCode, details: ErrorDetails = {}): ErrorData {
  return { code, message: errorSentence(code, details), retry: ERRORS[code].retry };
}

const isRefusal = (answer: object): answer is ErrorData => 'code' in answer && 'retry' in answer;

/** Calls made so far, for tests to look at. */
declare global {
  interface Window {
    readonly calls?: { name: string; input: unknown }[];
  }
}

/** A bridge over fixtures. Inputs and answers are held to the contract, as the real one holds them. */
export function fakeBridge(scenario: Scenario): StudioBridge {
  const calls: { name: string; input: unknown }[] = [];
  Object.defineProperty(window, 'calls', { value: calls });
  const answer = async (name: CallName, input: unknown): Promise<Result<unknown>> => {
    calls.push({ name, input });
    const parsed = CALLS[name].input.parse(input);
    const given = scenario.answers[name] as ((input: unknown) => Answer<CallName>) | undefined;
    const said = given ? given(parsed) : name === 'listActivities' ? { activities: [] } : {};
    if (said === 'never') return new Promise(() => undefined);
    if (isRefusal(said)) return { kind: 'error', error: said };
    return { kind: 'ok', value: CALLS[name].output.parse(said) };
  };
  const listeners = new Map<EventName, ((payload: unknown) => void)[]>();
  const bridge = {
    ...Object.fromEntries(CALL_NAMES.map((name) => [name, (input: unknown) => answer(name, input)])),
    on(name: EventName, listener: (payload: unknown) => void) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      for (const [event, payload] of scenario.events ?? []) {
        if (event === name) queueMicrotask(() => listener(EVENTS[name].parse(payload)));
      }
      return () => undefined;
    },
  };
  return bridge as unknown as StudioBridge;
}
