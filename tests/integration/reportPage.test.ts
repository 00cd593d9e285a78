/** The report for sending on, as whoever gets it opens it: from a file, without script or network. */
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runningChildren } from '../../electron/media/children.ts';
import { probe } from '../../electron/media/probe.ts';
import { takeMoment } from '../../electron/media/worstMoments.ts';
import { checkTake } from '../../electron/studio/checkTake.ts';
import { createStudio } from '../../electron/studio/createStudio.ts';
import { openEngine } from '../../electron/studio/engine.ts';
import { importFootage } from '../../electron/studio/importFootage.ts';
import { createMendsPreviews } from '../../electron/studio/mendsPreviews.ts';
import { createMoments } from '../../electron/studio/moments.ts';
import type { Studio } from '../../electron/studio/studio.ts';
import { mediaUrl } from '../../shared/contract.ts';
import { NOTHING_MENDED } from '../../shared/domain/edit.ts';
import type { TakeId } from '../../shared/domain/ids.ts';
import { NO_MENDS } from '../../shared/domain/review.ts';
import { Cancelled } from '../../shared/errors.ts';
import { worstMoments } from '../../shared/report/moments.ts';
import { type PicturedMoment, reportPage } from '../../shared/report/page.ts';
import { takeIdOf, takeOf } from '../doubles/records.ts';
import { observationsOf, reportOf } from '../doubles/reports.ts';
import { bundledTools, composeTake, hasSystemFfmpeg, systemTools } from '../footage/tools.ts';
import { CHROMIUM, complaintsOf, cutOff } from '../window/look.ts';
import { violationsOf } from '../window/violations.ts';
import { runCli } from './support/cli.ts';
import { engineOptions } from './support/engineOptions.ts';

