import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { answerError, answerJson, serviceHeaders } from './answer.ts';
import { fetchAudio, fetchFootage, Refused } from './fetchFootage.ts';
import { MOST_LOOKS, type PracticeAvatar, type PracticeStore } from './store.ts';

/** What the practice trainer needs of ffmpeg, given to it so that it need not know where that is. */
export interface PracticeMedia {
  /** Cuts a playable mp4 out of a file. Times in seconds. */
  readonly cutClip: (file: string, startSeconds: number, seconds: number, outFile: string) => Promise<void>;
  /** Length of a file in seconds and whether it is an mp4; throws when it is no media at all. */
  readonly probeDuration: (file: string) => Promise<{ durationSeconds: number; isMp4: boolean }>;
}

export interface TrainingContext extends PracticeMedia {
  readonly store: PracticeStore;
  readonly trainingSeconds: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Aborted when the server closes. */
  readonly signal: AbortSignal;
}

/** HeyGen's reference: footage has 15 s to 600 s. */
const SHORTEST_SECONDS = 15;
const LONGEST_SECONDS = 600;
/** Rounding of containers must not refuse what the check has passed. */
const TOLERANCE_SECONDS = 0.05;
const WRONG_FOOTAGE = 'Footage is too short or too long';

const FIRST_WORDS_SECONDS = 3;
/** People take a breath first. */
const FIRST_WORDS_FROM_SECONDS = 1;

const MOST_BODY_BYTES = 64 * 1024;

const webAddress = z.url({ protocol: /^https?$/ });
const TrainingBodySchema = z.object({
  name: z.string().trim().min(1),
  video_url: webAddress,
  avatar_group_id: z.string().optional(),
  consent_reroute_url: webAddress.optional(),
});
const FirstWordsBodySchema = z
  .object({
    avatar_id: z.string().min(1),
    audio_url: webAddress.optional(),
    prompt: z.string().min(1).optional(),
    voice: z.string().min(1).optional(),
    resolution: z.string().optional(),
    aspect_ratio: z.enum(['16:9', '9:16']).optional(),
  })
  .refine((body) => body.audio_url !== undefined || (body.prompt !== undefined && body.voice !== undefined), {
    path: ['audio_url'],
    message: 'audio_url, or prompt and voice, is required',
  });

/** `POST /v1/heygen-avatar-v-create`: really fetches the footage, and refuses what the real service refuses. */
export async function handleTraining(
  context: TrainingContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, response, TrainingBodySchema);
  if (body === null) return;
  try {
    const avatar = await train(context, body);
    answerJson(response, 200, {
      avatar_id: avatar.avatarId,
      avatar_group_id: avatar.avatarGroupId,
      consent_status: body.consent_reroute_url === undefined ? 'skipped' : 'pending',
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    answerError(response, error.status, error.message);
  }
}

async function train(
  context: TrainingContext,
  body: z.infer<typeof TrainingBodySchema>,
): Promise<PracticeAvatar> {
  const { store } = context;
  const askedGroup = body.avatar_group_id;
  if (askedGroup !== undefined && !(await store.hasGroup(askedGroup))) {
    throw new Refused(422, 'avatar_group_id does not exist');
  }
  const footage = store.temporaryFile('.mp4');
  const clip = store.temporaryFile('.mp4');
  try {
    await fetchFootage(body.video_url, footage, context.signal);
    const { durationSeconds } = await requireFootage(context, footage);
    const from = Math.max(0, Math.min(FIRST_WORDS_FROM_SECONDS, durationSeconds - FIRST_WORDS_SECONDS));
    await context.cutClip(footage, from, FIRST_WORDS_SECONDS, clip);

    const createdAt = context.now();
    const avatar: PracticeAvatar = {
      schemaVersion: 1,
      avatarId: store.newAvatarId(),
      avatarGroupId: askedGroup ?? (await store.addGroup()),
      name: body.name,
      createdAt: new Date(createdAt).toISOString(),
      readyAt: new Date(createdAt + context.trainingSeconds * 1000).toISOString(),
    };
    const place = await store.takePlace(avatar.avatarGroupId, avatar.avatarId);
    if (place === null) throw new Refused(422, `Avatar group already holds ${MOST_LOOKS} looks`);
    try {
      await store.writeAvatar(avatar, clip);
    } catch (error) {
      await place.giveBack();
      if (askedGroup === undefined) await store.removeGroup(avatar.avatarGroupId);
      throw error;
    }
    return avatar;
  } finally {
    await rm(footage, { force: true });
    await rm(clip, { force: true });
  }
}

/** `POST /v1/heygen-avatar-v`: fails while training goes on, then answers with the clip itself. */
export async function handleFirstWords(
  context: TrainingContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await readBody(request, response, FirstWordsBodySchema);
  if (body === null) return;
  const found = await context.store.readAvatar(body.avatar_id);
  if (found === null) return answerError(response, 404, 'Avatar not found');
  if (context.now() < Date.parse(found.avatar.readyAt)) {
    return answerError(response, 400, 'Avatar is not ready: training is in progress');
  }
  try {
    if (body.audio_url !== undefined) await fetchAudio(body.audio_url, context.signal);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return answerError(response, error.status, error.message);
  }
  const { size } = await stat(found.clip);
  response.writeHead(200, { ...serviceHeaders(), 'content-type': 'video/mp4', 'content-length': size });
  await pipeline(createReadStream(found.clip), response);
}

async function requireFootage(context: TrainingContext, file: string): Promise<{ durationSeconds: number }> {
  // The real service says the same of footage it cannot read.
  const probed = await context.probeDuration(file).catch(() => null);
  const fits =
    probed?.isMp4 === true &&
    probed.durationSeconds >= SHORTEST_SECONDS - TOLERANCE_SECONDS &&
    probed.durationSeconds <= LONGEST_SECONDS + TOLERANCE_SECONDS;
  if (!fits) throw new Refused(400, WRONG_FOOTAGE);
  return probed;
}

/** The parsed body; null when the request has been answered with what is wrong with it. */
async function readBody<T>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += (chunk as Buffer).length;
    if (length > MOST_BODY_BYTES) {
      answerError(response, 413, 'Request body is too large');
      return null;
    }
    chunks.push(chunk as Buffer);
  }
  let json: unknown;
  try {
    json = JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    answerError(response, 400, 'Request body is not valid JSON');
    return null;
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  answerError(response, 422, `Invalid parameter ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
  return null;
}
