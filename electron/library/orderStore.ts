import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type OrderId, OrderIdSchema } from '../../shared/domain/ids.ts';
import {
  ORDER_SCHEMA_VERSION,
  type Order,
  type OrderEvent,
  OrderedLookSchema,
  OrderSchema,
  TwinChoiceSchema,
  transitionOrder,
} from '../../shared/domain/order.ts';
import { StudioError } from '../../shared/errors.ts';
import { createExclusive, overwriteInPlace, writeFileAtomic } from './atomicFile.ts';
import type { ChangeJournal } from './changes.ts';
import { fileError, systemCode } from './fileErrors.ts';
import type { LibraryPaths } from './paths.ts';
import { type RecordPlace, readRecord, updateRecord, writeRecord } from './record.ts';
import { RecordIndex } from './recordIndex.ts';
import { beginStaging, type Staging } from './staging.ts';

/** What lists know of an order without opening it. */
const OrderEntrySchema = OrderSchema.pick({
  id: true,
  key: true,
  takeId: true,
  lookName: true,
  trainer: true,
  account: true,
  createdAt: true,
  state: true,
  firstWords: true,
  spending: true,
  look: true,
}).extend({ twin: TwinChoiceSchema });
export type OrderEntry = z.infer<typeof OrderEntrySchema>;

/** The paid steps; each request of each is claimed on its own. */
export type PaidStep = 'training' | 'first-words';

/** What a paid request was answered, kept beside its claim until the order itself holds it. */
const ClaimSchema = z.object({
  claimedAt: z.string(),
  /** Claimed only so that nobody else can send it. */
  void: z.boolean(),
  answer: z
    .object({
      /** The avatar, when training was ordered. */
      look: OrderedLookSchema.nullable(),
      /** The video's file name, when first words were asked for and given. */
      file: z.string().nullable(),
      usd: z.number(),
      at: z.string(),
    })
    .nullable(),
});
export type Claim = z.infer<typeof ClaimSchema>;

/** Room that a claim takes from the start, bytes: its answer then needs no new disk space. */
const CLAIM_BYTES = 4096;

const UploadNoteSchema = z.object({
  objectKey: z.string(),
  /** Of the content that is being sent. */
  fingerprint: z.string(),
  checkpoint: z
    .object({
      objectKey: z.string(),
      uploadId: z.string(),
      partSizeBytes: z.number(),
      parts: z.array(z.object({ number: z.number(), etag: z.string(), sizeBytes: z.number() })),
    })
    .nullable(),
});
/** How far an upload has come; the object's key is fixed before the first byte is sent. */
export type UploadNote = z.infer<typeof UploadNoteSchema>;

/** Orders as folders under `orders/`. */
export class OrderStore {
  readonly #paths: LibraryPaths;
  readonly #journal: ChangeJournal;
  readonly index: RecordIndex<OrderEntry>;

  private constructor(paths: LibraryPaths, journal: ChangeJournal, index: RecordIndex<OrderEntry>) {
    this.#paths = paths;
    this.#journal = journal;
    this.index = index;
  }

  static async open(paths: LibraryPaths, journal: ChangeJournal): Promise<OrderStore> {
    const index = await RecordIndex.open<OrderEntry>(
      {
        folder: paths.orders,
        idOf: (entry) => (OrderIdSchema.safeParse(entry).success ? entry : null),
        fileOf: (id) => paths.orderRecord(id),
        summarize: async (id) => OrderEntrySchema.parse(await readRecord(placeOf(paths, id))),
        summarySchema: OrderEntrySchema,
        version: 1,
      },
      join(paths.index, 'orders.json'),
    );
    return new OrderStore(paths, journal, index);
  }

