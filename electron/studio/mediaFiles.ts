import { join } from 'node:path';
import { OrderIdSchema, TakeIdSchema } from '../../shared/domain/ids.ts';
import type { Take } from '../../shared/domain/take.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import type { Library } from '../library/library.ts';
import type { MendsPreviews } from './mendsPreviews.ts';
import type { Moments } from './moments.ts';
import type { MediaFile } from './studio.ts';

const VIDEO_TYPES: Readonly<Record<string, string>> = { '.webm': 'video/webm', '.mp4': 'video/mp4' };

/** What is made for the window while it is open. */
export interface MadePictures {
  readonly moments: Moments;
  readonly mends: Pick<MendsPreviews, 'file'>;
}

/**
 * The file behind a media address of the window. Only what a take or an order names itself can be reached:
 * ids are parsed, and no part of the address becomes part of a path.
 */
export async function findMedia(
  library: Library,
  made: MadePictures,
  of: 'take' | 'order',
  id: string,
  what: string,
): Promise<MediaFile | null> {
  try {
    return of === 'take' ? await ofTake(library, made, id, what) : await ofOrder(library, id, what);
  } catch (error) {
    if (error instanceof StudioError || error instanceof Cancelled) return null;
    throw error;
  }
}

async function ofTake(
  library: Library,
  { moments, mends }: MadePictures,
  id: string,
  what: string,
): Promise<MediaFile | null> {
  const parsed = TakeIdSchema.safeParse(id);
  if (!parsed.success) return null;
  const take = await library.takes.read(parsed.data);
  if (what === 'poster') return { file: library.paths.poster(take.id), contentType: 'image/jpeg' };
  const momentMs = /^moment\/(\d+)(?:\/[\w.,-]+)?$/.exec(what)?.[1];
  if (momentMs !== undefined) return ofMoment(library, moments, take, Number(momentMs));
  const [, side, number] = /^mends-(plain|mended)\/(\d+)$/.exec(what) ?? [];
  if (side !== undefined) {
    const file = mends.file(take.id, Number(number), side === 'plain' ? 'plain' : 'mended');
    return file === null ? null : { file, contentType: 'video/mp4' };
  }
  if (what !== 'player') return null;
  if (take.preview.kind === 'ready')
    return { file: library.paths.preview(take.id), contentType: 'video/mp4' };
  if (take.preview.kind !== 'source') return null;
  const file = library.takes.sourceFile(take);
  const ending = /\.[a-z0-9]+$/i.exec(file)?.[0]?.toLowerCase() ?? '';
  return { file, contentType: VIDEO_TYPES[ending] ?? 'video/mp4' };
}

/** Only moments that the report speaks of: nobody fills the disk with pictures. */
async function ofMoment(
  library: Library,
  moments: Moments,
  take: Take,
  atMs: number,
): Promise<MediaFile | null> {
  const report = await library.takes.readReport(take.id);
  const isSpokenOf = report?.findings.some(
    ({ worstAtSeconds }) => worstAtSeconds !== null && Math.round(worstAtSeconds * 1000) === atMs,
  );
  if (report === null || isSpokenOf !== true) return null;
  // As the report has it, whatever the address says: that only tells one picture from another.
  const picture = await moments.picture(take, { atMs, mended: report.mended });
  return picture === null ? null : { file: picture.file, contentType: 'image/jpeg' };
}

async function ofOrder(library: Library, id: string, what: string): Promise<MediaFile | null> {
  const parsed = OrderIdSchema.safeParse(id);
  if (!parsed.success || what !== 'first-words') return null;
  const order = await library.orders.read(parsed.data);
  if (order.firstWords.kind !== 'ready') return null;
  // The name is ours, but the record can be edited by hand.
  if (order.firstWords.file.includes('/') || order.firstWords.file.includes('\\')) return null;
  return { file: join(library.paths.order(order.id), order.firstWords.file), contentType: 'video/mp4' };
}
