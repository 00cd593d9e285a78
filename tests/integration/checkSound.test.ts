/** The check's hearing, against ffmpeg's own meters and with every ffmpeg. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { runningChildren } from '../../electron/media/children.ts';
import type { MediaTools } from '../../electron/media/locate.ts';
import { measureSound } from '../../electron/media/measure/sound.ts';
import { probe } from '../../electron/media/probe.ts';
import { Cancelled } from '../../shared/errors.ts';
import { integratedLoudness } from '../../shared/quality/loudness.ts';
import type { HeardSound } from '../../shared/quality/soundTrack.ts';
import {
  bundledTools,
  type Composition,
  composeTake,
  hasSystemFfmpeg,
  newestTools,
  systemTools,
} from '../footage/tools.ts';

const run = promisify(execFile);
const SMALL = { width: 320, height: 240, seconds: 24 } as const;

async function compose(composition: Composition): Promise<string> {
  return composeTake(composition, { ffmpeg: (await newestTools()).ffmpeg });
}

async function hear(tools: MediaTools, file: string): Promise<HeardSound> {
  const heard = await measureSound(file, await probe(file, { tools }), { tools });
  if (heard === null) throw new Error(`no sound in ${file}`);
  return heard;
}

/** Integrated loudness and true peak as ffmpeg's meter has them. */
async function metered(file: string): Promise<{ loudness: number; peak: number }> {
  const { ffmpeg } = await newestTools();
  const meter = 'aresample=48000,ebur128=peak=true';
  const { stderr } = await run(ffmpeg, ['-nostdin', '-i', file, '-af', meter, '-vn', '-f', 'null', '-'], {
    maxBuffer: 8_000_000,
  });
  const figure = (name: string) =>
    Number([...stderr.matchAll(new RegExp(`${name}: +(-?[\\d.]+) `, 'g'))].at(-1)?.[1]);
  return { loudness: figure('I'), peak: figure('Peak') };
}

const kinds = [
  ['the bundled ffmpeg', bundledTools],
  ...(hasSystemFfmpeg ? [["the system's ffmpeg", systemTools] as const] : []),
] as const;

describe.each(kinds)('with %s', (_name, toolsOf) => {
  let tools: MediaTools;
  beforeAll(async () => {
    tools = await toolsOf();
  });

  it('loudness and true peak are what ebur128 says', async () => {
    const file = await compose(SMALL);
    const { track } = await hear(tools, file);
    const { loudness, peak } = await metered(file);
    expect(
      Math.abs((integratedLoudness(track.windows.map(({ loudnessLufs }) => loudnessLufs)) ?? 0) - loudness),
    ).toBeLessThan(0.2);
    expect(Math.abs(Math.max(...track.windows.map(({ truePeakDbtp }) => truePeakDbtp)) - peak)).toBeLessThan(
      0.2,
    );
  });

  it('a voice is speech all through, and a tone never is', async () => {
    const spoken = await hear(tools, await compose(SMALL));
    const share = (heard: HeardSound) =>
      heard.track.windows.filter(({ speech }) => speech >= 0.5).length / heard.track.windows.length;
    expect(share(spoken)).toBeGreaterThan(0.9);
    expect(share(await hear(tools, await compose({ ...SMALL, seconds: 6, audio: 'tone' })))).toBe(0);
  });

  it('sound that begins later is heard later', async () => {
    const late = { ...SMALL, seconds: 6, audio: 'tone', audioLateSeconds: 1 } as const;
    const { windows } = (await hear(tools, await compose(late))).track;
    expect(windows.map(({ rmsDbfs }) => rmsDbfs < -60).slice(0, 5)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(Math.abs(windows.length * 0.4 - 6)).toBeLessThan(0.6);
  });

  it('many channels and other rates are heard as the master will have them', async () => {
    const one = { ...SMALL, seconds: 6 } as const;
    const surround = await hear(tools, await compose({ ...one, channels: 6, audioCodec: 'ac3' }));
    const slow = await hear(tools, await compose({ ...one, channels: 1, sampleRate: 22_050 }));
    for (const { track } of [surround, slow]) {
      expect(track.windows).toHaveLength(15);
      expect(track.windows[5]?.speech).toBeGreaterThan(0.5);
    }
  });

  it('without sound there is nothing to hear', async () => {
    const file = await compose({ ...SMALL, seconds: 6, audio: 'none' });
    expect(await measureSound(file, await probe(file, { tools }), { tools })).toBeNull();
  });

  it('tells how far it is, and ends when it is cancelled', async () => {
    const file = await compose(SMALL);
    const media = await probe(file, { tools });
    const shares: number[] = [];
    await measureSound(file, media, { tools, onProgress: (share) => shares.push(share) });
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares.at(-1)).toBeGreaterThan(0.97);
    const stop = new AbortController();
    const hearing = measureSound(file, media, { tools, signal: stop.signal, onProgress: () => stop.abort() });
    await expect(hearing).rejects.toBeInstanceOf(Cancelled);
    expect(runningChildren()).toEqual([]);
  });
});

it.runIf(hasSystemFfmpeg)('every ffmpeg gives the same', async () => {
  const file = await compose(SMALL);
  const [one, other] = [
    (await hear(await bundledTools(), file)).track,
    (await hear(await systemTools(), file)).track,
  ];
  expect(other.windows).toHaveLength(one.windows.length);
  for (const [index, window] of one.windows.entries()) {
    expect(other.windows[index]?.loudnessLufs).toBeCloseTo(window.loudnessLufs, 1);
    expect(other.windows[index]?.speech).toBeCloseTo(window.speech, 1);
  }
  expect(other.echoMs).toBe(one.echoMs);
});
