/** Makes the master of a take. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import { audioShortfalls, MASTER_SAMPLE_RATE, videoShortfalls } from '../../shared/quality/master.ts';
import type { TimeRange } from '../../shared/quality/observations.ts';
import { writeBeside } from './beside.ts';
import { untilLetGo } from './children.ts';
import { type CopiedPart, copiedPart, readPicturePackets } from './copiedPart.ts';
import { COLOUR_TAGS, type PicturePart, pictureFilters, type SoundEdit, soundFilters } from './filters.ts';
import type { MediaTools } from './locate.ts';
import { probe } from './probe.ts';
import { runFfmpeg } from './process.ts';
import { type MasterPlan, planMaster, type VideoEncodePlan } from './recipe.ts';

export interface PrepareOptions {
  readonly tools: MediaTools;
  /** False refuses a name that is taken, also where it is taken meanwhile. */
  readonly replaces?: boolean;
  readonly signal?: AbortSignal | undefined;
  /** 0 to 1, growing. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface Master {
  readonly file: string;
  readonly sizeBytes: number;
  /** Of the whole file, lower-case hexadecimal. */
  readonly sha256: string;
  /** As probed from the finished file. */
  readonly media: MediaInfo;
  /** What was done: the plan that was asked for, unless its picture could not be copied from where it was to begin. */
  readonly plan: MasterPlan;
  /** The part of the take that it holds, seconds; null for all of it. */
  readonly taken: TimeRange | null;
  /** For the take's log. */
  readonly commandLine: string;
}

/** Share of the progress that converting takes; the rest is verifying and hashing. */
const CONVERTING = 0.95;
/** Times that are nearer to each other than this are one frame's, seconds. */
const SAME_FRAME = 0.001;
/** A master may differ in length by this much, or by a frame of the source and one of the master if that is more. */
const LENGTH_TOLERANCE_SECONDS = 0.05;

/**
 * Writes the master that the plan describes, proves that it complies and is as long as the source, and gives
 * it its name. What does not comply never gets the name.
 * @param asked where a copy would not begin where it is to, the picture is encoded instead
 * @throws StudioError (DISK_FULL, FFMPEG_FAILED, FILE_… when the source is damaged, FFMPEG_MISSING; FILE_EXISTS), Cancelled
 */
export async function prepareMaster(
  source: string,
  media: MediaInfo,
  asked: MasterPlan,
  outFile: string,
  { tools, replaces = true, signal, onProgress }: PrepareOptions,
): Promise<Master> {
  const { plan, part } = await partOf(source, media, asked, tools, signal);
  const make = async (temporary: string): Promise<Master> => {
    const { commandLine } = await runFfmpeg({
      tools,
      source,
      outFile: temporary,
      outputOptions: masterOptions(media, plan, part, tools),
      step: 'preparing the master',
      durationSeconds: part === null ? media.durationSeconds : part.endSeconds - part.startSeconds,
      signal,
      onProgress: (share) => onProgress?.(share * CONVERTING),
    });
    // Both read all of it: at once they cost the time of the longer one.
    const hash = hashFile(temporary, signal, (share) => onProgress?.(CONVERTING + share * (1 - CONVERTING)));
    const probed = probeResult(temporary, commandLine, { tools, signal });
    // Nothing reads any more when the first failure is told.
    await Promise.allSettled([probed, hash]);
    const [made, sha256] = await Promise.all([probed, hash]);
    assertMaster(media, plan, part, made, commandLine);
    onProgress?.(1);
    const taken = part === null ? null : { startSeconds: part.startSeconds, endSeconds: part.endSeconds };
    return { file: outFile, sizeBytes: made.sizeBytes, sha256, media: made, plan, taken, commandLine };
  };
  return await writeBeside(outFile, make, { replaces });
}

/** The part that is really taken. */
interface Part extends TimeRange {
  /** How its packets are found, where the picture is copied. */
  readonly copied: CopiedPart | null;
}

