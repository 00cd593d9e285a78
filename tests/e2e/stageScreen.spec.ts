/** The stage's screen on fixtures, in every situation: nothing cut off, nothing inaccessible, everything by keyboard. */
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { CHROMIUM, complaintsOf, cutOff, SIZES } from '../window/look.ts';
import { type Site, startSite } from '../window/site.ts';
import { violationsOf } from '../window/violations.ts';

/** Situation, and a sentence that shows that it is said. What hangs on the system is asked when a trouble begins. */
const SITUATIONS: readonly (readonly [stage: string, says: string])[] = [
  ['not-asked', 'Use camera and microphone'],
  ['opening', 'Opening the camera…'],
  ['denied-macos', 'Open System Settings, Privacy & Security, Camera'],
  ['forbidden', 'A policy of this computer does not allow it'],
  ['no-camera', 'No camera was found'],
  ['busy', 'Another program is using the camera'],
  ['lost', 'The camera is gone'],
  ['no-signal', 'The camera gives no picture'],
  ['camera-failed', 'The camera could not be opened'],
  ['framing', 'Move left'],
  ['denied-windows', 'Open Windows Settings, Privacy & security, Camera'],
  ['starting', 'I am getting ready to look'],
  ['denied-linux', 'Ask whoever looks after this computer'],
  ['coach-failed', 'The coach could not start.'],
  ['coach-stopped', 'The coach cannot see you any more.'],
  ['deaf', 'I cannot hear you'],
  ['shadow', 'Hard shadow'],
  ['no-face', 'come into the picture'],
  ['backlight', 'turn until the window is in front of you'],
  ['clipping', 'move back from the mic'],
  ['full-body', 'Move a little further back'],
  ['hint', 'Say a few words'],
  ['ready', 'Record now'],
  ['below', 'This camera gives 1280 × 720.'],
  ['muted', 'Your microphone is muted.'],
  ['silent', 'Nothing at all comes from your microphone.'],
  ['no-microphone', 'a twin needs a voice'],
  ['microphone-denied', 'Twin Studio may not use the microphone.'],
  ['no-room', '720 MB are free on the disk of your library, 1.1 GB are needed'],
  ['countdown', 'Recording begins in 3'],
  ['recorder-starting', 'Starting…'],
  ['recording', 'Every second is on disk'],
  ['recording-advice', 'Too dark'],
  ['recording-behind', '4 seconds are on the way to the disk'],
  ['recording-slow', 'Camera too slow: 62 % of the frames repeat'],
  ['stopping', 'Keeping the take…'],
  ['recorder-failed', 'The disk of your library was taken away while recording.'],
];

test.skip(CHROMIUM === undefined, 'These pictures are taken in a plain Chromium; set CHROMIUM_PATH.');
test.use({
  browserName: 'chromium',
  launchOptions: { ...(CHROMIUM && { executablePath: CHROMIUM }), args: ['--no-sandbox'] },
  viewport: SIZES.wide,
  reducedMotion: 'reduce',
});

let site: Site;
test.beforeAll(async () => {
  site = await startSite();
});
test.afterAll(() => site.close());

let complaints: string[];
test.beforeEach(({ page }) => {
  complaints = complaintsOf(page);
});
test.afterEach(() => expect(complaints).toEqual([]));

async function open(page: Page, stage: string) {
  await page.goto('about:blank');
  // The system asks for light: the stage stays dark.
  await page.goto(`${site.url}?scenario=stage-${stage}&theme=light#/stage`);
  await expect(page.locator('.stage')).toBeVisible();
}

const asked = (page: Page) => page.evaluate(() => window.stage?.asked ?? []);
const recordButton = (page: Page) => page.locator('.record-button');

/** Where the picture is, to the pixel. */
const pictureAt = (page: Page) => page.locator('.picture').boundingBox();

for (const size of ['wide', 'narrow'] as const) {
  test(`every situation is said, whole and accessible, ${size}`, async ({ page }) => {
    test.setTimeout(300_000);
    await page.setViewportSize(SIZES[size]);
    const places = new Set<string>();
    await open(page, 'framing');
    for (const [stage, says] of SITUATIONS) {
      await test.step(stage, async () => {
        await page.evaluate((name) => window.stage?.show(name), stage);
        await expect(page.getByText(says, { exact: false }).first()).toBeAttached();
        await page.screenshot({
          path: join(import.meta.dirname, '../window/.pictures', `stage-${stage}-${size}.png`),
        });
        expect(await cutOff(page)).toEqual([]);
        places.add(JSON.stringify(await pictureAt(page)));
        // Names, roles and contrast do not hang on the window's size.
        if (size === 'narrow') return;
        expect(await violationsOf(page)).toEqual([]);
      });
    }
    expect([...places], 'the picture never moves').toHaveLength(1);
  });
}

