import type { LookupFunction } from 'node:net';
import { type HttpAnswer, RequestFailure, sendRequest } from '../network/httpRequest.ts';
import { findPublicHost, type Resolve } from '../network/publicAddress.ts';
import { parseJson, readVideoUrl } from './segmindAnswers.ts';
import { MOST_TEXT_BYTES } from './segmindFacts.ts';
import { beginsLikeMp4, NotAVideo, type VideoFile } from './videoFile.ts';

export interface DownloadRules {
  /** Finds the addresses of a name, which must be public ones; null allows this machine too. */
  readonly resolve: Resolve | null;
  readonly timeoutMs: number;
}

/** Bytes by which a video is told from JSON. */
const START_BYTES = 12;
/** The video is paid by now, so its download is worth more than one try; repeating it costs nothing. */
const DOWNLOAD_TRIES = 3;
const MOST_REDIRECTS = 3;

/**
 * Saves the video of a first-words answer, which is the mp4 itself or JSON with its address; what it is
 * shows in its first bytes rather than in its headers. Returns null when the video is saved, else the
 * JSON that names none (`undefined` as its value when it is not even JSON).
 * @throws NotAVideo, RequestFailure
 */
export async function receiveFirstWords(
  answer: HttpAnswer,
  file: VideoFile,
  rules: DownloadRules,
): Promise<null | { readonly value: unknown }> {
  const chunks = answer.body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let start = Buffer.alloc(0);
  let ended = false;
  const pull = async (): Promise<Buffer | null> => {
    try {
      const next = await chunks.next();
      return next.done === true ? null : next.value;
    } catch (error) {
      throw new RequestFailure(true, (error as NodeJS.ErrnoException).code ?? 'CLOSED');
    }
  };
  while (start.length < START_BYTES && !ended) {
    const chunk = await pull();
    if (chunk === null) ended = true;
    else start = Buffer.concat([start, chunk]);
  }
  const whole = async function* () {
    yield start;
    for (let chunk = ended ? null : await pull(); chunk !== null; chunk = await pull()) yield chunk;
  };
  try {
    if (beginsLikeMp4(start)) {
      await file.receive(whole());
      return null;
    }
    const value = parseJson(await textOf(whole()));
    const url = readVideoUrl(value);
    if (url === null) return { value };
    await download(url, file, rules);
    return null;
  } finally {
    answer.body.destroy();
  }
}

async function textOf(chunks: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > MOST_TEXT_BYTES) throw new NotAVideo('neither a video nor JSON');
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}

async function download(url: URL, file: VideoFile, rules: DownloadRules): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await open(url, rules);
      try {
        await file.receive(answer.body);
        return;
      } finally {
        answer.body.destroy();
      }
    } catch (error) {
      if (error instanceof NotAVideo || attempt === DOWNLOAD_TRIES) throw error;
    }
  }
}

/** Follows a few redirects: no key is carried, and each address is judged like the first. */
async function open(first: URL, rules: DownloadRules): Promise<HttpAnswer> {
  let url = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const lookup = await judgeAddress(url, rules.resolve);
    const answer = await sendRequest({
      url,
      method: 'GET',
      timeoutMs: rules.timeoutMs,
      ...(lookup === undefined ? {} : { lookup }),
    });
    if (answer.status === 200) return answer;
    answer.body.destroy();
    const location = answer.headers.location;
    if (answer.status < 300 || answer.status >= 400 || location === undefined) {
      throw new RequestFailure(true, `STATUS_${answer.status}`);
    }
    url = new URL(location, url);
  }
  throw new RequestFailure(true, 'TOO_MANY_REDIRECTS');
}

/** Refuses an address inside a private network when the trainer is not there; returns how to look it up. */
async function judgeAddress(url: URL, resolve: Resolve | null): Promise<LookupFunction | undefined> {
  if (!/^https?:$/.test(url.protocol)) throw new NotAVideo('not a web address');
  if (resolve === null) return undefined;
  const host = await findPublicHost(url, resolve);
  switch (host.kind) {
    case 'public':
      return host.lookup;
    case 'not-public':
      throw new NotAVideo('a private address');
    case 'unknown-name':
      throw new RequestFailure(true, 'ENOTFOUND');
  }
}
