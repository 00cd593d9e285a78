/** The filter chains that turn a source's picture and sound into ours. Pure text. */
import type { Edit } from '../../shared/domain/edit.ts';
import type { VideoStream } from '../../shared/domain/media.ts';
import { StudioError } from '../../shared/errors.ts';
import { GATE_OVER_NOISE, MENDED_PEAK, NOISE_REDUCTION } from '../../shared/quality/mends.ts';
import { cropOf } from '../../shared/quality/reframe.ts';
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
  /** The part that is kept, where it begins at a frame of its own. */
  readonly part?: PicturePart | null;
  readonly mends?: Pick<Edit, 'crop' | 'turn' | 'liftExponent'>;
}

/** Which frames are kept. */
export interface PicturePart {
  /** On the clock of ffmpeg, which is 0 where the file begins. */
  readonly startSeconds: number;
  /** Counted at the frame rate of the output. */
  readonly frames: number;
}

/** Read before the part begins: a deinterlacer looks at the fields around a frame. Seconds. */
const LEAD_SECONDS = 0.5;

/**
 * The picture: deinterlaced, sized with square pixels, standard colours (BT.709, limited range, 8 bits), even frames.
 * ffmpeg turns a rotated picture by itself before the first of these.
 * @throws StudioError FFMPEG_FAILED when HDR has to be tone-mapped and this ffmpeg cannot
 */
export function pictureFilters(video: VideoStream, wanted: PictureFilters, can: MediaCapabilities): string {
  const chain: string[] = [];
  const part = wanted.part ?? null;
  if (part !== null) chain.push(`trim=start=${seconds(Math.max(0, part.startSeconds - LEAD_SECONDS))}`);
  if (wanted.deinterlace !== 'none')
    chain.push(
      `${can.bwdif ? 'bwdif' : 'yadif'}=mode=${wanted.deinterlace === 'fields' ? 'send_field' : 'send_frame'}`,
    );
  // Frames that will not be shown are dropped before anything is computed for them. The first one is repeated back
  // to time 0 where the picture begins later than the sound, so that both begin together without an edit list.
  if (part !== null) chain.push(`setpts=PTS-${seconds(part.startSeconds)}/TB`);
  if (wanted.frameRate !== null) chain.push(`fps=fps=${wanted.frameRate}:start_time=0`);
  if (part !== null) chain.push(`trim=end_frame=${part.frames}`);
  if (wanted.mends !== undefined) chain.push(...reframed(video, wanted.mends));
  if (wanted.size?.fit === 'crop') chain.push(`crop=${wanted.size.width}:${wanted.size.height}:0:0`);
  if (wanted.toneMap) {
    if (wanted.size?.fit === 'scale') chain.push(`scale=${wanted.size.width}:${wanted.size.height}`);
    chain.push(...toneMapping(video, can));
  } else chain.push(...standardColours(video, wanted.size, can));
  chain.push('setsar=1', 'format=yuv420p');
  if (wanted.mends?.liftExponent != null) chain.push(lifted(wanted.mends.liftExponent));
  return chain.join(',');
}

/** Bars cut off, then turned. */
function reframed(video: VideoStream, mends: Pick<Edit, 'crop' | 'turn' | 'liftExponent'>): string[] {
  const box = cropOf(video, mends);
  return [
    ...(box === null ? [] : [`crop=${box.width}:${box.height}:${box.x}:${box.y}`]),
    ...TURNS[mends.turn],
  ];
}

/** Clockwise. */
const TURNS = { 0: [], 90: ['transpose=clock'], 180: ['hflip', 'vflip'], 270: ['transpose=cclock'] } as const;

/**
 * A curve that leaves black black and white white, so that no highlight is lost: luma to the power of the exponent, on
 * limited range. Colours are strengthened half as much as luma at a quarter of white, which is about where dark faces
 * are: all of it would overdo what is bright already, none of it would leave skin grey.
 */
function lifted(exponent: number): string {
  const luma = `16+219*pow(max(0,min(1,(val-16)/219)),${exponent})`;
  const colour = ((1 + 0.25 ** (exponent - 1)) / 2).toFixed(3);
  const chroma = `max(16,min(240,128+(val-128)*${colour}))`;
  return `lutyuv=y='${luma}':u='${chroma}':v='${chroma}'`;
}

