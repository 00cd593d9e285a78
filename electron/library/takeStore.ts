import { randomUUID } from 'node:crypto';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, extname, isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { type TakeId, TakeIdSchema } from '../../shared/domain/ids.ts';
import { type Report, ReportSchema } from '../../shared/domain/report.ts';
import { DecisionSchema, keptSeconds, MendsSchema } from '../../shared/domain/review.ts';
import { CheckStateSchema, TAKE_SCHEMA_VERSION, type Take, TakeSchema } from '../../shared/domain/take.ts';
import {
  OBSERVATIONS_VERSION,
  type Observations,
  ObservationsSchema,
} from '../../shared/quality/observations.ts';
import { syncFolder, writeFileAtomic } from './atomicFile.ts';
import type { ChangeJournal } from './changes.ts';
import { fileError } from './fileErrors.ts';
import type { LibraryPaths } from './paths.ts';
import { mendRecord, type RecordPlace, readRecord, stampOf, updateRecord, writeRecord } from './record.ts';
import { RecordIndex } from './recordIndex.ts';
import { beginStaging, moveFolder, type Staging } from './staging.ts';

/** What lists know of a take without opening it. */
const TakeEntrySchema = z.object({
  id: TakeIdSchema,
  name: z.string(),
  createdAt: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  /** Of the part that is kept. */
  durationSeconds: z.number().nullable(),
  hasPoster: z.boolean(),
  check: CheckStateSchema,
  /** What a person decided, and which way up the picture is to be. */
  review: z.object({
    decision: DecisionSchema.pick({ kind: true, note: true }),
    mends: MendsSchema.pick({ turn: true }),
  }),
});
export type TakeEntry = z.infer<typeof TakeEntrySchema>;

/** Takes as folders under `takes/`. */
export class TakeStore {
  readonly #paths: LibraryPaths;
  readonly #journal: ChangeJournal;
  readonly index: RecordIndex<TakeEntry>;

  private constructor(paths: LibraryPaths, journal: ChangeJournal, index: RecordIndex<TakeEntry>) {
    this.#paths = paths;
    this.#journal = journal;
    this.index = index;
  }

  static async open(paths: LibraryPaths, journal: ChangeJournal): Promise<TakeStore> {
    const index = await RecordIndex.open<TakeEntry>(
      {
        folder: paths.takes,
        idOf: (entry) => (TakeIdSchema.safeParse(entry).success ? entry : null),
        fileOf: (id) => paths.takeRecord(id),
        summarize: async (id) => {
          const take = await readRecord(placeOf(paths, id));
          return entryOf(take, (await stampOf(paths.poster(id))) !== null);
        },
        summarySchema: TakeEntrySchema,
        companionOf: (id) => paths.poster(id),
        version: 4,
      },
      join(paths.index, 'takes.json'),
    );
    return new TakeStore(paths, journal, index);
  }

