/** What preparing changes about a source, for people who want to know; none of it is a fault of the take. */
import type { AudioStream, MediaInfo, VideoStream } from '../domain/media.ts';
import type { FindingCode } from '../words/findings.ts';
import { LIMITS } from './limits.ts';
import { audioShortfalls, MASTER_JITTER_MS, type VideoShortfall, videoShortfalls } from './master.ts';

export interface Conversion {
  readonly code: FindingCode;
  /** What it is now, for people; empty where the sentence says it all. */
  readonly measured: string;
}

/** The changes, picture first. Frame rate is not among them: it has a limit and a finding of its own. */
export function conversions(media: MediaInfo): Conversion[] {
  const { video, audio } = media;
  return [
    ...(video === null ? [] : pictureConversions(video)),
    ...(isMp4(media) ? [] : [{ code: 'CONTAINER_CONVERTED' as const, measured: containerName(media) }]),
    ...(audio === null || audioShortfalls(audio).length === 0
      ? []
      : [{ code: 'AUDIO_CONVERTED' as const, measured: soundName(audio) }]),
  ];
}

function pictureConversions(video: VideoStream): Conversion[] {
  const shortfalls = new Set<VideoShortfall>(videoShortfalls(video));
  const found: Conversion[] = [];
  const add = (when: boolean, code: FindingCode, measured = '') => {
    if (when) found.push({ code, measured });
  };
  const colours = shortfalls.has('bit-depth') || shortfalls.has('chroma');
  add(
    shortfalls.has('codec') || (shortfalls.has('profile') && !colours),
    'CODEC_CONVERTED',
    pictureName(video),
  );
  add(shortfalls.has('hdr'), 'HDR_CONVERTED');
  add(
    colours && !shortfalls.has('hdr'),
    'COLOURS_CONVERTED',
    `${video.bitDepth}-bit ${chromaName(video.pixelFormat)}`.trim(),
  );
  add(shortfalls.has('interlaced'), 'INTERLACED');
  add(shortfalls.has('rotation'), 'ROTATED', `${video.rotationDegrees}°`);
  add(shortfalls.has('pixel-aspect'), 'PIXELS_NOT_SQUARE');
  add(shortfalls.has('size'), 'SIZE_REDUCED', `${video.displayWidth} × ${video.displayHeight}`);
  // From the limit of jitter on it is a warning of its own.
  add(
    video.timing.p95DeviationMs > MASTER_JITTER_MS && video.timing.p95DeviationMs < LIMITS.frameJitter.value,
    'VARIABLE_FRAME_RATE',
  );
  return found;
}

function isMp4(media: MediaInfo): boolean {
  return media.container.split(',').includes('mp4');
}

const CONTAINER_NAMES: Readonly<Record<string, string>> = {
  'matroska,webm': 'mkv or WebM',
  avi: 'AVI',
  mpegts: 'an MPEG transport stream',
  mpeg: 'MPEG',
  asf: 'Windows Media',
  mxf: 'MXF',
  ogg: 'Ogg',
};

function containerName(media: MediaInfo): string {
  return CONTAINER_NAMES[media.container] ?? media.container;
}

const CODEC_NAMES: Readonly<Record<string, string>> = {
  h264: 'H.264',
  hevc: 'HEVC (H.265)',
  prores: 'ProRes',
  dnxhd: 'DNxHD',
  mpeg4: 'MPEG-4',
  mpeg2video: 'MPEG-2',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
  mjpeg: 'Motion JPEG',
};

function pictureName(video: VideoStream): string {
  const name = CODEC_NAMES[video.codec] ?? video.codec;
  return video.codec === 'h264' && video.profile !== '' ? `${name} ${video.profile}` : name;
}

function chromaName(pixelFormat: string): string {
  const found = /(4)([24])([024])/.exec(pixelFormat);
  return found === null ? '' : `${found[1]}:${found[2]}:${found[3]}`;
}

const SOUND_NAMES: Readonly<Record<string, string>> = {
  aac: 'AAC',
  mp3: 'MP3',
  opus: 'Opus',
  vorbis: 'Vorbis',
  ac3: 'Dolby Digital',
  eac3: 'Dolby Digital Plus',
  flac: 'FLAC',
};

function soundName(audio: AudioStream): string {
  const name = audio.codec.startsWith('pcm_') ? 'uncompressed' : (SOUND_NAMES[audio.codec] ?? audio.codec);
  const channels =
    audio.channels === 1 ? 'mono' : audio.channels === 2 ? 'stereo' : `${audio.channels} channels`;
  return `${name}, ${String(audio.sampleRate / 1000)} kHz, ${channels}`;
}
