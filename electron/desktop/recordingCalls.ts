/** Begins recordings, and lays the line through which their bytes come from the window. */
import { MessageChannelMain, type MessagePortMain, type WebContents } from 'electron';
import { RECORDING_PORT_CHANNEL } from '../../shared/callNames.ts';
import { Cancelled } from '../../shared/errors.ts';
import type { RecordingPort } from '../studio/recordingPort.ts';
import type { Studio } from '../studio/studio.ts';
import type { Handlers } from './answer.ts';

/** @param contents of the window that records; null while there is none. */
export function recordingCalls(
  studio: Pick<Studio, 'recordings'>,
  contents: () => WebContents | null,
): Pick<Handlers, 'startRecording'> {
  return {
    async startRecording(wish) {
      const { id, connect } = await studio.recordings.begin(wish);
      const window = contents();
      if (window === null || window.isDestroyed()) {
        await studio.recordings.interrupt();
        throw new Cancelled();
      }
      const { port1, port2 } = new MessageChannelMain();
      connect(portOf(port1));
      window.postMessage(RECORDING_PORT_CHANNEL, id, [port2]);
      return { recordingId: id };
    },
  };
}

function portOf(port: MessagePortMain): RecordingPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
  };
}
