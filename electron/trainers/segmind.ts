import { createHash } from 'node:crypto';
import type { Price } from '../../shared/domain/order.ts';
import { Cancelled, StudioError } from '../../shared/errors.ts';
import {
  type HttpAnswer,
  type HttpRequest,
  RequestFailure,
  readText,
  sendRequest,
} from '../network/httpRequest.ts';
import { maskSecrets } from '../network/maskSecrets.ts';
import { findPublicHost, isLoopbackUrl, type Resolve, resolveBySystem } from '../network/publicAddress.ts';
import { receiveFirstWords } from './receiveFirstWords.ts';
import {
  headerOf,
  parseJson,
  readAvatarId,
  readCostUsd,
  readCredits,
  readOrderedLook,
  readReason,
} from './segmindAnswers.ts';
import {
  FIRST_WORDS_RESOLUTION,
  MOST_TEXT_BYTES,
  PATHS,
  SEGMIND_BASE_URL,
  SEGMIND_PRICE,
  type SegmindStep,
  type SegmindTimeouts,
  TIMEOUTS,
} from './segmindFacts.ts';
import { judgeRefusal } from './segmindRefusals.ts';
import type {
  FirstWordsAnswer,
  FirstWordsRequest,
  Trainer,
  TrainingAnswer,
  TrainingRequest,
} from './trainer.ts';
import { NotAVideo, VideoFile } from './videoFile.ts';

/** One request, for the log. Holds no key, no body and no address but the path. */
export interface TrainerLogLine {
  readonly step: SegmindStep;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Null when no answer came. */
  readonly status: number | null;
  readonly requestId: string | null;
  readonly durationMs: number;
  readonly failure: string | null;
}

export interface SegmindOptions {
  readonly apiKey: string;
  /** Another address of the same service; empty for its own. */
  readonly baseUrl?: string;
  readonly price?: Price;
  readonly onLog?: (line: TrainerLogLine) => void;
  readonly timeouts?: Partial<SegmindTimeouts>;
  readonly resolve?: Resolve;
}

/** HeyGen's avatars through Segmind. */
export class SegmindTrainer implements Trainer {
  readonly kind = 'segmind';
  readonly reach: Trainer['reach'];
  readonly price: Price;
  readonly #apiKey: string;
  readonly #base: URL;
  readonly #timeouts: SegmindTimeouts;
  readonly #resolve: Resolve;
  readonly #onLog: (line: TrainerLogLine) => void;