function seconds(value: number): string {
  return value.toFixed(6);
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
  wanted: PictureFilters['size'],
  can: MediaCapabilities,
): string[] {
  const matrix = matrixOf(video);
  const size = wanted?.fit === 'scale' ? wanted : null;
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
  const scaleTo = (out: string) =>
    `scale=${scaled}in_color_matrix=${matrix}:out_color_matrix=${out}:in_range=${range}:out_range=tv`;
  if (matrix !== 'bt601' || !suitsColorspace(video, wanted, can)) return [scaleTo('bt709')];
  const isReady = size === null && !video.fullRange;
  return [...(isReady ? [] : [scaleTo('bt601'), 'format=yuv420p']), FROM_BT601, IS_BT709];
}

/**
 * Only the matrix changes: primaries and curve stay what they are taken for. Of a face at 1080p luma comes out 0.2 steps
 * from what the standards say, at next to no cost; `scale` is 1.6 steps off and takes as long again as decoding does.
 */
const FROM_BT601 = [
  'colorspace=space=bt709:trc=bt709:primaries=bt709:range=tv',
  'ispace=smpte170m:itrc=bt709:iprimaries=bt709:irange=tv:fast=1',
].join(':');
/** Newer ffmpegs turn colours by themselves where they believe that something else is wanted. */
const IS_BT709 = 'setparams=range=tv:color_primaries=bt709:color_trc=bt709:colorspace=bt709';

/** The filter takes no odd sides, and only pictures that have luma apart already. */
function suitsColorspace(
  { pixelFormat }: VideoStream,
  size: PictureFilters['size'],
  { colorspace }: MediaCapabilities,
): boolean {
  const isEven = size !== null && size.width % 2 === 0 && size.height % 2 === 0;
  return colorspace && isEven && /^(yuvj?4|nv12|nv21)/.test(pixelFormat);
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

/** What is heard: which part, and what is mended of it. */
export interface SoundEdit {
  readonly gainDb: number | null;
  readonly noiseDbfs: number | null;
  /** Samples at 48 kHz on the clock of ffmpeg, the last one not included; null keeps all. */
  readonly part: { readonly startSample: number; readonly endSample: number } | null;
}

/** Kept free below the highest peak for what the AAC encoder adds. */
const ENCODER_ROOM_DB = 1;
/** The limiter looks this far ahead, and gives everything out that much later. Milliseconds. */
const LOOK_AHEAD_MS = 5;
const SAMPLES_A_SECOND = 48_000;

/**
 * The sound: 48 kHz, mono or stereo, beginning at time 0 and without holes (both are filled with silence),
 * so that it stays where it was against the picture.
 */
export function soundFilters(channels: 1 | 2, edit?: SoundEdit): string {
  const chain = [
    'aresample=48000:async=1:first_pts=0',
    `aformat=sample_rates=48000:channel_layouts=${channels === 1 ? 'mono' : 'stereo'}`,
  ];
  if (edit === undefined) return chain.join(',');
  if (edit.noiseDbfs !== null) chain.push(...quieterRoom(edit.noiseDbfs));
  let late = 0;
  if (edit.gainDb !== null) {
    chain.push(...louder(edit.gainDb));
    late = (LOOK_AHEAD_MS * SAMPLES_A_SECOND) / 1000;
  }
  const start = (edit.part?.startSample ?? 0) + late;
  const end = edit.part === null ? '' : `:end_sample=${edit.part.endSample + late}`;
  if (start > 0 || end !== '') chain.push(`atrim=start_sample=${start}${end}`, 'asetpts=N/SR/TB');
  return chain.join(',');
}

/**
 * Rumble under the voice goes, and what lies between words gets quieter by a fixed amount, slowly; words are left as
 * they are. Measured on three voices with pink noise added at -64 dBFS: the floor falls to -76 dBFS, speech by 0.04 dB.
 * A denoiser (afftdn) took 1.5 dB of the same floor, and ffmpeg's versions do not agree about its delay.
 */
function quieterRoom(noiseDbfs: number): string[] {
  const threshold = amplitude(noiseDbfs + GATE_OVER_NOISE).toFixed(6);
  const range = amplitude(-NOISE_REDUCTION).toFixed(6);
  return [
    'highpass=f=70',
    `agate=threshold=${threshold}:ratio=2:range=${range}:attack=5:release=150:detection=rms`,
  ];
}

/** A plain gain, the same all over; only peaks are held. Four times oversampled, where true peaks are seen. */
function louder(gainDb: number): string[] {
  const limit = amplitude(MENDED_PEAK - ENCODER_ROOM_DB).toFixed(6);
  return [
    `volume=${gainDb}dB:precision=float`,
    'aresample=192000',
    `alimiter=limit=${limit}:level=0:attack=${LOOK_AHEAD_MS}:release=80`,
    'aresample=48000',
  ];
}

function amplitude(decibels: number): number {
  return 10 ** (decibels / 20);
}
