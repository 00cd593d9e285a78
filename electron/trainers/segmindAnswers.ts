import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { OrderedLook } from '../../shared/domain/order.ts';

/**
 * What Segmind's answers mean. The service's documentation leaves much open, so everything here is
 * tolerant, and each guess stands once, under its own name.
 */

const IdSchema = z.union([z.string().min(1), z.number()]).transform(String);

const TrainingFieldsSchema = z.object({
  avatar_id: IdSchema,
  avatar_group_id: IdSchema.nullish(),
  consent_status: z.string().nullish(),
});

/** Objects inside which a service may wrap its answer. */
const WRAPPERS = ['data', 'output', 'result'] as const;

/** The object itself and those it may wrap, the outermost first. */
function layersOf(json: unknown): readonly Record<string, unknown>[] {
  const outer = Array.isArray(json) ? json[0] : json;
  if (typeof outer !== 'object' || outer === null) return [];
  const record = outer as Record<string, unknown>;
  const inner = WRAPPERS.map((name) => record[name]).filter(
    (value): value is Record<string, unknown> =>
      typeof value === 'object' && value !== null && !Array.isArray(value),
  );
  return [record, ...inner];
}

/** Parses JSON; `undefined` when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * The look in the answer to a training request, null when it cannot be made out.
 * @param askedGroupId the twin the look was ordered for; an answer need not repeat it.
 */
export function readOrderedLook(json: unknown, askedGroupId: string | null): OrderedLook | null {
  for (const layer of layersOf(json)) {
    const parsed = TrainingFieldsSchema.safeParse(layer);
    if (!parsed.success) continue;
    const avatarGroupId = parsed.data.avatar_group_id ?? askedGroupId;
    if (avatarGroupId === null) return null;
    return {
      avatarId: parsed.data.avatar_id,
      avatarGroupId,
      consentStatus: parsed.data.consent_status ?? 'unknown',
    };
  }
  return null;
}

/** The avatar's id, where an answer names at least that; helps a person to find it in the dashboard. */
export function readAvatarId(json: unknown): string | null {
  for (const layer of layersOf(json)) {
    const parsed = IdSchema.safeParse(layer.avatar_id);
    if (parsed.success) return parsed.data;
  }
  return null;
}

/** US dollars left, from `GET /v1/get-user-credits`. `undefined` when the answer does not say. */
export function readCredits(json: unknown): number | undefined {
  const schema = z.object({ credits: z.coerce.number() });
  for (const layer of layersOf(json)) {
    if (layer.credits === null || layer.credits === undefined) continue;
    const parsed = schema.safeParse(layer);
    if (parsed.success && Number.isFinite(parsed.data.credits)) return parsed.data.credits;
  }
  return undefined;
}

/** Fields that may hold the address of a finished video. */
const VIDEO_FIELDS = ['video_url', 'url', 'output_url', 'video', 'output', 'result', 'file'] as const;

/** The address of the finished video in a JSON answer, null when there is none. */
export function readVideoUrl(json: unknown): URL | null {
  for (const layer of layersOf(json)) {
    for (const field of VIDEO_FIELDS) {
      const value: unknown = Array.isArray(layer[field]) ? (layer[field] as unknown[])[0] : layer[field];
      if (typeof value !== 'string' || !/^https?:\/\//i.test(value)) continue;
      try {
        return new URL(value);
      } catch {
        // Not this field, then.
      }
    }
  }
  return null;
}

const LONGEST_REASON = 300;

/** The service's own words about an error, null when the answer holds none that could be read. */
export function readReason(json: unknown): string | null {
  if (typeof json !== 'object' || json === null) return null;
  const { error, message, detail } = json as Record<string, unknown>;
  const words = [error, message, detail].map(wordsOf).find((text) => text !== '');
  return words === undefined ? null : words.slice(0, LONGEST_REASON);
}

function wordsOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  if (Array.isArray(value)) return value.map(wordsOf).filter(Boolean).join('; ');
  if (typeof value !== 'object' || value === null) return '';
  const { message, msg, detail, loc } = value as Record<string, unknown>;
  const words = wordsOf(message ?? msg ?? detail);
  const where = Array.isArray(loc) ? loc.filter((part) => part !== 'body').join('.') : '';
  return where === '' ? words : `${where}: ${words}`;
}

/** One header's value; the first where it was sent several times. */
export function headerOf(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** A cost over this many times the list price is taken for another unit or a mistake. */
const SANE_COST_FACTOR = 10;

/**
 * What a success cost, in US dollars: `x-cost` where it can be believed, else the list price, so that
 * the ledger rather says too much than too little.
 */
export function readCostUsd(headers: IncomingHttpHeaders, listUsd: number): number {
  const cost = Number(headerOf(headers, 'x-cost') ?? Number.NaN);
  return Number.isFinite(cost) && cost > 0 && cost <= listUsd * SANE_COST_FACTOR ? cost : listUsd;
}

/** When requests are taken again, as an ISO instant; null when the answer does not say. */
export function readResetAt(headers: IncomingHttpHeaders, now: Date): string | null {
  const resetAt = headerOf(headers, 'x-rate-limit-reset-at-utc');
  if (resetAt !== null) {
    const seconds = Number(resetAt);
    const naive = /^\d{4}-\d\d-\d\d[T ][\d:.]+$/.test(resetAt);
    const at = Number.isFinite(seconds)
      ? new Date(seconds < 1e11 ? seconds * 1000 : seconds)
      : new Date(naive ? `${resetAt.replace(' ', 'T')}Z` : resetAt);
    if (!Number.isNaN(at.getTime())) return at.toISOString();
  }
  const afterSeconds = Number(headerOf(headers, 'retry-after') ?? Number.NaN);
  return Number.isFinite(afterSeconds) ? new Date(now.getTime() + afterSeconds * 1000).toISOString() : null;
}
