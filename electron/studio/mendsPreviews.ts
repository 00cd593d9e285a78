import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CallOutput, mediaUrl } from '../../shared/contract.ts';
import { type Edit, NO_EDIT } from '../../shared/domain/edit.ts';
import type { TakeId } from '../../shared/domain/ids.ts';
import type { Mends } from '../../shared/domain/review.ts';
import type { Take } from '../../shared/domain/take.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import { editOf } from '../../shared/quality/edit.ts';
import { beginStaging, removeAbandonedStaging, type Staging } from '../library/staging.ts';
import { makeMendsPreview } from '../media/mendsPreview.ts';
import type { RunningActivity } from '../pipeline/activities.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { requireSource } from '../pipeline/prepareStage.ts';
import { failureFacts } from '../pipeline/takeLog.ts';

/** As long as one needs to hear a difference. */
const PREVIEW_SECONDS = 8;
/** Pairs that are kept; going back to one that was just heard costs nothing. */
const MOST_PAIRS = 6;

/** Which of a pair: as it is, or mended. */
export type PreviewSide = 'plain' | 'mended';

/** Previews of mends. They belong to no take, and go when the program closes. */
export interface MendsPreviews {
  /**
   * Makes some seconds of a take with the mends and without. A new one ends the one that is being made.
   * @throws StudioError CHECK_MISSING, SOURCE_*, FFMPEG_*, DISK_FULL; Cancelled
   */
  make(wish: {
    readonly takeId: TakeId;
    readonly mends: Mends;
    readonly atSeconds: number;
  }): Promise<CallOutput<'previewMends'>>;
  /** The file of a pair that was made, or null. */
  file(takeId: string, number: number, side: PreviewSide): string | null;
  close(): Promise<void>;
}

export function createMendsPreviews(context: WorkContext): MendsPreviews {
  let staging: Promise<Staging> | null = null;
  let running: { abort: AbortController; done: Promise<unknown> } | null = null;
  /** Oldest first. */
  const pairs = new Map<string, Readonly<Record<PreviewSide, string>>>();
  let isClosed = false;
  const root = async (): Promise<string> => {
    staging ??= beginPreviews(context.library.paths.mendsPreviews).catch((error: unknown) => {
      // The disk may have room the next time.
      staging = null;
      throw error;
    });
    const made = await staging;
    if (await stat(made.folder).catch(() => null)) return made.folder;
    // Somebody tidied up.
    staging = null;
    await made.discard().catch(() => undefined);
    return root();
  };
  const nameOf = (takeId: string, number: number) => `${takeId}-${number}`;

  const forget = async () => {
    for (const [name, files] of pairs) {
      if (pairs.size <= MOST_PAIRS) return;
      pairs.delete(name);
      for (const file of Object.values(files)) await rm(file, { force: true });
    }
  };

  const make = async (take: Take, edit: Edit, startSeconds: number, signal: AbortSignal) => {
    const { media } = take;
    if (media === null) throw new StudioError('CHECK_MISSING');
    const seconds = Math.min(PREVIEW_SECONDS, media.durationSeconds);
    const answer = (number: number) => ({
      plain: mediaUrl.mendsPreview(take.id, number, 'plain'),
      mended: mediaUrl.mendsPreview(take.id, number, 'mended'),
      startSeconds,
      seconds,
    });
    const number = numberOf(take, edit, startSeconds);
    const name = nameOf(take.id, number);
    const known = pairs.get(name);
    if (known !== undefined && (await areThere(known))) return answer(number);
    const source = await requireSource(context, take);
    const tools = await context.tools();
    const files = {
      plain: join(await root(), `${name}-plain.mp4`),
      mended: join(await root(), `${name}-mended.mp4`),
    };
    const subject = { kind: 'mends', label: take.name, takeId: take.id } as const;
    const work = async (activity: RunningActivity) => {
      const options = { tools, startSeconds, seconds, signal: activity.signal };
      await makeMendsPreview(source, media, NO_EDIT, files.plain, {
        ...options,
        onProgress: (share) => activity.progress(share / 2),
      });
      await makeMendsPreview(source, media, edit, files.mended, {
        ...options,
        onProgress: (share) => activity.progress(0.5 + share / 2),
      });
    };
    await context.activities.run(subject, signal, work).catch(async (error: unknown) => {
      if (error instanceof StudioError)
        await context.log.write(take.id, { what: 'preview of mends failed', ...failureFacts(error) });
      throw error;
    });
    pairs.set(name, files);
    await forget();
    return answer(number);
  };

  return {
    async make({ takeId, mends, atSeconds }) {
      if (isClosed) throw new Cancelled();
      const abort = new AbortController();
      const before = running;
      before?.abort.abort(new Cancelled());
      const work = async () => {
        // Its ffmpeg has ended before the next one begins.
        await before?.done.catch(() => undefined);
        const take = await context.library.takes.read(takeId);
        const observations = await context.library.takes.readObservations(takeId);
        if (observations === null) throw new StudioError('CHECK_MISSING');
        const edit = { ...editOf(observations, { trim: take.review.trim, mends }), cut: null };
        const latest = Math.max(0, observations.durationSeconds - PREVIEW_SECONDS);
        return make(take, edit, Math.min(Math.max(0, atSeconds), latest), abort.signal);
      };
      const done = work();
      running = { abort, done };
      return done;
    },
    file: (takeId, number, side) => pairs.get(nameOf(takeId, number))?.[side] ?? null,
    async close() {
      isClosed = true;
      running?.abort.abort(new Cancelled());
      await running?.done.catch(() => undefined);
      // What stays is removed with the next preview.
      await staging?.then((made) => made.discard()).catch(() => undefined);
    },
  };
}

/** Begins a folder for them, and removes those of programs that were killed. */
async function beginPreviews(parent: string): Promise<Staging> {
  const staging = await beginStaging(parent);
  await removeAbandonedStaging(parent).catch(() => undefined);
  return staging;
}

/** Names what is shown: the same wish finds the same pair, and a player sees that another one is another. */
function numberOf(take: Take, edit: Edit, startSeconds: number): number {
  const text = JSON.stringify([take.source.sha256, edit, startSeconds.toFixed(3)]);
  return createHash('sha256').update(text).digest().readUInt32BE(0) % 1_000_000_000;
}

async function areThere(files: Readonly<Record<PreviewSide, string>>): Promise<boolean> {
  const found = await Promise.all(
    Object.values(files).map((file) =>
      stat(file).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.every(Boolean);
}
