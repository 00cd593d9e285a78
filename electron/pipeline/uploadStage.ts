import { stat } from 'node:fs/promises';
import type { HostedFile, Order } from '../../shared/domain/order.ts';
import type { Take } from '../../shared/domain/take.ts';
import { Cancelled } from '../../shared/errors.ts';
import type { Host, UploadRequest } from '../hosts/host.ts';
import { makeObjectKey } from '../hosts/objectKey.ts';
import { verifyPublicUrl } from '../hosts/verifyPublicUrl.ts';
import { cutSpeech } from '../media/cut.ts';
import type { Trainer } from '../trainers/trainer.ts';
import type { RunningActivity } from './activities.ts';
import type { WorkContext } from './context.ts';
import { type Master, requireSource } from './prepareStage.ts';

/** How long hosted files are kept for the trainer, days: training ends within one, watching within two. */
const RETAIN_DAYS = 7;
/** Length of the speech for first words, seconds: the shortest that is worth hearing. */
const VOICE_SECONDS = 3;

const CONTENT_TYPES = { master: 'video/mp4', voice: 'audio/mpeg' } as const;
const EXTENSIONS = { master: 'mp4', voice: 'mp3' } as const;

/** Uploads the master and three seconds of its speech, going on where an earlier try stopped. */
export async function uploadStage(
  context: WorkContext,
  order: Order,
  take: Take,
  master: Master,
  host: Host,
  activity: RunningActivity,
): Promise<{ master: HostedFile; voice: HostedFile }> {
  const voiceFile = await makeVoice(context, order, take, activity.signal);
  const { size: voiceBytes } = await stat(voiceFile);
  const { hosted } = order;
  const send = async (
    what: 'master' | 'voice',
    file: string,
    bytes: number,
    onProgress: (sent: number) => void,
  ) =>
    (await stillHosted(hosted[what], host, activity.signal)) ??
    uploadOne(context, order, what, file, bytes, host, activity.signal, onProgress);
  return context.lanes.network.add(async () => ({
    voice: await send('voice', voiceFile, voiceBytes, () => undefined),
    master: await send('master', master.file, master.sizeBytes, activity.bytes),
  }));
}

/** The file as an earlier try left it at this host; the settings may name another one by now. */
async function stillHosted(
  file: HostedFile | null,
  host: Host,
  signal: AbortSignal,
): Promise<HostedFile | null> {
  if (file === null || file.removedAt !== null) return null;
  if ((await host.sizeOf(file.objectKey, signal)) !== file.sizeBytes) return null;
  return { ...file, url: await host.addressOf(file.objectKey) };
}

async function makeVoice(
  context: WorkContext,
  order: Order,
  take: Take,
  signal: AbortSignal,
): Promise<string> {
  const file = context.library.paths.voice(order.id);
  const present = await stat(file).catch(() => null);
  if (present !== null && present.size > 0) return file;
  const source = await requireSource(context, take);
  if (take.media === null) throw new Cancelled();
  await cutSpeech(source, take.media, { seconds: VOICE_SECONDS, tools: await context.tools(), signal }, file);
  return file;
}

async function uploadOne(
  context: WorkContext,
  order: Order,
  what: 'master' | 'voice',
  file: string,
  sizeBytes: number,
  host: Host,
  signal: AbortSignal,
  onProgress: (sentBytes: number) => void,
): Promise<HostedFile> {
  const { orders } = context.library;
  const retainUntil = new Date(context.now().getTime() + RETAIN_DAYS * 86_400_000).toISOString();
  const earlier = await orders.readUpload(order.id, what);
  const objectKey = earlier?.objectKey ?? makeObjectKey({ retainUntil, extension: EXTENSIONS[what] });
  if (earlier === null) await orders.writeUpload(order.id, what, { objectKey, checkpoint: null });
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
        checkpoint: checkpoint === null ? null : { ...checkpoint, parts: [...checkpoint.parts] },
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
  if (master === null || voice === null) throw new Cancelled();
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
