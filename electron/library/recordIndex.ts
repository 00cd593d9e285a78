import { readdir, readFile } from 'node:fs/promises';
import { z } from 'zod';
import { StudioError } from '../../shared/errors.ts';
import { writeFileAtomic } from './atomicFile.ts';
import { fileError } from './fileErrors.ts';
import { findSetAside, stampOf } from './record.ts';

/** What the index asks of the records it lists. */
export interface IndexedRecords<S> {
  /** Folder that holds one entry a record. */
  readonly folder: string;
  /** Ids of the entries of the folder, also of records set aside; names that are no records are left out. */
  readonly idOf: (entry: string) => string | null;
  /** The record's own file. */
  readonly fileOf: (id: string) => string;
  /** Reads the record and takes out what lists need. Throws `StudioError` for a broken one. */
  readonly summarize: (id: string) => Promise<S>;
  readonly summarySchema: z.ZodType<S>;
  /** Another file whose presence the summary tells. */
  readonly companionOf?: (id: string) => string;
  /** Changes whenever summaries change their meaning; a cache of another version is thrown away. */
  readonly version: number;
}

interface Entry<S> {
  readonly stamp: string;
  readonly summary: S;
}

/** Records read at once; more gains nothing and runs into limits on open files. */
const READERS = 32;

/**
 * Summaries of all records of one kind, kept in memory and in a cache file that may be deleted at any time:
 * an entry from there counts only while its record's size, time and inode are the ones it was made from.
 */
export class RecordIndex<S> {
  readonly #records: IndexedRecords<S>;
  readonly #cacheFile: string;
  readonly #entries = new Map<string, Entry<S>>();
  readonly #problems = new Map<string, StudioError>();
  /** Looks at one record take turns: the one that began later has the last word. */
  readonly #turns = new Map<string, Promise<void>>();
  #dirty = false;

  private constructor(records: IndexedRecords<S>, cacheFile: string) {
    this.#records = records;
    this.#cacheFile = cacheFile;
  }

  static async open<S>(records: IndexedRecords<S>, cacheFile: string): Promise<RecordIndex<S>> {
    const index = new RecordIndex(records, cacheFile);
    await index.#loadCache();
    await index.refreshAll();
    await index.save();
    return index;
  }

  get(id: string): S | undefined {
    return this.#entries.get(id)?.summary;
  }

  values(): S[] {
    return [...this.#entries.values()].map((entry) => entry.summary);
  }

  /** Records that could not be read, as errors that name them. */
  problems(): StudioError[] {
    return [...this.#problems.values()];
  }

  async #loadCache(): Promise<void> {
    const schema = z.object({
      version: z.literal(this.#records.version),
      entries: z.record(z.string(), z.object({ stamp: z.string(), summary: this.#records.summarySchema })),
    });
    const text = await readFile(this.#cacheFile, 'utf8').catch(() => '');
    if (text === '') return;
    try {
      const cache = schema.parse(JSON.parse(text));
      for (const [id, entry] of Object.entries(cache.entries)) this.#entries.set(id, entry);
    } catch {
      // A cache that cannot be understood is one that has to be made again.
      this.#dirty = true;
    }
  }

  /** Writes the cache when something changed since. */
  async save(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    const content = { version: this.#records.version, entries: Object.fromEntries(this.#entries) };
    // Only a cache: when it cannot be written, the next start takes longer.
    await writeFileAtomic(this.#cacheFile, JSON.stringify(content)).catch(() => undefined);
  }

  /**
   * Looks at every record; only those that changed are read.
   * @throws StudioError LIBRARY_UNREADABLE; what was known stays listed then
   */
  async refreshAll(): Promise<void> {
    const { folder, idOf } = this.#records;
    const names = await readdir(folder).catch((error: unknown) => {
      throw fileError(error, folder, 'LIBRARY_UNREADABLE');
    });
    const ids = new Set(names.map(idOf).filter((id) => id !== null));
    for (const id of [...this.#entries.keys(), ...this.#problems.keys()]) ids.add(id);
    const queue = ids.values();
    const reader = async () => {
      for (const id of queue) await this.#inTurn(id, () => this.#look(id, 'if changed'));
    };
    await Promise.all(Array.from({ length: READERS }, reader));
  }

  /** Looks at one record again, after it was written, created or removed. */
  refresh(id: string): Promise<void> {
    return this.#inTurn(id, () => this.#look(id, 'always'));
  }

  /** Runs an action on a record. When it finds the record broken or gone, lists know of it at once. */
  async noticing<T>(id: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      if (error instanceof StudioError && this.#entries.has(id)) await this.refresh(id);
      throw error;
    }
  }

  async #inTurn(id: string, look: () => Promise<void>): Promise<void> {
    const before = this.#turns.get(id);
    const mine = before === undefined ? look() : before.then(look, look);
    this.#turns.set(id, mine);
    try {
      await mine;
    } finally {
      if (this.#turns.get(id) === mine) this.#turns.delete(id);
    }
  }

  async #look(id: string, read: 'always' | 'if changed'): Promise<void> {
    const file = this.#records.fileOf(id);
    try {
      const stamp = await this.#stampOf(id);
      if (stamp === null) this.#put(id, null, await findSetAside(file));
      else if (read === 'always' || this.#entries.get(id)?.stamp !== stamp) {
        this.#put(id, { stamp, summary: await this.#records.summarize(id) }, null);
      }
    } catch (error) {
      const trouble = fileError(error, file, 'LIBRARY_UNREADABLE');
      if (!(trouble instanceof StudioError)) throw error;
      // Set aside as broken, or removed since we looked.
      const isGone = (await stampOf(file).catch(() => '')) === null;
      this.#put(id, null, isGone ? await findSetAside(file) : trouble);
    }
  }

  async #stampOf(id: string): Promise<string | null> {
    const { fileOf, companionOf } = this.#records;
    const [record, companion] = await Promise.all([
      stampOf(fileOf(id)),
      companionOf === undefined ? null : stampOf(companionOf(id)),
    ]);
    return record === null || companion === null ? record : `${record}+`;
  }

  #put(id: string, entry: Entry<S> | null, problem: StudioError | null): void {
    if (problem === null) this.#problems.delete(id);
    else this.#problems.set(id, problem);
    if (entry !== null) this.#entries.set(id, entry);
    else if (!this.#entries.delete(id)) return;
    this.#dirty = true;
  }
}
