/** One take from the countdown to the library. Whatever happens on the way, everything is let go of once. */
import type { Result } from '../../../shared/contract.ts';
import type { Shot } from '../../../shared/domain/report.ts';
import type { StageSample } from '../../../shared/recording/port.ts';
import type { RecordingId } from '../../../shared/recording/recording.ts';
import { captureWords } from '../../../shared/words/capture.ts';
import { inTime } from '../inTime.ts';
import type { BrokenOff, TakeProgress } from '../recorder/messages.ts';
import { CannotRecord, type RecorderInputs, type TakeRecorder } from '../recorder/takeRecorder.ts';
import type { RecorderState } from '../session.ts';
import type { StageParts } from './parts.ts';

export type TakeEnd = Extract<RecorderState, { kind: 'done' }>['end'];

export interface TakeRun {
  /** Before it is recorded: back to idle. Afterwards without effect. */
  cancel(): void;
  /** Ends the take as soon as there is one; the first reason counts. During the countdown it is cancelled. */
  end(reason: TakeEnd): void;
  /** Kept beside the take; what comes before or after it is not. */
  addSamples(samples: readonly StageSample[]): void;
  /** When nothing runs any more. Never rejects. */
  readonly finished: Promise<void>;
}

export interface TakeView {
  show(state: RecorderState): void;
  /** The recorder runs: moments of the take count from now. */
  began(): void;
  /** All that was recorded is on the disk, or cannot be: camera and microphone are not needed any more. */
  stored(): void;
}

/** Where something ended before it was a take. */
class NotRecorded extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

const COUNT_MS = 1000;
/** A disk that does not even take a folder in this time is not recorded to, milliseconds. */
const START_MS = 15_000;
/** The main process gives up a disk that does not answer sooner than this, milliseconds. */
const FINISH_MS = 45_000;
const NOTHING_YET: TakeProgress = {
  seconds: 0,
  dropped: 0,
  repeated: 0,
  bytesWritten: 0,
  freeBytes: 0,
  secondsUnsaved: 0,
};

