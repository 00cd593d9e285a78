/** Reads what a file holds from its container and packets, without decoding more than one frame. */
import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { AudioStream, MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import { type ContainerFacts, inspectContainer } from './container.ts';
import { leadsWhatFollows } from './copiedPart.ts';
import { ToolFailure } from './failure.ts';
import type { MediaTools } from './locate.ts';
import {
  bitDepthOf,
  clockwiseRotation,
  isHdr,
  isInterlaced,
  type ProbedFrame,
  ProbedFrameSchema,
  type ProbedStream,
  type ProbeOutput,
  ProbeOutputSchema,
  sampleAspectRatioOf,
  toNumber,
} from './probeOutput.ts';
import { runFfprobe } from './process.ts';
import { type MeasuredFrames, measureFrames } from './timing.ts';

export interface ProbeOptions {
  readonly tools: MediaTools;
  readonly signal?: AbortSignal | undefined;
}

/** Above this the packets of three stretches are read instead of all: reading costs as much as copying the file. */
const READ_ALL_BYTES = 1_500_000_000;
const STRETCH_SECONDS = 20;

/**
 * What the file holds. Quick: packets are read, not decoded.
 * A file with a single frame is probed as it is (the check fails it for its length); one without any frame is truncated.
 * @throws StudioError FILE_MISSING, FILE_EMPTY, FILE_UNREADABLE, FILE_NOT_MEDIA, FILE_TRUNCATED or FILE_NO_VIDEO,
 *   each with the file's name in `details.file`; Cancelled
 */
export async function probe(file: string, options: ProbeOptions): Promise<MediaInfo> {
  return (await look(file, 'quick', options)).media;
}

/** When the frames of a file are shown, seconds of its own clock, in the order of the packets. */
export interface PacketTimes {
  readonly all: readonly number[];
  /** Those from which everything that follows in the file can be decoded. */
  readonly keys: readonly number[];
  /** All key frames: decoding can begin at each of them, but pictures that come behind it may be shown before it. */
  readonly entries: readonly number[];
}

interface Probed {
  readonly media: MediaInfo;
  /** Of the packets that were read. */
  readonly times: PacketTimes;
}

/**
 * `probe`, with the times of all frames: where a take can be cut must not depend on how large its file is. Of a very
 * large one that takes as long as copying it.
 * @throws as `probe`
 */
export function probeWithFrames(file: string, options: ProbeOptions): Promise<Probed> {
  return look(file, 'all', options);
}

/** Which packets are read: all, or as many as can be had quickly. */
type Depth = 'all' | 'quick';

async function look(file: string, depth: Depth, { tools, signal }: ProbeOptions): Promise<Probed> {
  const details = { file: basename(file) };
  const sizeBytes = await readableSize(file);
  const container = await inspectContainer(file);
  const output = await probeStreams(file, container, tools, signal);
  const stream = output.streams.find(isPicture);
  if (stream === undefined) {
    const hasSound = output.streams.some((one) => one.codec_type === 'audio');
    throw new StudioError(hasSound ? 'FILE_NO_VIDEO' : notOpened(container), details);
  }
  if (container.truncated) throw new StudioError('FILE_TRUNCATED', details);
  if (stream.width === undefined || stream.height === undefined || stream.width < 1 || stream.height < 1)
    throw new StudioError('FILE_TRUNCATED', details);

  const containerSeconds = toNumber(output.format.duration) ?? 0;
  const startSeconds = toNumber(output.format.start_time) ?? 0;
  const { measured, times } = await probePackets(
    file,
    stream.index,
    depth === 'all' || sizeBytes <= READ_ALL_BYTES,
    startSeconds,
    containerSeconds,
    tools,
    signal,
  );
  if (measured === null) throw new StudioError('FILE_TRUNCATED', details);
  const frame = needsFrame(stream) ? await probeFrame(file, stream.index, tools, signal) : {};

  const durationSeconds = Math.max(0, measured.endSeconds - measured.firstSeconds);
  const sound = output.streams.find((one) => one.codec_type === 'audio');
  const media = {
    container: output.format.format_name,
    sizeBytes,
    durationSeconds,
    bitRate: durationSeconds > 0 ? Math.round((sizeBytes * 8) / durationSeconds) : 0,
    video: describeVideo(stream, frame, measured, startSeconds),
    audio: sound === undefined ? null : describeAudio(sound, startSeconds),
    faststart: container.faststart,
  };
  return { media, times };
}

async function readableSize(file: string): Promise<number> {
  const details = { file: basename(file) };
  try {
    const facts = await stat(file);
    if (facts.isDirectory()) throw new StudioError('FILE_IS_FOLDER', details);
    if (!facts.isFile()) throw new StudioError('FILE_UNREADABLE', details);
    if (facts.size === 0) throw new StudioError('FILE_EMPTY', details);
    await access(file, constants.R_OK);
    return facts.size;
  } catch (error) {
    if (error instanceof StudioError) throw error;
    const missing =
      error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
    throw new StudioError(missing ? 'FILE_MISSING' : 'FILE_UNREADABLE', details, { cause: error });
  }
}

async function probeStreams(
  file: string,
  container: ContainerFacts,
  tools: MediaTools,
  signal: AbortSignal | undefined,
): Promise<ProbeOutput> {
  const details = { file: basename(file) };
  try {
    const { stdout } = await runFfprobe(
      tools,
      file,
      ['-show_format', '-show_streams', '-print_format', 'json'],
      signal,
    );
    return ProbeOutputSchema.parse(JSON.parse(stdout));
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    // A crash of ffprobe's own says nothing about the file.
    const refused =
      error.code === 'FFMPEG_FAILED' && error.cause instanceof ToolFailure && error.cause.exitCode !== null;
    if (refused || error.code === 'FILE_NOT_MEDIA' || error.code === 'FILE_TRUNCATED')
      throw new StudioError(notOpened(container), details, { cause: error });
    throw error;
  }
}

/**
 * Why a file cannot be opened: what begins like a video was one and lost its end; all else never was. ffprobe's
 * word is not enough, because it takes any file named .mp4 for one.
 */
function notOpened(container: ContainerFacts): 'FILE_TRUNCATED' | 'FILE_NOT_MEDIA' {
  return container.kind === 'other' ? 'FILE_NOT_MEDIA' : 'FILE_TRUNCATED';
}

/** A moving picture that can be decoded: cover art and thumbnails are none. */
function isPicture(stream: ProbedStream): boolean {
  return (
    stream.codec_type === 'video' &&
    stream.codec_name !== undefined &&
    stream.disposition?.attached_pic !== 1 &&
    stream.disposition?.timed_thumbnails !== 1
  );
}

/** Reads the packets' times: all of them, or those of three stretches. `measured` is null without packets. */
async function probePackets(
  file: string,
  index: number,
  readsAll: boolean,
  startSeconds: number,
  containerSeconds: number,
  tools: MediaTools,
  signal: AbortSignal | undefined,
): Promise<{ measured: MeasuredFrames | null; times: PacketTimes }> {
  if (readsAll || containerSeconds < 4 * STRETCH_SECONDS) {
    const { times, lastDuration } = await readPackets(file, index, null, tools, signal);
    return { measured: measureFrames([times.all], lastDuration), times };
  }
  const stretches: PacketTimes[] = [];
  let lastDuration: number | null = null;
  const end = startSeconds + containerSeconds;
  for (const from of [startSeconds, startSeconds + containerSeconds / 2, end - STRETCH_SECONDS]) {
    const part = await readPackets(file, index, `${from.toFixed(3)}%+${STRETCH_SECONDS + 10}`, tools, signal);
    stretches.push(part.times);
    lastDuration = part.lastDuration;
  }
  const all = stretches.map((times) => times.all);
  const joined = {
    all: all.flat(),
    keys: stretches.flatMap(({ keys }) => keys),
    entries: stretches.flatMap(({ entries }) => entries),
  };
  return { measured: measureFrames(all, lastDuration), times: joined };
}

/** One packet, seconds of the file's clock. */
interface Packet {
  readonly pts: number | null;
  readonly dts: number | null;
  readonly duration: number | null;
  readonly isKey: boolean;
  /** Flagged for discarding: before the point where an edit list lets the video begin. */
  readonly isHidden: boolean;
}

async function readPackets(
  file: string,
  index: number,
  interval: string | null,
  tools: MediaTools,
  signal: AbortSignal | undefined,
): Promise<{ times: PacketTimes; lastDuration: number | null }> {
  const { stdout } = await runFfprobe(
    tools,
    file,
    [
      ...['-select_streams', String(index), '-show_entries', 'packet=pts_time,dts_time,duration_time,flags'],
      ...['-print_format', 'csv=print_section=0:nokey=0'],
      ...(interval === null ? [] : ['-read_intervals', interval]),
    ],
    signal,
  );
  const packets: Packet[] = [];
  for (const line of stdout.split('\n')) {
    const fields = new Map(line.split(',').map((field): [string, string] => splitField(field)));
    const pts = toNumber(fields.get('pts_time'));
    const dts = toNumber(fields.get('dts_time'));
    if (pts === null && dts === null) continue;
    const flags = fields.get('flags') ?? '';
    const duration = toNumber(fields.get('duration_time'));
    packets.push({ pts, dts, duration, isKey: flags.includes('K'), isHidden: flags.includes('D') });
  }
  // AVI stores no presentation times; one clock is used for the whole file.
  const clock = packets.every(({ pts, isHidden }) => isHidden || pts !== null) ? 'pts' : 'dts';
  const timed = packets.flatMap((packet) => {
    const time = packet[clock];
    return time === null ? [] : { ...packet, time };
  });
  const leadsAll = leadsWhatFollows(timed.map(({ time }) => time));
  let last: { time: number; duration: number | null } | null = null;
  const all: number[] = [];
  const keys: number[] = [];
  const entries: number[] = [];
  for (const [index, { time, duration, isKey, isHidden }] of timed.entries()) {
    if (isHidden) continue;
    all.push(time);
    if (isKey) entries.push(time);
    if (isKey && leadsAll[index] === true) keys.push(time);
    if (last === null || time >= last.time) last = { time, duration };
  }
  return { times: { all, keys, entries }, lastDuration: last?.duration ?? null };
}

function splitField(field: string): [string, string] {
  const at = field.indexOf('=');
  return at < 0 ? ['', field] : [field.slice(0, at), field.slice(at + 1).trim()];
}

/** Some facts stand only in the frames: whether fields are mixed, and the colours of a 10-bit stream. */
function needsFrame(stream: ProbedStream): boolean {
  const unknown = (value: string | undefined) =>
    value === undefined || value === 'unknown' || value === 'unspecified';
  return unknown(stream.field_order) || (bitDepthOf(stream) > 8 && unknown(stream.color_transfer));
}

async function probeFrame(
  file: string,
  index: number,
  tools: MediaTools,
  signal: AbortSignal | undefined,
): Promise<ProbedFrame> {
  try {
    const { stdout } = await runFfprobe(
      tools,
      file,
      [
        ...[
          '-select_streams',
          String(index),
          '-read_intervals',
          '%+#2',
          '-show_frames',
          '-print_format',
          'json',
        ],
        ...['-show_entries', 'frame=interlaced_frame,color_transfer,color_primaries,color_space'],
      ],
      signal,
    );
    return ProbedFrameSchema.parse(JSON.parse(stdout)).frames.at(-1) ?? {};
  } catch (error) {
    // ffprobe may lack a decoder that ffmpeg has; the container's word is then all there is.
    if (error instanceof StudioError) return {};
    throw error;
  }
}

function describeVideo(
  stream: ProbedStream,
  frame: ProbedFrame,
  measured: MeasuredFrames,
  fileStartSeconds: number,
): VideoStream {
  const codedWidth = stream.width ?? 0;
  const codedHeight = stream.height ?? 0;
  const rotationDegrees = clockwiseRotation(stream);
  const sampleAspectRatio = sampleAspectRatioOf(stream.sample_aspect_ratio);
  const squareWidth = Math.max(1, Math.round(codedWidth * sampleAspectRatio));
  const sideways = rotationDegrees === 90 || rotationDegrees === 270;
  const known = (value: string | undefined, fromFrame: string | undefined) => {
    const found = value === undefined || value === 'unknown' ? fromFrame : value;
    return found === undefined || found === 'unknown' ? '' : found;
  };
  const colorTransfer = known(stream.color_transfer, frame.color_transfer);
  return {
    index: stream.index,
    codec: stream.codec_name ?? '',
    profile: stream.profile === undefined || stream.profile === 'unknown' ? '' : stream.profile,
    pixelFormat: stream.pix_fmt ?? '',
    bitDepth: bitDepthOf(stream),
    codedWidth,
    codedHeight,
    displayWidth: sideways ? codedHeight : squareWidth,
    displayHeight: sideways ? squareWidth : codedHeight,
    rotationDegrees,
    sampleAspectRatio,
    averageFrameRate: measured.framesPerSecond ?? rateOf(stream.avg_frame_rate),
    timing: measured.timing,
    startSeconds: Math.max(0, measured.firstSeconds - fileStartSeconds),
    interlaced: isInterlaced(stream, frame),
    hdr: isHdr(colorTransfer),
    colorTransfer,
    colorPrimaries: known(stream.color_primaries, frame.color_primaries),
    colorSpace: known(stream.color_space, frame.color_space),
    fullRange: stream.color_range === 'pc' || stream.pix_fmt?.startsWith('yuvj') === true,
  };
}

function describeAudio(stream: ProbedStream, fileStartSeconds: number): AudioStream | null {
  const sampleRate = toNumber(stream.sample_rate) ?? 0;
  const channels = stream.channels ?? 0;
  if (stream.codec_name === undefined || sampleRate <= 0 || channels <= 0) return null;
  return {
    index: stream.index,
    codec: stream.codec_name,
    profile: stream.profile === undefined || stream.profile === 'unknown' ? '' : stream.profile,
    sampleRate,
    channels,
    startSeconds: Math.max(0, (toNumber(stream.start_time) ?? fileStartSeconds) - fileStartSeconds),
  };
}

function rateOf(text: string | undefined): number {
  const [numerator, denominator] = (text ?? '').split('/').map(Number);
  const rate = (numerator ?? 0) / (denominator ?? 1);
  return Number.isFinite(rate) ? rate : 0;
}
