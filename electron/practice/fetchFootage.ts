import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { type HttpAnswer, sendRequest } from '../network/httpRequest.ts';

/** What the trainer does not take, in the real service's words and with its status. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Long enough for the largest master over a line from a real bucket. */
const FETCH_TIMEOUT_MS = 15 * 60_000;
const MOST_BYTES = 16 * 1024 ** 3;
const AUDIO_TYPE = /^audio\//;

/** Fetches footage as the real service does: without credentials, exactly typed. @throws Refused */
export async function fetchFootage(address: string, saveTo: string, signal: AbortSignal): Promise<void> {
  const answer = await get(address, 'video_url', signal);
  const type = answer.headers['content-type'] ?? 'none';
  if (type !== 'video/mp4') {
    answer.body.destroy();
    throw new Refused(406, `Invalid content type: video_url must be video/mp4, not ${type}`);
  }
  let received = 0;
  try {
    await pipeline(
      answer.body,
      async function* (chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          received += chunk.length;
          if (received > MOST_BYTES) throw new Error('too large');
          yield chunk;
        }
      },
      createWriteStream(saveTo, { flags: 'wx' }),
    );
  } catch {
    throw new Refused(400, 'Could not download video_url');
  }
}

/** Makes sure that the speech can be fetched. @throws Refused */
export async function fetchAudio(address: string, signal: AbortSignal): Promise<void> {
  const answer = await get(address, 'audio_url', signal);
  answer.body.destroy();
  if (!AUDIO_TYPE.test(answer.headers['content-type'] ?? '')) {
    throw new Refused(406, 'Invalid content type: audio_url must be audio');
  }
}

async function get(address: string, parameter: string, signal: AbortSignal): Promise<HttpAnswer> {
  let answer: HttpAnswer;
  try {
    answer = await sendRequest({ url: new URL(address), method: 'GET', timeoutMs: FETCH_TIMEOUT_MS, signal });
  } catch {
    throw new Refused(400, `Could not download ${parameter}`);
  }
  if (answer.status === 200) return answer;
  answer.body.destroy();
  throw new Refused(400, `Could not download ${parameter}: it answered ${answer.status}`);
}
