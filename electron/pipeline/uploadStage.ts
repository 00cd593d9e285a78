import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { isUnedited } from '../../shared/domain/edit.ts';
import type { HostedFile, Order } from '../../shared/domain/order.ts';
import type { Take } from '../../shared/domain/take.ts';
import { StudioError } from '../../shared/errors.ts';
import type { Host, UploadRequest } from '../hosts/host.ts';
import { makeObjectKey } from '../hosts/objectKey.ts';
import { verifyPublicUrl } from '../hosts/verifyPublicUrl.ts';
import { cutSpeech } from '../media/cut.ts';
import type { Trainer } from '../trainers/trainer.ts';
import type { RunningActivity } from './activities.ts';
import type { WorkContext } from './context.ts';
import { atItsTurn } from './laneWork.ts';
import { type Master, requireSource } from './prepareStage.ts';

/** How long hosted files are kept for the trainer, days: training ends within one, watching within two. */
const RETAIN_DAYS = 7;
/** Length of the speech for first words, seconds: the shortest that is worth hearing. */
const VOICE_SECONDS = 3;

const CONTENT_TYPES = { master: 'video/mp4', voice: 'audio/mpeg' } as const;
const EXTENSIONS = { master: 'mp4', voice: 'mp3' } as const;

/** A file to be hosted for an order. */
interface FileToHost {
  readonly what: 'master' | 'voice';
  readonly file: string;
  readonly sizeBytes: number;
  /** Tells this content from another made under the same name; an upload begun with another is not gone on with. */
  readonly fingerprint: string;
}

/** Uploads the master and three seconds of its speech, going on where an earlier try stopped. */
export async function uploadStage(
  context: WorkContext,
  order: Order,
  take: Take,
  master: Master,
  host: Host,
  activity: RunningActivity,
): Promise<void> {
  const voice = await voiceToHost(context, order, take, master, activity.signal);
  const video: FileToHost = { what: 'master', ...master, fingerprint: master.sha256 };
  await atItsTurn(context.lanes.network, activity.signal, async () => {
    const hostedVoice = await hostOne(context, order, voice, host, activity.signal, () => undefined);
    // Kept at once: when the master fails, the speech is not sent a second time.
    await keepHosted(context, order, { voice: hostedVoice });
    const hostedMaster = await hostOne(context, order, video, host, activity.signal, activity.bytes);
    await keepHosted(context, order, { master: hostedMaster });
  });
}

async function keepHosted(
  context: WorkContext,
  order: Order,
  files: Partial<Order['hosted']>,
): Promise<void> {
  await context.library.orders.update(order.id, (current) => ({
    ...current,
    hosted: { ...current.hosted, ...files },
  }));
}

/**
 * The address of the order's speech at the host, which is uploaded again where it is gone.
 * @throws StudioError HOST_*, FILE_MISSING; Cancelled
 */
export async function hostedVoice(
  context: WorkContext,
  order: Order,
  host: Host,
  signal: AbortSignal,
): Promise<string> {
  const file = context.library.paths.voice(order.id);
  const voice = await hostOne(context, order, await voiceFileToHost(file), host, signal, () => undefined);
  if (voice !== order.hosted.voice) await keepHosted(context, order, { voice });
  return voice.url;
}

async function voiceToHost(
  context: WorkContext,
  order: Order,
  take: Take,
  master: Master,
  signal: AbortSignal,
): Promise<FileToHost> {
  const file = context.library.paths.voice(order.id);
  const present = await stat(file).catch(() => null);
  if (present === null || present.size === 0) {
    // What was cut off must not be heard, and what was mended is to be.
    const { file: source, media } = isUnedited(order.edit)
      ? { file: await requireSource(context, take), media: take.media }
      : master;
    if (media === null) throw new StudioError('CHECK_MISSING');
    const tools = await context.tools();
    await atItsTurn(context.lanes.media, signal, () =>
      cutSpeech(source, media, { seconds: VOICE_SECONDS, tools, signal }, file),
    );
  }
  return voiceFileToHost(file);
}

