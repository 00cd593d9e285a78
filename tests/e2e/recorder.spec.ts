/** The recorder with a fake camera, in a Chromium of today and in the trial runtime's: what is in the file. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { chromium, expect, type Page, test } from '@playwright/test';
import { z } from 'zod';
import { FRAMES_PER_FRAGMENT } from '../../renderer/capture/recorder/pacer.ts';
import { composeFakeCamera, type FakeCamera } from '../footage/fakeCamera.ts';
import { fakeMicrophone } from '../footage/fakeMicrophone.ts';
import { readFrameNumbers, readPackets } from '../footage/frameNumbers.ts';
import { bundledTools } from '../footage/tools.ts';
import type { Recorded, Wanted } from '../recorder/main.ts';
import { type RecorderSite, startRecorderSite } from '../recorder/site.ts';
import { removeFolder } from '../removeFolder.ts';
import { launchElectron } from './launchElectron.ts';

const CHROMIUM = '/usr/bin/chromium';

interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

let site: RecorderSite;
let folder: string;
let camera: FakeCamera;
let cameraSwitches: string[];

test.beforeAll(async () => {
  // The camera's file is composed once per machine.
  test.setTimeout(300_000);
  site = await startRecorderSite();
  folder = await mkdtemp(join(tmpdir(), 'twin-studio-microphone-'));
  camera = await composeFakeCamera((await bundledTools()).ffmpeg, 8);
  const microphone = join(folder, 'microphone.wav');
  await writeFile(microphone, fakeMicrophone());
  cameraSwitches = [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${camera.file}`,
    `--use-file-for-fake-audio-capture=${microphone}`,
  ];
});
test.afterAll(async () => {
  await site.close();
  await removeFolder(folder);
});

async function openChromium(): Promise<Browser> {
  const switches = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: [...switches, ...cameraSwitches],
  });
  return { page: await browser.newPage(), close: () => browser.close() };
}

/** A bare window of the trial runtime: the studio's own would load the studio. */
async function openTrialRuntime(): Promise<Browser> {
  const folder = fileURLToPath(new URL('../coach/electron', import.meta.url));
  const app = await launchElectron({ switches: cameraSwitches, folder });
  return { page: await app.firstWindow(), close: () => app.close() };
}

const LAST_RUNGS = [
  { rung: 'VP9', without: ['avc1'], codec: 'vp9', container: 'mp4' },
  { rung: 'VP8', without: ['avc1', 'vp09'], codec: 'vp8', container: 'webm' },
] as const;

