/** One open camera or microphone, and what becomes of it: it goes away, goes quiet, comes back. */
import type { DeviceTrouble } from '../session.ts';
import type { Opened } from './openInput.ts';

/** So long a device may give nothing before that is said, milliseconds; cameras pause for a moment by themselves. */
export const NO_SIGNAL_AFTER_MS = 3000;

export type InputState =
  | { readonly kind: 'opening' }
  | {
      readonly kind: 'open';
      readonly stream: MediaStream;
      readonly track: MediaStreamTrack;
      /** The browser says that nothing comes: switched off at the device or in the system. */
      readonly muted: boolean;
      /** Nothing has come for `NO_SIGNAL_AFTER_MS`. */
      readonly noSignal: boolean;
    }
  | { readonly kind: 'trouble'; readonly trouble: DeviceTrouble };

export interface Input {
  get(): InputState;
  /**
   * Lets go of what is open and opens with `opener`. A later call overtakes an earlier one: what that one still gets
   * is let go of. `quietly`: a trouble that is shown stays until the answer is there. The opener calls `onSlow` where
   * a device does not answer: that is a trouble, until it does.
   */
  open(
    opener: (onSlow: () => void) => Promise<Opened>,
    options?: { readonly quietly: boolean },
  ): Promise<void>;
  close(): void;
}

/** `changed` is called after every change of `get()`. */
export function createInput(changed: () => void): Input {
  let state: InputState = { kind: 'trouble', trouble: 'not-asked' };
  let attempt = 0;
  let letGo = (): void => {};

  const set = (next: InputState): void => {
    state = next;
    changed();
  };

  const keep = (stream: MediaStream, track: MediaStreamTrack): void => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      clearTimeout(timer);
      track.removeEventListener('ended', ended);
      track.removeEventListener('mute', followMute);
      track.removeEventListener('unmute', followMute);
      for (const each of stream.getTracks()) each.stop();
    };
    const ended = (): void => {
      release();
      set({ kind: 'trouble', trouble: 'lost' });
    };
    const followMute = (): void => {
      clearTimeout(timer);
      const open = { kind: 'open', stream, track, noSignal: false } as const;
      set({ ...open, muted: track.muted });
      if (!track.muted) return;
      timer = setTimeout(() => set({ ...open, muted: true, noSignal: true }), NO_SIGNAL_AFTER_MS);
    };
    track.addEventListener('ended', ended);
    track.addEventListener('mute', followMute);
    track.addEventListener('unmute', followMute);
    letGo = stop;
    if (track.readyState === 'ended') ended();
    else followMute();
  };

  const release = (): void => {
    const stop = letGo;
    letGo = () => {};
    stop();
  };

  return {
    get: () => state,
    async open(opener, options = { quietly: false }) {
      attempt += 1;
      const mine = attempt;
      release();
      if (!options.quietly || state.kind !== 'trouble') set({ kind: 'opening' });
      const opened = await opener(() => {
        if (mine === attempt && state.kind === 'opening') set({ kind: 'trouble', trouble: 'failed' });
      });
      if (mine !== attempt) {
        if (opened.kind === 'open') for (const track of opened.stream.getTracks()) track.stop();
        return;
      }
      if (opened.kind === 'open') keep(opened.stream, opened.track);
      else set(opened);
    },
    close() {
      attempt += 1;
      release();
      set({ kind: 'trouble', trouble: 'not-asked' });
    },
  };
}
