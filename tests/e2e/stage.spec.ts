/** The stage with all that is behind it, in the real window: a camera that shows a face, and a take at the end. */
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { libraryPaths } from '../../electron/library/paths.ts';
import { words } from '../../shared/words/app.ts';
import { coachWords } from '../../shared/words/coach.ts';
import { readOnlyTake } from '../bench/takeFiles.ts';
import { composeFakeCamera } from '../footage/fakeCamera.ts';
import { fakeMicrophone } from '../footage/fakeMicrophone.ts';
import { bundledTools, newestTools } from '../footage/tools.ts';
import { violationsOf } from '../window/violations.ts';
import { expect, test } from './fixtures.ts';

const FAKE_DEVICES = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

async function goToStage(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.location.hash = '/stage';
  });
}

/** Camera and microphone open side by side; the stage shows its picture when the camera is there. */
const untilItCanRecord = (page: Page): Promise<void> =>
  expect(page.locator('.record-button')).toHaveAttribute('aria-disabled', 'false');

/** Of the recording that runs. */
async function storedFragments(libraryDir: string): Promise<number> {
  const folder = libraryPaths(libraryDir).recordings;
  const [id = ''] = await readdir(folder).catch(() => []);
  const bytes = await readFile(join(folder, id, 'source.mp4')).catch(() => Buffer.alloc(0));
  return bytes.toString('latin1').split('moof').length - 1;
}

interface Probed {
  readonly seconds: number;
  readonly pictures: readonly number[];
  readonly sounds: number;
}

/** Times of the pictures and number of the packets of sound, as ffprobe reads them. */
async function probe(file: string): Promise<Probed> {
  const { ffprobe } = await bundledTools();
  const { stdout } = await promisify(execFile)(
    ffprobe,
    ['-v', 'error', '-show_entries', 'packet=codec_type,pts_time:format=duration', '-of', 'json', file],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const { packets, format } = JSON.parse(stdout);
  const times = (type: string): number[] =>
    packets
      .filter((packet: { codec_type: string }) => packet.codec_type === type)
      .map((packet: { pts_time: string }) => Number(packet.pts_time))
      .sort((one: number, other: number) => one - other);
  return { seconds: Number(format.duration), pictures: times('video'), sounds: times('audio').length };
}

test('by keyboard: a countdown, twenty seconds, and the take plays', async ({
  launchStudio,
  temporaryDir,
}) => {
  test.setTimeout(180_000);
  const camera = await composeFakeCamera((await newestTools()).ffmpeg, 2);
  const voice = join(temporaryDir, 'voice.wav');
  await writeFile(voice, fakeMicrophone());
  const { window, libraryDir } = await launchStudio({
    args: [
      ...FAKE_DEVICES,
      `--use-file-for-fake-video-capture=${camera.file}`,
      `--use-file-for-fake-audio-capture=${voice}`,
    ],
  });
  const complaints: string[] = [];
  window.on('pageerror', (error) => complaints.push(error.message));
  window.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });

  await goToStage(window);
  const use = window.getByRole('button', { name: words.stage.ask.use });
  await use.focus();
  await window.keyboard.press('Enter');
  const stage = window.locator('main.stage');
  await expect(stage).toHaveAttribute('data-phase', /framing|ready/);
  expect(await violationsOf(window), 'framing').toEqual([]);
  // The coach looks: it has something to say, or nothing to mend.
  await expect(window.locator('.coach')).not.toContainText(coachWords.starting, {
    timeout: 60_000,
  });

  await untilItCanRecord(window);
  await window.keyboard.press('Space');
  await expect(stage).toHaveAttribute('data-phase', 'countdown');
  await window.keyboard.press('Escape');
  await expect(stage).toHaveAttribute('data-phase', /framing|ready/);
  await window.keyboard.press('Space');
  await expect(stage).toHaveAttribute('data-phase', 'recording');
  expect(await violationsOf(window), 'recording').toEqual([]);
  await expect(window.getByRole('timer')).toHaveText(/0:[2-5]\d/, { timeout: 60_000 });
  await window.keyboard.press('Space');
  await expect(window).toHaveURL(/takes\/tk_/, { timeout: 30_000 });

  const video = window.locator('video');
  await expect.poll(() => video.evaluate((it: HTMLVideoElement) => it.readyState)).toBeGreaterThanOrEqual(2);
  const length = await video.evaluate((it: HTMLVideoElement) => it.duration);
  await video.evaluate((it: HTMLVideoElement) => it.play());
  await expect.poll(() => video.evaluate((it: HTMLVideoElement) => it.currentTime)).toBeGreaterThan(0.5);

  const { take, source, samples } = await readOnlyTake(libraryDir);
  const file = await probe(source);
  expect(file.seconds).toBeGreaterThan(19.5);
  expect(file.seconds).toBeLessThan(70);
  expect(length).toBeCloseTo(file.seconds, 1);
  expect(file.sounds).toBeGreaterThan(0);
  // Each in its thirtieth of a second, and no two in one; a machine that is behind leaves places empty.
  const places = file.pictures.map((at) => at * 30);
  expect(Math.max(...places.map((place) => Math.abs(place - Math.round(place))))).toBeLessThan(0.03);
  expect(new Set(places.map(Math.round)).size).toBe(file.pictures.length);

  expect(take).toMatchObject({
    origin: 'recorded',
    shot: 'head-and-shoulders',
    recording: {
      end: 'stopped',
      setup: {
        recorder: 'webcodecs',
        camera: { width: 1920, height: 1080 },
        microphone: {
          processing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
        },
      },
      counts: { written: file.pictures.length },
    },
  });
  const count = (kind: string) => samples.filter((sample) => sample.kind === kind).length;
  expect(count('frame')).toBeGreaterThan(10);
  expect(count('camera')).toBeGreaterThan(10);
  // Windows of 400 ms, one after the other; a machine that is behind leaves some out.
  const heard = samples.flatMap((each) => (each.kind === 'sound' ? [each.sample.atSeconds] : []));
  const gaps = heard.slice(1).map((at, index) => at - (heard[index] ?? at));
  const usual = gaps.sort((one, other) => one - other)[Math.floor(gaps.length / 2)];
  expect(usual).toBeGreaterThan(0.38);
  expect(usual).toBeLessThan(0.6);
  expect(count('advice')).toBeGreaterThan(0);
  for (const sample of samples) {
    const at = 'sample' in sample ? sample.sample.atSeconds : sample.atSeconds;
    expect(at).toBeGreaterThanOrEqual(0);
    expect(at).toBeLessThan(file.seconds + 1);
  }
  expect(complaints).toEqual([]);
});

