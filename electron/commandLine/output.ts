import { setImmediate as nextTurn } from 'node:timers/promises';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Activity, ErrorData } from '../../shared/contract.ts';
import { cliWords } from '../../shared/words/cli.ts';

/** What one command tells: events for programs on stdout, talk for people on stderr or, at the end, stdout. */
export interface Output {
  readonly json: boolean;
  /** One event a line with `--json`; nothing otherwise. */
  event(event: Readonly<Record<string, unknown>> & { readonly event: string }): void;
  /** Something on the way, for people: to stderr, so that stdout holds only results. Nothing with `--json`. */
  talk(sentence: string): void;
  /** Something a person has to know at once: to stderr, also with `--json`. */
  warn(sentence: string): void;
  /** A result for people, to stdout; nothing with `--json`. */
  print(line: string): void;
  /** Work in progress: bars on a terminal, a line for each new step otherwise, events with `--json`. */
  activities(activities: readonly Activity[]): void;
  /** The last line of every command with `--json`. */
  result(fields: Readonly<Record<string, unknown>>, error?: ErrorData): void;
  /** Clears what must not stay on the terminal. Resolves with whether everything could be written. */
  end(): Promise<boolean>;
}

/** Shortest time between two progress events of one activity, milliseconds. */
const EVENT_MS = 500;

const STEP_NAMES: Readonly<Record<Activity['kind'], string>> = { ...cliWords.stages, ...cliWords.activities };

/**
 * @param onUnread called when a line cannot be written: its reader closed the pipe, the terminal is gone, the
 * disk is full. Nothing more is written there then.
 */
export function createOutput(json: boolean, onUnread: () => void = () => undefined): Output {
  const unread = new Set<NodeJS.WriteStream>();
  const write: Write = (stream, text) => {
    if (unread.has(stream)) return;
    stream.write(text, (error) => {
      if (!error) return;
      unread.add(stream);
      onUnread();
    });
  };
  const line = (record: object) => write(process.stdout, `${JSON.stringify(record)}\n`);
  const progress = json
    ? progressEvents(line)
    : process.stderr.isTTY
      ? progressBars(() => unread.has(process.stderr))
      : progressLines(write);
  const toPeople = (sentence: string) => {
    // Bars are drawn over what stands below them; they come again with the next progress.
    progress.end();
    write(process.stderr, `${sentence}\n`);
  };
  return {
    json,
    event(event) {
      if (json) line(event);
    },
    talk(sentence) {
      if (!json) toPeople(sentence);
    },
    warn: toPeople,
    print(text) {
      if (!json) write(process.stdout, `${text}\n`);
    },
    activities: (activities) => progress.show(activities),
    result(fields, error) {
      progress.end();
      if (json) {
        const failure = error === undefined ? {} : { error: { code: error.code, message: error.message } };
        line({ event: 'result', version: 1, ...fields, ...failure });
      } else if (error !== undefined) write(process.stderr, `${error.message} (${error.code})\n`);
    },
    async end() {
      progress.end();
      // That a line cannot be written is told after the call that wrote it.
      await nextTurn();
      return unread.size === 0;
    },
  };
}

type Write = (stream: NodeJS.WriteStream, text: string) => void;

interface Progress {
  show(activities: readonly Activity[]): void;
  end(): void;
}

function progressEvents(line: (record: object) => void): Progress {
  const last = new Map<string, number>();
  return {
    show(activities) {
      const now = Date.now();
      for (const { id, kind, takeId, orderId, progress, doneBytes, totalBytes } of activities) {
        if (now - (last.get(id) ?? 0) < EVENT_MS) continue;
        last.set(id, now);
        line({ event: 'progress', kind, takeId, orderId, progress, doneBytes, totalBytes });
      }
    },
    end: () => undefined,
  };
}

function progressLines(write: Write): Progress {
  const said = new Set<string>();
  return {
    show(activities) {
      for (const { kind, label, orderId } of activities) {
        // Watching begins anew with every look; one line for it is enough.
        const key = `${kind}/${label}/${orderId ?? ''}`;
        if (said.has(key)) continue;
        said.add(key);
        write(process.stderr, `${STEP_NAMES[kind]}: ${label}\n`);
      }
    },
    end: () => undefined,
  };
}

function progressBars(isUnread: () => boolean): Progress {
  let bars: MultiBar | null = null;
  const shown = new Map<string, SingleBar>();
  const stop = () => {
    bars?.stop();
    bars = null;
    shown.clear();
  };
  return {
    show(activities) {
      for (const [id, bar] of shown) {
        if (activities.some((activity) => activity.id === id)) continue;
        bars?.remove(bar);
        shown.delete(id);
      }
      if (activities.length === 0 || isUnread()) {
        stop();
        return;
      }
      bars ??= new MultiBar({
        format: '{step} {bar} {percentage} %  {label}',
        hideCursor: true,
        clearOnComplete: true,
        stopOnComplete: false,
      });
      for (const { id, kind, label, progress } of activities) {
        const step = STEP_NAMES[kind];
        const bar = shown.get(id) ?? bars.create(100, 0, { step, label });
        shown.set(id, bar);
        bar.update(Math.round((progress ?? 0) * 100), { step, label });
      }
    },
    end: stop,
  };
}