async function voiceFileToHost(file: string): Promise<FileToHost> {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new StudioError('FILE_MISSING', { file: basename(file) });
  return { what: 'voice', file, sizeBytes: found.size, fingerprint: `voice-${found.size}` };
}

/** Uploads a file unless this host has it already; the settings may name another one than at an earlier try. */
async function hostOne(
  context: WorkContext,
  order: Order,
  wanted: FileToHost,
  host: Host,
  signal: AbortSignal,
  onProgress: (sentBytes: number) => void,
): Promise<HostedFile> {
  const known = order.hosted[wanted.what];
  if (known !== null && known.removedAt === null && known.sizeBytes === wanted.sizeBytes) {
    if ((await host.sizeOf(known.objectKey, signal)) === wanted.sizeBytes) {
      const url = await host.addressOf(known.objectKey);
      return url === known.url ? known : { ...known, url };
    }
  }
  return uploadOne(context, order, wanted, host, signal, onProgress);
}

async function uploadOne(
  context: WorkContext,
  order: Order,
  { what, file, sizeBytes, fingerprint }: FileToHost,
  host: Host,
  signal: AbortSignal,
  onProgress: (sentBytes: number) => void,
): Promise<HostedFile> {
  const { orders } = context.library;
  const retainUntil = new Date(context.now().getTime() + RETAIN_DAYS * 86_400_000).toISOString();
  const note = await orders.readUpload(order.id, what);
  const earlier = note?.fingerprint === fingerprint ? note : null;
  const objectKey = earlier?.objectKey ?? makeObjectKey({ retainUntil, extension: EXTENSIONS[what] });
  if (earlier === null)
    await orders.writeUpload(order.id, what, { objectKey, fingerprint, checkpoint: null });
  const request: UploadRequest = {
    file,
    sizeBytes,
    contentType: CONTENT_TYPES[what],
    objectKey,
    retainUntil,
    checkpoint: earlier?.checkpoint ?? null,
    onCheckpoint: (checkpoint) =>
      orders.writeUpload(order.id, what, {
        objectKey,
        fingerprint,
        checkpoint: checkpoint === null ? null : { ...checkpoint, parts: [...checkpoint.parts] },
      }),
    mayGoOn: () => context.quiet.pass(signal),
    onHold: (giveUp) =>
      context.quiet.follow((isQuiet) => {
        if (isQuiet) giveUp();
      }),
    onProgress,
    signal,
  };
  const { url } = await host.upload(request);
  await orders.writeUpload(order.id, what, null);
  return { objectKey, url, sizeBytes, uploadedAt: context.now().toISOString(), retainUntil, removedAt: null };
}

/** Looks at both files as the trainer will, through their public addresses and without keys. */
export async function verifyStage(
  context: WorkContext,
  order: Order,
  host: Host,
  trainer: Trainer,
  activity: RunningActivity,
): Promise<{ masterUrl: string; voiceUrl: string }> {
  const { master, voice } = order.hosted;
  if (master === null || voice === null) throw new StudioError('HOST_FILE_NOT_FOUND');
  const addresses = {
    masterUrl: await host.addressOf(master.objectKey),
    voiceUrl: await host.addressOf(voice.objectKey),
  };
  const allowLoopback = trainer.reach === 'this-machine';
  await verifyPublicUrl({
    url: addresses.masterUrl,
    sizeBytes: master.sizeBytes,
    contentType: CONTENT_TYPES.master,
    allowLoopback,
    signal: activity.signal,
  });
  await verifyPublicUrl({
    url: addresses.voiceUrl,
    sizeBytes: voice.sizeBytes,
    contentType: CONTENT_TYPES.voice,
    allowLoopback,
    signal: activity.signal,
  });
  await context.log.write(order.takeId, { what: 'verified', orderId: order.id });
  return addresses;
}