for (const { name, open, missing, profile, lastRungs } of [
  {
    name: 'Chromium',
    open: openChromium,
    missing: !existsSync(CHROMIUM),
    profile: 'High',
    lastRungs: LAST_RUNGS,
  },
  // Their encoders are the same in both, and slow: one browser will do.
  {
    name: 'the trial runtime',
    open: openTrialRuntime,
    missing: false,
    profile: 'Constrained Baseline',
    lastRungs: [],
  },
]) {
  test.describe(`in ${name}`, () => {
    test.skip(missing, 'needs Chromium');
    const prefix = name === 'Chromium' ? 'new' : 'old';
    let browser: Browser;

    test.beforeAll(async () => {
      browser = await open();
      await browser.page.goto(site.url);
    });
    test.afterAll(() => browser.close());

    const record = async (file: string, wanted: Wanted): Promise<{ file: string; recorded: Recorded }> => {
      const stored = `${prefix}-${file}`;
      const recorded = await browser.page.evaluate(([as, what]) => window.recorder.record(as, what), [
        stored,
        wanted,
      ] as const);
      return { file: site.fileOf(stored), recorded };
    };

    /** Records until the machine has time for it: a busy one starves even the fake camera, and its encoder. */
    const recordUntil = async (
      name: string,
      wanted: Wanted,
      isFine: (taken: Taken) => boolean,
    ): Promise<Taken> => {
      for (let tries = 1; ; tries += 1) {
        const { file, recorded } = await record(`${name}-${tries}`, wanted);
        const taken = await whatIsIn(file, recorded, profile);
        if (isFine(taken) || tries === MOST_TRIES) return taken;
      }
    };

    test('a take has thirty frames a second exactly, both tracks, and three fragments a second', async () => {
      test.setTimeout(150_000);
      const { counts, empty, seconds, fragments } = await recordUntil('take', { seconds: 5 }, isCalm);
      expect(empty).toBe(0);
      expect(counts.dropped + counts.repeated).toBeLessThan(counts.written * 0.2);
      expect(Math.abs(counts.soundOffsetMs ?? 0)).toBeLessThan(40);
      expect(Math.abs(seconds.video - seconds.audio)).toBeLessThan(0.03);
      // Where the picture ends with a whole fragment or one frame before, what is left of the sound may come in one of
      // its own.
      const whole = Math.ceil(counts.written / FRAMES_PER_FRAGMENT);
      const endsWhole = (counts.written + 1) % FRAMES_PER_FRAGMENT <= 1;
      expect([whole, endsWhole ? whole + 1 : whole]).toContain(fragments);
    });

    test('a page that stands still for a second and a half costs neither picture nor sound', async () => {
      test.setTimeout(150_000);
      // Of frames that went by way of the page, one would be shown for all that time.
      const isFine = (taken: Taken) => isCalm(taken) && taken.longestStill < 0.7;
      const { longestStill, counts, seconds } = await recordUntil(
        'blocked',
        { seconds: 5, blockSeconds: 1.5 },
        isFine,
      );
      expect(longestStill).toBeLessThan(0.7);
      expect(Math.abs(counts.soundOffsetMs ?? 0)).toBeLessThan(40);
      expect(Math.abs(seconds.video - seconds.audio)).toBeLessThan(0.03);
    });

    test('a disk that stalls loses nothing', async () => {
      const { file, recorded } = await record('stalled', { seconds: 4, stallSeconds: 3 });
      const { ffprobe } = await bundledTools();
      expect(recorded.longestUnsaved).toBeGreaterThan(1.5);
      expect(await readPackets(ffprobe, file)).toHaveLength(countsOf(recorded).written);
    });

    test('a disk that is full ends the take, which is kept', async () => {
      const { file, recorded } = await record('full', { seconds: 20, fullAfter: 3 });
      const { ffprobe } = await bundledTools();
      expect(recorded.broke).toEqual({ end: 'disk-full' });
      expect(await readPackets(ffprobe, file)).toHaveLength(countsOf(recorded).written);
    });

    test('a camera that hangs ends the take, which is kept', async () => {
      const { file, recorded } = await record('hangs', { seconds: 30, cameraHangs: true });
      const { ffprobe } = await bundledTools();
      expect(recorded.broke).toEqual({ end: 'camera-lost' });
      const packets = await readPackets(ffprobe, file);
      expect(packets.length).toBeGreaterThan(30);
      expect(packets).toHaveLength(countsOf(recorded).written);
    });

    for (const { rung, without, codec, container } of lastRungs) {
      test(`where there is nothing better, ${rung} is recorded, and what it leaves out is counted`, async () => {
        const { file, recorded } = await record(rung.toLowerCase(), { seconds: 6, without });
        const { ffprobe } = await bundledTools();
        expect(recorded.broke).toBeNull();
        expect(recorded.setup).toMatchObject({ recorder: 'webcodecs', container });
        const { video } = await streamsOf(ffprobe, file);
        expect(video).toMatchObject({ codec_name: codec, width: 1920, height: 1080 });
        const { delivered, written, dropped, repeated } = countsOf(recorded);
        expect(written).toBe(delivered - dropped + repeated);
        // All that is counted as written is in the file, however little a busy machine had time for.
        const packets = await readPackets(ffprobe, file);
        expect(packets).toHaveLength(written);
        expect(packets.length).toBeGreaterThan(1);
      });
    }

    test('the browser’s own recorder stands in', async () => {
      const { file, recorded } = await record('other', { seconds: 8, recorder: 'media-recorder' });
      const { ffprobe } = await bundledTools();
      expect(recorded.setup.recorder).toBe('media-recorder');
      expect(recorded.broke).toBeNull();
      const { video, audio } = await streamsOf(ffprobe, file);
      expect(video).toMatchObject({ width: 1920, height: 1080 });
      expect(audio.codec_name).toBe('opus');
      expect(recorded.sequences.length).toBeGreaterThan(1);
      // It does not say what it left out, so nobody claims to know.
      expect(recorded.counts).toMatchObject({ written: null, dropped: null, repeated: null });
      expect(recorded.counts?.delivered).toBeGreaterThan(0);
    });
  });
}