let folder = '';
let clip = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'twin-studio-report-'));
  clip = await composeTake(
    { seconds: 2, width: 640, height: 360 },
    { ffmpeg: (await bundledTools()).ffmpeg },
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('pictures of moments', () => {
  const builds = [
    ['the bundled ffmpeg', bundledTools, true],
    ['the system’s ffmpeg', systemTools, hasSystemFfmpeg],
  ] as const;
  it.each(builds.filter(([, , present]) => present))(
    '%s takes the frame that is shown then, once',
    async (name, locate) => {
      const tools = await locate();
      const own = join(folder, name);
      const media = await probe(clip, { tools });
      const early = await takeMoment(clip, media, 0, own, { tools });
      const late = await takeMoment(clip, media, 1500, own, { tools });
      // After the last frame there is none, and so it is that one.
      const last = await takeMoment(clip, media, 99_000, own, { tools });
      expect(early).toEqual({ file: join(own, '0.jpg'), width: 640, height: 360 });
      const pictures = await Promise.all([early, late, last].map((one) => readFile(one?.file ?? '')));
      for (const picture of pictures) expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
      expect(new Set(pictures.map((picture) => picture.toString('base64'))).size).toBe(3);
      const before = (await stat(join(own, '1500.jpg'))).mtimeMs;
      await takeMoment(clip, media, 1500, own, { tools });
      expect((await stat(join(own, '1500.jpg'))).mtimeMs).toBe(before);
      expect((await readdir(own)).sort()).toEqual(['0.jpg', '1500.jpg', '99000.jpg']);
      // As it is mended, beside the other.
      const mended = {
        ...NOTHING_MENDED,
        turn: 90 as const,
        crop: { x: 0, y: 0.25, width: 1, height: 0.5 },
      };
      const upright = await takeMoment(clip, media, 0, own, { tools, mended });
      expect(upright).toEqual({ file: join(own, '0-t90.c0,0.25,1,0.5.jpg'), width: 180, height: 640 });
      const jpeg = await readFile(upright?.file ?? '');
      // Height and width stand in the header of its frame.
      const frame = jpeg.indexOf(Buffer.from([0xff, 0xc0]));
      expect([jpeg.readUInt16BE(frame + 5), jpeg.readUInt16BE(frame + 7)]).toEqual([640, 180]);
    },
  );

  it('cancelled it leaves nothing, and a folder that is gone is not made again', async () => {
    const tools = await bundledTools();
    const media = await probe(clip, { tools });
    const own = join(folder, 'cancelled');
    const signal = AbortSignal.abort();
    await expect(takeMoment(clip, media, 0, own, { tools, signal })).rejects.toMatchObject({
      name: 'Cancelled',
    });
    expect(await readdir(own).catch(() => [])).toEqual([]);
    await expect(takeMoment(clip, media, 0, join(folder, 'bin', 'moments'), { tools })).rejects.toMatchObject(
      {
        code: 'FOLDER_UNREADABLE',
      },
    );
  });
});

describe('in the studio', () => {
  let studio: Studio;
  const takeId: TakeId = takeIdOf('report');
  let library = '';
  beforeAll(async () => {
    library = join(folder, 'library');
    const take = join(library, 'takes', takeId);
    await mkdir(take, { recursive: true });
    const tools = await bundledTools();
    const media = await probe(clip, { tools });
    const report = reportOf({ media });
    const record = takeOf('report', {
      name: 'Ana <b>one</b>',
      media,
      check: { kind: 'checked', at: report.createdAt, verdict: report.verdict, topFinding: null },
      preview: { kind: 'source' },
      source: {
        file: clip,
        storage: 'referenced',
        sizeBytes: (await stat(clip)).size,
        sha256: 'a'.repeat(64),
        originalName: 'ana.mov',
      },
    });
    await writeFile(join(take, 'take.json'), JSON.stringify(record));
    await writeFile(join(take, 'report.json'), JSON.stringify(report));
    studio = await createStudio(engineOptions(library));
  });
  afterAll(() => studio.close());

  it('makes the page with its pictures, which stay with the take', async () => {
    const { takeName, page } = await studio.openReport(takeId);
    expect(takeName).toBe('Ana <b>one</b>');
    const text = await page();
    expect(text).toContain('Ana &lt;b&gt;one&lt;/b&gt;');
    expect(text.match(/<img /g)).toHaveLength(worstMoments(reportOf()).length);
    for (const secret of [folder, library, clip, 'take.json', process.env.HOME ?? '/root'])
      expect(text).not.toContain(secret);
    const kept = await readdir(join(library, 'takes', takeId, 'moments'));
    expect(kept).toHaveLength(worstMoments(reportOf()).length);
  });

  it('serves moments that the report speaks of to the window, and no others', async () => {
    const [first] = worstMoments(reportOf());
    const what = mediaUrl.moment(takeId, first?.atMs ?? 0).split(`${takeId}/`)[1] ?? '';
    const file = join(library, 'takes', takeId, 'moments', `${first?.atMs}.jpg`);
    expect(await studio.mediaOf('take', takeId, what)).toEqual({ file, contentType: 'image/jpeg' });
    for (const other of ['moment/1', 'moment', 'moment/', 'moment/../1', 'moment/-1'])
      expect(await studio.mediaOf('take', takeId, other)).toBeNull();
  });

  it('without its source it comes without pictures; without a report it is refused', async () => {
    const record = join(library, 'takes', takeId, 'take.json');
    const text = await readFile(record, 'utf8');
    await writeFile(record, text.replace(clip, join(folder, 'unplugged.mov')));
    expect(await (await studio.openReport(takeId)).page()).not.toContain('<img ');
    await rm(join(library, 'takes', takeId, 'report.json'));
    await expect(studio.openReport(takeId)).rejects.toMatchObject({ code: 'REPORT_MISSING' });
    await expect(studio.openReport(takeIdOf('nobody'))).rejects.toMatchObject({ code: 'TAKE_NOT_FOUND' });
  });
});

describe('check --html', () => {
  it('writes one page of one video, and overwrites nothing', async () => {
    const out = join(folder, 'cli.html');
    const environment = {
      TWIN_STUDIO_LIBRARY: join(folder, 'none'),
      TWIN_STUDIO_USER_DATA: join(folder, 'user'),
    };
    const made = await runCli(['check', clip, '--html', out], environment);
    expect(made.result).toMatchObject({ status: 'checked', page: out });
    expect(await readFile(out, 'utf8')).toMatch(/^<!doctype html>/);
    const cases: [string[], string][] = [
      [[clip, '--html', out], 'FILE_EXISTS'],
      [[clip, '--html', join(folder, 'page.pdf')], 'USAGE'],
      [[clip, clip, '--html', join(folder, 'two.html')], 'USAGE'],
      [[clip, '--html', join(folder, 'gone', 'a.html')], 'FOLDER_UNREADABLE'],
      [[takeIdOf('nobody')], 'TAKE_NOT_FOUND'],
    ];
    for (const [args, code] of cases) {
      const { result } = await runCli(['check', ...args], environment);
      expect(result).toMatchObject({ error: { code } });
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('.') || name.endsWith('.part'))).toEqual(
      [],
    );
  });
});

describe('previews of mends', () => {
  it('can be made again when what stood in the way is gone, and leave nothing', async () => {
    const engine = await openEngine(engineOptions(join(folder, 'mends')));
    const { context } = engine;
    const { takeId } = await importFootage(context, clip, { shot: 'head-and-shoulders' });
    await checkTake(context, takeId);
    const place = context.library.paths.mendsPreviews;
    const mends = createMendsPreviews(context);
    const turned = { takeId, mends: { ...NO_MENDS, turn: 90 as const } };
    await writeFile(place, 'in the way');
    await expect(mends.make({ ...turned, atSeconds: 0 })).rejects.toMatchObject({
      code: 'LIBRARY_UNREADABLE',
    });
    await rm(place);
    expect(await mends.make({ ...turned, atSeconds: 0 })).toMatchObject({ startSeconds: 0 });
    // Everything in the index can be deleted.
    await rm(place, { recursive: true });
    expect(await mends.make({ ...turned, atSeconds: 0 })).toMatchObject({ startSeconds: 0 });
    await mends.close();
    expect(await readdir(place)).toEqual([]);
    await engine.close();
  });
});

