import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type TwinId, TwinIdSchema } from '../../shared/domain/ids.ts';
import {
  type Look,
  type TrainerKind,
  TWIN_SCHEMA_VERSION,
  type Twin,
  TwinSchema,
} from '../../shared/domain/twin.ts';
import { StudioError } from '../../shared/errors.ts';
import type { ChangeJournal } from './changes.ts';
import type { LibraryPaths } from './paths.ts';
import { createOrUpdateRecord, type RecordPlace, readRecord } from './record.ts';
import { RecordIndex } from './recordIndex.ts';

/** The twin's id: one trainer, one account, one group. */
export function twinIdOf(trainer: TrainerKind, account: string, avatarGroupId: string): TwinId {
  const digest = createHash('sha256').update([trainer, account, avatarGroupId].join('\n')).digest('hex');
  return TwinIdSchema.parse(`tw_${digest.slice(0, 24)}`);
}

/** Twins as files under `twins/`. They can be made again from the orders. */
export class TwinStore {
  readonly #paths: LibraryPaths;
  readonly #journal: ChangeJournal;
  readonly index: RecordIndex<Twin>;

  private constructor(paths: LibraryPaths, journal: ChangeJournal, index: RecordIndex<Twin>) {
    this.#paths = paths;
    this.#journal = journal;
    this.index = index;
  }

  static async open(paths: LibraryPaths, journal: ChangeJournal): Promise<TwinStore> {
    const index = await RecordIndex.open<Twin>(
      {
        folder: paths.twins,
        idOf: (entry) => TwinIdSchema.safeParse(entry.replace(/\.json(\.broken-.*)?$/, '')).data ?? null,
        fileOf: (id) => paths.twinRecord(id),
        summarize: (id) => readRecord(placeOf(paths, id)),
        summarySchema: TwinSchema,
        version: 1,
      },
      join(paths.index, 'twins.json'),
    );
    return new TwinStore(paths, journal, index);
  }

  /** @throws StudioError TWIN_NOT_FOUND, RECORD_BROKEN, LIBRARY_NEWER */
  read(id: TwinId): Promise<Twin> {
    return this.index.noticing(id, () => readRecord(placeOf(this.#paths, id)));
  }

  async has(id: TwinId): Promise<boolean> {
    return stat(this.#paths.twinRecord(id)).then(
      () => true,
      () => false,
    );
  }

  /**
   * The twin of this id at the trainer that the library knows, or null.
   * @throws StudioError TWIN_OTHER_ACCOUNT when it is known to belong to another trainer or account
   */
  find(trainer: TrainerKind, account: string, avatarGroupId: string): Twin | null {
    const known = this.index.values().filter((twin) => twin.avatarGroupId === avatarGroupId);
    const own = known.find((twin) => twin.trainer === trainer && twin.account === account);
    if (own === undefined && known.length > 0) throw new StudioError('TWIN_OTHER_ACCOUNT');
    return own ?? null;
  }

  /**
   * The twin of this id at the trainer. One that was made elsewhere is added, without looks.
   * @throws StudioError TWIN_OTHER_ACCOUNT when it is known to belong to another trainer or account
   */
  async adopt(trainer: TrainerKind, account: string, avatarGroupId: string): Promise<Twin> {
    const own = this.find(trainer, account, avatarGroupId);
    if (own !== null) return this.read(own.id);
    const id = twinIdOf(trainer, account, avatarGroupId);
    const twin = await createOrUpdateRecord(
      placeOf(this.#paths, id),
      () => ({
        schemaVersion: TWIN_SCHEMA_VERSION,
        revision: 0,
        id,
        name: avatarGroupId.slice(0, 200),
        trainer,
        account,
        avatarGroupId,
        createdAt: new Date().toISOString(),
        looks: [],
      }),
      () => null,
    );
    await this.index.refresh(id);
    await this.#journal.note('twin', id);
    return twin;
  }

  /** Adds a look to its twin, making the twin with its first look. Adding the same look twice changes nothing. */
  async addLook(
    owner: Pick<Twin, 'name' | 'trainer' | 'account' | 'avatarGroupId'>,
    look: Look,
  ): Promise<Twin> {
    const id = twinIdOf(owner.trainer, owner.account, owner.avatarGroupId);
    const twin = await createOrUpdateRecord(
      placeOf(this.#paths, id),
      () => ({
        schemaVersion: TWIN_SCHEMA_VERSION,
        revision: 0,
        id,
        ...owner,
        createdAt: look.orderedAt,
        looks: [look],
      }),
      (current) =>
        current.looks.some((known) => known.avatarId === look.avatarId)
          ? null
          : { ...current, looks: [...current.looks, look] },
    );
    await this.index.refresh(id);
    await this.#journal.note('twin', id);
    return twin;
  }
}

function placeOf(paths: LibraryPaths, id: string): RecordPlace<Twin> {
  return {
    file: paths.twinRecord(id),
    schema: TwinSchema,
    schemaVersion: TWIN_SCHEMA_VERSION,
    lockFolder: paths.twinLocks,
    lockName: id,
    missing: 'TWIN_NOT_FOUND',
  };
}