/** Where the copy would begin at another frame than the one that was asked for, what was checked is encoded instead. */
async function partOf(
  source: string,
  media: MediaInfo,
  plan: MasterPlan,
  tools: MediaTools,
  signal: AbortSignal | undefined,
): Promise<{ plan: MasterPlan; part: Part | null }> {
  const { cut } = plan.edit;
  if (cut === null || media.video === null) return { plan, part: null };
  if (plan.video.action === 'encode') return { plan, part: { ...cut, copied: null } };
  const packets = await readPicturePackets(source, media.video, tools, signal);
  const copied = copiedPart(packets, cut, media.durationSeconds);
  if (copied !== null && copied.startSeconds >= cut.startSeconds - SAME_FRAME)
    return { plan, part: { startSeconds: copied.startSeconds, endSeconds: copied.endSeconds, copied } };
  const encoded = planMaster(media, { ...plan.edit, cut: { ...cut, at: 'frame' } });
  return { plan: encoded, part: { ...cut, copied: null } };
}

/** ffmpeg's options for the plan. Metadata is left out: phones write the place of the recording into it. */
function masterOptions(media: MediaInfo, plan: MasterPlan, part: Part | null, tools: MediaTools): string[] {
  const options = ['-map_metadata', '-1', '-map_chapters', '-1', '-map', `0:${media.video?.index ?? 0}`];
  const decodeFrom = part?.copied?.decodeFromSeconds ?? null;
  const pictureStart = media.video?.startSeconds ?? 0;
  // Packets are let through from this decoding time on. The sound, which is cut by samples, is told the same time.
  const outputStart = decodeFrom === null ? null : decodeFrom + pictureStart;
  if (outputStart !== null) options.push('-ss', outputStart.toFixed(6));
  options.push(
    ...(plan.video.action === 'copy' ? ['-c:v', 'copy'] : encodeVideo(media, plan, plan.video, part, tools)),
  );
  if (part?.copied != null) options.push('-frames:v', String(part.copied.packets));
  if (media.audio !== null && plan.audio.action !== 'none') {
    options.push('-map', `0:${media.audio.index}`);
    options.push(
      ...(plan.audio.action === 'copy'
        ? ['-c:a', 'copy']
        : [
            ...['-af', soundOf(plan, plan.audio.channels, part, pictureStart, outputStart)],
            ...['-c:a', 'aac', '-profile:a', 'aac_low', '-b:a', '192k'],
          ]),
    );
  }
  return [...options, ...(part === null ? ['-movflags', '+faststart'] : WITHOUT_EDIT_LISTS), '-f', 'mp4'];
}

/**
 * Players differ in how they read edit lists, so a part has none: both streams begin at their first frame, and frames
 * that are decoded out of order have negative offsets instead of a late start.
 */
const WITHOUT_EDIT_LISTS = [
  ...['-use_editlist', '0', '-avoid_negative_ts', 'disabled', '-movflags', '+faststart+negative_cts_offsets'],
];

/** What the AAC encoder puts before the first sample, which an edit list would hide; samples. */
const AAC_PRIMING = 1024;

function soundOf(
  { edit }: MasterPlan,
  channels: 1 | 2,
  part: Part | null,
  pictureStart: number,
  outputStart: number | null,
): string {
  if (part === null && edit.gainDb === null && edit.noiseDbfs === null) return soundFilters(channels);
  const sampleAt = (seconds: number) => Math.round((pictureStart + seconds) * MASTER_SAMPLE_RATE);
  const sound: SoundEdit = {
    gainDb: edit.gainDb,
    noiseDbfs: edit.noiseDbfs,
    // What is heard first stands behind the priming, as much later as it is cut later: so it is in time.
    part:
      part === null
        ? null
        : {
            startSample: sampleAt(part.startSeconds) + AAC_PRIMING,
            endSample: sampleAt(part.endSeconds),
          },
  };
  const filters = soundFilters(channels, sound);
  return outputStart === null ? filters : `${filters},asetpts=PTS+${outputStart.toFixed(6)}/TB`;
}

/**
 * With its own choice of three on two cores, the encoder's threads wait for one another: a twentieth of the time at the
 * same likeness. From six cores on it takes more by itself (0).
 */
