/** Binds the contract to Electron: every call, every event, and files that are dropped on the window. */
import { randomUUID } from 'node:crypto';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import {
  CALL_NAMES,
  type CallName,
  channelOf,
  DROP_CHANNEL,
  EVENT_NAMES,
  type EventName,
  eventChannelOf,
} from '../../shared/callNames.ts';
import { EVENTS, type EventPayload, type Result } from '../../shared/contract.ts';
import { DESKTOP_WORDS } from '../../shared/words/desktop.ts';
import type { Studio } from '../studio/studio.ts';
import { answerCall, errorData, failure, type Handlers } from './answer.ts';
import type { ErrorLog } from './errorLog.ts';
import { isOurs } from './origin.ts';

/** The part of a frame that says who is speaking. */
interface Frame {
  readonly url: string;
  readonly parent: unknown;
}

/** The part of Electron's `IpcMainInvokeEvent` that is looked at. */
export interface Sender {
  readonly sender: object;
  readonly senderFrame: Frame | null;
}

/** The part of Electron's `ipcMain` that is used. */
export interface Ipc {
  handle(channel: string, listener: (event: Sender, ...sent: unknown[]) => Promise<unknown>): void;
}

/** The part of a window's `webContents` that is used. */
export interface Contents {
  isDestroyed(): boolean;
  send(channel: string, payload: unknown): void;
}

/** Several hundred clips can be imported, but not in one gesture. */
const MAXIMUM_DROPPED = 500;

const DroppedSchema = z
  .array(
    z
      .string()
      .max(4096)
      .refine((path) => isAbsolute(path) && !path.includes('\0')),
  )
  .min(1)
  .max(10_000);

export interface Binding {
  readonly ipc: Ipc;
  readonly handlers: Handlers;
  readonly studio: Pick<Studio, 'importFiles'>;
  readonly log: ErrorLog;
  /** The window's contents, or null while there is no window. */
  readonly contents: () => Contents | null;
}

/** Binds every call of the contract and the drop channel. There are no others. */
export function bindCalls(binding: Binding): void {
  for (const name of CALL_NAMES) bindCall(name, binding);
  binding.ipc.handle(DROP_CHANNEL, async (event, ...sent) => {
    if (!isFromOurWindow(event, binding.contents())) return refused(DROP_CHANNEL, event, binding.log);
    const answer = importDropped(sent[0], binding);
    // The page did not call and hears no answer; the person who dropped the files has to.
    if (answer.kind === 'error') {
      const { message } = answer.error;
      const notice = { id: randomUUID(), tone: 'fail', message, takeId: null } as const;
      sendEvent(binding.contents(), 'notice', notice, binding.log);
    }
    return answer;
  });
}

function importDropped(sent: unknown, { studio, log }: Binding): Result<Record<string, never>> {
  try {
    const paths = DroppedSchema.safeParse(sent);
    if (!paths.success) return { kind: 'error', error: errorData('BAD_CALL') };
    const files = [...new Set(paths.data)];
    if (files.length > MAXIMUM_DROPPED) {
      const message = DESKTOP_WORDS.drop.tooMany(MAXIMUM_DROPPED);
      return { kind: 'error', error: { ...errorData('BAD_CALL'), message } };
    }
    studio.importFiles(files);
    return { kind: 'ok', value: {} };
  } catch (error) {
    return failure('Importing dropped files failed.', error, log);
  }
}

function bindCall(name: CallName, { ipc, handlers, log, contents }: Binding): void {
  const channel = channelOf(name);
  ipc.handle(channel, async (event, ...sent) => {
    if (!isFromOurWindow(event, contents())) return refused(channel, event, log);
    if (sent.length !== 1) return { kind: 'error', error: errorData('BAD_CALL') };
    return answerCall(name, handlers, sent[0], log);
  });
}

/** Sends the studio's events to the window; returns the function that ends it. */
export function forwardEvents(
  studio: Pick<Studio, 'on'>,
  contents: () => Contents | null,
  log: ErrorLog,
): () => void {
  const ends = EVENT_NAMES.map((name) =>
    studio.on(name, (payload) => sendEvent(contents(), name, payload, log)),
  );
  return () => {
    for (const end of ends) end();
  };
}

/** Sends one event, with no more in it than the contract names. A window that is gone misses nothing. */
export function sendEvent<N extends EventName>(
  contents: Contents | null,
  name: N,
  payload: EventPayload<N>,
  log: ErrorLog,
): void {
  if (contents === null || contents.isDestroyed()) return;
  const parsed = EVENTS[name].safeParse(payload);
  if (parsed.success) contents.send(eventChannelOf(name), parsed.data);
  else log.record(`The event ${name} does not fit the contract.`, parsed.error);
}

/** True for our window's own page: not for a frame in it, and not for another page in it. */
function isFromOurWindow(event: Sender, contents: Contents | null): boolean {
  const frame = event.senderFrame;
  return (
    contents !== null &&
    event.sender === contents &&
    frame !== null &&
    frame.parent === null &&
    isOurs(frame.url)
  );
}

function refused(channel: string, event: Sender, log: ErrorLog): Exclude<Result<never>, { kind: 'ok' }> {
  log.record(`${channel} was called by somebody else.`, event.senderFrame?.url ?? 'no frame');
  return { kind: 'error', error: errorData('BAD_CALL') };
}
