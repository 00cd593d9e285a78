import { basename, extname, resolve } from 'node:path';
import type { MediaInfo } from '../../shared/domain/media.ts';
import type { Finding, Shot } from '../../shared/domain/report.ts';
import type { Take } from '../../shared/domain/take.ts';
import { EXIT, StudioError } from '../../shared/errors.ts';
import { judgeTake } from '../../shared/quality/judgeTake.ts';
import { LIMITS } from '../../shared/quality/limits.ts';
import { findingOf } from '../../shared/quality/measures.ts';
import type { Observations } from '../../shared/quality/observations.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { lengthText } from '../../shared/words/figures.ts';
import type { FindingCode } from '../../shared/words/findings.ts';
import { locateTools, type MediaTools } from '../media/locate.ts';
import { frameTimesOf } from '../media/measure/frameTimes.ts';
import { measureTake } from '../media/measure/measureTake.ts';
import { prepareMaster } from '../media/prepare.ts';
import { type PacketTimes, probe, probeWithFrames } from '../media/probe.ts';
import { planMaster, recipeOf } from '../media/recipe.ts';
import { Activities } from '../pipeline/activities.ts';
import { requireSource } from '../pipeline/prepareStage.ts';
import { syncOf } from '../studio/syncOf.ts';
import { takeIdIn } from './checkSubject.ts';
import { requireFreePlace } from './freePlace.ts';
import {
  cuts,
  measuredPlan,
  needsMeasuring,
  type PrepareOptions,
  type PreparePlan,
  type PrepareWish,
  plainPlan,
  prepareWishOf,
  takenLines,
} from './prepareWish.ts';
import type { CommandEnd, Session } from './session.ts';

/**
 * Makes a master from a file or a take's source, beside the library. Nothing that exists is overwritten. What somebody
 * chose for the take stays out of it: only what is asked for here is done.
 */
export async function prepareCommand(
  session: Session,
  file: string,
  options: PrepareOptions,
): Promise<CommandEnd> {
  const { output, signal } = session;
  const wish = prepareWishOf(options);
  const { out } = wish;
  if (extname(out).toLowerCase() !== '.mp4')
    throw new StudioError('USAGE', { reason: cliWords.usage.notMp4(out) });
  const target = resolve(out);
  await requireFreePlace(target);
  const tools = await locateTools();
  const subject = await subjectOf(session, file);
  const { source } = subject;
  const quiet = await session.quietTime();
  await quiet.pass(signal);
  const activities = new Activities((list) => output.activities(list));
  const { media, edit, mended, leftOut, refused } = await planOf(session, wish, subject, tools, activities);
  for (const sentence of mended) output.print(cliWords.mended(sentence));
  for (const sentence of leftOut) output.print(cliWords.notMended(sentence));
  for (const { message } of refused) output.print(cliWords.wouldBeRefused(message));
  const master = await activities.run({ kind: 'prepare', label: subject.label }, signal, (activity) =>
    prepareMaster(source, media, planMaster(media, edit), target, {
      tools,
      replaces: false,
      signal: activity.signal,
      onProgress: activity.progress,
    }),
  );
  const { plan } = master;
  const videoCopied = plan.video.action === 'copy';
  const audioCopied = plan.audio.action === 'copy';
  output.print(cliWords.prepared(target, plan.video.action, plan.audio.action));
  for (const sentence of takenLines(wish, master.taken, media.durationSeconds, videoCopied))
    output.print(sentence);
  const ofAnyFile = refusalsOf(master.media);
  for (const { message } of ofAnyFile) output.print(message);
  return {
    exit: EXIT.OK,
    fields: {
      status: 'prepared',
      file,
      master: target,
      recipe: recipeOf(plan),
      taken: master.taken,
      refusedFor: [...refused, ...ofAnyFile].map(({ code, message }) => ({ code, message })),
      videoCopied,
      audioCopied,
      sizeBytes: master.sizeBytes,
      sha256: master.sha256,
      media: master.media,
    },
  };
}