describe('a program that closes', () => {
  it('stops the pictures of a report and previews of mends, and waits until nothing of them runs', async () => {
    const engine = await openEngine(engineOptions(join(folder, 'closing')));
    const { context } = engine;
    const { takeId } = await importFootage(context, clip, { shot: 'head-and-shoulders' });
    const media = await probe(clip, { tools: await bundledTools() });
    const take = await context.library.takes.update(takeId, (current) => ({ ...current, media }));
    const moments = createMoments(context);
    // Whoever made the report has a signal of their own, which nobody aborts.
    const signal = new AbortController().signal;
    const pictures = [100, 200, 300].map((atMs) =>
      moments.picture(take, { atMs, mended: NOTHING_MENDED }, signal),
    );
    const ends = Promise.allSettled(pictures);
    while (runningChildren().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    await moments.close();
    expect(runningChildren()).toEqual([]);
    expect((await ends).at(-1)).toMatchObject({ status: 'rejected', reason: expect.any(Cancelled) });

    const mends = createMendsPreviews(context);
    await mends.close();
    const late = mends.make({ takeId, mends: NO_MENDS, atSeconds: 0 });
    await expect(late).rejects.toBeInstanceOf(Cancelled);
    await engine.close();
  });
});

const HOSTILE = [
  '<script>document.title="run"</script><img src=x onerror=alert(1)>',
  `"quotes" 'and' & ampersands; </title></style>`,
  'שלום \u202efdp.exe\u202c Ana',
  '👩‍👩‍👧 Zoë 日本語 😀',
  'A'.repeat(200),
  `${'word '.repeat(39)}end`,
];

describe.skipIf(CHROMIUM === undefined)('in a browser (needs Chromium)', () => {
  let browser: Browser;
  const moments: PicturedMoment[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] });
    const tools = await bundledTools();
    const media = await probe(clip, { tools });
    for (const moment of worstMoments(reportOf())) {
      const taken = await takeMoment(clip, media, moment.atMs % 1900, join(folder, 'browser'), { tools });
      if (taken !== null) moments.push({ ...moment, ...taken, jpeg: await readFile(taken.file, 'base64') });
    }
  });
  afterAll(() => browser.close());

  /** Opened from a file, with everything else that it asks for refused and told. */
  async function opened(
    takeName: string,
    options: BrowserContextOptions,
    use: (page: Page) => Promise<void>,
  ) {
    const file = join(folder, 'opened.html');
    const hostile = reportOf({
      findings: reportOf().findings.map((finding) => ({
        ...finding,
        remedy: `${finding.remedy} ${takeName}`,
      })),
    });
    const content = { takeName, fileName: takeName, observations: observationsOf(), moments };
    await writeFile(file, reportPage({ ...content, report: takeName === 'Ana' ? reportOf() : hostile }));
    const context = await browser.newContext({ ...options, offline: true });
    try {
      const page = await context.newPage();
      const asked: string[] = [];
      const complaints = complaintsOf(page);
      await context.route('**', (route) => {
        const url = route.request().url();
        if (url === pathToFileURL(file).href) return route.continue();
        if (!url.startsWith('data:')) asked.push(url);
        return route.abort();
      });
      await page.goto(pathToFileURL(file).href);
      await use(page);
      expect(asked).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await context.close();
    }
  }

  const LOOKS = [
    { viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
    { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' },
    { viewport: { width: 390, height: 844 }, colorScheme: 'light' },
    { viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  ] as const;
  it.each(LOOKS)('is whole and accessible: $viewport.width wide, $colorScheme', (look) =>
    opened('Ana', look, async (page) => {
      expect(await cutOff(page)).toEqual([]);
      expect(await violationsOf(page)).toEqual([]);
      const broken = await page.evaluate(() =>
        [...document.images].filter((image) => image.naturalWidth === 0).map(({ alt }) => alt),
      );
      expect(broken).toEqual([]);
    }),
  );

  it('is read without script', () =>
    opened('Ana', { javaScriptEnabled: false }, async (page) => {
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('Ana');
      expect(await page.getByText('Would be refused').isVisible()).toBe(true);
      expect(await page.getByRole('img', { name: /^Loudness: from/ }).isVisible()).toBe(true);
    }));

  it('fits A4', () =>
    opened('Ana', {}, async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeLessThanOrEqual(4);
      await page.setViewportSize({ width: 680, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      expect(await cutOff(page)).toEqual([]);
    }));

  it.each(HOSTILE)('shows the name %j as text', (name) =>
    opened(name, { viewport: { width: 390, height: 844 } }, async (page) => {
      expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(name);
      expect(await page.title()).toBe(`Check of ${name}`.trim());
      expect(await page.locator('script').count()).toBe(0);
      expect(await cutOff(page)).toEqual([]);
    }),
  );
});
