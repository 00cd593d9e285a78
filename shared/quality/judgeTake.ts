/** The report of a take, or of a part of it, from what was observed. Pure: the same observations give the same report. */
import { type Finding, type Report, type Shot, sortFindings, verdictOf } from '../domain/report.ts';
import { percent } from '../words/figures.ts';
import { FINDING_CODES } from '../words/findings.ts';
import { conversions } from './conversions.ts';
import { courseOf } from './course.ts';
import { LIMITS } from './limits.ts';
import { findingOf } from './measures.ts';
import { measuresOfFile } from './measuresFile.ts';
import { measuresOfLight } from './measuresLight.ts';
import { measuresOfPerson } from './measuresPerson.ts';
import { measuresOfPicture } from './measuresPicture.ts';
import { measuresOfSound } from './measuresSound.ts';
import { measuresOfSync } from './measuresSync.ts';
import type { Observations, TimeRange } from './observations.ts';
import { type Part, partOf } from './part.ts';

export interface JudgeOptions {
  readonly shot: Shot;
  /** The part that is judged, seconds of the take; null for all of it. */
  readonly range: TimeRange | null;
  /** Stands in the report. */
  readonly now: Date;
}

/** Judges every measure of quality that can be taken of the part. Milliseconds; nothing is decoded. */
export function judgeTake(observations: Observations, { shot, range, now }: JudgeOptions): Report {
  const part = partOf(observations, shot, range);
  const course = courseOf(part);
  const judgements = [
    ...measuresOfFile(part),
    ...measuresOfPicture(part),
    ...measuresOfPerson(part, course),
    ...measuresOfLight(course),
    ...measuresOfSound(part),
    ...measuresOfSync(part),
  ];
  const findings = inOrder([...judgements.flatMap((judgement) => judgement.findings), ...formatFacts(part)]);
  return {
    schema: 'twin-studio/report',
    version: 2,
    depth: observations.source === 'check' ? 'complete' : 'provisional',
    createdAt: now.toISOString(),
    shot,
    range: part.range,
    verdict: verdictOf(findings),
    findings,
    measures: judgements.map(({ measure }) => measure),
    media: observations.media,
  };
}

/** What preparing changes by itself, and what it can. */
function formatFacts({ observations: { media, interlacedShare, letterbox } }: Part): Finding[] {
  const facts = conversions(media);
  const looksInterlaced = (interlacedShare ?? 0) > LIMITS.interlacedFrames.value;
  return [
    ...facts.map(({ code, measured }) => findingOf(code, 'info', { measured })),
    ...(looksInterlaced && !facts.some(({ code }) => code === 'INTERLACED')
      ? [findingOf('INTERLACED', 'info', {})]
      : []),
    ...(letterbox === null
      ? []
      : [findingOf('LETTERBOX', 'info', { measured: percent(letterbox.width * letterbox.height) })]),
  ];
}

/** The most severe first, and of the same severity the most important. */
function inOrder(findings: readonly Finding[]): Finding[] {
  const rank = ({ code }: Finding) => FINDING_CODES.indexOf(code);
  return sortFindings([...findings].sort((one, other) => rank(one) - rank(other)));
}
