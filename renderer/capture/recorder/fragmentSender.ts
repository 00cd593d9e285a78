/** Sends a take to the main process, and knows what of it is safe. */
import {
  FromStoreSchema,
  type RecordingCounts,
  type StageSample,
  StageSampleSchema,
  type ToStore,
} from '../../../shared/recording/port.ts';

/** Fragments that may be under way at once: more would only wait in the main process instead of here. */
const UNDER_WAY = 3;
/**
 * A disk that stalls is waited for this long, in seconds of the take, which is 40 MB of memory. Beyond that frames are
 * left out and counted.
 */
export const MOST_UNSAVED_SECONDS = 30;
/** The port takes no more measurements at once. */
const MOST_SAMPLES = 2000;

/** The part of a message port that is needed. */
export interface StorePort {
  postMessage(message: ToStore): void;
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  close(): void;
}

export interface SenderHeard {
  /** The disk is nearly full: end the take. */
  stop(): void;
  /** Nothing more is stored. `message` is a finished sentence. */
  failed(code: string, message: string): void;
}

export class FragmentSender {
  readonly #port: StorePort;
  readonly #heard: SenderHeard;
  readonly #waiting: { bytes: ArrayBuffer; counts: RecordingCounts }[] = [];
  /** Length of the take at the end of each fragment that was sent and not acknowledged, seconds. */
  readonly #underWay = new Map<number, number>();
  #sequence = 0;
  /** When the disk last said something, or was first given something to do; milliseconds. */
  #heardAt = 0;
  #savedSeconds = 0;
  #bytesWritten = 0;
  #freeBytes = 0;
  #over = false;
  #drained: (() => void)[] = [];

  constructor(port: StorePort, heard: SenderHeard) {
    this.#port = port;
    this.#heard = heard;
    port.onmessage = (event) => this.#receive(event.data);
  }

  get bytesWritten(): number {
    return this.#bytesWritten;
  }

  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** How much of the take is on the disk, seconds. */
  get savedSeconds(): number {
    return this.#savedSeconds;
  }

  /** For how long the disk has owed an answer, seconds. */
  get silentSeconds(): number {
    return this.#underWay.size === 0 ? 0 : (performance.now() - this.#heardAt) / 1000;
  }

  /** Sends a fragment, or keeps it until there is room on the way. `counts.seconds`: where it ends. */
  send(bytes: ArrayBuffer, counts: RecordingCounts): void {
    if (this.#over) return;
    this.#waiting.push({ bytes, counts });
    this.#sendOn();
  }

  /** What was measured wrongly, such as a level that is no number, is left out: the other side takes nothing of it. */
  sendSamples(samples: readonly StageSample[]): void {
    if (this.#over) return;
    const sound = samples.filter((sample) => StageSampleSchema.safeParse(sample).success);
    for (let at = 0; at < sound.length; at += MOST_SAMPLES)
      this.#port.postMessage({ kind: 'samples', samples: sound.slice(at, at + MOST_SAMPLES) });
  }

  /** Resolves when everything is stored, or nothing more can be. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained.push(resolve);
      this.#tellDrained();
    });
  }

  /** Nothing is sent or heard any more. */
  close(): void {
    this.#end();
    this.#port.onmessage = null;
    this.#port.close();
  }

  #sendOn(): void {
    while (this.#underWay.size < UNDER_WAY) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      const sequence = this.#sequence++;
      if (this.#underWay.size === 0) this.#heardAt = performance.now();
      this.#underWay.set(sequence, next.counts.seconds);
      // Copied, not transferred: Electron's side of a port gets nothing of a message with transferred bytes.
      this.#port.postMessage({ kind: 'fragment', sequence, ...next });
    }
  }

  #receive(message: unknown): void {
    if (this.#over) return;
    const parsed = FromStoreSchema.safeParse(message);
    if (!parsed.success) {
      // No reason to end a take: a disk that says nothing else is one that does not answer.
      console.error(parsed.error);
      return;
    }
    const heard = parsed.data;
    switch (heard.kind) {
      case 'stored':
        this.#heardAt = performance.now();
        this.#savedSeconds = this.#underWay.get(heard.sequence) ?? this.#savedSeconds;
        this.#underWay.delete(heard.sequence);
        this.#bytesWritten = heard.bytesWritten;
        this.#freeBytes = heard.freeBytes;
        this.#sendOn();
        this.#tellDrained();
        return;
      case 'stop':
        this.#heard.stop();
        return;
      case 'failed':
        this.#end();
        this.#heard.failed(heard.code, heard.message);
    }
  }

  #end(): void {
    this.#over = true;
    this.#waiting.length = 0;
    this.#underWay.clear();
    this.#tellDrained();
  }

  #tellDrained(): void {
    if (this.#waiting.length + this.#underWay.size > 0) return;
    for (const resolve of this.#drained.splice(0)) resolve();
  }
}
