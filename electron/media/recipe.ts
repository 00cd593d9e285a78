/** Decides how a source becomes a master. Pure: the same media always gives the same plan and the same name. */
import type { AudioStream, MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import {
  type AudioShortfall,
  audioShortfalls,
  fitsMaster,
  MASTER_LONG_SIDE,
  MASTER_SHORT_SIDE,
  type VideoShortfall,
  videoShortfalls,
} from '../../shared/quality/master.ts';

/** Grows when the same plan would give different masters, so that old ones are not taken for new ones. */
const RECIPE_VERSION = 1;

/** `container`: the stream itself complies, but is stored in a way that cannot be taken over safely. */
export type VideoReason = VideoShortfall | 'container';
export type AudioReason = AudioShortfall | 'container' | 'late-start';

export type MasterFrameRate = '30' | '30000/1001';

export interface VideoEncodePlan {
  readonly action: 'encode';
  readonly reasons: readonly VideoReason[];
  /** Of the master, pixels, after rotation; both even. */
  readonly width: number;
  readonly height: number;
  /** How the size is reached: untouched, a row or column of pixels cut off to make it even, or scaled. */
  readonly fit: 'as-is' | 'crop' | 'scale';
  readonly frameRate: MasterFrameRate;
  /** `fields` makes a picture of every field (50i, which gives 30 more to choose from), `frames` one of every two. */
  readonly deinterlace: 'none' | 'frames' | 'fields';
  readonly toneMap: boolean;
}

export interface MasterPlan {
  readonly version: typeof RECIPE_VERSION;
  readonly video: { readonly action: 'copy'; readonly reasons: readonly [] } | VideoEncodePlan;
  readonly audio:
    | { readonly action: 'none'; readonly reasons: readonly [] }
    | { readonly action: 'copy'; readonly reasons: readonly []; readonly channels: number }
    | { readonly action: 'encode'; readonly reasons: readonly AudioReason[]; readonly channels: 1 | 2 };
}

/** Sound that begins later than this after the picture is filled up with silence instead of an edit list. */
const LATE_START_SECONDS = 0.1;

/**
 * Which streams are copied and which are encoded anew, and why.
 * @throws RangeError when the media has no video; `probe` never returns such
 */
export function planMaster(media: MediaInfo): MasterPlan {
  if (media.video === null) throw new RangeError('a master needs video');
  return {
    version: RECIPE_VERSION,
    video: planVideo(media, media.video),
    audio: media.audio === null ? { action: 'none', reasons: [] } : planAudio(media, media.audio),
  };
}

/** Only mp4, mov and Matroska store both times of every frame, without which an mp4 cannot be written. */
function copyable(media: MediaInfo): boolean {
  return /(^|,)(mov|mp4|matroska|webm)(,|$)/.test(media.container);
}

function planVideo(media: MediaInfo, video: VideoStream): MasterPlan['video'] {
  const reasons: VideoReason[] = videoShortfalls(video);
  if (reasons.length === 0 && !copyable(media)) reasons.push('container');
  if (reasons.length === 0) return { action: 'copy', reasons: [] };
  const size = masterSize(video);
  return {
    action: 'encode',
    reasons,
    ...size,
    frameRate: masterFrameRate(video.averageFrameRate),
    deinterlace: !video.interlaced ? 'none' : Math.abs(video.averageFrameRate - 25) < 1 ? 'fields' : 'frames',
    toneMap: video.hdr,
  };
}

function planAudio(media: MediaInfo, audio: AudioStream): MasterPlan['audio'] {
  const reasons: AudioReason[] = audioShortfalls(audio);
  if (reasons.length === 0 && !copyable(media)) reasons.push('container');
  const late = (audio.startSeconds ?? 0) - (media.video?.startSeconds ?? 0);
  if (reasons.length === 0 && late > LATE_START_SECONDS) reasons.push('late-start');
  if (reasons.length === 0) return { action: 'copy', reasons: [], channels: audio.channels };
  return { action: 'encode', reasons, channels: audio.channels === 1 ? 1 : 2 };
}

/**
 * Size of an encoded master: as displayed, scaled down to 4K where larger, never up, even on both sides
 * (an odd row or column is cut off: scaling by one pixel would soften the whole picture).
 */
function masterSize(video: VideoStream): Pick<VideoEncodePlan, 'width' | 'height' | 'fit'> {
  const { displayWidth: width, displayHeight: height } = video;
  const even = (value: number) => Math.max(2, Math.floor(value / 2) * 2);
  if (!fitsMaster(width, height)) {
    const scale = Math.min(
      MASTER_LONG_SIDE / Math.max(width, height),
      MASTER_SHORT_SIDE / Math.min(width, height),
    );
    return { width: even(width * scale + 0.5), height: even(height * scale + 0.5), fit: 'scale' };
  }
  const square = Math.abs(video.sampleAspectRatio - 1) <= 0.001;
  const size = { width: even(width), height: even(height) };
  if (!square) return { ...size, fit: 'scale' };
  return { ...size, fit: size.width === width && size.height === height ? 'as-is' : 'crop' };
}

/** 29.97 and its multiples keep their clock, so that no frame is doubled every half minute; all others get 30. */
function masterFrameRate(averageFrameRate: number): MasterFrameRate {
  const multiple = Math.round(averageFrameRate / 30);
  if (multiple < 1) return '30';
  const each = averageFrameRate / multiple;
  return Math.abs(each - 30_000 / 1001) < Math.abs(each - 30) && Math.abs(each - 30_000 / 1001) < 0.015
    ? '30000/1001'
    : '30';
}

/**
 * A short stable name for what the plan does, fit for a file name ("v1-copy-copy", "v1-h264-1920x1080-30-aac2").
 * It says nothing about the encoder's build, so that it is the same on every machine.
 */
export function recipeOf(plan: MasterPlan): string {
  const parts = [`v${plan.version}`];
  if (plan.video.action === 'copy') parts.push('copy');
  else {
    parts.push('h264', `${plan.video.width}x${plan.video.height}`);
    parts.push(plan.video.frameRate === '30' ? '30' : '29.97');
    if (plan.video.fit !== 'as-is') parts.push(plan.video.fit);
    if (plan.video.deinterlace !== 'none') parts.push(`deint-${plan.video.deinterlace}`);
    if (plan.video.toneMap) parts.push('sdr');
  }
  parts.push(
    plan.audio.action === 'encode'
      ? `aac${plan.audio.channels}`
      : plan.audio.action === 'copy'
        ? 'copy'
        : 'mute',
  );
  return parts.join('-');
}
