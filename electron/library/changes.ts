import { unwatchFile, watchFile } from 'node:fs';
import { appendFile, open, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Which record changed: the folder it belongs to and its id. `*` means "look at everything". */
export interface Change {
  readonly kind: 'take' | 'order' | 'twin' | '*';
  readonly id: string;
}

/** How often the journal is looked at, milliseconds. Polling works on every file system, notifications do not. */
const POLL_MS = 500;
/** A journal of this size is started anew at the next opening, bytes. */
const LARGEST_JOURNAL = 1_000_000;

/**
 * Tells processes that use the same library what the others changed: a journal to which each appends one
 * short line per write. It may be deleted at any time; readers then look at everything once.
 */
export class ChangeJournal {
  readonly #file: string;
  #offset = 0;
  #reading: Promise<void> = Promise.resolve();

  private constructor(file: string) {
    this.#file = file;
  }

  /** @param folder the library's `.index` folder, which must exist. */
  static async open(folder: string): Promise<ChangeJournal> {
    const journal = new ChangeJournal(join(folder, 'changes.log'));
    const size = await journal.#size();
    if (size > LARGEST_JOURNAL) await writeFile(journal.#file, '');
    journal.#offset = await journal.#size();
    return journal;
  }

  async #size(): Promise<number> {
    return stat(this.#file).then(
      (found) => found.size,
      () => 0,
    );
  }

  /** Appends a line. Losing one costs others only time: indexes check every record when they are opened. */
  async note(kind: 'take' | 'order' | 'twin', id: string): Promise<void> {
    await appendFile(this.#file, `${kind} ${id}\n`).catch(() => undefined);
  }

  /** What has changed since the last call, by anybody. */
  async read(): Promise<Change[]> {
    const size = await this.#size();
    if (size === this.#offset) return [];
    if (size < this.#offset) {
      this.#offset = size;
      return [{ kind: '*', id: '' }];
    }
    const handle = await open(this.#file, 'r');
    try {
      const buffer = Buffer.alloc(size - this.#offset);
      await handle.read(buffer, 0, buffer.length, this.#offset);
      const end = buffer.lastIndexOf(0x0a) + 1;
      this.#offset += end;
      return parseLines(buffer.subarray(0, end).toString('utf8'));
    } finally {
      await handle.close();
    }
  }

  /** Calls `listener` with what changed, until the returned function is called. */
  watch(listener: (changes: readonly Change[]) => void): () => void {
    const look = () => {
      this.#reading = this.#reading.then(async () => {
        const changes = await this.read().catch(() => []);
        if (changes.length > 0) listener(changes);
      });
    };
    watchFile(this.#file, { interval: POLL_MS, persistent: false }, look);
    return () => unwatchFile(this.#file, look);
  }
}

function parseLines(text: string): Change[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Change => {
      const [kind, id = ''] = line.split(' ');
      return kind === 'take' || kind === 'order' || kind === 'twin' ? { kind, id } : { kind: '*', id: '' };
    });
}
