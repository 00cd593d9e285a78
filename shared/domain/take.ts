import { z } from 'zod';
import { TakeRecordingSchema } from '../recording/recording.ts';
import { InstantSchema, Sha256Schema, TakeIdSchema } from './ids.ts';
import { MediaInfoSchema } from './media.ts';
import { ShotSchema, VerdictSchema } from './report.ts';
import { NOT_REVIEWED, ReviewSchema } from './review.ts';

export const TAKE_SCHEMA_VERSION = 1 as const;

/** How the library holds the source: its own bytes, or only the address of somebody else's. */
export const SourceSchema = z.object({
  /** File name inside the take's folder, or the absolute path of a referenced source. */
  file: z.string().min(1),
  storage: z.enum(['held', 'referenced']),
  sizeBytes: z.number().int().nonnegative(),
  /** Of the whole file, without the index of a recording; two takes with the same hash hold the same content. */
  sha256: Sha256Schema,
  /** Name of the file it was imported from, for people. */
  originalName: z.string(),
});
export type Source = z.infer<typeof SourceSchema>;

/** An error as data: a code of the catalogue and what made it, never a stack. */
export const StoredErrorSchema = z.object({
  code: z.string(),
  message: z.string(),
});
export type StoredError = z.infer<typeof StoredErrorSchema>;

/** The check's own state. `checking` without a living lease was interrupted and starts again. */
export const CheckStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({
    kind: z.literal('checking'),
    since: InstantSchema,
    /** When the check ended whose result stands until this one has ended; null where there is none. */
    checkedAt: InstantSchema.nullable().default(null),
  }),
  z.object({
    kind: z.literal('checked'),
    at: InstantSchema,
    verdict: VerdictSchema,
    /** Code of the most important finding above info, for the library's one-line state. */
    topFinding: z.string().nullable(),
  }),
  z.object({ kind: z.literal('failed'), at: InstantSchema, error: StoredErrorSchema }),
]);
export type CheckState = z.infer<typeof CheckStateSchema>;
type CheckedState = Extract<CheckState, { kind: 'checked' }>;

/** What the window plays. `source` when it can decode the source itself. */
export const PreviewStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('source') }),
  z.object({ kind: z.literal('needed') }),
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('failed'), error: StoredErrorSchema }),
]);
export type PreviewState = z.infer<typeof PreviewStateSchema>;

export const TakeSchema = z.object({
  schemaVersion: z.literal(TAKE_SCHEMA_VERSION),
  /** Grows by one with every write; a write against an older revision is refused. */
  revision: z.number().int().nonnegative(),
  id: TakeIdSchema,
  name: z.string().min(1).max(200),
  createdAt: InstantSchema,
  origin: z.enum(['imported', 'recorded']),
  shot: ShotSchema,
  source: SourceSchema,
  /** Null until probed. */
  media: MediaInfoSchema.nullable(),
  check: CheckStateSchema,
  preview: PreviewStateSchema,
  /** How it was recorded; null for an import. */
  recording: TakeRecordingSchema.nullable().default(null),
  review: ReviewSchema.default(NOT_REVIEWED),
});
export type Take = z.infer<typeof TakeSchema>;

export type CheckEvent =
  | { kind: 'start'; at: string }
  | { kind: 'finish'; at: string; verdict: z.infer<typeof VerdictSchema>; topFinding: string | null }
  | { kind: 'fail'; at: string; error: StoredError }
  /** With what the result before comes to today; null where nothing is left of it. */
  | { kind: 'put-back'; before: Pick<CheckedState, 'verdict' | 'topFinding'> | null };

/**
 * The next state of a check. A finished check may be started again. One that is interrupted or cancelled goes back to
 * the result that was there before, or to `waiting`. Events that do not fit leave the state as it is.
 */
export function transitionCheck(state: CheckState, event: CheckEvent): CheckState {
  switch (event.kind) {
    case 'start':
      return { kind: 'checking', since: event.at, checkedAt: resultOf(state) };
    case 'finish':
      return state.kind === 'checking'
        ? { kind: 'checked', at: event.at, verdict: event.verdict, topFinding: event.topFinding }
        : state;
    case 'fail':
      return state.kind === 'checking' ? { kind: 'failed', at: event.at, error: event.error } : state;
    case 'put-back':
      if (state.kind !== 'checking') return state;
      return state.checkedAt === null || event.before === null
        ? { kind: 'waiting' }
        : { kind: 'checked', at: state.checkedAt, ...event.before };
  }
}

/** When the check ended whose result counts, also while another one runs or was interrupted. */
function resultOf(state: CheckState): string | null {
  if (state.kind === 'checked') return state.at;
  return state.kind === 'checking' ? state.checkedAt : null;
}
