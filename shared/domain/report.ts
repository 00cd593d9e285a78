import { z } from 'zod';
import { TimeRangeSchema } from '../quality/observations.ts';
import { MendedSchema, NOTHING_MENDED } from './edit.ts';
import { MediaInfoSchema } from './media.ts';

export const ShotSchema = z.enum(['head-and-shoulders', 'waist-up', 'full-body']);
export type Shot = z.infer<typeof ShotSchema>;

export const SeveritySchema = z.enum(['info', 'warn', 'fail']);
export type Severity = z.infer<typeof SeveritySchema>;

export const VerdictSchema = z.enum(['pass', 'warn', 'fail']);
export type Verdict = z.infer<typeof VerdictSchema>;

/** One thing the check has to say about a take. */
export const FindingSchema = z.object({
  /** Stable name, SCREAMING_SNAKE_CASE; its words are in the catalogue. */
  code: z.string(),
  severity: SeveritySchema,
  /** What is the matter, in plain words. */
  message: z.string(),
  /** What to do about it, in plain words. */
  remedy: z.string(),
  /** Where in the take, in order; empty when it concerns the whole of it. */
  places: z.array(TimeRangeSchema),
  /** The moment that shows it best; null where no moment does. */
  worstAtSeconds: z.number().nonnegative().nullable(),
  /** Figure that was measured, with its unit, for people. */
  measured: z.string().optional(),
  /** Figure that was wanted, with its unit, for people. */
  limit: z.string().optional(),
});
export type Finding = z.infer<typeof FindingSchema>;

/** One figure of the check against its limit. */
export const MeasureSchema = z.object({
  code: z.string(),
  group: z.enum(['file', 'person', 'light', 'sound']),
  label: z.string(),
  value: z.number().nullable(),
  /** The value with its unit, for people. */
  text: z.string(),
  limit: z.string(),
  state: z.enum(['pass', 'info', 'warn', 'fail', 'unknown']),
});
export type Measure = z.infer<typeof MeasureSchema>;

/**
 * The result of a check: of what a master would hold. `depth` says how much was measured: `provisional` only what the
 * stage saw while it recorded, or a picture that was not looked at the way up it is to be; until the complete check
 * replaces it.
 */
export const ReportSchema = z.object({
  schema: z.literal('twin-studio/report'),
  version: z.literal(2),
  depth: z.enum(['provisional', 'complete']),
  createdAt: z.iso.datetime(),
  shot: ShotSchema,
  /** The part of the take that was judged: all of it, or what is left when it is trimmed. */
  range: TimeRangeSchema,
  /** What was judged as if it had been mended already; reports of earlier versions are of the take as it is. */
  mended: MendedSchema.default(NOTHING_MENDED),
  verdict: VerdictSchema,
  findings: z.array(FindingSchema),
  measures: z.array(MeasureSchema),
  /** Of the source, whatever is mended. */
  media: MediaInfoSchema,
});
export type Report = z.infer<typeof ReportSchema>;

const SEVERITY_RANK = { fail: 0, warn: 1, info: 2 } as const satisfies Record<Severity, number>;

/** The worst of the findings: `pass` when nothing is above info. */
export function verdictOf(findings: readonly Pick<Finding, 'severity'>[]): Verdict {
  if (findings.some((finding) => finding.severity === 'fail')) return 'fail';
  if (findings.some((finding) => finding.severity === 'warn')) return 'warn';
  return 'pass';
}

/** Findings with the most severe first; the order within one severity is kept. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => SEVERITY_RANK[a.severity] - SEVERITY_RANK[b.severity]);
}
