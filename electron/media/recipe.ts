/** Decides how a source becomes a master. Pure: the same media always gives the same plan and the same name. */
import { type Edit, editsPicture, editsSound, isUnedited, NO_EDIT } from '../../shared/domain/edit.ts';
import type { AudioStream, MediaInfo, VideoStream } from '../../shared/domain/media.ts';
import {
  type AudioShortfall,
  audioShortfalls,
  fitsMaster,
  isCopyable,
  MASTER_LONG_SIDE,
  MASTER_SHORT_SIDE,
  type VideoShortfall,
  videoShortfalls,
} from '../../shared/quality/master.ts';
import { editedSize } from '../../shared/quality/reframe.ts';

/**
 * Grows when the same plan would give different masters, so that old ones are not taken for new ones. A master of all
 * of a take with nothing mended keeps its name: an order that was made by an earlier version stays the same order. (Of
 * BT.601 sources earlier versions made it up to two steps of luma darker, which is no reason to pay twice.)
 */
const RECIPE_VERSION = 1;
const EDITED_RECIPE_VERSION = 2;

/**
 * `container`: the stream itself complies, but is stored in a way that cannot be taken over safely. `cut`: it is cut
 * where it cannot be copied. `mend`: it is changed.
 */
export type VideoReason = VideoShortfall | 'container' | 'cut' | 'mend';
export type AudioReason = AudioShortfall | 'container' | 'late-start' | 'cut' | 'mend';

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
  readonly version: typeof RECIPE_VERSION | typeof EDITED_RECIPE_VERSION;
  readonly edit: Edit;
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
export function planMaster(media: MediaInfo, edit: Edit = NO_EDIT): MasterPlan {
  if (media.video === null) throw new RangeError('a master needs video');
  return {
    version: isUnedited(edit) ? RECIPE_VERSION : EDITED_RECIPE_VERSION,
    edit,
    video: planVideo(media, media.video, edit),
    audio: media.audio === null ? { action: 'none', reasons: [] } : planAudio(media, media.audio, edit),
  };
}

function planVideo(media: MediaInfo, video: VideoStream, edit: Edit): MasterPlan['video'] {
  const reasons: VideoReason[] = videoShortfalls(video);
  if (reasons.length === 0 && !isCopyable(media)) reasons.push('container');
  if (edit.cut?.at === 'frame') reasons.push('cut');
  if (editsPicture(edit)) reasons.push('mend');
  if (reasons.length === 0) return { action: 'copy', reasons: [] };
  const size = masterSize(video, edit);
  return {
    action: 'encode',
    reasons,
    ...size,
    frameRate: masterFrameRate(video.averageFrameRate),
    deinterlace: !video.interlaced ? 'none' : Math.abs(video.averageFrameRate - 25) < 1 ? 'fields' : 'frames',
    toneMap: video.hdr,
  };
}

function planAudio(media: MediaInfo, audio: AudioStream, edit: Edit): MasterPlan['audio'] {
  const reasons: AudioReason[] = audioShortfalls(audio);
  if (reasons.length === 0 && !isCopyable(media)) reasons.push('container');
  // Packets of sound begin somewhere else than frames do.
  if (edit.cut !== null) reasons.push('cut');
  if (editsSound(edit)) reasons.push('mend');
  const late = (audio.startSeconds ?? 0) - (media.video?.startSeconds ?? 0);
  if (reasons.length === 0 && late > LATE_START_SECONDS) reasons.push('late-start');
  if (reasons.length === 0) return { action: 'copy', reasons: [], channels: audio.channels };
  return { action: 'encode', reasons, channels: audio.channels === 1 ? 1 : 2 };
}

/**
 * Size of an encoded master: as displayed, scaled down to 4K where larger, never up, even on both sides
 * (an odd row or column is cut off: scaling by one pixel would soften the whole picture).
 */
function masterSize(video: VideoStream, edit: Edit): Pick<VideoEncodePlan, 'width' | 'height' | 'fit'> {
  const { width, height } = editedSize(video, edit);
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
 * A short stable name for what the plan does, fit for a file name ("v1-copy-copy", "v1-h264-1920x1080-30-aac2",
 * "v2-copy-aac2-loud-cut-4000-131200"). It says nothing about the encoder's build, so that it is the same on every
 * machine, and of a mend only that it is done: measured again, its figures may differ by a hair, and the same choice
 * has to stay the same order.
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
  parts.push(...editParts(plan));
  return parts.join('-');
}

function editParts({ edit, audio }: MasterPlan): string[] {
  const milliseconds = (seconds: number) => String(Math.round(seconds * 1000));
  const { cut, gainDb, noiseDbfs, crop, turn, liftExponent } = edit;
  return [
    ...(gainDb === null || audio.action === 'none' ? [] : ['loud']),
    ...(noiseDbfs === null || audio.action === 'none' ? [] : ['quiet']),
    ...(crop === null ? [] : ['bars']),
    ...(turn === 0 ? [] : [`turn${turn}`]),
    ...(liftExponent === null ? [] : ['lift']),
    ...(cut === null ? [] : ['cut', milliseconds(cut.startSeconds), milliseconds(cut.endSeconds)]),
  ];
}
