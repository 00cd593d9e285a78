import { randomUUID } from 'node:crypto';
import { appendFile, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OrderIdSchema, TakeIdSchema, TwinIdSchema } from '../../shared/domain/ids.ts';
import { createExclusive, writeFileAtomic } from './atomicFile.ts';

/** Which record changed: the folder it belongs to and its id. `*` means "look at everything". */
export interface Change {
  readonly kind: 'take' | 'order' | 'twin' | '*';
  readonly id: string;
}

/** How often the journal is looked at, milliseconds. Polling works on every file system, notifications do not. */
const POLL_MS = 500;
/** A journal of this size is started anew at the next opening, bytes. */
export const LARGEST_JOURNAL = 1_000_000;
/** Length of a journal's first line, which no two journals share, bytes. */
const NAME_BYTES = 48;

const EVERYTHING: Change = { kind: '*', id: '' };

const firstLine = () => `journal ${randomUUID()}`.padEnd(NAME_BYTES - 1).concat('\n');

/** A journal as it was at one moment. */
interface Sight {
  /** Its first line; empty when there is no journal. */
  readonly name: string;
  readonly size: number;
}

/**
 * Tells processes that use the same library what the others changed: a journal to which each appends one
 * short line per write. It may be deleted at any time; readers then look at everything once.
 */
export class ChangeJournal {
  readonly #file: string;
  #name = '';
  #offset = 0;
  /** Readers take turns: two that started at the same place would both move it. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(file: string) {
    this.#file = file;
  }

  /** @param folder the library's `.index` folder, which must exist. */
  static async open(folder: string): Promise<ChangeJournal> {
    const journal = new ChangeJournal(join(folder, 'changes.log'));
    const found = await journal.#look();
    // Only a convenience: a library that cannot be written to can still be looked at.
    if (found.size === 0) await createExclusive(journal.#file, firstLine()).catch(() => false);
    else if (found.size > LARGEST_JOURNAL) {
      await writeFileAtomic(journal.#file, firstLine()).catch(() => undefined);
    }
    const { name, size } = await journal.#look();
    journal.#name = name;
    journal.#offset = size;
    return journal;
  }

  async #look(): Promise<Sight> {
    try {
      const handle = await open(this.#file, 'r');
      try {
        const { size } = await handle.stat();
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(NAME_BYTES), 0, NAME_BYTES, 0);
        return { name: buffer.toString('utf8', 0, bytesRead).split('\n')[0] ?? '', size };
      } finally {
        await handle.close();
      }
    } catch {
      return { name: '', size: 0 };
    }
  }

  /** Appends a line. Losing one costs others only time: indexes check every record when they are opened. */
  async note(kind: 'take' | 'order' | 'twin', id: string): Promise<void> {
    try {
      // A journal that was deleted gets a name again, so that others can tell it from the one before.
      const present = await stat(this.#file).catch(() => null);
      if (present === null) await createExclusive(this.#file, firstLine());
      await appendFile(this.#file, `${kind} ${id}\n`);
    } catch {
      // The record itself is stored; that is what counts.
    }
  }

  /** What has changed since the last call, by anybody. */
  read(): Promise<Change[]> {
    const mine = this.#turn.then(() => this.#readOn());
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  async #readOn(): Promise<Change[]> {
    const { name, size } = await this.#look();
    if (name !== this.#name || size < this.#offset) {
      this.#name = name;
      this.#offset = size;
      return [EVERYTHING];
    }
    if (size === this.#offset) return [];
    const handle = await open(this.#file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(
        Buffer.alloc(size - this.#offset),
        0,
        size - this.#offset,
        this.#offset,
      );
      const end = buffer.lastIndexOf(0x0a, bytesRead - 1) + 1;
      this.#offset += end;
      return parseLines(buffer.toString('utf8', 0, end));
    } finally {
      await handle.close();
    }
  }

  /**
   * Calls `listener` with what changed, until the returned function is called.
   * @param listener answers false when it could not take the changes in; it is asked again then.
   */
  watch(listener: (changes: readonly Change[]) => Promise<boolean>): () => void {
    let looking = false;
    let behind = false;
    const look = async () => {
      if (looking) return;
      looking = true;
      try {
        const changes = await this.read().catch(() => [EVERYTHING]);
        if (behind || changes.length > 0) behind = !(await listener(behind ? [EVERYTHING] : changes));
      } finally {
        looking = false;
      }
    };
    const timer = setInterval(() => void look(), POLL_MS);
    timer.unref();
    return () => clearInterval(timer);
  }
}

const IDS = { take: TakeIdSchema, order: OrderIdSchema, twin: TwinIdSchema } as const;

function parseLines(text: string): Change[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [kind = '', id = ''] = line.split(' ');
      // A torn line, or one of a newer version.
      if (kind !== 'take' && kind !== 'order' && kind !== 'twin') return EVERYTHING;
      return IDS[kind].safeParse(id).success ? { kind, id } : EVERYTHING;
    });
}
