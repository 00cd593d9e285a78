import { z } from 'zod';

/**
 * Identifies a take; also the name of its folder under `takes/`, so it is safe on every file system. An import's
 * follows from its content: the same content has the same id in every process.
 */
export const TakeIdSchema = z
  .string()
  .regex(/^tk_[0-9a-z]{10,40}$/)
  .brand<'TakeId'>();
export type TakeId = z.infer<typeof TakeIdSchema>;

/** Identifies an order; derived from the order's key, so the same order has the same id in every process. */
export const OrderIdSchema = z
  .string()
  .regex(/^or_[0-9a-f]{24}(-[0-9]{1,4})?$/)
  .brand<'OrderId'>();
export type OrderId = z.infer<typeof OrderIdSchema>;

/** Identifies a twin in the library; derived from trainer, account and the trainer's group id. */
export const TwinIdSchema = z
  .string()
  .regex(/^tw_[0-9a-f]{24}$/)
  .brand<'TwinId'>();
export type TwinId = z.infer<typeof TwinIdSchema>;

/** Lower-case hexadecimal SHA-256. */
export const Sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** UTC instant as written by `Date.prototype.toISOString`. */
export const InstantSchema = z.iso.datetime();
export type Instant = string;
