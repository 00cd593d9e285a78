import type { RecordingPort } from '../../../electron/studio/recordingPort.ts';
import type { FromStore } from '../../../shared/recording/port.ts';

/** The window's end of a recording's line, without a window. */
export class TestPort implements RecordingPort {
  /** What came back, in its order. */
  readonly answers: FromStore[] = [];
  #receive: (sent: unknown) => void = () => undefined;
  #closed: () => void = () => undefined;
  #waiting: ((answer: FromStore) => void)[] = [];

  post(message: FromStore): void {
    this.answers.push(message);
    if (message.kind !== 'stop') this.#waiting.shift()?.(message);
  }
  onMessage(listener: (sent: unknown) => void): void {
    this.#receive = listener;
  }
  onClose(listener: () => void): void {
    this.#closed = listener;
  }

  /** Sends one message; resolves with its acknowledgement, or with why there is none. */
  send(message: unknown): Promise<FromStore> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.#receive(message);
    });
  }
  /** Sends one message that is not answered. */
  tell(message: unknown): void {
    this.#receive(message);
  }
  /** As when the window dies. */
  die(): void {
    this.#closed();
  }
}