test('without a camera a video can be imported instead', async ({ page }) => {
  for (const stage of ['no-camera', 'forbidden', 'denied-linux']) {
    await open(page, stage);
    await expect(page.getByRole('button', { name: 'Import a video instead' })).toBeVisible();
  }
  await page.getByRole('button', { name: 'Import a video instead' }).click();
  await expect(page).toHaveURL(/#\/$/);
});

test('asks with a reason first, and opens by itself the next time', async ({ page }) => {
  await open(page, 'not-asked');
  expect(await asked(page)).toEqual([]);
  await page.getByRole('button', { name: 'Use camera and microphone' }).click();
  await expect.poll(() => asked(page)).toEqual(['open']);
  await open(page, 'framing');
  await expect.poll(() => asked(page)).toEqual(['open']);
});

test('a trouble is tried again, and the system’s page is opened where there is one', async ({ page }) => {
  await open(page, 'denied-macos');
  await page.getByRole('button', { name: 'Open the system’s settings' }).click();
  await expect
    .poll(() => page.evaluate(() => window.calls?.filter(({ name }) => name === 'openMediaSettings')))
    .toEqual([{ name: 'openMediaSettings', input: { which: 'camera' } }]);
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(await asked(page)).toContain('retry camera');
  await open(page, 'denied-linux');
  await expect(page.getByRole('button', { name: 'Open the system’s settings' })).toHaveCount(0);
  await open(page, 'forbidden');
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  await open(page, 'no-microphone');
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(await asked(page)).toContain('retry microphone');
});

test('not ready never keeps anybody from recording; no voice and no camera do, and too little room is tried', async ({
  page,
}) => {
  for (const [stage, able] of [
    ['framing', true],
    ['coach-failed', true],
    ['below', true],
    ['silent', true],
    ['busy', false],
    ['no-microphone', false],
    // Pressing asks the disk again: some room may have been made.
    ['no-room', true],
    ['stopping', false],
  ] as const) {
    await open(page, stage);
    await expect(recordButton(page), stage).toHaveAttribute('aria-disabled', String(!able));
    await recordButton(page).click({ force: true });
    expect((await asked(page)).includes('record'), stage).toBe(able);
  }
});

test('records, cancels and stops by keyboard alone', async ({ page }) => {
  await open(page, 'ready');
  await page.keyboard.press('Space');
  await expect(page.getByText('Recording begins in 3')).toBeAttached();
  await page.keyboard.press('Escape');
  expect(await asked(page)).toEqual(['record', 'cancel']);

  await recordButton(page).focus();
  await page.keyboard.press('Enter');
  await page.evaluate(() => window.stage?.change({ recorder: { kind: 'countdown', left: 1 } }));
  await expect(page.getByText('Recording begins in 1')).toBeAttached();
  await page.keyboard.press('Space');
  expect(await asked(page)).toEqual(['record', 'cancel', 'record', 'cancel']);

  await open(page, 'recording');
  await expect(page.getByRole('timer')).toHaveText('2:28');
  await page.locator('body').press('Space');
  await expect(page).toHaveURL(/#\/takes\/tk_000000000001$/);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect.poll(() => asked(page)).toEqual(['stop', 'close']);
});

test('the space bar records while a choice has the focus that it would do nothing to', async ({ page }) => {
  await open(page, 'ready');
  await page.getByRole('radio', { name: 'Head and shoulders' }).focus();
  await page.keyboard.press('Space');
  expect(await asked(page)).toEqual(['record']);

  await open(page, 'ready');
  await page.getByRole('radio', { name: 'Waist up' }).click();
  await page.keyboard.press('Space');
  expect(await asked(page)).toEqual(['shot waist-up', 'record']);

  await open(page, 'ready');
  await page.getByRole('checkbox', { name: 'No logos on my clothes' }).click();
  await expect(page.getByRole('checkbox', { name: 'No logos on my clothes' })).toBeChecked();
  await page.keyboard.press('Space');
  expect(await asked(page)).toEqual(['record']);

  // By keyboard the box is ticked, as everywhere.
  await open(page, 'ready');
  await page.getByRole('checkbox', { name: 'No glare in my glasses' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('checkbox', { name: 'No glare in my glasses' })).toBeChecked();
  expect(await asked(page)).toEqual([]);
});

test('Escape ends what is starting, and whoever leaves is not asked', async ({ page }) => {
  await open(page, 'recorder-starting');
  await page.keyboard.press('Escape');
  expect((await asked(page))[0]).toBe('stop');
  await open(page, 'recorder-starting');
  await page.evaluate(() => {
    window.location.hash = '/settings';
  });
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect.poll(() => asked(page)).toEqual(['close']);
});

test('whoever leaves while the take is being kept is told so', async ({ page }) => {
  await open(page, 'stopping');
  await page.evaluate(() => {
    window.location.hash = '/settings';
  });
  await expect(page.getByText('The take is being kept just now.')).toBeVisible();
  await expect(page).toHaveURL(/#\/stage$/);
  expect(await asked(page)).toEqual([]);
});

test('why a take broke off is said, although it was kept', async ({ page }) => {
  await open(page, 'recording');
  await page.evaluate(() =>
    window.stage?.change({
      recorder: {
        kind: 'done',
        takeId: 'tk_000000000001' as never,
        end: 'recorder-failed',
        why: 'The disk stopped answering.',
      },
    }),
  );
  await expect(page).toHaveURL(/#\/takes\/tk_000000000001$/);
  await expect(page.getByText('The disk stopped answering.')).toBeVisible();
});

test('keys choose the shot and are listed; in a field they are only letters', async ({ page }) => {
  await open(page, 'framing');
  await page.keyboard.press('3');
  await expect(page.getByRole('radio', { name: 'Full body' })).toBeChecked();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts on the stage' });
  await expect(keys).toBeVisible();
  expect(await cutOff(page)).toEqual([]);
  expect(await violationsOf(page, 'dialog')).toEqual([]);
  await page.keyboard.press('Space');
  await expect(keys).toHaveCount(0);
  await page.getByRole('combobox', { name: 'Camera' }).focus();
  await page.keyboard.press('1');
  expect(await asked(page)).toEqual(['shot full-body']);
});

test('nothing lies over a recording, also not the list of keys', async ({ page }) => {
  await open(page, 'recording');
  await expect(page.getByRole('timer')).toHaveText('2:28');
  await page.keyboard.press('?');
  // It would be the list that is closed.
  await page.keyboard.press('Space');
  await expect.poll(() => asked(page)).toEqual(['stop', 'close']);
});

test('camera, microphone and countdown are chosen', async ({ page }) => {
  await open(page, 'processed');
  await page.getByRole('combobox', { name: 'Camera' }).selectOption('c2');
  await page.getByRole('combobox', { name: 'Microphone' }).selectOption('m2');
  expect(await asked(page)).toEqual(['camera c2', 'microphone m2']);
  await page.getByRole('button', { name: 'Stage settings' }).click();
  await expect(page.getByText('noise suppression and automatic volume')).toBeVisible();
  expect(await cutOff(page)).toEqual([]);
  expect(await violationsOf(page, '.popover')).toEqual([]);
  await page.getByRole('radio', { name: '5 s' }).check();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Stage settings' })).toBeFocused();
  await page.getByRole('checkbox', { name: 'No logos on my clothes' }).check();
  await expect
    .poll(() =>
      page.evaluate(() => window.calls?.filter(({ name }) => name === 'saveSettings').at(-1)?.input),
    )
    .toMatchObject({ stage: { checklist: ['logos'] } });
});

test('whatever leads away from a recording asks first', async ({ page }) => {
  await open(page, 'recording');
  const question = page.getByRole('dialog', { name: 'Stop recording?' });
  // The way back in the history, as a mouse's own button has it.
  await page.evaluate(() => {
    window.location.hash = '/';
  });
  await expect(question).toBeVisible();
  await question.getByRole('button', { name: 'Go on recording' }).click();
  await expect(question).toHaveCount(0);
  await expect(page).toHaveURL(/#\/stage$/);
  expect(await asked(page)).toEqual([]);
  await page.evaluate(() => {
    window.location.hash = '/settings';
  });
  await question.getByRole('button', { name: 'Stop and keep the take' }).click();
  await expect(page).toHaveURL(/#\/takes\/tk_000000000001$/);
  await expect.poll(() => asked(page)).toEqual(['stop', 'close']);
});

test('leaves without a question while nothing is recorded, and lets go of the devices', async ({ page }) => {
  await open(page, 'ready');
  await page.getByRole('button', { name: 'Library' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible();
  await expect.poll(() => asked(page)).toEqual(['close']);
});

test('the face follows the coach, mirrored', async ({ page }) => {
  await open(page, 'framing');
  const middle = async (selector: string) => {
    const box = await page.locator(selector).first().boundingBox();
    return box ? box.x + box.width / 2 : Number.NaN;
  };
  const picture = await pictureAt(page);
  const centre = (picture?.x ?? 0) + (picture?.width ?? 0) / 2;
  // The person sits left in what the camera sees, so right in the mirror.
  expect(await middle('.you rect')).toBeGreaterThan(centre + 50);
  await page.evaluate(() => {
    window.stage?.moveFace(0.1);
  });
  expect(await middle('.you rect')).toBeLessThan(centre - 50);
});

test('meters move without drawing anything else again', async ({ page }) => {
  await open(page, 'ready');
  const changed = await page.evaluate(async () => {
    const seen: string[] = [];
    const watcher = new MutationObserver((records) => {
      for (const { target, attributeName } of records)
        if (target instanceof Element) seen.push(`${target.className} ${attributeName}`);
    });
    watcher.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    const sound = {
      levelDbfs: -18,
      peakDbfs: -9,
      noiseFloorDbfs: -63,
      voice: 'good',
      room: 'quiet',
    } as const;
    for (const levelDbfs of [-18.5, -19, -19.5]) window.stage?.change({ sound: { ...sound, levelDbfs } });
    await new Promise(requestAnimationFrame);
    watcher.disconnect();
    return [...new Set(seen)].sort();
  });
  expect(changed).toEqual(['cover style', 'pin style']);
});