test('a chosen camera is remembered, and a page that goes away keeps its take', async ({ launchStudio }) => {
  test.setTimeout(120_000);
  const args = ['--use-fake-device-for-media-stream=device-count=3', '--use-fake-ui-for-media-stream'];
  const { app, window, userDataDir, libraryDir } = await launchStudio({ args });
  await goToStage(window);
  await window.getByRole('button', { name: words.stage.ask.use }).click();
  const cameras = window.getByRole('combobox', { name: words.stage.camera.label });
  await expect(cameras).toBeEnabled();
  // The second one is a depth camera, which nobody records.
  const other = (await cameras.locator('option').last().textContent()) ?? '';
  await cameras.selectOption(other);
  await expect(cameras.locator('option:checked')).toHaveText(other);
  await expect
    .poll(() =>
      window.evaluate(async () => {
        const answer = await globalThis.window.studio?.getSettings({});
        return answer?.kind === 'ok' ? answer.value.settings.stage.camera?.label : null;
      }),
    )
    .toBe(other);

  const stage = window.locator('main.stage');
  await expect(stage).toHaveAttribute('data-phase', /framing|ready/);
  await stage.getByRole('button', { name: words.stage.button.record, exact: true }).click();
  // More than a second is on the disk, each fragment being a third of one: what is shorter is nobody's take.
  await expect.poll(() => storedFragments(libraryDir), { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
  // Closing asks first, and the take goes on behind the question.
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const question = window.getByRole('dialog', { name: words.stage.leave.window.title });
  await question.getByRole('button', { name: words.stage.leave.stay }).click();
  await expect(question).toBeHidden();
  await expect(stage).toHaveAttribute('data-phase', 'recording');
  // A page that goes away unasked.
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.once('will-prevent-unload', (event) => event.preventDefault());
    contents?.reload();
  });
  await expect
    .poll(async () => (await readdir(join(libraryDir, 'takes')).catch(() => [])).length, { timeout: 30_000 })
    .toBe(1);
  const { source } = await readOnlyTake(libraryDir);
  expect((await probe(source)).seconds).toBeGreaterThan(0.9);

  await app.close();
  const again = await launchStudio({ args, userDataDir, libraryDir });
  await goToStage(again.window);
  await expect(
    again.window.getByRole('combobox', { name: words.stage.camera.label }).locator('option:checked'),
  ).toHaveText(other);
});

test('a window that is closed during a take keeps it first, and closes then', async ({ launchStudio }) => {
  test.setTimeout(120_000);
  const args = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];
  const { app, window, libraryDir } = await launchStudio({ args });
  await goToStage(window);
  await window.getByRole('button', { name: words.stage.ask.use }).click();
  const stage = window.locator('main.stage');
  await expect(stage).toHaveAttribute('data-phase', /framing|ready/);
  // Chosen with the pointer, a dialog leaves the space bar to the recorder.
  await window.getByRole('button', { name: words.review.more.keys }).click();
  await window.getByRole('button', { name: words.keys.close }).click();
  await expect.poll(() => window.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await untilItCanRecord(window);
  await window.keyboard.press('Space');
  await expect.poll(() => storedFragments(libraryDir), { timeout: 60_000 }).toBeGreaterThanOrEqual(5);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  const text = words.stage.leave;
  const question = window.getByRole('dialog', { name: text.window.title });
  await expect(question.getByRole('button', { name: text.stay })).toBeFocused();
  const ended = app.waitForEvent('close');
  await question.getByRole('button', { name: text.window.leave }).click();
  await ended;
  const { take, source } = await readOnlyTake(libraryDir);
  expect(take.recording?.end).toBe('stopped');
  expect((await probe(source)).seconds).toBeGreaterThan(0.9);
});
