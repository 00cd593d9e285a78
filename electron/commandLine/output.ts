import { MultiBar, type SingleBar } from 'cli-progress';
import type { Activity, ErrorData } from '../../shared/contract.ts';
import { cliWords } from '../../shared/words/cli.ts';

/** What one command tells: events for programs on stdout, talk for people on stderr or, at the end, stdout. */
export interface Output {
  readonly json: boolean;
  /** One event a line with `--json`; nothing otherwise. */
  event(event: Readonly<Record<string, unknown>> & { readonly event: string }): void;
  /** Something on the way, for people: to stderr, so that stdout holds only results. */
  talk(sentence: string): void;
  /** A result for people, to stdout; nothing with `--json`. */
  print(line: string): void;
  /** Work in progress: bars on a terminal, a line for each new step otherwise, events with `--json`. */
  activities(activities: readonly Activity[]): void;
  /** The last line of every command with `--json`. */
  result(fields: Readonly<Record<string, unknown>>, error?: ErrorData): void;
  /** Clears what must not stay on the terminal. */
  end(): void;
}

/** Shortest time between two progress events of one activity, milliseconds. */
const EVENT_MS = 500;

const STEP_NAMES: Readonly<Record<Activity['kind'], string>> = { ...cliWords.stages, ...cliWords.activities };

export function createOutput(json: boolean): Output {
  const progress = json ? progressEvents() : process.stderr.isTTY ? progressBars() : progressLines();
  const line = (record: object) => process.stdout.write(`${JSON.stringify(record)}\n`);
  return {
    json,
    event(event) {
      if (json) line(event);
    },
    talk(sentence) {
      if (!json) process.stderr.write(`${sentence}\n`);
    },
    print(text) {
      if (!json) process.stdout.write(`${text}\n`);
    },
    activities: (activities) => progress.show(activities),
    result(fields, error) {
      progress.end();
      if (json) {
        const failure = error === undefined ? {} : { error: { code: error.code, message: error.message } };
        line({ event: 'result', version: 1, ...fields, ...failure });
      } else if (error !== undefined) process.stderr.write(`${error.message} (${error.code})\n`);
    },
    end: () => progress.end(),
  };
}

interface Progress {
  show(activities: readonly Activity[]): void;
  end(): void;
}

function progressEvents(): Progress {
  const last = new Map<string, number>();
  return {
    show(activities) {
      const now = Date.now();
      for (const { id, kind, takeId, orderId, progress, doneBytes, totalBytes } of activities) {
        if (now - (last.get(id) ?? 0) < EVENT_MS) continue;
        last.set(id, now);
        const event = { event: 'progress', kind, takeId, orderId, progress, doneBytes, totalBytes };
        process.stdout.write(`${JSON.stringify(event)}\n`);
      }
    },
    end: () => undefined,
  };
}

function progressLines(): Progress {
  const said = new Set<string>();
  return {
    show(activities) {
      for (const { kind, label, orderId } of activities) {
        // Watching begins anew with every look; one line for it is enough.
        const key = `${kind}/${label}/${orderId ?? ''}`;
        if (said.has(key)) continue;
        said.add(key);
        process.stderr.write(`${STEP_NAMES[kind]}: ${label}\n`);
      }
    },
    end: () => undefined,
  };
}

function progressBars(): Progress {
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
      if (activities.length === 0) {
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
