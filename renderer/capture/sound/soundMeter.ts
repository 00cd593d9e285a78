/** Measures what a microphone hears. Nothing of it reaches the speakers. */
import type { SoundSample } from '../../../shared/quality/observation.ts';
import { DIGITAL_SILENCE } from '../../../shared/quality/sound.ts';
import meterUrl from './meter.worklet.ts?worker&url';

export interface MeterListener {
  /**
   * Ten times a second, each of the last 400 ms. `atSeconds` is the window's own time when it ended, as with the eyes:
   * `performance.now()` in seconds. `silent`: nothing but digital silence for three seconds, which no room gives.
   */
  sound(sample: SoundSample, silent: boolean): void;
  /** It cannot listen; nothing will come. `reason` is for the log. */
  failed(reason: string): void;
}

export interface SoundMeter {
  /** Lets go of the microphone. Nothing is heard of it any more. */
  close(): void;
}

/** What a recording has, so that both hear the same. */
const SAMPLE_RATE = 48_000;
const SILENT_AFTER_SECONDS = 3;
/** What tells Chromium that somebody is here: it may hold back sound until then. */
const GESTURES = ['pointerdown', 'keydown'] as const;

/**
 * Listens to a copy of the track, which stays the caller's. Never throws: what goes wrong is told to the listener,
 * after this has returned.
 */
export function openMeter(track: MediaStreamTrack, listener: MeterListener): SoundMeter {
  const copy = track.clone();
  const follow = followSilence(listener);
  let context: AudioContext | null = null;
  let closed = false;

  const resume = (): void => {
    if (context?.state === 'suspended') context.resume().catch(() => {});
  };
  const close = (): void => {
    if (closed) return;
    closed = true;
    for (const gesture of GESTURES) removeEventListener(gesture, resume);
    copy.stop();
    context?.close().catch(() => {});
  };
  const begin = async (): Promise<void> => {
    context = openContext();
    resume();
    await listen(context, copy, (sample) => {
      if (!closed) follow(sample);
    });
  };

  for (const gesture of GESTURES) addEventListener(gesture, resume);
  begin().catch((reason: unknown) => {
    if (closed) return;
    close();
    listener.failed(String(reason));
  });
  return { close };
}

/** Without an output device: meters need none, and one that is busy or slow would hold them up. */
function openContext(): AudioContext {
  const options: AudioContextOptions & { sinkId: { type: 'none' } } = {
    sampleRate: SAMPLE_RATE,
    sinkId: { type: 'none' },
  };
  return new AudioContext(options);
}

async function listen(
  context: AudioContext,
  track: MediaStreamTrack,
  hear: (sample: SoundSample) => void,
): Promise<void> {
  await context.audioWorklet.addModule(meterUrl);
  const meter = new AudioWorkletNode(context, 'meter', { numberOfInputs: 1, numberOfOutputs: 0 });
  meter.port.onmessage = ({ data }: MessageEvent<SoundSample>) => hear(data);
  context.createMediaStreamSource(new MediaStream([track])).connect(meter);
}

/** Puts samples on the window's clock, and notices an input that gives nothing at all. */
function followSilence(listener: MeterListener): (sample: SoundSample) => void {
  let heardAt: number | null = null;
  return (sample) => {
    const atSeconds = performance.now() / 1000;
    if (heardAt === null || sample.peakDbfs > DIGITAL_SILENCE) heardAt = atSeconds;
    listener.sound({ ...sample, atSeconds }, atSeconds - heardAt >= SILENT_AFTER_SECONDS);
  };
}
