import type { FromStore } from '../../shared/recording/port.ts';

/** One end of the line between the recorder in the window and the disk; the desktop makes it from a message port. */
export interface RecordingPort {
  post(message: FromStore): void;
  /** What the window sends, as it comes: it may be anything. */
  onMessage(listener: (sent: unknown) => void): void;
  /** The window is gone, or has let go of its end. */
  onClose(listener: () => void): void;
}
