/** The teleprompter in a plain Chromium: what is read when, at what cost, by which keys. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type Site, startSite } from '../window/site.ts';
import { violationsOf } from '../window/violations.ts';

const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 1024, height: 700 } } as const;
/** The note before the first line; the first line is due after it. Milliseconds. */
const LEAD = 3000;

test.skip(CHROMIUM === undefined, 'The teleprompter is looked at in a plain Chromium; set CHROMIUM_PATH.');
test.use({
  browserName: 'chromium',
  launchOptions: { ...(CHROMIUM && { executablePath: CHROMIUM }), args: ['--no-sandbox'] },
  viewport: SIZES.wide,
});

let site: Site;
test.beforeAll(async () => {
  site = await startSite('prompter');
});
test.afterAll(() => site.close());

type Fixture = Window['fixture'];

let complaints: string[];
test.beforeEach(async ({ page }) => {
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  await page.goto(site.url);
  await expect(page.locator('.prompter-text')).toBeVisible();
});
test.afterEach(() => expect(complaints).toEqual([]));

/**
 * Until the text is laid out for it: another phase leaves another height, which is looked at with the next frame. What
 * moves then, as `motion` tells it, and the milliseconds that passed meanwhile.
 */
const phase = (page: Page, to: Parameters<Fixture['phase']>[0], countdown = 3) =>
  page.evaluate(
    async ([next, seconds]) => {
      const from = performance.now();
      window.fixture.phase(next, seconds);
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let frames = 0; frames < 3; frames += 1) await frame();
      const [animation] = document.getAnimations().filter((each) => !(each instanceof CSSTransition));
      return {
        time: Number(animation?.currentTime),
        state: animation?.playState,
        passed: performance.now() - from,
      };
    },
    [to, countdown] as const,
  );

/** Until what was done is on the screen. */
const drawn = (page: Page) =>
  page.evaluate(async () => {
    for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  });

const settings = (page: Page) => page.evaluate(() => window.fixture.settings);

/** The one animation there is: its time in milliseconds and its state. With `at`, held there first. */
const motion = (page: Page, at?: number) =>
  page.evaluate((time) => {
    const [animation, ...others] = document
      .getAnimations()
      .filter((each) => !(each instanceof CSSTransition));
    if (!animation || others.length > 0) throw new Error(`${others.length} animations too many, or none`);
    if (time !== undefined) {
      animation.pause();
      animation.currentTime = time;
    }
    return { time: Number(animation.currentTime), state: animation.playState };
  }, at);

/** The line that stands bright, and the ones that are seen. */
const lines = (page: Page) =>
  page.evaluate(() => {
    const frame = document.querySelector('.prompter-window')?.getBoundingClientRect();
    const panes = [...document.querySelectorAll('.pane')].map((pane) => pane.getBoundingClientRect());
    if (!frame) throw new Error('there is no text');
    const seen = [...document.querySelectorAll('.prompter-text p')].flatMap((line) => {
      const box = line.getBoundingClientRect();
      const middle = (box.top + box.bottom) / 2;
      if (middle < frame.top || middle > frame.bottom) return [];
      const dimmed = panes.some((pane) => pane.top <= middle && middle <= pane.bottom);
      return [
        {
          text: line.textContent ?? '',
          bright: !dimmed,
          whole: box.top >= frame.top - 0.5 && box.bottom <= frame.bottom + 0.5,
        },
      ];
    });
    return { bright: seen.filter((line) => line.bright).map((line) => line.text), seen };
  });

/** What the sheet says in its order: words of each line, or none for a rest, and how long it lasts by the rules. */
async function plan(page: Page, wordsPerMinute: number) {
  const rows = await page
    .locator('.prompter-text p')
    .evaluateAll((all) =>
      all.map((line) => ({ text: line.textContent ?? '', kind: line.getAttribute('data-kind') })),
    );
  const script = rows.slice(1, -1);
  const starts: number[] = [];
  let at = 0;
  for (const [index, row] of script.entries()) {
    starts.push(at);
    if (row.kind === 'spoken') at += (row.text.split(' ').length * 60) / wordsPerMinute;
    // A direction over several lines ends with its bracket.
    else if (row.kind === 'breath' || row.text.endsWith(']')) {
      at += 1.5;
      if (!row.text.startsWith('[') && row.kind !== 'breath') starts[index] = Number.NaN;
    } else starts[index] = Number.NaN;
  }
  return { script, starts, seconds: at };
}

