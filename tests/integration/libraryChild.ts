/** A process that works on a library, for tests with several of them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { writeFileAtomic } from '../../electron/library/atomicFile.ts';
import { type Lease, tryLease } from '../../electron/library/lease.ts';
import { type Library, openLibrary } from '../../electron/library/library.ts';
import { beginStaging, type Staging } from '../../electron/library/staging.ts';
import type { OrderId, TakeId } from '../../shared/domain/ids.ts';
import { takeIdOf, takeOf } from '../doubles/records.ts';
import { serve } from './serveJobs.ts';

let lease: Lease | null = null;
let staging: Staging | null = null;
let library: Library | null = null;

function opened(): Library {
  if (library === null) throw new Error('No library is open.');
  return library;
}

const jobs = {
  async takeLease(folder: string, name: string) {
    lease = await tryLease(folder, name);
    return lease !== null;
  },
  isHeld: () => lease?.isHeld() ?? false,
  release: async () => lease?.release(),

  async open(root: string) {
    library = await openLibrary(root);
    return library.takes.index.values().length;
  },
  /** Adds one to the number that is the take's name. */
  async increment(id: TakeId, times: number) {
    for (let done = 0; done < times; done += 1) {
      await opened().takes.update(id, (take) => ({ ...take, name: String(Number(take.name) + 1) }));
    }
  },
  /** Writes without end; to be killed. */
  async incrementForever(id: TakeId) {
    for (;;) await jobs.increment(id, 1);
  },
  async replaceForever(file: string, contents: readonly string[]) {
    for (;;) {
      for (const content of contents) {
        await writeFileAtomic(file, content);
        await turn();
      }
    }
  },
  rename: async (id: TakeId, name: string) => {
    await opened().takes.update(id, (take) => ({ ...take, name }));
  },

  async stage(parent: string) {
    staging = await beginStaging(parent);
    return staging.folder;
  },
  /** Fills the folder in the making, so that `createTake` has only to give it its name. */
  async stageTake(name: string, mark: string) {
    staging = await opened().takes.stage();
    await writeFile(join(staging.folder, 'source.mp4'), mark);
    return takeIdOf(name);
  },
  async createTake(name: string, mark: string) {
    if (staging === null) throw new Error('Nothing was staged.');
    const created = await opened().takes.create(staging, { ...takeOf(name), name: mark });
    await staging.discard();
    return created;
  },
  claim: (id: OrderId, request: number) => opened().orders.claim(id, 'training', request),
  async addLooks(group: string, avatarIds: readonly string[]) {
    for (const avatarId of avatarIds) {
      await opened().twins.addLook(
        { name: 'Ana', trainer: 'practice', account: 'account', avatarGroupId: group },
        {
          avatarId,
          name: avatarId,
          orderId: `or_${'0'.repeat(24)}` as OrderId,
          takeId: takeIdOf('take'),
          orderedAt: '2026-01-02T03:04:05.000Z',
        },
      );
    }
  },
} as const;
export type LibraryJobs = typeof jobs;

serve(jobs);
