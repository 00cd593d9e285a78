/** Where the message port of a recording arrives: the main process sends it by itself, before or after its answer. */
import { z } from 'zod';
import { RECORDING_PORT_MESSAGE } from '../../../shared/callNames.ts';
import { type RecordingId, RecordingIdSchema } from '../../../shared/recording/recording.ts';

/** So long the main process may take to send it, milliseconds. */
const WAIT_MS = 10_000;

const PortMessageSchema = z.object({
  type: z.literal(RECORDING_PORT_MESSAGE),
  recordingId: RecordingIdSchema,
});

export interface RecordingPorts {
  /** The port of this recording; null when it does not come. */
  portOf(recordingId: RecordingId): Promise<MessagePort | null>;
  close(): void;
}

/** Listens from now on, so that no port is missed. Messages of other origins and other frames are none of ours. */
export function listenForPorts(page: Window): RecordingPorts {
  const arrived = new Map<RecordingId, MessagePort>();
  const waiting = new Map<RecordingId, (port: MessagePort | null) => void>();

  const heard = (event: MessageEvent<unknown>): void => {
    if (event.source !== page || event.origin !== page.location.origin) return;
    const message = PortMessageSchema.safeParse(event.data);
    const [port] = event.ports;
    if (!message.success || port === undefined) return;
    const { recordingId } = message.data;
    const waits = waiting.get(recordingId);
    if (waits) waits(port);
    else arrived.set(recordingId, port);
  };
  page.addEventListener('message', heard);

  return {
    portOf: (recordingId) =>
      new Promise((resolve) => {
        const done = (port: MessagePort | null): void => {
          clearTimeout(timer);
          waiting.delete(recordingId);
          arrived.delete(recordingId);
          resolve(port);
        };
        const timer = setTimeout(() => done(null), WAIT_MS);
        const already = arrived.get(recordingId);
        if (already) done(already);
        else waiting.set(recordingId, done);
      }),
    close() {
      page.removeEventListener('message', heard);
      for (const port of arrived.values()) port.close();
      for (const done of [...waiting.values()]) done(null);
    },
  };
}