for (const [size, viewport] of Object.entries(SIZES)) {
  test(`nothing is cut off and everything has a name, ${size}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    for (const state of ['framing', 'recording', 'hidden', 'big', 'mirrored', 'panel'] as const) {
      await page.evaluate(() => window.fixture.phase('framing'));
      if (state === 'recording') {
        await phase(page, 'recording');
        await motion(page, LEAD + 20_000);
      }
      if (state === 'big') for (let press = 0; press < 20; press += 1) await page.keyboard.press('+');
      if (state === 'mirrored') {
        for (let press = 0; press < 17; press += 1) await page.keyboard.press('-');
        await page.keyboard.press('m');
      }
      if (state === 'panel') await page.getByRole('button', { name: 'How the text runs' }).click();
      if (state === 'hidden') {
        await page.getByRole('button', { name: 'How the text runs' }).click();
        await page.getByRole('button', { name: 'Hide the teleprompter' }).click();
        await expect(page.locator('.prompter-window')).toBeHidden();
      }
      await page.screenshot({
        path: join(import.meta.dirname, `../window/.pictures/prompter-${state}-${size}.png`),
      });
      const cut = await page.locator('.prompter *').evaluateAll((all) =>
        all
          .filter((element) => {
            const box = element.getBoundingClientRect();
            const wide = element.scrollWidth > element.clientWidth + 1 && element.matches('p, span, button');
            return (
              (wide && !element.closest('[title], .hidden-visually')) ||
              box.right > innerWidth ||
              box.left < 0
            );
          })
          .map((element) => element.outerHTML.slice(0, 120)),
      );
      expect(cut, state).toEqual([]);
      if (state !== 'hidden') {
        const { seen, bright } = await lines(page);
        expect(bright, state).toHaveLength(1);
        expect(
          seen.every((line) => line.whole),
          state,
        ).toBe(true);
      }
      expect(await violationsOf(page)).toEqual([]);
      if (state === 'hidden') await page.getByRole('button', { name: 'Show the teleprompter' }).click();
      if (state === 'panel') await page.keyboard.press('Escape');
    }
  });
}

test('starts with the countdown, is at its first line at 0:00, and goes back afterwards', async ({
  page,
}) => {
  const first = (await plan(page, 130)).script[0]?.text ?? '';
  expect((await lines(page)).bright).toEqual([first]);
  expect(await motion(page)).toEqual({ time: LEAD, state: 'paused' });

  const counting = await phase(page, 'countdown', 5);
  expect(counting.state).toBe('running');
  expect(counting.time).toBeGreaterThanOrEqual(-2000);
  expect(counting.time).toBeLessThan(-2000 + counting.passed + 50);
  await motion(page, -1000);
  expect((await lines(page)).bright).toEqual(['[Look into the lens, and breathe in]']);

  const recording = await phase(page, 'recording');
  expect(recording.state).toBe('running');
  expect(recording.time).toBeGreaterThanOrEqual(LEAD);
  expect(recording.time).toBeLessThan(LEAD + recording.passed + 50);
  await motion(page, LEAD);
  expect((await lines(page)).bright).toEqual([first]);

  await phase(page, 'framing');
  expect(await motion(page)).toEqual({ time: LEAD, state: 'paused' });
  expect((await lines(page)).bright).toEqual([first]);
});

test('each line is there when its words are due, at the speed that is set', async ({ page }) => {
  await phase(page, 'recording');
  const { script, starts, seconds } = await plan(page, 130);
  expect(seconds).toBeGreaterThan(115);
  expect(seconds).toBeLessThan(130);
  let looked = 0;
  for (const [index, start] of starts.entries()) {
    if (Number.isNaN(start)) continue;
    await motion(page, LEAD + start * 1000);
    expect((await lines(page)).bright).toEqual([script[index]?.text]);
    looked += 1;
  }
  expect(looked).toBeGreaterThan(20);
  await motion(page, LEAD + seconds * 1000);
  expect((await lines(page)).bright[0]).toContain('[The end.');
  // At its end it can be read again, also after it was laid out anew.
  await motion(page, 1e9);
  await page.keyboard.press('+');
  await page.keyboard.press('Home');
  expect((await motion(page)).state).toBe('running');
  expect((await motion(page)).time).toBeLessThan(LEAD + 5000);
});

test('moves a line at a time and rests between', async ({ page }) => {
  await phase(page, 'recording');
  const { starts } = await plan(page, 130);
  const line = starts.findIndex((start) => start > 2);
  const due = LEAD + (starts[line] ?? 0) * 1000;
  const place = () =>
    page
      .locator('.prompter-text p')
      .first()
      .evaluate((line) => line.getBoundingClientRect().top);
  const placeAt = async (time: number) => {
    await motion(page, time);
    return place();
  };
  const height = await page
    .locator('.prompter-text p')
    .first()
    .evaluate((line) => line.getBoundingClientRect().height);
  const before = await placeAt(due - 500);
  expect(await placeAt(due - 400)).toBeCloseTo(before);
  expect(await placeAt(due)).toBeCloseTo(before - height);
  const between = await placeAt(due - 175);
  expect(between).toBeLessThan(before);
  expect(between).toBeGreaterThan(before - height);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => placeAt(due - 175)).toBeCloseTo(before);
  expect(await placeAt(due)).toBeCloseTo(before - height);
});

test('the page does nothing while the text moves', async ({ page }) => {
  await phase(page, 'recording');
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  const work = async () => {
    const { metrics } = await client.send('Performance.getMetrics');
    return (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
  };
  const layouts: number[] = [];
  const styles: number[] = [];
  // A machine that is at something else may take the window's thread for a moment; it makes no work for it.
  await expect(async () => {
    await page.keyboard.press('Home');
    await drawn(page);
    const before = await work();
    // The whole script, thirty times as fast.
    const longTasks = await page.evaluate(async () => {
      let seen = 0;
      const observer = new PerformanceObserver((list) => {
        seen += list.getEntries().length;
      });
      observer.observe({ type: 'longtask' });
      // A button that was just drawn may still be changing its colour.
      const [animation] = document.getAnimations().filter((each) => !(each instanceof CSSTransition));
      if (!animation) throw new Error('nothing moves');
      animation.updatePlaybackRate(30);
      await animation.finished;
      return seen;
    });
    const after = await work();
    layouts.push(after('LayoutCount') - before('LayoutCount'));
    styles.push(after('RecalcStyleCount') - before('RecalcStyleCount'));
    expect(longTasks).toBe(0);
  }).toPass({ timeout: 60_000 });
  expect(Math.max(...layouts)).toBeLessThan(5);
  expect(Math.max(...styles)).toBeLessThan(10);
});

test('keys adjust the text, and only the text', async ({ page }) => {
  await phase(page, 'recording');
  const press = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.press(key);
    return settings(page);
  };
  await motion(page, LEAD + 40_000);
  const read = (await lines(page)).bright;
  expect(await press('ArrowUp', 'ArrowUp', 'ArrowDown')).toMatchObject({ wordsPerMinute: 135 });
  await expect(page.getByRole('status')).toHaveText('135 words a minute');
  // At the same word, which is now due earlier.
  expect((await lines(page)).bright).toEqual(read);
  expect((await motion(page)).time).toBeLessThan(LEAD + 39_500);

  expect(await press('+', '=', '-')).toMatchObject({ textSize: 28 });
  expect(await press(']', '[', '[')).toMatchObject({ width: 0.55 });
  expect(await press('m')).toMatchObject({ mirrored: true });
  await expect(page.locator('.prompter-window')).toHaveCSS('transform', 'matrix(-1, 0, 0, 1, 0, 0)');
  await expect(page.getByRole('status')).toHaveText('The text is mirrored');
  expect((await motion(page)).time).toBeLessThan(LEAD + 39_500);

  await press('p');
  await press('p');
  expect((await motion(page)).state).toBe('running');
  await press('p');
  expect((await motion(page)).state).toBe('paused');
  await press('Home');
  expect(await motion(page)).toEqual({ time: LEAD, state: 'paused' });

  // Hidden, it is shown again by the same key, and no other does anything to it.
  expect(await press('t')).toMatchObject({ shown: false });
  await expect(page.getByRole('status')).toHaveText('The teleprompter is hidden');
  await expect(page.getByRole('button', { name: 'Show the teleprompter' })).toBeVisible();
  expect(await press('m', 'ArrowUp', '+')).toMatchObject({ shown: false, mirrored: true, textSize: 28 });
  expect(await press('T')).toMatchObject({ shown: true });
  expect(await motion(page)).toEqual({ time: LEAD, state: 'paused' });
  await press('P');
  expect((await motion(page)).state).toBe('running');

  const before = await settings(page);
  await page.getByLabel('A field').focus();
  expect(await press('m', 'p', '[', 'ArrowUp', 'Home')).toEqual(before);
  await expect(page.getByLabel('A field')).toHaveValue('mp[');
  expect((await motion(page)).state).toBe('running');
  await page.getByLabel('A field').blur();
  expect(await press('Control+m', 'Alt+ArrowUp', 'Meta+p')).toEqual(before);
});

test('every key has its button, and the keyboard reaches them', async ({ page }) => {
  await page.getByRole('button', { name: 'How the text runs' }).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('region', { name: 'How the text runs' });
  for (const [name, changed] of [
    ['Faster', { wordsPerMinute: 135 }],
    ['Slower', { wordsPerMinute: 130 }],
    ['Bigger letters', { textSize: 28 }],
    ['Smaller letters', { textSize: 26 }],
    ['Longer lines', { width: 0.65 }],
    ['Shorter lines', { width: 0.6 }],
  ] as const) {
    const button = panel.getByRole('button', { name, exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    expect(await settings(page)).toMatchObject(changed);
  }
  await panel.getByRole('checkbox', { name: /^Mirror the text/ }).press('Space');
  expect(await settings(page)).toMatchObject({ mirrored: true });
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'How the text runs' })).toBeFocused();

  // The mouse leaves the focus where it is: the space bar belongs to the recording.
  await page.getByLabel('A field').focus();
  await page.getByRole('button', { name: 'Faster' }).click();
  expect(await settings(page)).toMatchObject({ wordsPerMinute: 135 });
  await expect(page.getByLabel('A field')).toBeFocused();

  await page.getByRole('button', { name: 'Try the text' }).press('Enter');
  expect((await motion(page)).state).toBe('running');
  await page.getByRole('button', { name: 'Hold the text' }).press('Enter');
  expect((await motion(page)).state).toBe('paused');
});

test('a script of one’s own: typed, opened, put back, kept beside a sample', async ({ page }) => {
  const open = () => page.getByRole('button', { name: 'Change script' }).click();
  await open();
  const dialog = page.getByRole('dialog');
  const text = dialog.getByLabel('Your text');
  const use = dialog.getByRole('button', { name: 'Use this script' });
  await page.screenshot({
    path: join(import.meta.dirname, '../window/.pictures/prompter-dialog-sample.png'),
  });

  await dialog.getByText('Your own text').click();
  await expect(use).toHaveAttribute('aria-disabled', 'true');
  await expect(dialog.getByText('Write or paste some text first.')).toBeVisible();
  await text.fill('Hello there, my friend.\n\nHow are you?');
  // 7 words and a rest: 3.2 s and 1.5 s.
  await expect(dialog.getByText('7 words, 0:05 at 130 words a minute')).toBeVisible();
  await expect(dialog.getByText(/under 0:15 would be refused/)).toBeVisible();
  await use.press('m');
  expect(await settings(page)).toMatchObject({ mirrored: false });

  await dialog.getByRole('button', { name: 'Open a text file' }).click();
  await expect(dialog.getByRole('alert')).toContainText('talk.txt');
  await page.evaluate(() => {
    window.fixture.file = { name: 'talk', text: '{\\rtf1 Hello}' };
  });
  await dialog.getByRole('button', { name: 'Open a text file' }).click();
  await expect(dialog.getByRole('alert')).toContainText('not plain text');
  await page.evaluate(() => {
    window.fixture.file = { name: 'talk', text: `\ufeff# Talk\r\n\r\n${'word '.repeat(700)}` };
  });
  await dialog.getByRole('button', { name: 'Open a text file' }).click();
  await expect(text).toHaveValue(/^Talk\n\nword word/);
  await expect(dialog.getByText('701 words, 5:25 at 130 words a minute')).toBeVisible();
  await expect(dialog.getByText(/over 5:00/)).toBeVisible();
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    await page.screenshot({
      path: join(import.meta.dirname, `../window/.pictures/prompter-dialog-own-${size}.png`),
    });
    expect(await violationsOf(page, 'dialog')).toEqual([]);
    expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBe(0);
    expect(await dialog.evaluate((box) => box.scrollHeight - box.clientHeight), size).toBe(0);
  }
  await dialog.getByRole('button', { name: 'Use the text from before' }).click();
  await expect(text).toHaveValue(/^Hello there/);
  await use.click();
  await expect(dialog).toHaveCount(0);
  expect((await lines(page)).bright).toEqual(['Hello there, my friend.']);
  expect(await motion(page)).toEqual({ time: LEAD, state: 'paused' });

  await open();
  await dialog.getByText('Four-minute sample').click();
  await use.click();
  expect(await settings(page)).toMatchObject({
    script: { kind: 'sample', code: 'four-minutes' },
    own: { name: '', text: 'Hello there, my friend.\n\nHow are you?' },
  });
  await open();
  await dialog.getByText('Your own text').click();
  await expect(text).toHaveValue(/^Hello there/);
  await page.keyboard.press('Escape');
  expect(await settings(page)).toMatchObject({ script: { code: 'four-minutes' } });
});
