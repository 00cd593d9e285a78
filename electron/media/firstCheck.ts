/** The first check of a take: what its container, its packets and the level of its sound can tell. */
import type { Report, Shot } from '../../shared/domain/report.ts';
import { firstCheck } from '../../shared/quality/firstCheck.ts';
import { measureAudio } from './audioLevel.ts';
import type { MediaTools } from './locate.ts';
import { probe } from './probe.ts';

export interface FirstCheckOptions {
  readonly tools: MediaTools;
  readonly shot: Shot;
  /** Stands in the report. */
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Share of the progress that probing takes. */
const PROBING = 0.3;

/**
 * Probes the file, measures its sound and judges both. Seconds for a take of minutes: nothing but sound is decoded.
 * @throws StudioError FILE_… when the file is no video or is damaged, FFMPEG_MISSING; Cancelled
 */
export async function runFirstCheck(
  source: string,
  { tools, shot, now, signal, onProgress }: FirstCheckOptions,
): Promise<Report> {
  const media = await probe(source, { tools, signal });
  onProgress?.(PROBING);
  const audioLevel = await measureAudio(source, media, {
    tools,
    signal,
    onProgress: (share) => onProgress?.(PROBING + share * (1 - PROBING)),
  });
  onProgress?.(1);
  return firstCheck({ media, audioLevel, shot, now });
}
