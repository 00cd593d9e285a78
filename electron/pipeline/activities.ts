import { randomUUID } from 'node:crypto';
import type { Activity } from '../../shared/contract.ts';
import { Cancelled } from '../../shared/errors.ts';

/** Shortest time between two reports of the list, milliseconds. */
const REPORT_MS = 250;
/** Over how long a rate is averaged, milliseconds. */
const RATE_WINDOW_MS = 5_000;
/** Before so much has been done in so long, what is left of it is a guess; milliseconds and a share of all. */
const TELLING_MS = 5_000;
const TELLING_SHARE = 0.03;

/** A paid answer is waited for whatever else goes on. */
const UNSTOPPABLE: ReadonlySet<string> = new Set<Activity['kind']>(['train', 'first-words']);

export type ActivityKind = Activity['kind'];

export interface ActivitySubject {
  readonly kind: ActivityKind;
  readonly label: string;
  readonly takeId?: Activity['takeId'];
  readonly orderId?: Activity['orderId'];
  readonly totalBytes?: number;
  /** False for work that must not be stopped half way, such as a paid request. */
  readonly cancellable?: boolean;
}

/** What the work itself can do with its activity. */
export interface RunningActivity {
  readonly signal: AbortSignal;
  /** 0 to 1. */
  progress(fraction: number): void;
  /** Bytes done so far, of `totalBytes`. */
  bytes(done: number): void;
  /** Tells what it turned out to concern. */
  about(takeId: NonNullable<Activity['takeId']>): void;
}

interface Entry {
  activity: Activity;
  readonly abort: AbortController;
  readonly samples: { at: number; bytes: number }[];
  /** When and where what is measured of its progress began; null before it moved, and after a pause. */
  begun: { readonly at: number; readonly share: number } | null;
}

/** Work in progress, for people to see and to cancel. Lives in memory only. */
export class Activities {
  readonly #entries = new Map<string, Entry>();
  readonly #report: (activities: Activity[]) => void;
  #timer: NodeJS.Timeout | null = null;
  #isHeld = false;
  /** That work has begun is about to be told. */
  #isBegunTold = false;

  constructor(report: (activities: Activity[]) => void) {
    this.#report = report;
  }

  list(): Activity[] {
    return [...this.#entries.values()].map(({ activity }) =>
      this.#isHeld && !UNSTOPPABLE.has(activity.kind) ? { ...activity, waitsFor: 'recording' } : activity,
    );
  }

  /** Whether such work is under way for the take, or waits its turn. */
  isUnderWay(kind: ActivityKind, takeId: NonNullable<Activity['takeId']>): boolean {
    return [...this.#entries.values()].some(
      ({ activity }) => activity.kind === kind && activity.takeId === takeId,
    );
  }

  /** Says of all work that it waits for a recording, or that it goes on. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    // What happened before the pause says nothing about the rate after it.
    for (const entry of this.#entries.values()) {
      entry.samples.length = 0;
      entry.begun = null;
    }
    this.#schedule();
  }

  /** Asks an activity to stop. One that has ended already is no error. */
  cancel(id: string): void {
    const entry = this.#entries.get(id);
    if (entry?.activity.cancellable) entry.abort.abort(new Cancelled());
  }

  cancelAll(): void {
    for (const entry of this.#entries.values()) entry.abort.abort(new Cancelled());
  }

  /**
   * Runs work under an activity that ends with it.
   * @param signal ends the work as well, e.g. when the program closes.
   */
  async run<T>(
    subject: ActivitySubject,
    signal: AbortSignal | undefined,
    work: (activity: RunningActivity) => Promise<T>,
  ): Promise<T> {
    const id = randomUUID();
    const abort = new AbortController();
    const forward = () => abort.abort(new Cancelled());
    if (signal?.aborted) forward();
    signal?.addEventListener('abort', forward, { once: true });
    const entry: Entry = {
      abort,
      samples: [],
      begun: null,
      activity: {
        id,
        kind: subject.kind,
        takeId: subject.takeId ?? null,
        orderId: subject.orderId ?? null,
        label: subject.label,
        progress: null,
        doneBytes: null,
        totalBytes: subject.totalBytes ?? null,
        bytesPerSecond: null,
        secondsLeft: null,
        cancellable: subject.cancellable ?? true,
        waitsFor: null,
      },
    };
    this.#entries.set(id, entry);
    this.#tellBegun();
    try {
      return await work({
        signal: abort.signal,
        progress: (fraction) => this.#progress(entry, fraction),
        bytes: (done) => this.#bytes(entry, done),
        about: (takeId) => {
          entry.activity = { ...entry.activity, takeId };
          this.#schedule();
        },
      });
    } finally {
      signal?.removeEventListener('abort', forward);
      this.#entries.delete(id);
      this.#schedule();
    }
  }

  #progress(entry: Entry, fraction: number): void {
    const progress = Math.min(1, Math.max(0, fraction));
    const secondsLeft = this.#secondsLeft(entry, progress);
    entry.activity = { ...entry.activity, progress, secondsLeft };
    this.#schedule();
  }

  /** From all that was done so far, so that it is steady: what is done by turns has no rate of the moment. */
  #secondsLeft(entry: Entry, progress: number): number | null {
    const now = Date.now();
    // Work that begins again goes back.
    if (entry.begun === null || progress < (entry.activity.progress ?? 0))
      entry.begun = { at: now, share: progress };
    const elapsedMs = now - entry.begun.at;
    const done = progress - entry.begun.share;
    if (elapsedMs < TELLING_MS || done < TELLING_SHARE) return null;
    return ((elapsedMs / 1000) * (1 - progress)) / done;
  }

  #bytes(entry: Entry, done: number): void {
    const now = Date.now();
    // A part is sent again: a rate that went back says nothing.
    if (done < (entry.samples.at(-1)?.bytes ?? 0)) entry.samples.length = 0;
    entry.samples.push({ at: now, bytes: done });
    while ((entry.samples[0]?.at ?? now) < now - RATE_WINDOW_MS) entry.samples.shift();
    const first = entry.samples[0];
    const elapsed = first === undefined ? 0 : (now - first.at) / 1000;
    const rate = first !== undefined && elapsed > 0.5 ? (done - first.bytes) / elapsed : null;
    const total = entry.activity.totalBytes;
    entry.activity = {
      ...entry.activity,
      doneBytes: done,
      progress: total === null || total === 0 ? null : Math.min(1, done / total),
      bytesPerSecond: rate,
      secondsLeft: rate !== null && rate > 0 && total !== null ? Math.max(0, (total - done) / rate) : null,
    };
    this.#schedule();
  }

  /** Told at once, so that also work of a moment is seen; what begins together is told together. */
  #tellBegun(): void {
    if (this.#isBegunTold) return;
    this.#isBegunTold = true;
    queueMicrotask(() => {
      this.#isBegunTold = false;
      this.#report(this.list());
    });
  }

  #schedule(): void {
    if (this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#report(this.list());
    }, REPORT_MS);
    this.#timer.unref();
  }
}