  /** @throws StudioError TAKE_NOT_FOUND, RECORD_BROKEN, LIBRARY_NEWER */
  read(id: TakeId): Promise<Take> {
    return this.index.noticing(id, () => readRecord(placeOf(this.#paths, id)));
  }

  /** Changes a take; see `updateRecord`. */
  async update(id: TakeId, change: (take: Take) => Take | null): Promise<Take> {
    const take = await this.index.noticing(id, () => updateRecord(placeOf(this.#paths, id), change));
    await this.noteChange(id);
    return take;
  }

  /** To be called after a file of the take other than its record changed. */
  async noteChange(id: TakeId): Promise<void> {
    await this.index.refresh(id);
    await this.#journal.note('take', id);
  }

  /** Where a source lies: inside the take's folder, or where a referenced one was. */
  sourceFile(take: Take): string {
    return isAbsolute(take.source.file)
      ? take.source.file
      : join(this.#paths.take(take.id), take.source.file);
  }

  /**
   * Gives a folder in the making its record and its name.
   * @returns false when a take of this id exists already.
   */
  async create(staging: Staging, take: Take): Promise<boolean> {
    const place = { ...placeOf(this.#paths, take.id), file: join(staging.folder, 'take.json') };
    await writeRecord(place, take);
    const created = await staging.commit(take.id);
    if (created) await this.noteChange(take.id);
    return created;
  }

  /**
   * Makes a folder that lies elsewhere in the library a take: its record is written into it, and then it is moved as
   * a whole, so that it is a take or is still what it was.
   * @returns false when a take of this id exists already; the folder then stays where it is.
   * @throws StudioError LEASE_LOST when somebody else has moved it meanwhile; DISK_FULL, LIBRARY_UNREADABLE
   */
  async adopt(folder: string, take: Take): Promise<boolean> {
    await writeRecord({ ...placeOf(this.#paths, take.id), file: join(folder, 'take.json') }, take);
    try {
      if (!(await moveFolder(folder, this.#paths.take(take.id)))) return false;
      await syncFolder(this.#paths.takes);
      await syncFolder(dirname(folder));
    } catch (error) {
      throw fileError(error, folder, 'LIBRARY_UNREADABLE');
    }
    await this.noteChange(take.id);
    return true;
  }

  /**
   * Gives an existing folder of the take what it lacks of what lies in the making: a record that can be read, and a
   * source. Nothing that lies there is removed or written over.
   * @param present name of a file in the folder that is known to hold this content.
   * @returns whether it lacked a record, or its source, or nothing.
   * @throws StudioError TAKE_NOT_FOUND when the folder has gone to the bin meanwhile; LIBRARY_NEWER
   */
  async mend(
    staging: Pick<Staging, 'folder'>,
    take: Take,
    present: string | null,
  ): Promise<'record' | 'source' | 'nothing'> {
    let lacked: 'record' | 'source' | 'nothing' = 'nothing';
    const source = async (): Promise<Take['source']> => {
      if (take.source.storage === 'referenced') return take.source;
      if (present !== null) return { ...take.source, file: present };
      const folder = this.#paths.take(take.id);
      const staged = join(staging.folder, take.source.file);
      const ending = extname(take.source.file);
      const isFree = (await stampOf(join(folder, take.source.file))) === null;
      const file = isFree ? take.source.file : `source-${randomUUID().slice(0, 8)}${ending}`;
      // Durable with the record, which is written into the same folder next.
      await rename(staged, join(folder, file));
      return { ...take.source, file };
    };
    await mendRecord(placeOf(this.#paths, take.id), {
      make: async () => {
        lacked = 'record';
        return { ...take, source: await source() };
      },
      change: async (current) => {
        // Of two references the newer one is right: its content has just been read.
        const moved = current.source.storage === 'referenced' && take.source.storage === 'referenced';
        const isRight = moved ? current.source.file === take.source.file : await this.#hasSource(current);
        if (isRight) return null;
        lacked = 'source';
        return { ...current, source: { ...(await source()), originalName: current.source.originalName } };
      },
    });
    await this.noteChange(take.id);
    return lacked;
  }

  async #hasSource(take: Take): Promise<boolean> {
    const found = await stat(this.sourceFile(take)).catch(() => null);
    return found?.size === take.source.sizeBytes;
  }

  stage(): Promise<Staging> {
    return beginStaging(this.#paths.takes);
  }

  /** The take's report, or null when it has none that can be read: a check makes a new one. */
  async readReport(id: TakeId): Promise<Report | null> {
    const text = await readFile(this.#paths.report(id), 'utf8').catch(() => '');
    if (text === '') return null;
    try {
      return ReportSchema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /** What was measured of the take, or null when there is nothing that can be read. */
  async readObservations(id: TakeId): Promise<Observations | null> {
    const text = await readFile(this.#paths.observations(id), 'utf8').catch(() => '');
    if (text === '') return null;
    try {
      return ObservationsSchema.parse(JSON.parse(text));
    } catch {
      return null;
    }
  }

  /** What was measured, told from what it was replaced by; null where nothing was. */
  observationsStamp(id: TakeId): Promise<string | null> {
    return stampOf(this.#paths.observations(id));
  }

  /**
   * Whether a check has left both its report and what it was made from, in shapes of today, and its picture was looked at
   * the way up that is chosen. Those of an older version are as good as none.
   */
  async isJudged(id: TakeId): Promise<boolean> {
    if ((await versionIn(this.#paths.observations(id))) !== OBSERVATIONS_VERSION) return false;
    const report = await this.readReport(id);
    // One that cannot be read is found out, and told, by the check.
    const take = await this.read(id).catch(() => null);
    return report?.depth === 'complete' && report.mended.turn === take?.review.mends.turn;
  }

  writeReport(id: TakeId, report: Report): Promise<void> {
    return this.#writeText(this.#paths.report(id), JSON.stringify(ReportSchema.parse(report), null, 2));
  }

  /** Several hundred kilobytes for a long take: not for people to read. */
  writeObservations(id: TakeId, observations: Observations): Promise<void> {
    const text = JSON.stringify(ObservationsSchema.parse(observations));
    return this.#writeText(this.#paths.observations(id), text);
  }

  async #writeText(file: string, text: string): Promise<void> {
    await writeFileAtomic(file, `${text}\n`).catch((error: unknown) => {
      throw fileError(error, file, 'LIBRARY_UNREADABLE');
    });
  }
}

/** The version stands at the beginning: the rest may be megabytes, and is not needed to tell. */
const HEAD_BYTES = 128;

/** Of a file with a schema and a version; null where there is none that says it. */
async function versionIn(file: string): Promise<number | null> {
  const opened = await open(file, 'r').catch(() => null);
  if (opened === null) return null;
  try {
    const { buffer, bytesRead } = await opened.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    const found = /"version":(\d+)/.exec(buffer.toString('latin1', 0, bytesRead));
    return found === null ? null : Number(found[1]);
  } finally {
    await opened.close();
  }
}

function placeOf(paths: LibraryPaths, id: string): RecordPlace<Take> {
  return {
    file: paths.takeRecord(id),
    schema: TakeSchema,
    schemaVersion: TAKE_SCHEMA_VERSION,
    lockFolder: paths.takeLeases(id),
    lockName: 'write',
    missing: 'TAKE_NOT_FOUND',
  };
}

function entryOf(take: Take, hasPoster: boolean): TakeEntry {
  const { decision, mends } = take.review;
  return {
    id: take.id,
    name: take.name,
    createdAt: take.createdAt,
    sha256: take.source.sha256,
    sizeBytes: take.source.sizeBytes,
    durationSeconds: take.media === null ? null : keptSeconds(take.review.trim, take.media.durationSeconds),
    hasPoster,
    check: take.check,
    review: { decision: { kind: decision.kind, note: decision.note }, mends: { turn: mends.turn } },
  };
}
