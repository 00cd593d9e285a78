/** Measures made footage by other means than the product's own probing. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { MediaTools } from '../../electron/media/locate.ts';

const run = promisify(execFile);

/**
 * Structural similarity, 0 to 1, of a master and its source, frame by frame. `expected` is the filter chain that
 * makes of the source what the master should show; the source's rotation is not applied by itself.
 */
export async function ssim(
  tools: MediaTools,
  master: string,
  source: string,
  expected: string,
): Promise<number> {
  const number = 'settb=1/30,setpts=N,format=yuv420p';
  const chain = `[0:v]${number}[made];[1:v]${expected === '' ? '' : `${expected},`}${number}[wanted];[made][wanted]ssim`;
  const inputs = ['-i', master, '-noautorotate', '-i', source];
  const { stderr } = await run(
    tools.ffmpeg,
    ['-nostdin', ...inputs, '-lavfi', chain, '-an', '-f', 'null', '-'],
    {
      maxBuffer: 8_000_000,
    },
  );
  const value = / All:([\d.]+)/.exec(stderr)?.[1];
  if (value === undefined) throw new Error(`no SSIM in ${stderr}`);
  return Number(value);
}

/** Mean luma over all frames, 16 to 235. */
export async function meanLuma(tools: MediaTools, file: string): Promise<number> {
  const { stdout } = await run(
    tools.ffmpeg,
    [
      '-v',
      'error',
      '-nostdin',
      '-i',
      file,
      '-vf',
      'signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-',
      '-an',
      '-f',
      'null',
      '-',
    ],
    { maxBuffer: 8_000_000 },
  );
  const values = [...stdout.matchAll(/YAVG=([\d.]+)/g)].map((match) => Number(match[1]));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** When the first bright frame is shown and the first loud sample is heard, seconds, as a player would. */
export async function flashAndBeep(
  tools: MediaTools,
  file: string,
): Promise<{ flash: number; beep: number }> {
  const picture = 'scale=64:36,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-';
  const sound = 'silencedetect=noise=-20dB:duration=0.05';
  // One pass over both: starting an ffmpeg costs more than it has to do here.
  const { stdout, stderr } = await run(
    tools.ffmpeg,
    ['-nostdin', '-i', file, '-vf', picture, '-af', sound, '-f', 'null', '-'],
    { maxBuffer: 8_000_000 },
  );
  const frames = [...stdout.matchAll(/pts_time:([\d.]+)\s+lavfi\.signalstats\.YAVG=([\d.]+)/g)];
  const flash = frames.find((match) => Number(match[2]) > 128)?.[1];
  const beep = /silence_end: ([\d.]+)/.exec(stderr)?.[1];
  if (flash === undefined || beep === undefined) throw new Error(`no flash or no beep in ${file}`);
  return { flash: Number(flash), beep: Number(beep) };
}

/** Integrated loudness in LUFS and true peak in dBTP, as ffmpeg's own meter has them. */
export async function loudnessOf(
  tools: MediaTools,
  file: string,
): Promise<{ integratedLufs: number; truePeakDbtp: number }> {
  const { stderr } = await run(
    tools.ffmpeg,
    ['-nostdin', '-i', file, '-af', 'ebur128=peak=true', '-vn', '-f', 'null', '-'],
    { maxBuffer: 8_000_000 },
  );
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
  const integrated = /I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1];
  const peak = /Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1];
  if (integrated === undefined || peak === undefined) throw new Error(`no loudness of ${file}`);
  return { integratedLufs: Number(integrated), truePeakDbtp: Number(peak) };
}

/** Level of every 400 ms of the first channel, dBFS. */
export async function levelsOf(tools: MediaTools, file: string): Promise<number[]> {
  const { stdout } = await run(
    tools.ffmpeg,
    ['-v', 'error', '-nostdin', '-i', file, '-vn', '-ac', '1', '-ar', '16000', '-f', 'f32le', '-'],
    { encoding: 'buffer', maxBuffer: 64_000_000 },
  );
  const samples = new Float32Array(new Uint8Array(stdout).buffer);
  const size = 6400;
  return Array.from({ length: Math.floor(samples.length / size) }, (_, index) => {
    const window = samples.subarray(index * size, (index + 1) * size);
    return 10 * Math.log10(window.reduce((sum, one) => sum + one * one, 0) / size + 1e-12);
  });
}
