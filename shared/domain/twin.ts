import { z } from 'zod';
import { InstantSchema, OrderIdSchema, TakeIdSchema, TwinIdSchema } from './ids.ts';

/** In the order in which they are offered: the real one first. */
export const HostKindSchema = z.enum(['s3', 'practice']);
export type HostKind = z.infer<typeof HostKindSchema>;

/** In the order in which they are offered: the real one first. */
export const TrainerKindSchema = z.enum(['segmind', 'practice']);
export type TrainerKind = z.infer<typeof TrainerKindSchema>;

/** Looks a twin can hold at HeyGen; the 101st is refused there, so it is refused here before it is paid. */
export const LOOKS_PER_TWIN = 100;

export const TWIN_SCHEMA_VERSION = 1 as const;

/** One trained avatar of a twin. */
export const LookSchema = z.object({
  avatarId: z.string().min(1),
  name: z.string(),
  orderId: OrderIdSchema,
  takeId: TakeIdSchema,
  orderedAt: InstantSchema,
});
export type Look = z.infer<typeof LookSchema>;

/** One person's identity at one account of one trainer. Whether its looks are usable stands in their orders. */
export const TwinSchema = z.object({
  schemaVersion: z.literal(TWIN_SCHEMA_VERSION),
  revision: z.number().int().nonnegative(),
  id: TwinIdSchema,
  name: z.string().min(1).max(200),
  trainer: TrainerKindSchema,
  /** Fingerprint of the account; a twin is never ordered from another account. */
  account: z.string().min(1),
  avatarGroupId: z.string().min(1),
  createdAt: InstantSchema,
  looks: z.array(LookSchema),
});
export type Twin = z.infer<typeof TwinSchema>;
