import { join } from 'node:path';

/** Lies in a recording's folder and stays with it when that becomes a take's. */
export const STAGE_SAMPLES = 'stage.ndjson';

/** The layout of a library on disk; see docs/architecture.md. */
export function libraryPaths(root: string) {
  const takes = join(root, 'takes');
  const orders = join(root, 'orders');
  const twins = join(root, 'twins');
  const recordings = join(root, 'recordings');
  const recording = (id: string) => join(recordings, id);
  const take = (id: string) => join(takes, id);
  const order = (id: string) => join(orders, id);
  const index = join(root, '.index');
  return {
    root,
    takes,
    orders,
    twins,
    recordings,
    recording,
    /** Everything in here can be deleted and is made again. */
    index,
    /** Some seconds of takes as they would be mended, of every program that is open. */
    mendsPreviews: join(index, 'mends'),
    practice: join(root, 'practice'),
    take,
    takeLeases: (id: string) => join(take(id), '.leases'),
    takeRecord: (id: string) => join(take(id), 'take.json'),
    report: (id: string) => join(take(id), 'report.json'),
    /** What was measured; the report is made from it. */
    observations: (id: string) => join(take(id), 'observations.json'),
    preview: (id: string) => join(take(id), 'preview.mp4'),
    poster: (id: string) => join(take(id), 'poster.jpg'),
    /** Pictures of single moments of the take, `<milliseconds>.jpg`; can be deleted, and are made again. */
    moments: (id: string) => join(take(id), 'moments'),
    takeLog: (id: string) => join(take(id), 'log.ndjson'),
    masters: (id: string) => join(take(id), 'masters'),
    /** What the stage measured while a take was recorded, a line each. */
    stageSamples: (id: string) => join(take(id), STAGE_SAMPLES),
    order,
    orderLeases: (id: string) => join(order(id), '.leases'),
    orderRecord: (id: string) => join(order(id), 'order.json'),
    /** Proof that one paid request was claimed; created exclusively. */
    claim: (id: string, step: string, request: number) => join(order(id), `request-${step}-${request}.json`),
    upload: (id: string, what: string) => join(order(id), `upload-${what}.json`),
    firstWords: (id: string) => join(order(id), 'first-words.mp4'),
    voice: (id: string) => join(order(id), 'voice.mp3'),
    twinRecord: (id: string) => join(twins, `${id}.json`),
    twinLocks: join(twins, '.locks'),
  } as const;
}

export type LibraryPaths = ReturnType<typeof libraryPaths>;