  /**
   * @throws StudioError `TRAINER_NOT_CONFIGURED` without a usable key, `SETTINGS_INVALID` for an address
   *   that is none or over which the key would travel in clear text.
   */
  constructor(options: SegmindOptions) {
    this.#apiKey = options.apiKey.trim();
    if (!/^[\x21-\x7e]+$/.test(this.#apiKey)) throw new StudioError('TRAINER_NOT_CONFIGURED');
    this.#base = parseBaseUrl(options.baseUrl || SEGMIND_BASE_URL);
    this.reach = isLoopbackUrl(this.#base) ? 'this-machine' : 'public';
    this.price = options.price ?? SEGMIND_PRICE;
    this.#timeouts = { ...TIMEOUTS, ...options.timeouts };
    this.#resolve = options.resolve ?? resolveBySystem;
    this.#onLog = options.onLog ?? (() => undefined);
  }

  accountFingerprint(): string {
    // The key is long and random, so that its hash cannot be tried out; the constant keeps it from being
    // compared with hashes made elsewhere.
    const text = ['twin-studio account', this.#base.host, this.#apiKey].join('\n');
    return createHash('sha256').update(text).digest('hex').slice(0, 16);
  }

  async credits(signal: AbortSignal): Promise<number | null> {
    try {
      const answer = await this.#send('credits', undefined, signal);
      const body = await readText(answer, MOST_TEXT_BYTES);
      if (answer.status >= 300) throw this.#refusal('credits', answer, body);
      const json = parseJson(body);
      if (json === undefined) throw new StudioError('TRAINER_FAILED', { status: answer.status });
      return readCredits(json) ?? null;
    } catch (error) {
      if (signal.aborted) throw new Cancelled();
      if (!(error instanceof RequestFailure)) throw error;
      throw new StudioError('TRAINER_UNREACHABLE', { reason: error.reason }, { cause: error });
    }
  }

  /** The service has no way to ask. */
  async knowsTwin(): Promise<null> {
    return null;
  }

  async train(request: TrainingRequest): Promise<TrainingAnswer> {
    await this.#requireFetchable(request.videoUrl);
    const body = {
      name: request.name,
      video_url: request.videoUrl,
      ...(request.avatarGroupId === null ? {} : { avatar_group_id: request.avatarGroupId }),
      ...(request.consentUrl === null ? {} : { consent_reroute_url: request.consentUrl }),
    };
    return this.#pay('training', body, async (answer) => {
      if (!isSuccess(answer)) throw await this.#readRefusal('training', answer);
      const json = parseJson(await readText(answer, MOST_TEXT_BYTES));
      const look = readOrderedLook(json, request.avatarGroupId);
      if (look === null) throw this.#unreadable(answer, json);
      const usd = readCostUsd(answer.headers, this.price.trainingUsd);
      return { look, usd, requestId: this.#requestIdOf(answer) };
    });
  }

  async firstWords(request: FirstWordsRequest): Promise<FirstWordsAnswer> {
    await this.#requireFetchable(request.audioUrl);
    const body = {
      avatar_id: request.avatarId,
      audio_url: request.audioUrl,
      resolution: FIRST_WORDS_RESOLUTION,
      aspect_ratio: request.aspectRatio,
    };
    const file = await VideoFile.openBeside(request.saveTo);
    try {
      return await this.#pay('first-words', body, async (answer) => {
        if (!isSuccess(answer)) {
          const refusal = await this.#readRefusal('first-words', answer);
          if (refusal === 'not-ready') return { kind: 'not-ready' };
          throw refusal;
        }
        const json = await receiveFirstWords(answer, file, {
          resolve: this.reach === 'public' ? this.#resolve : null,
          timeoutMs: this.#timeouts['first-words'],
        });
        if (json !== null) throw this.#unreadable(answer, json.value);
        const usd = readCostUsd(answer.headers, this.price.firstWordsUsd);
        return { kind: 'ready', usd, requestId: this.#requestIdOf(answer) };
      });
    } finally {
      await file.discard();
    }
  }

  /**
   * The last guard before money: an address that only this machine can reach never goes to a trainer
   * elsewhere, whatever was checked before.
   */
  async #requireFetchable(address: string): Promise<void> {
    if (this.reach === 'this-machine') return;
    if (!/^https:\/\/./i.test(address)) throw new StudioError('HOST_NOT_HTTPS');
    const url = new URL(address);
    const found = await findPublicHost(url, this.#resolve);
    if (found.kind === 'not-public') throw new StudioError('HOST_NOT_PUBLIC_ADDRESS', { host: url.host });
    if (found.kind === 'unknown-name') throw new StudioError('HOST_UNREACHABLE', { host: url.host });
  }

  /**
   * Sends one paid request and reads its answer. Whatever ends it becomes the code that says whether it may
   * have been charged: only a request that never left this machine is surely not, whatever fails later.
   */
  async #pay<T>(
    step: SegmindStep,
    body: Readonly<Record<string, string>>,
    read: (answer: HttpAnswer) => Promise<T>,
  ): Promise<T> {
    let sent = false;
    try {
      const answer = await this.#send(step, body);
      sent = true;
      return await read(answer);
    } catch (error) {
      if (error instanceof StudioError) throw error;
      const cause = { cause: new Error(this.#mask(String(error))) };
      const reason = error instanceof RequestFailure ? error.reason : 'interrupted';
      if (!sent && error instanceof RequestFailure && !error.sent) {
        throw new StudioError('TRAINER_UNREACHABLE', { reason }, cause);
      }
      if (error instanceof NotAVideo) {
        throw new StudioError('TRAINER_ANSWER_UNREADABLE', { reason: error.message }, cause);
      }
      // Also anything unforeseen, such as a full disk while the video arrives.
      throw new StudioError('TRAINER_ANSWER_LOST', { step, reason }, cause);
    }
  }

  async #send(
    step: SegmindStep,
    body?: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<HttpAnswer> {
    const url = new URL(this.#base.href.replace(/\/+$/, '') + PATHS[step]);
    const request: HttpRequest = {
      url,
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        'x-api-key': this.#apiKey,
        accept: step === 'first-words' ? 'video/mp4, application/json' : 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      timeoutMs: this.#timeouts[step],
      ...(signal === undefined ? {} : { signal }),
    };
    const startedAt = performance.now();
    const log = (status: number | null, requestId: string | null, failure: string | null) =>
      this.#onLog({
        step,
        method: request.method === 'GET' ? 'GET' : 'POST',
        path: url.pathname,
        status,
        requestId,
        durationMs: Math.round(performance.now() - startedAt),
        failure,
      });
    try {
      const answer = await sendRequest(request);
      log(answer.status, this.#requestIdOf(answer), null);
      return answer;
    } catch (error) {
      log(null, null, this.#mask(String(error)));
      throw error;
    }
  }

  /** Reads and judges an answer that is not 2xx; a status says enough even when its text breaks off. */
  async #readRefusal(step: SegmindStep, answer: HttpAnswer): Promise<StudioError | 'not-ready'> {
    const body = await readText(answer, MOST_TEXT_BYTES).catch(() => '');
    return this.#judge(step, answer, body);
  }

  #judge(step: SegmindStep, answer: HttpAnswer, body: string): StudioError | 'not-ready' {
    const { status, headers } = answer;
    return judgeRefusal({ step, status, headers, body, secrets: [this.#apiKey], now: new Date() });
  }

  #refusal(step: SegmindStep, answer: HttpAnswer, body: string): StudioError {
    const verdict = this.#judge(step, answer, body);
    return verdict === 'not-ready' ? new StudioError('TRAINER_FAILED', { status: answer.status }) : verdict;
  }

  /** A success that does not say what was made; only a refusal of the footage is told apart from that. */
  #unreadable(answer: HttpAnswer, json: unknown): StudioError {
    const reason = readReason(json);
    const avatarId = readAvatarId(json);
    const requestId = this.#requestIdOf(answer);
    const details = {
      status: answer.status,
      ...(reason === null ? {} : { reason: this.#mask(reason) }),
      ...(avatarId === null ? {} : { avatarId }),
      ...(requestId === null ? {} : { requestId }),
    };
    const refused = avatarId === null && reason !== null && /too (short|long)/i.test(reason);
    return new StudioError(refused ? 'TRAINER_REFUSED_FOOTAGE' : 'TRAINER_ANSWER_UNREADABLE', details);
  }

  #requestIdOf(answer: HttpAnswer): string | null {
    const id = headerOf(answer.headers, 'x-request-id');
    return id === null ? null : this.#mask(id).slice(0, 100);
  }

  #mask(text: string): string {
    return maskSecrets(text, [this.#apiKey]);
  }
}

function isSuccess(answer: HttpAnswer): boolean {
  return answer.status >= 200 && answer.status < 300;
}

function parseBaseUrl(address: string): URL {
  let url: URL;
  try {
    url = new URL(address);
  } catch (error) {
    throw new StudioError('SETTINGS_INVALID', { field: 'the trainer’s address' }, { cause: error });
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopbackUrl(url))) {
    throw new StudioError('SETTINGS_INVALID', {
      field: 'the trainer’s address, which must begin with https',
    });
  }
  return url;
}