/** A take of our own recorder in mp4. */
interface Taken {
  readonly counts: Known;
  /** Thirtieths of a second without a frame of their own. */
  readonly empty: number;
  /** Lengths of the tracks. */
  readonly seconds: { readonly video: number; readonly audio: number };
  readonly fragments: number;
  /** How long the same picture was shown at most, seconds. */
  readonly longestStill: number;
}

const MOST_TRIES = 8;

const isCalm = ({ counts: { written, dropped, repeated }, empty }: Taken): boolean =>
  empty === 0 && dropped + repeated < written * 0.2;

/** Reads a take, which is whole however little time the machine had for it. */
async function whatIsIn(file: string, recorded: Recorded, profile: string): Promise<Taken> {
  const { ffmpeg, ffprobe } = await bundledTools();
  expect(recorded.broke).toBeNull();
  expect(recorded.setup).toMatchObject({
    recorder: 'webcodecs',
    container: 'mp4',
    camera: { width: 1920, height: 1080 },
  });
  const counts = countsOf(recorded);
  expect(counts.written).toBe(counts.delivered - counts.dropped + counts.repeated);

  const { video, audio } = await streamsOf(ffprobe, file);
  expect(video).toMatchObject({ codec_name: 'h264', profile, width: 1920, height: 1080 });
  expect(video.r_frame_rate).toBe('30/1');
  const packets = await readPackets(ffprobe, file);
  expect(packets).toHaveLength(counts.written);
  // Each in its thirtieth of a second, and no two in one; a machine that is behind leaves places empty.
  const places = packets.map(({ seconds }) => Math.round(seconds * 30));
  for (const [index, { seconds }] of packets.entries())
    expect(seconds).toBeCloseTo((places[index] ?? 0) / 30, 5);
  expect(new Set(places).size).toBe(places.length);

  const boxes = boxesOf(await readFile(file));
  const fragments = boxes.filter((box) => box === 'moof').length;
  expect(fragments).toBeGreaterThan(counts.written / 15);
  expect(boxes).toEqual([
    'ftyp',
    'moov',
    ...Array.from({ length: fragments }, () => ['moof', 'mdat']).flat(),
  ]);
  expect(recorded.sequences).toEqual(Array.from({ length: fragments + 1 }, (_, index) => index));
  expect(recorded.samples).toContainEqual({ kind: 'advice', atSeconds: 0, code: null });

  const numbers = await readFrameNumbers(ffmpeg, file);
  let longestStill = 0;
  let since = 0;
  for (const [index, number] of numbers.entries()) {
    if (number !== numbers[index - 1]) since = places[index] ?? 0;
    longestStill = Math.max(longestStill, ((places[index + 1] ?? places[index] ?? 0) - since) / 30);
  }
  return {
    counts,
    empty: (places.at(-1) ?? 0) + 1 - places.length,
    seconds: { video: Number(video.duration), audio: Number(audio.duration) },
    fragments,
    longestStill,
  };
}

/** Our own recorder knows all of them. */
const KnownSchema = z.object({
  delivered: z.number(),
  written: z.number(),
  dropped: z.number(),
  repeated: z.number(),
  soundOffsetMs: z.number().nullable(),
});
type Known = z.infer<typeof KnownSchema>;

function countsOf({ counts }: Recorded): Known {
  if (counts === null) throw new Error('Nothing was stored.');
  return KnownSchema.parse(counts);
}

const StreamsSchema = z.object({
  streams: z.array(
    z.looseObject({ codec_type: z.string(), codec_name: z.string(), duration: z.string().optional() }),
  ),
});

async function streamsOf(ffprobe: string, file: string) {
  const { stdout } = await promisify(execFile)(ffprobe, [
    '-v',
    'error',
    '-of',
    'json',
    '-show_streams',
    file,
  ]);
  const { streams } = StreamsSchema.parse(JSON.parse(stdout));
  const [video, audio] = ['video', 'audio'].map((type) =>
    streams.find(({ codec_type }) => codec_type === type),
  );
  if (video === undefined || audio === undefined) throw new Error(`${file} lacks a track.`);
  return { video, audio };
}

function boxesOf(bytes: Buffer): string[] {
  const types: string[] = [];
  for (let at = 0; at < bytes.length; at += bytes.readUInt32BE(at))
    types.push(bytes.toString('latin1', at + 4, at + 8));
  return types;
}
