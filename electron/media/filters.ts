/** The filter chains that turn a source's picture and sound into ours. Pure text. */
import type { VideoStream } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import type { MediaCapabilities } from './locate.ts';

export interface PictureFilters {
  readonly deinterlace: 'none' | 'frames' | 'fields';
  /** Target in pixels after rotation; null keeps the size. */
  readonly size: {
    readonly width: number;
    readonly height: number;
    readonly fit: 'as-is' | 'crop' | 'scale';
  } | null;
  readonly toneMap: boolean;
  /** Frames a second; null keeps the source's own times. */
  readonly frameRate: string | null;
}

/**
 * The picture: deinterlaced, sized with square pixels, standard colours (BT.709, limited range, 8 bits), even frames.
 * ffmpeg turns a rotated picture by itself before the first of these.
 * @throws StudioError FFMPEG_FAILED when HDR has to be tone-mapped and this ffmpeg cannot
 */
export function pictureFilters(video: VideoStream, wanted: PictureFilters, can: MediaCapabilities): string {
  const chain: string[] = [];
  if (wanted.deinterlace !== 'none')
    chain.push(
      `${can.bwdif ? 'bwdif' : 'yadif'}=mode=${wanted.deinterlace === 'fields' ? 'send_field' : 'send_frame'}`,
    );
  // Frames that will not be shown are dropped before anything is computed for them. The first one is repeated back
  // to time 0 where the picture begins later than the sound, so that both begin together without an edit list.
  if (wanted.frameRate !== null) chain.push(`fps=fps=${wanted.frameRate}:start_time=0`);
  if (wanted.size?.fit === 'crop') chain.push(`crop=${wanted.size.width}:${wanted.size.height}:0:0`);
  if (wanted.toneMap) {
    if (wanted.size?.fit === 'scale') chain.push(`scale=${wanted.size.width}:${wanted.size.height}`);
    chain.push(...toneMapping(video, can));
  } else chain.push(...standardColours(video, wanted.size?.fit === 'scale' ? wanted.size : null, can));
  chain.push('setsar=1', 'format=yuv420p');
  return chain.join(',');
}

/**
 * HDR to standard colours in linear light. "mobius" leaves everything up to a third of white as it is, which is
 * where faces are, and bends only the highlights. Measured: a BT.709 clip lifted to PQ and to HLG with white at
 * 203 nits comes back with a mean luma of 115.8 against 114.7; "hable" gives 93.6.
 */
function toneMapping(video: VideoStream, can: MediaCapabilities): string[] {
  if (!can.zscale || !can.tonemap)
    throw new StudioError('FFMPEG_FAILED', { step: 'HDR video needs an ffmpeg with zscale and tonemap' });
  const transfer = video.colorTransfer === 'arib-std-b67' ? 'arib-std-b67' : 'smpte2084';
  const range = video.fullRange ? 'pc' : 'tv';
  return [
    `zscale=tin=${transfer}:min=bt2020nc:pin=bt2020:rin=${range}:t=linear:npl=100`,
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=mobius:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
  ];
}

/** Wide primaries that are not HDR: iPhones record Display P3, some cameras BT.2020. */
const WIDE_PRIMARIES = ['smpte432', 'bt2020'];

function standardColours(
  video: VideoStream,
  size: { readonly width: number; readonly height: number } | null,
  can: MediaCapabilities,
): string[] {
  const matrix = matrixOf(video);
  const scaled = size === null ? '' : `${size.width}:${size.height}:`;
  if (WIDE_PRIMARIES.includes(video.colorPrimaries) && can.zscale) {
    const from = matrix === 'bt2020' ? 'bt2020nc' : matrix === 'bt601' ? 'smpte170m' : 'bt709';
    return [
      ...(size === null ? [] : [`scale=${size.width}:${size.height}`]),
      `zscale=tin=bt709:min=${from}:pin=${video.colorPrimaries}:rin=${video.fullRange ? 'pc' : 'tv'}:t=bt709:m=bt709:p=bt709:r=tv`,
    ];
  }
  if (size === null && matrix === 'bt709' && !video.fullRange) return [];
  const range = video.fullRange ? 'pc' : 'tv';
  return [`scale=${scaled}in_color_matrix=${matrix}:out_color_matrix=bt709:in_range=${range}:out_range=tv`];
}

/** The matrix the source was made with; where it does not say, standard definition is BT.601 and all else BT.709. */
function matrixOf(video: VideoStream): 'bt601' | 'bt709' | 'bt2020' {
  switch (video.colorSpace) {
    case 'bt709':
      return 'bt709';
    case 'smpte170m':
    case 'bt470bg':
    case 'fcc':
      return 'bt601';
    case 'bt2020nc':
    case 'bt2020c':
      return 'bt2020';
    default:
      return Math.min(video.codedWidth, video.codedHeight) < 720 ? 'bt601' : 'bt709';
  }
}

/** Tags that say what the filters made. */
export const COLOUR_TAGS = [
  ...['-color_primaries', 'bt709', '-color_trc', 'bt709', '-colorspace', 'bt709', '-color_range', 'tv'],
] as const;

/**
 * The sound: 48 kHz, mono or stereo, beginning at time 0 and without holes (both are filled with silence),
 * so that it stays where it was against the picture.
 */
export function soundFilters(channels: 1 | 2): string {
  return `aresample=48000:async=1:first_pts=0,aformat=sample_rates=48000:channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`;
}
