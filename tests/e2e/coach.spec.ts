/** The coach before composed scenes of a real person, in a Chromium of today and in the trial runtime's. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, expect, type Page, test } from '@playwright/test';
import type { Shot } from '../../shared/domain/report.ts';
import type { Looked } from '../coach/main.ts';
import { type CoachSite, startCoachSite } from '../coach/site.ts';
import { composeScene, SCENES } from '../footage/scenes.ts';
import { bundledTools } from '../footage/tools.ts';
import { launchElectron } from './launchElectron.ts';

const CHROMIUM = '/usr/bin/chromium';
const SWITCHES = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-background-networking'];

interface Browser {
  readonly page: Page;
  close(): Promise<void>;
}

async function openChromium(): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES });
  return { page: await browser.newPage(), close: () => browser.close() };
}

/** A bare window of the trial runtime: the studio's own would load the studio. */
async function openTrialRuntime(): Promise<Browser> {
  const folder = fileURLToPath(new URL('../coach/electron', import.meta.url));
  const app = await launchElectron({ folder });
  return { page: await app.firstWindow(), close: () => app.close() };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** A look takes 35 to 50 ms of a processor, 130 with hands: far more, and the machine is at something else. */
const isCalm = ({ milliseconds }: Looked): boolean => mean(milliseconds) < 100;

/** Five looks a second; where looking takes too long for that, as many as there can be, with a frame or two between. */
const leastRate = ({ milliseconds }: Looked): number =>
  ((5 / 6) * 1000) / Math.max(1000 / 6, mean(milliseconds) + 70);

let site: CoachSite;
const pictures = new Map<string, string>();
const pictureOf = (scene: string): string => pictures.get(scene) ?? '';

test.beforeAll(async () => {
  site = await startCoachSite();
  const { ffmpeg } = await bundledTools();
  for (const scene of SCENES) pictures.set(scene.name, site.give(await composeScene(scene, { ffmpeg })));
});
test.afterAll(() => site.close());

for (const { name, open, missing } of [
  { name: 'Chromium', open: openChromium, missing: !existsSync(CHROMIUM) },
  { name: 'the trial runtime', open: openTrialRuntime, missing: false },
]) {
  test.describe(name, () => {
    test.skip(missing, `needs ${CHROMIUM}`);
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];

    test.beforeAll(async () => {
      browser = await open();
      page = browser.page;
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
    });
    test.beforeEach(async () => {
      complaints.length = 0;
      await page.goto(site.url);
    });
    test.afterAll(() => browser.close());

    test('each scene is given its own advice, and a good one is ready', async () => {
      await page.evaluate((picture) => window.coach.open(picture), pictureOf('nobody'));
      for (const { name: scene, shot, expected } of SCENES) {
        const shown = [pictureOf(scene), shot] as const;
        const judged = await page.evaluate(([picture, of]) => window.coach.judge(picture, of), shown);
        expect.soft(judged, scene).toMatchObject({ advice: expected, ready: expected === null });
      }
      expect(complaints).toEqual([]);
    });

    test('it keeps its pace beside a camera, and out of the way of the window', async () => {
      test.setTimeout(150_000);
      const picture = pictureOf('waist up, well framed');
      await page.evaluate((shown) => window.coach.open(shown), picture);
      const look = (shot: Shot) => page.evaluate((of) => window.coach.look(4, of), shot);

      // The machine may be at something else for a moment.
      await expect(async () => {
        const framing = await look('head-and-shoulders');
        const withHands = await look('waist-up');
        expect(framing.withHands).toBe(0);
        expect(withHands.withHands).toBeGreaterThan(0);
        expect(withHands.camera?.framesPerSecond).toBeCloseTo(30, 0);
        for (const looked of [framing, withHands]) {
          expect(looked.hz).toBeGreaterThanOrEqual(leastRate(looked));
          if (isCalm(looked)) expect(looked.longTasks).toEqual([]);
        }
      }).toPass({ timeout: 40_000 });

      await page.evaluate(() => window.coach.attend('recording'));
      await page.evaluate(() => window.coach.setRate(12));
      await expect(async () => {
        const recording = await look('head-and-shoulders');
        expect(recording.hz).toBeGreaterThanOrEqual(1);
        expect(recording.hz).toBeLessThanOrEqual(2);
        expect(recording.camera?.framesPerSecond).toBeCloseTo(12, 0);
      }).toPass({ timeout: 40_000 });
      expect(complaints).toEqual([]);
    });

    test('a worker that dies is started again, once', async () => {
      await page.evaluate((picture) => window.coach.open(picture), pictureOf('nobody'));
      await page.evaluate(() => window.coach.breakWorker());
      const seen = await page.evaluate(() => window.coach.look(1, 'head-and-shoulders'));
      expect(seen.milliseconds.length).toBeGreaterThan(1);
      await page.evaluate(() => window.coach.breakWorker());
      await expect(page.evaluate(() => window.coach.look(1, 'head-and-shoulders'))).rejects.toThrow('broken');
    });

    test('models that are not there are told, not thrown', async () => {
      const elsewhere = [pictureOf('nobody'), `${site.url}nowhere/`] as const;
      await expect(
        page.evaluate(([picture, vision]) => window.coach.open(picture, vision), elsewhere),
      ).rejects.toThrow(/did not (load|start)/);
      expect(complaints.filter((text) => !/nowhere|404|tfjs|Human/.test(text))).toEqual([]);
    });

    test('it measures and judges as Node does', async () => {
      const { vectors, mismatches } = await page.evaluate(() => window.coach.golden());
      expect(vectors).toBeGreaterThan(10);
      expect(mismatches).toEqual([]);
    });

    test('the meter hears a tone, and notices that there is nothing', async () => {
      // Where the machine is busy, a window may hold a gap.
      await expect(async () => {
        const { sounds, silent } = await page.evaluate(() => window.coach.hear(0.5, 5));
        expect(silent).toBe(false);
        expect(sounds.at(-1)?.peakDbfs).toBeCloseTo(-6.02, 1);
        expect(Math.abs((sounds.at(-1)?.rmsDbfs ?? 0) + 9.03)).toBeLessThan(0.5);
      }).toPass({ timeout: 30_000 });
      const { sounds } = await page.evaluate(() => window.coach.hear(0, 'silent'));
      expect(sounds.at(-1)).toMatchObject({ rmsDbfs: -120, peakDbfs: -120 });
      // Noticed with the first window after three seconds, however late that comes.
      const after = sounds.map(({ atSeconds }) => atSeconds - (sounds[0]?.atSeconds ?? 0));
      expect(after.at(-1)).toBeGreaterThanOrEqual(3);
      expect(after.at(-2)).toBeLessThan(3);
      expect(complaints).toEqual([]);
    });
  });
}