/** Why a trainer refuses a file, whoever is seen in it: the figure that is wrong, or null where it is not. */
const REFUSES_ANY_FILE: readonly {
  readonly code: FindingCode;
  readonly wrong: (media: MediaInfo) => string | null;
}[] = [
  { code: 'AUDIO_MISSING', wrong: ({ audio }) => (audio === null ? '' : null) },
  {
    code: 'RESOLUTION_TOO_LOW',
    wrong: ({ video }) => {
      const { displayWidth = 0, displayHeight = 0 } = video ?? {};
      const isLow = Math.min(displayWidth, displayHeight) < LIMITS.smallestShortSide.value;
      return isLow ? `${displayWidth} × ${displayHeight}` : null;
    },
  },
  {
    code: 'DURATION_TOO_SHORT',
    wrong: ({ durationSeconds }) =>
      durationSeconds < LIMITS.shortestSeconds.value ? lengthText(durationSeconds) : null,
  },
  {
    code: 'DURATION_TOO_LONG',
    wrong: ({ durationSeconds }) =>
      durationSeconds > LIMITS.longestSeconds.value ? lengthText(durationSeconds) : null,
  },
];

/** What a trainer would say of this master. The file is made all the same: it is its owner's. */
function refusalsOf(media: MediaInfo): readonly Finding[] {
  return REFUSES_ANY_FILE.flatMap(({ code, wrong }) => {
    const measured = wrong(media);
    return measured === null ? [] : [findingOf(code, 'fail', { measured })];
  });
}

const NO_TIMES: PacketTimes = { all: [], keys: [], entries: [] };

/** What a master is made from. */
interface Subject {
  readonly source: string;
  readonly label: string;
  readonly shot: Shot;
  /** Null for a file that is no take of the library. */
  readonly take: Take | null;
}

/** @throws StudioError TAKE_NOT_FOUND, SOURCE_MISSING, SOURCE_CHANGED, LIBRARY_UNREADABLE */
async function subjectOf(session: Session, named: string): Promise<Subject> {
  const takeId = await takeIdIn(named);
  if (takeId === null) {
    const { shot } = session.settings.get();
    return { source: resolve(named), label: basename(named), shot, take: null };
  }
  const { context } = await session.engine();
  const take = await context.library.takes.read(takeId);
  return { source: await requireSource(context, take), label: take.name, shot: take.shot, take };
}

/** What the file holds, and what is to be done to it; measured only where a mend needs its figures. */
async function planOf(
  session: Session,
  wish: PrepareWish,
  subject: Subject,
  tools: MediaTools,
  activities: Activities,
): Promise<PreparePlan & { readonly media: MediaInfo; readonly refused: readonly Finding[] }> {
  const { signal } = session;
  const { source, shot, take } = subject;
  if (!needsMeasuring(wish)) {
    // Reading all of a very large file is for those who cut it.
    const { media, times } = cuts(wish)
      ? await probeWithFrames(source, { tools, signal })
      : { media: await probe(source, { tools, signal }), times: NO_TIMES };
    const frameTimes = frameTimesOf(times.all, times.keys);
    const timed = { media, frameTimes, durationSeconds: media.durationSeconds };
    return { media, refused: [], ...plainPlan(wish, timed) };
  }
  const observations = await observationsOf(session, wish, subject, tools, activities);
  const plan = measuredPlan(wish, observations);
  // It was looked at anyway: that it would be refused is no surprise for later. What any file is refused for is said below.
  const origin = take?.origin ?? 'imported';
  const { findings } = judgeTake(observations, { shot, origin, edit: plan.edit, now: new Date() });
  const refused = findings.filter(
    ({ code, severity }) => severity === 'fail' && !REFUSES_ANY_FILE.some((refusal) => refusal.code === code),
  );
  return { media: observations.media, refused, ...plan };
}

async function observationsOf(
  session: Session,
  { mends }: PrepareWish,
  { source, label, shot, take }: Subject,
  tools: MediaTools,
  activities: Activities,
): Promise<Observations> {
  const quiet = await session.quietTime();
  const seen = await activities.run({ kind: 'check', label }, session.signal, (activity) =>
    measureTake(source, {
      tools,
      shot,
      turn: mends.turn,
      signal: activity.signal,
      onProgress: activity.progress,
      mayGoOn: () => quiet.pass(activity.signal),
    }),
  );
  return take === null ? seen : { ...seen, sync: syncOf(take, seen.media) };
}