  /** @throws StudioError ORDER_NOT_FOUND, RECORD_BROKEN, LIBRARY_NEWER */
  read(id: OrderId): Promise<Order> {
    return this.index.noticing(id, () => readRecord(placeOf(this.#paths, id)));
  }

  /**
   * Stores a new order as a whole.
   * @returns false when an order of this id exists already, whoever made it.
   */
  async create(order: Order): Promise<boolean> {
    let staging: Staging | null = null;
    try {
      staging = await beginStaging(this.#paths.orders);
      await writeRecord(
        { ...placeOf(this.#paths, order.id), file: join(staging.folder, 'order.json') },
        order,
      );
      const created = await staging.commit(order.id);
      if (created) await this.#noteChange(order.id);
      return created;
    } catch (error) {
      throw fileError(error, this.#paths.orders, 'LIBRARY_UNREADABLE');
    } finally {
      await staging?.discard();
    }
  }

  /** Changes an order; see `updateRecord`. */
  async update(id: OrderId, change: (order: Order) => Order | null): Promise<Order> {
    const dated = (current: Order) => {
      const changed = change(current);
      return changed === null ? null : { ...changed, updatedAt: new Date().toISOString() };
    };
    const order = await this.index.noticing(id, () => updateRecord(placeOf(this.#paths, id), dated));
    await this.#noteChange(id);
    return order;
  }

  /**
   * Moves an order by an event, durably.
   * @throws StudioError ORDER_WRONG_STATE when the event does not fit the state on disk.
   */
  async transition(id: OrderId, event: OrderEvent): Promise<Order> {
    return this.update(id, (order) => {
      const progress = transitionOrder(order, event);
      if (progress === null) throw new StudioError('ORDER_WRONG_STATE', { state: order.state.kind });
      return { ...order, ...progress };
    });
  }

  /**
   * Claims one paid request. Of all processes and machines that share the library, one succeeds, once.
   * @param voided claims it only so that nobody can send it.
   * @throws StudioError DISK_FULL, LIBRARY_UNREADABLE, ORDER_NOT_FOUND; then nobody has claimed it
   */
  async claim(id: OrderId, step: PaidStep, request: number, voided = false): Promise<boolean> {
    const claim: Claim = { claimedAt: new Date().toISOString(), void: voided, answer: null };
    const file = this.#paths.claim(id, step, request);
    return createExclusive(file, pad(claim)).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') throw new StudioError('ORDER_NOT_FOUND', {}, { cause: error });
      throw fileError(error, file, 'LIBRARY_UNREADABLE');
    });
  }

  /** Stores the answer beside its claim, before the order moves on: it costs money to lose it. */
  async recordAnswer(id: OrderId, step: PaidStep, request: number, answer: Claim['answer']): Promise<void> {
    const claim: Claim = { claimedAt: new Date().toISOString(), void: false, answer };
    await overwriteInPlace(this.#paths.claim(id, step, request), pad(claim));
  }

  /** The claim of a request, or null when nobody claimed it. An unreadable claim was claimed, without an answer. */
  async readClaim(id: OrderId, step: PaidStep, request: number): Promise<Claim | null> {
    try {
      const text = await readFile(this.#paths.claim(id, step, request), 'utf8');
      return ClaimSchema.parse(JSON.parse(text));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return null;
      return { claimedAt: '', void: false, answer: null };
    }
  }

  async readUpload(id: OrderId, what: 'master' | 'voice'): Promise<UploadNote | null> {
    const text = await readFile(this.#paths.upload(id, what), 'utf8').catch(() => '');
    const parsed = UploadNoteSchema.safeParse(text === '' ? null : safeJson(text));
    return parsed.success ? parsed.data : null;
  }

  async writeUpload(id: OrderId, what: 'master' | 'voice', note: UploadNote | null): Promise<void> {
    const file = this.#paths.upload(id, what);
    try {
      if (note === null) await rm(file, { force: true });
      else await writeFileAtomic(file, JSON.stringify(note));
    } catch (error) {
      throw fileError(error, file, 'LIBRARY_UNREADABLE');
    }
  }

  async #noteChange(id: OrderId): Promise<void> {
    await this.index.refresh(id);
    await this.#journal.note('order', id);
  }
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function pad(claim: Claim): string {
  const text = JSON.stringify(ClaimSchema.parse(claim));
  return text + ' '.repeat(Math.max(0, CLAIM_BYTES - Buffer.byteLength(text)));
}

function placeOf(paths: LibraryPaths, id: string): RecordPlace<Order> {
  return {
    file: paths.orderRecord(id),
    schema: OrderSchema,
    schemaVersion: ORDER_SCHEMA_VERSION,
    lockFolder: paths.orderLeases(id),
    lockName: 'write',
    missing: 'ORDER_NOT_FOUND',
  };
}