/** Counts down, records until it is ended or breaks off, and makes a take of it. */
export function runTake(
  parts: Pick<StageParts, 'engine' | 'listenForPorts' | 'prepareRecorder'>,
  inputs: RecorderInputs,
  shot: Shot,
  countdownSeconds: number,
  view: TakeView,
): TakeRun {
  let phase: 'countdown' | 'starting' | 'recording' | 'over' = 'countdown';
  let recorder: TakeRecorder | null = null;
  const ports = parts.listenForPorts();
  let endCountdown = (): void => {};
  let cancelled = false;
  let broke: BrokenOff | null = null;
  /** It was ended before anything was recorded, as one does who leaves. */
  let leftEarly = false;
  let endNow: (reason: TakeEnd) => void = () => {};
  const ended = new Promise<TakeEnd>((resolve) => {
    endNow = resolve;
  });

  const cancel = (): void => {
    if (phase !== 'countdown') return;
    cancelled = true;
    endCountdown();
  };

  const countDown = async (): Promise<void> => {
    for (let left = countdownSeconds; left > 0 && !cancelled; left -= 1) {
      view.show({ kind: 'countdown', left });
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, COUNT_MS);
        endCountdown = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  const record = async (prepared: TakeRecorder, recordingId: RecordingId): Promise<TakeEnd> => {
    const port = await ports.portOf(recordingId);
    if (port === null) throw new NotRecorded('UNEXPECTED', captureWords.noWayToDisk);
    await prepared.start(port, {
      progress: (progress) => {
        if (phase === 'recording') view.show({ kind: 'recording', ...progress });
      },
      brokeOff: (why) => {
        broke ??= why;
        endNow(why.end);
      },
    });
    phase = 'recording';
    view.show({ kind: 'recording', ...NOTHING_YET });
    view.began();
    const reason = await ended;
    phase = 'over';
    view.show({ kind: 'stopping' });
    await prepared.stop();
    view.stored();
    return reason;
  };

  /** Makes the take; `trouble` is what is told when nothing was stored, or the take must wait for the next start. */
  const finish = async (
    recordingId: RecordingId,
    end: TakeEnd,
    trouble: NotRecorded | null,
  ): Promise<void> => {
    const asked = parts.engine.finishRecording({ recordingId, end });
    if (!(await inTime(FINISH_MS, asked)))
      throw trouble ?? new NotRecorded('RECORDING_WRITE_FAILED', captureWords.keptForNextStart);
    const answer = await asked;
    if (answer.kind === 'ok') {
      const why = trouble?.message ?? null;
      return view.show({ kind: 'done', takeId: answer.value.takeId, end, why });
    }
    if (leftEarly) return view.show({ kind: 'idle' });
    if (trouble !== null) throw trouble;
    if (answer.kind === 'error' && answer.error.code === 'RECORDING_EMPTY') return show(answer.error);
    view.show({
      kind: 'failed',
      code: answer.kind === 'error' ? answer.error.code : 'UNEXPECTED',
      message: captureWords.keptForNextStart,
    });
  };
  const show = ({ code, message }: { readonly code: string; readonly message: string }): void =>
    view.show({ kind: 'failed', code, message });

  const run = async (): Promise<void> => {
    const preparing = parts.prepareRecorder(inputs);
    // What goes wrong with it is told when it is needed.
    preparing.catch(() => {});
    await countDown();
    phase = cancelled ? 'over' : 'starting';
    if (cancelled) {
      letGoOf(preparing);
      view.show({ kind: 'idle' });
      return;
    }
    view.show({ kind: 'starting' });
    const prepared = await Promise.race([preparing, ended]);
    if (typeof prepared === 'string' || leftEarly) {
      // Ended before there was anything to end.
      letGoOf(preparing);
      view.show({ kind: 'idle' });
      return;
    }
    recorder = prepared;
    const recordingId = await start(prepared);
    let end: TakeEnd = 'recorder-failed';
    let trouble: NotRecorded | null = null;
    try {
      end = await record(prepared, recordingId);
      trouble = troubleIn(broke);
    } catch (error) {
      prepared.close();
      trouble = asTrouble(error);
    }
    await finish(recordingId, end, trouble);
  };

  const start = async ({ setup }: TakeRecorder): Promise<RecordingId> => {
    const asked = parts.engine.startRecording({ shot, setup });
    if (await inTime(START_MS, asked)) return answered(await asked).recordingId;
    // Begun after all, it would keep every other take from being recorded.
    void asked.then(async (late) => {
      if (late.kind !== 'ok') return;
      await parts.engine.finishRecording({ recordingId: late.value.recordingId, end: 'recorder-failed' });
    });
    throw new NotRecorded('RECORDING_WRITE_FAILED', captureWords.diskSilent);
  };

  const finished = run()
    .catch((error: unknown) => show(asTrouble(error)))
    .finally(() => {
      phase = 'over';
      recorder?.close();
      ports.close();
    });

  return {
    cancel,
    end(reason) {
      if (phase === 'countdown') return cancel();
      if (phase === 'starting') leftEarly = true;
      endNow(reason);
    },
    addSamples(samples) {
      if (phase === 'recording') recorder?.addSamples(samples);
    },
    finished,
  };
}

/** What goes wrong with it is of no interest any more. */
function letGoOf(preparing: Promise<TakeRecorder>): void {
  preparing.then(
    (unused) => unused.close(),
    () => {},
  );
}

function answered<T>(answer: Result<T>): T {
  switch (answer.kind) {
    case 'ok':
      return answer.value;
    case 'error':
      throw new NotRecorded(answer.error.code, answer.error.message);
    case 'cancelled':
      throw new NotRecorded('UNEXPECTED', captureWords.notRecorded);
  }
}

function troubleIn(broke: BrokenOff | null): NotRecorded | null {
  return broke?.end === 'recorder-failed' ? new NotRecorded(broke.code, broke.message) : null;
}

/** An error that is not one of ours is kept for whoever looks into it; people read a plain sentence. */
function asTrouble(error: unknown): NotRecorded {
  if (error instanceof NotRecorded) return error;
  if (error instanceof CannotRecord) return new NotRecorded('CANNOT_RECORD', error.message);
  console.error(error);
  return new NotRecorded('UNEXPECTED', captureWords.notRecorded);
}
