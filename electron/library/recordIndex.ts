import { readdir, readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { StudioError } from '../../shared/errors.ts';
import { writeFileAtomic } from './atomicFile.ts';

/** What the index asks of the records it lists. */
export interface IndexedRecords<S> {
  /** Folder that holds one entry a record. */
  readonly folder: string;
  /** Ids of the entries of the folder; names that are no records are left out. */
  readonly idOf: (entry: string) => string | null;
  /** The record's own file. */
  readonly fileOf: (id: string) => string;
  /** Reads the record and takes out what lists need. Throws `StudioError` for a broken one. */
  readonly summarize: (id: string) => Promise<S>;
  readonly summarySchema: z.ZodType<S>;
  /** An earlier broken record of this id that was set aside, as an error that names it. */
  readonly findSetAside: (id: string) => Promise<StudioError | null>;
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
 * an entry counts only while its record's size, time and inode are the ones it was made from.
 */
export class RecordIndex<S> {
  readonly #records: IndexedRecords<S>;
  readonly #cacheFile: string;
  readonly #entries = new Map<string, Entry<S>>();
  readonly #problems = new Map<string, StudioError>();
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

  /** Looks at every record; only those that changed are read. */
  async refreshAll(): Promise<void> {
    const names = await readdir(this.#records.folder).catch(() => []);
    const ids = names.map(this.#records.idOf).filter((id): id is string => id !== null);
    const present = new Set(ids);
    for (const id of this.#entries.keys()) {
      if (!present.has(id)) this.#forget(id);
    }
    const queue = ids.values();
    const reader = async () => {
      for (const id of queue) await this.refresh(id);
    };
    await Promise.all(Array.from({ length: READERS }, reader));
  }

  /** Looks at one record again, after it was written, created or removed. */
  async refresh(id: string): Promise<void> {
    const found = await stat(this.#records.fileOf(id)).catch(() => null);
    if (found === null) {
      this.#forget(id);
      const setAside = await this.#records.findSetAside(id);
      if (setAside) this.#problems.set(id, setAside);
      return;
    }
    const stamp = `${found.mtimeMs}/${found.size}/${found.ino}`;
    if (this.#entries.get(id)?.stamp === stamp) return;
    try {
      this.#entries.set(id, { stamp, summary: await this.#records.summarize(id) });
      this.#problems.delete(id);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      this.#entries.delete(id);
      this.#problems.set(id, error);
    }
    this.#dirty = true;
  }

  #forget(id: string): void {
    if (this.#entries.delete(id)) this.#dirty = true;
  }
}
