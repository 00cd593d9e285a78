/** The report of what a master of a take would hold, from what was observed. Pure: the same observations give the same. */
import { type Edit, editsPicture, editsSound, type Mended } from '../domain/edit.ts';
import { type Finding, type Report, type Shot, sortFindings, verdictOf } from '../domain/report.ts';
import type { Take } from '../domain/take.ts';
import { percent } from '../words/figures.ts';
import { checkWords, FINDING_CODES } from '../words/findings.ts';
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
import { mendedObservations } from './mended.ts';
import type { Observations } from './observations.ts';
import { type Part, partOf } from './part.ts';

export interface JudgeOptions {
  readonly shot: Shot;
  /** A file is judged as one that was imported. */
  readonly origin: Take['origin'];
  /** What the master is made with: the part that is judged, and what is mended of it. */
  readonly edit: Edit;
  /** Stands in the report. */
  readonly now: Date;
}

/**
 * Judges every measure of quality that can be taken of the part, as it will be once it is mended. Milliseconds; nothing
 * is decoded.
 */
export function judgeTake(observations: Observations, { shot, origin, edit, now }: JudgeOptions): Report {
  const { cut, ...mended } = edit;
  const part = partOf(mendedObservations(observations, mended), { shot, origin }, cut);
  const course = courseOf(part);
  const judgements = [
    ...measuresOfFile(part),
    ...measuresOfPicture(part),
    ...measuresOfPerson(part, course),
    ...measuresOfLight(course),
    ...measuresOfSound(part),
    ...measuresOfSync(part),
  ];
  const findings = inOrder([
    ...judgements.flatMap((judgement) => judgement.findings),
    ...formatFacts(part),
    ...mendedFact(mended),
  ]);
  return {
    schema: 'twin-studio/report',
    version: 2,
    depth: isComplete(observations, mended) ? 'complete' : 'provisional',
    createdAt: now.toISOString(),
    shot,
    range: part.range,
    mended,
    verdict: verdictOf(findings),
    findings,
    measures: judgements.map(({ measure }) => measure),
    media: observations.media,
  };
}

/** Whether the check has gone through the file, with its picture the way up that it will be. */
export function isComplete({ source, turn }: Observations, mended: Pick<Mended, 'turn'>): boolean {
  return source === 'check' && turn === mended.turn;
}

/** So that nobody takes these figures for those of the source. */
function mendedFact(mended: Mended): Finding[] {
  if (!editsPicture(mended) && !editsSound(mended)) return [];
  return [findingOf('MENDED', 'info', { measured: checkWords.mended(mended) })];
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
