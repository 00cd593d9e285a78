/** What `prepare` is asked to keep and to mend, out of what was typed. */
import { type Edit, NO_EDIT } from '../../shared/domain/edit.ts';
import { type Mends, NO_MENDS, type Trim } from '../../shared/domain/review.ts';
import { StudioError } from '../../shared/errors.ts';
import { cutOnly, editOf } from '../../shared/quality/edit.ts';
import { mendsOffered } from '../../shared/quality/mends.ts';
import type { Observations, TimeRange } from '../../shared/quality/observations.ts';
import { mendLines } from '../../shared/words/appMends.ts';
import { cliWords } from '../../shared/words/cli.ts';

export interface PrepareOptions {
  readonly out: string;
  readonly from?: string;
  readonly to?: string;
  readonly exact?: boolean;
  readonly mend?: string;
}

export interface PrepareWish {
  readonly out: string;
  /** Null keeps that end of the take. */
  readonly fromSeconds: number | null;
  readonly toSeconds: number | null;
  readonly exact: boolean;
  readonly mends: Mends;
}

const CHOICES = {
  loudness: { loudness: true },
  noise: { noise: true },
  letterbox: { letterbox: true },
  exposure: { exposure: true },
  turn90: { turn: 90 },
  turn180: { turn: 180 },
  turn270: { turn: 270 },
} as const satisfies Record<string, Partial<Mends>>;

/** @throws StudioError USAGE */
export function prepareWishOf({ out, from, to, exact, mend }: PrepareOptions): PrepareWish {
  const fromSeconds = from === undefined ? null : secondsOf('--from', from);
  const toSeconds = to === undefined ? null : secondsOf('--to', to);
  if (toSeconds !== null && toSeconds <= (fromSeconds ?? 0))
    throw new StudioError('USAGE', { reason: cliWords.usage.endsBeforeStart });
  let mends = NO_MENDS;
  let turns = 0;
  for (const name of (mend ?? '').split(',').map((one) => one.trim())) {
    if (name === '') continue;
    if (!isChoice(name)) {
      const reason = cliWords.usage.notAMend(name, Object.keys(CHOICES));
      throw new StudioError('USAGE', { reason });
    }
    mends = { ...mends, ...CHOICES[name] };
    if ('turn' in CHOICES[name]) turns += 1;
  }
  if (turns > 1) throw new StudioError('USAGE', { reason: cliWords.usage.oneTurn });
  return { out, fromSeconds, toSeconds, exact: exact === true, mends };
}

const isChoice = (name: string): name is keyof typeof CHOICES => Object.hasOwn(CHOICES, name);

/** "72.5", "1:12.5" or "0:01:12.5". */
function secondsOf(option: string, text: string): number {
  if (!/^(?:\d+:){0,2}\d+(?:\.\d+)?$/.test(text))
    throw new StudioError('USAGE', { reason: cliWords.usage.notATime(option, text) });
  return text.split(':').reduce((seconds, part) => seconds * 60 + Number(part), 0);
}

/** True where the figures of a mend have to be measured first. */
export function needsMeasuring({ mends }: PrepareWish): boolean {
  return mends.loudness || mends.noise || mends.letterbox || mends.exposure;
}

/** True where only a part is kept, so that it has to be known where the picture can be cut. */
export function cuts({ fromSeconds, toSeconds }: PrepareWish): boolean {
  return fromSeconds !== null || toSeconds !== null;
}

/** What lies so close to where it was asked for lies there, seconds. */
const WITHIN_A_FRAME_SECONDS = 0.05;

/**
 * Which part was taken, and why it is another one than was asked for.
 * @param isCopied whether the picture is that of the source: then it can only begin and end at some of its frames
 */
export function takenLines(
  { fromSeconds, toSeconds }: PrepareWish,
  taken: TimeRange | null,
  durationSeconds: number,
  isCopied: boolean,
): readonly string[] {
  const lines: string[] = [];
  const isBeyondEnd = toSeconds !== null && toSeconds > durationSeconds + WITHIN_A_FRAME_SECONDS;
  if (isBeyondEnd) lines.push(cliWords.takenToEnd(durationSeconds));
  // Where nothing could be cut off, all of it was taken.
  const { startSeconds, endSeconds } = taken ?? { startSeconds: 0, endSeconds: durationSeconds };
  if (taken !== null) lines.push(cliWords.taken(startSeconds, endSeconds));
  if (!isCopied) return lines;
  if (fromSeconds !== null && startSeconds < fromSeconds - WITHIN_A_FRAME_SECONDS)
    lines.push(
      startSeconds < WITHIN_A_FRAME_SECONDS
        ? cliWords.takenFromStart(fromSeconds)
        : cliWords.takenEarlier(fromSeconds),
    );
  if (toSeconds !== null && endSeconds > toSeconds + WITHIN_A_FRAME_SECONDS)
    lines.push(cliWords.takenLater(toSeconds));
  return lines;
}

type Timed = Pick<Observations, 'media' | 'frameTimes' | 'durationSeconds'>;

function trimOf(wish: PrepareWish, { durationSeconds }: Timed): Trim | null {
  if (!cuts(wish)) return null;
  const { fromSeconds, toSeconds, exact } = wish;
  const startSeconds = fromSeconds ?? 0;
  const endSeconds = Math.min(toSeconds ?? durationSeconds, durationSeconds);
  if (startSeconds >= endSeconds)
    throw new StudioError('USAGE', { reason: cliWords.usage.startsAfterEnd(durationSeconds) });
  return { startSeconds, endSeconds, exact };
}

/** What is to be done to a file, and a sentence for each mend that was asked for: what it does, or why nothing. */
export interface PreparePlan {
  readonly edit: Edit;
  readonly mended: readonly string[];
  readonly leftOut: readonly string[];
}

const turnLines = ({ turn }: Mends): readonly string[] => (turn === 0 ? [] : [cliWords.turned[turn]]);

/** For a wish that needs no measuring. @throws StudioError USAGE where it begins after the end */
export function plainPlan(wish: PrepareWish, timed: Timed): PreparePlan {
  const trim = trimOf(wish, timed);
  const { mends } = wish;
  const { turn } = mends;
  // Turned, it is encoded anew in any case, and so cut at the very frame.
  const cut = trim === null ? null : cutOnly(timed, { ...trim, exact: trim.exact || turn !== 0 }).cut;
  return { edit: { ...NO_EDIT, turn, cut }, mended: turnLines(mends), leftOut: [] };
}

/** For a wish whose mends go by what was measured. @throws StudioError USAGE where it begins after the end */
export function measuredPlan(wish: PrepareWish, observations: Observations): PreparePlan {
  const trim = trimOf(wish, observations);
  const offered = mendsOffered(observations, trim);
  const { mends } = wish;
  const asked = [
    ...(mends.loudness ? [{ ...offered.loudness, line: mendLines.loudness(offered.loudness) }] : []),
    ...(mends.noise ? [{ ...offered.noise, line: mendLines.noise(offered.noise) }] : []),
    ...(mends.letterbox ? [{ ...offered.letterbox, line: mendLines.letterbox(offered.letterbox) }] : []),
    ...(mends.exposure ? [{ ...offered.exposure, line: mendLines.exposure(offered.exposure) }] : []),
  ];
  const linesOf = (done: boolean) => asked.filter((one) => one.offered === done).map(({ line }) => line);
  return {
    edit: editOf(observations, { trim, mends }),
    mended: [...turnLines(mends), ...linesOf(true)],
    leftOut: linesOf(false),
  };
}