const ENCODER_THREADS = availableParallelism() < 6 ? '8' : '0';

/**
 * veryfast, because of "medium" it needs less than half the time and loses 0.0004 of SSIM (0.9969 against 0.9973,
 * four seconds of a face at 1080p30) in a smaller file.
 */
function encodeVideo(
  media: MediaInfo,
  { edit }: MasterPlan,
  video: VideoEncodePlan,
  part: Part | null,
  tools: MediaTools,
): string[] {
  if (media.video === null) throw new RangeError('a master needs video');
  const { deinterlace, toneMap, frameRate } = video;
  const kept = part === null ? null : keptFrames(media.video, video, part);
  const filters = pictureFilters(
    media.video,
    { deinterlace, size: video, toneMap, frameRate, part: kept, mends: edit },
    tools.capabilities,
  );
  return [
    ...['-vf', filters, '-c:v', 'libx264', '-preset', 'veryfast', '-crf', '18', '-profile:v', 'high'],
    ...['-threads', ENCODER_THREADS],
    // A key frame every two seconds lets players and trainers seek.
    ...['-pix_fmt', 'yuv420p', '-g', '60', ...COLOUR_TAGS],
  ];
}

function keptFrames(source: VideoStream, { frameRate }: VideoEncodePlan, part: Part): PicturePart {
  const rate = frameRate === '30' ? 30 : 30_000 / 1001;
  return {
    startSeconds: part.startSeconds + (source.startSeconds ?? 0),
    frames: Math.max(1, Math.round((part.endSeconds - part.startSeconds) * rate)),
  };
}

/** Probes what was made; that it cannot be read is our failure, not the fault of the person's file. */
async function probeResult(
  file: string,
  commandLine: string,
  options: { tools: MediaTools; signal: AbortSignal | undefined },
): Promise<MediaInfo> {
  try {
    return await probe(file, options);
  } catch (error) {
    if (error instanceof StudioError && error.code.startsWith('FILE_'))
      throw notAMaster(error.code, commandLine, error);
    throw error;
  }
}

function notAMaster(faults: string, commandLine: string, cause?: unknown): StudioError {
  const reason = new Error(`${faults} (${commandLine})`, { cause });
  return new StudioError(
    'FFMPEG_FAILED',
    { step: 'the master did not come out as it must be' },
    { cause: reason },
  );
}

function assertMaster(
  source: MediaInfo,
  plan: MasterPlan,
  part: Part | null,
  made: MediaInfo,
  commandLine: string,
): void {
  const faults: string[] = [];
  if (made.video === null) faults.push('no video');
  else faults.push(...videoShortfalls(made.video).map((shortfall) => `video: ${shortfall}`));
  if (made.audio !== null)
    faults.push(...audioShortfalls(made.audio).map((shortfall) => `audio: ${shortfall}`));
  else if (plan.audio.action !== 'none') faults.push('no audio');
  if (!made.faststart) faults.push('index not at the start');

  // An encoded picture begins at 0; it is longer by what was filled in before its first frame.
  const filled = plan.video.action === 'encode' ? (source.video?.startSeconds ?? 0) : 0;
  const expected = part === null ? source.durationSeconds + filled : part.endSeconds - part.startSeconds;
  const frames = (source.video?.timing.medianSeconds ?? 0) + 1 / 30;
  const difference = Math.abs(made.durationSeconds - expected);
  if (difference > Math.max(LENGTH_TOLERANCE_SECONDS, frames))
    faults.push(`length ${made.durationSeconds.toFixed(3)} s instead of ${expected.toFixed(3)} s`);
  if (faults.length > 0) throw notAMaster(faults.join('; '), commandLine);
}

async function hashFile(
  file: string,
  signal: AbortSignal | undefined,
  onProgress: (share: number) => void,
): Promise<string> {
  const { size: sizeBytes } = await stat(file);
  const hash = createHash('sha256');
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
    await untilLetGo(signal);
    hash.update(chunk);
    done += chunk.length;
    onProgress(sizeBytes > 0 ? done / sizeBytes : 1);
  }
  return hash.digest('hex');
}
