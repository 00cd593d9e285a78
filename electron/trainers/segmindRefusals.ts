import type { IncomingHttpHeaders } from 'node:http';
import { type ErrorCode, type ErrorDetails, StudioError } from '../../shared/errors.ts';
import { maskSecrets } from '../network/maskSecrets.ts';
import { headerOf, parseJson, readReason, readResetAt } from './segmindAnswers.ts';
import type { SegmindStep } from './segmindFacts.ts';

export interface Refusal {
  readonly step: SegmindStep;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Empty when it could not be read. */
  readonly body: string;
  readonly secrets: readonly string[];
  readonly now: Date;
}

/** "Footage is too short or too long", which is also said of footage of a wrong type. */
const FOOTAGE = /too (short|long)/i;
const CREDITS = /insufficient|not enough|no (more )?credits|out of credits|top up|low balance/i;
const TEAM_LIMIT = /\bteam\b.*\b(limit|quota)|\b(limit|quota)\b.*\bteam\b/i;
/** Only within a 406, whose only limit is the team's. */
const LIMIT = /\bteam\b|\blimit|\bquota/i;
const CONTENT_TYPE = /content[- ]?type|mime|media type|video\/mp4|\bmp4\b|file type/i;
const CANNOT_FETCH =
  /(could ?n[o']t|can ?n[o']t|cannot|fail(ed)? to|unable to|error)\b.{0,30}\b(fetch|download|access|retrieve|reach|open|load)|(fetch|download)\w* (failed|error)|(url|address)\b.{0,20}\b(unreachable|inaccessible|not accessible|not reachable)/i;
const AUDIO = /audio|sound|voice|speech/i;
const TIMED_OUT = /timed? ?out/i;
const AVATAR = /avatar|look\b|twin\b/i;
const NOT_YET =
  /not (yet )?(ready|found|available|exist|complete|trained)|does ?n[o']t exist|process|training|pending|progress|consent/i;
const OUR_OTHER_PARAMETERS = /audio|aspect|resolution|api[- _]?key/i;

/** Gateways gave up waiting for what stands behind them, where the work may be done all the same. */
const LOST_STATUSES: ReadonlySet<number> = new Set([
  408, 499, 502, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530,
]);
/** The request belongs elsewhere and was not worked on here. */
const MOVED_STATUSES: ReadonlySet<number> = new Set([301, 302, 307, 308]);

/**
 * What an answer other than 2xx means. `not-ready` only for first words.
 * Nothing was charged, except for TRAINER_ANSWER_LOST and TRAINER_ANSWER_UNREADABLE, after which that is open.
 */
export function judgeRefusal(refusal: Refusal): StudioError | 'not-ready' {
  const json = parseJson(refusal.body);
  const reason = readReason(json);
  const verdict = judge(refusal, reason, reason !== null);
  if (verdict === 'not-ready') return verdict;

  const requestId = headerOf(refusal.headers, 'x-request-id');
  const resetAt = verdict === 'TRAINER_BUSY' ? readResetAt(refusal.headers, refusal.now) : null;
  const details: ErrorDetails = {
    status: refusal.status,
    ...(reason === null ? {} : { reason: maskSecrets(reason, refusal.secrets) }),
    ...(requestId === null ? {} : { requestId: maskSecrets(requestId, refusal.secrets).slice(0, 100) }),
    ...(resetAt === null ? {} : { resetAt }),
  };
  return new StudioError(verdict, details);
}

function judge({ step, status }: Refusal, reason: string | null, readable: boolean): ErrorCode | 'not-ready' {
  const paid = step !== 'credits';
  if (LOST_STATUSES.has(status)) return paid ? 'TRAINER_ANSWER_LOST' : 'TRAINER_FAILED';
  if (MOVED_STATUSES.has(status)) return 'TRAINER_UNKNOWN_MODEL';
  if (status < 400 || (status >= 500 && !readable))
    return paid ? 'TRAINER_ANSWER_UNREADABLE' : 'TRAINER_FAILED';

  const words = reason ?? '';
  if (status === 401) return 'TRAINER_KEY_WRONG';
  if (status === 402 || CREDITS.test(words)) return 'TRAINER_NO_CREDITS';
  // First words send no footage: what is too short then is the sound.
  if (FOOTAGE.test(words) && !(step === 'first-words' && AUDIO.test(words))) return 'TRAINER_REFUSED_FOOTAGE';
  if (TEAM_LIMIT.test(words) || (status === 406 && LIMIT.test(words))) return 'TRAINER_TEAM_LIMIT';
  if (status === 429) return 'TRAINER_BUSY';
  if (status === 406 && CONTENT_TYPE.test(words)) return 'TRAINER_WRONG_CONTENT_TYPE';
  if (CANNOT_FETCH.test(words)) return 'TRAINER_CANNOT_FETCH';
  if (status === 403 && !NOT_YET.test(words)) return 'TRAINER_FORBIDDEN';
  if (step === 'first-words' && readable && meansNotReady(status, words)) return 'not-ready';
  if (status >= 500 && paid && TIMED_OUT.test(words)) return 'TRAINER_ANSWER_LOST';
  if (status === 403) return 'TRAINER_FORBIDDEN';
  if (status === 405 || status === 410) return 'TRAINER_UNKNOWN_MODEL';
  if (status === 404) return AVATAR.test(words) ? 'TRAINER_REFUSED_REQUEST' : 'TRAINER_UNKNOWN_MODEL';
  return status >= 500 ? 'TRAINER_FAILED' : 'TRAINER_REFUSED_REQUEST';
}

/**
 * True when an error of first words means "still training". No answer of the service is documented for
 * that, so every readable error counts as long as it names neither the model nor something else that is
 * wrong with our request; the watch gives up after a day. What concerns key, credits, limits, footage and
 * fetching has been told apart before.
 */
function meansNotReady(status: number, words: string): boolean {
  if (status >= 500 && TIMED_OUT.test(words)) return false;
  if (AVATAR.test(words) && NOT_YET.test(words)) return true;
  if (status === 405 || status === 410) return false;
  if (status === 404) return NOT_YET.test(words) && !/model|route|path|endpoint/i.test(words);
  return !OUR_OTHER_PARAMETERS.test(words);
}
