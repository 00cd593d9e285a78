/** Every screen in every situation, on fixtures: nothing cut off, nothing inaccessible, nothing in the console. */
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { CHROMIUM, complaintsOf, cutOff, SIZES } from '../window/look.ts';
import { type Site, startSite } from '../window/site.ts';

/** Each theme and each size once; layout does not hang on colours. */
const LOOKS = [
  ['dark', 'wide'],
  ['light', 'narrow'],
] as const;

const TAKE = '/takes/tk_000000000001';
const PUBLISH = `${TAKE}/publish`;
const ORDER = `${TAKE}/orders/or_000000000000000000000001`;

/** Scenario, page, and a sentence that shows that it has been drawn. */
const SITUATIONS: readonly (readonly [scenario: string, route: string, shows: string])[] = [
  ['empty', '/', 'Make your first take'],
  ['full', '/', 'Waiting for you'],
  ['busy', '/', 'Importing 2 videos'],
  ['trial', '/', 'This is the trial runtime.'],
  ['many', '/', 'Everything else'],
  ['loading', '/', 'Reading your library…'],
  ['unreadable', '/', 'The library could not be read'],
  ['unreadable', TAKE, 'This take could not be opened'],
  ['take', TAKE, 'Good, with two weak spots'],
  ['take-good', TAKE, 'Nothing stands in the way of training it.'],
  ['take-troubled', TAKE, 'Record it again'],
  ['take-long', TAKE, 'adds nothing'],
  ['take-portrait', TAKE, 'Good'],
  ['take-silent', TAKE, 'There is no sound'],
  ['take-accepted', TAKE, 'You accepted this take'],
  ['take-rejected', TAKE, 'The blinds were open'],
  ['take-not-checked', TAKE, 'Not checked yet'],
  ['take-provisional', TAKE, 'Provisional'],
  ['compare-choose', `${TAKE}/compare`, 'Which take do you want to see beside it?'],
  ['compare', `${TAKE}/compare/tk_000000000002`, 'Play both'],
  ['take-refused', TAKE, 'Record it again'],
  ['take-recorded', TAKE, 'The camera went away'],
  ['take-checking', '/takes/tk_000000000010', 'A preview is being made'],
  ['take-check-failed', TAKE, 'The check could not be made'],
  ['take-source-missing', TAKE, 'The source is missing'],
  ['publish', PUBLISH, 'Train for $1.25'],
  ['publish-practice', PUBLISH, 'Practise for free'],
  ['publish-obstacles', PUBLISH, 'Your bucket is not set up'],
  ['publish-same', PUBLISH, 'You have this order already'],
  ['order-queued', ORDER, 'Waiting its turn'],
  ['order-preparing', ORDER, 'Making the video ready'],
  ['order-uploading', ORDER, 'Sending the take to your bucket'],
  ['order-training', ORDER, 'The look is being trained'],
  ['order-unconfirmed', ORDER, 'Was this order paid?'],
  ['order-first-words-unconfirmed', ORDER, 'Were the first words paid?'],
  ['order-stalled', ORDER, 'Still not usable after a day'],
  ['order-failed', ORDER, 'It stopped at “Verify”'],
  ['order-failed-paid', ORDER, 'It stopped at “First words”'],
  ['order-cancelled', ORDER, 'You cancelled this order'],
  ['order-ready', ORDER, '“Blue jacket, window” is usable'],
  ['twins', '/twins', 'Paid in all'],
  ['twins-empty', '/twins', 'Nobody here yet'],
  ['settings', '/settings', 'Segmind key'],
  ['settings-practice', '/settings', 'Practice trainer'],
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

async function open(page: Page, scenario: string, route: string, theme: 'dark' | 'light' = 'dark') {
  await page.goto('about:blank');
  await page.goto(`${site.url}?scenario=${scenario}&theme=${theme}#${route}`);
}

for (const [scenario, route, shows] of SITUATIONS) {
  test(`${scenario} at ${route.replaceAll(/\/(tk|or)_\w+/g, '')}`, async ({ page }) => {
    const complaints = complaintsOf(page);
    for (const [theme, size] of LOOKS) {
      await page.setViewportSize(SIZES[size]);
      await open(page, scenario, route, theme);
      await expect(page.getByText(shows, { exact: false }).first()).toBeVisible();
      await page.evaluate(() =>
        Promise.all([...document.images].map((image) => image.decode().catch(() => null))),
      );
      const place = route.replaceAll(/tk_\w+|or_\w+|\W+/g, '-').replaceAll(/^-+|-+$/g, '');
      const name = `${scenario}-${place}-${theme}-${size}.png`.replace('--', '-');
      const path = join(import.meta.dirname, '../window/.pictures', name);
      await page.screenshot({ path });
      expect(await cutOff(page)).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
}

for (const [scenario, route, opens, behind] of [
  ['take', TAKE, 'Move to bin', 'More'],
  ['take', TAKE, 'Keys', 'More'],
  ['take', TAKE, 'Reject', null],
  ['order-unconfirmed', ORDER, 'Order again, I may pay twice', null],
  ['twins', '/twins', 'Read it', null],
  ['twins', '/twins', 'Add a look', null],
] as const) {
  test(`the question behind “${opens}”`, async ({ page }) => {
    for (const [theme, size] of LOOKS) {
      await page.setViewportSize(SIZES[size]);
      await open(page, scenario, route, theme);
      if (behind !== null) await page.getByRole('button', { name: behind, exact: true }).click();
      await page.getByRole('button', { name: opens, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      const name = `dialog-${opens.toLowerCase().replaceAll(/\W+/g, '-')}-${theme}-${size}.png`;
      await page.screenshot({ path: join(import.meta.dirname, '../window/.pictures', name) });
      expect(await cutOff(page)).toEqual([]);
      const { violations } = await new AxeBuilder({ page }).include('dialog').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
    }
  });
}

/** Presses Tab until the named button or link has the focus. */
async function tabTo(page: Page, name: string | RegExp, most = 40): Promise<void> {
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    if ((await focused.count()) === 0) continue;
    if (await page.getByRole('button', { name }).or(page.getByRole('link', { name })).and(focused).count())
      return;
  }
  throw new Error(`The keyboard does not reach ${String(name)}.`);
}

const callsOf = (page: Page, name: string) =>
  page.evaluate((asked) => window.calls?.filter((call) => call.name === asked) ?? [], name);

test('the keyboard reaches the primary action of every screen', async ({ page }) => {
  for (const [scenario, route, action] of [
    ['full', '/', 'Record'],
    ['empty', '/', 'Record a take'],
    ['take', TAKE, 'Accept'],
    ['take-accepted', TAKE, 'Publish'],
    ['publish', PUBLISH, 'Train for $1.25'],
    ['order-cancelled', ORDER, 'Go on with it'],
    ['twins', '/twins', 'Add a look'],
  ] as const) {
    await open(page, scenario, route);
    await expect(page.getByText(action, { exact: true }).first()).toBeVisible();
    await tabTo(page, action);
    const outline = await page
      .locator(':focus')
      .evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe('solid');
  }
});

test('ten thousand takes draw one screen of them, and the arrow keys walk through', async ({ page }) => {
  await open(page, 'many', '/');
  await expect(page.locator('[data-take]').first()).toBeVisible();
  expect(await page.locator('[data-take]').count()).toBeLessThan(60);
  const first = page.locator('[data-take]').first();
  await first.focus();
  const before = await first.getAttribute('data-take');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  expect(await page.locator(':focus').getAttribute('data-take')).toBe(before);
  await page.locator('.library').evaluate((area) => area.scrollTo(0, area.scrollHeight));
  await expect(page.locator(`[data-take="${before}"]`)).toHaveCount(0);
  expect(await page.locator('[data-take]').count()).toBeLessThan(60);
  await page.getByLabel('Find a take').fill('Ines, greeting 9');
  await expect(page.getByText('Ines, greeting 9', { exact: false }).first()).toBeVisible();
});

test('publishes only with name and consent, with the price that was on the button', async ({ page }) => {
  await open(page, 'publish', PUBLISH);
  const train = page.getByRole('button', { name: 'Train for $1.25' });
  await expect(train).toHaveAttribute('aria-disabled', 'true');
  await train.click({ force: true });
  expect(await callsOf(page, 'publish')).toEqual([]);

  await page.getByLabel('Name of the person').fill('Ana Ruiz');
  const box = page.getByRole('checkbox', { name: /^Ana Ruiz agrees/ });
  await box.check();
  await expect(train).toHaveAttribute('aria-disabled', 'false');
  // Another name is another sentence: it has to be agreed to again.
  await page.getByLabel('Name of the person').fill('Ana Ruiz Vega');
  await expect(page.getByRole('checkbox', { name: /^Ana Ruiz Vega agrees/ })).not.toBeChecked();
  await expect(train).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('checkbox', { name: /^Ana Ruiz Vega agrees/ }).check();
  await expect(train).toHaveAttribute('aria-disabled', 'false');
  await train.click();
  await expect(page).toHaveURL(/\/orders\//);
  expect(await callsOf(page, 'publish')).toEqual([
    {
      name: 'publish',
      input: {
        takeId: 'tk_000000000001',
        host: 's3',
        trainer: 'segmind',
        twin: { kind: 'new', name: 'Ana Ruiz Vega' },
        lookName: 'Ana, welcome message',
        consent: {
          by: 'Ana Ruiz Vega',
          wording:
            'Ana Ruiz Vega agrees that a twin of their face and voice is made from this take and used.',
          url: null,
        },
        confirmedPrice: { trainingUsd: 1.25, firstWordsUsd: 0.4 },
      },
    },
  ]);
});

test('says it when the price has changed, and does not go on', async ({ page }) => {
  await open(page, 'publish-price-changed', PUBLISH);
  await page.getByLabel('Name of the person').fill('Ana');
  await page.getByRole('checkbox').check();
  const train = page.getByRole('button', { name: 'Train for $1.25' });
  await expect(train).toHaveAttribute('aria-disabled', 'false');
  await train.click();
  await expect(page.getByRole('alert')).toContainText('The price is now $1.90');
  await expect(page).toHaveURL(/publish$/);
});

test('a trainer that cannot name its price is never called free', async ({ page }) => {
  await open(page, 'publish-obstacles', PUBLISH);
  await expect(page.getByText('No key for the trainer is set.')).toBeVisible();
  await expect(page.getByText('Practise for free')).toHaveCount(0);
  await expect(page.getByText('Free', { exact: true })).toHaveCount(0);
});

test('a twin of another trainer is not offered', async ({ page }) => {
  await open(page, 'publish', PUBLISH);
  await page.getByText('New look of a twin').click();
  const twins = page.getByLabel('Twin', { exact: true }).locator('option');
  await expect(twins).toHaveText([/^Ana Ruiz/, /^Priya Nair/, /^Sam Okafor/]);
  await page.getByText('Practice trainer').click();
  await expect(twins).toHaveText([/^Maximiliane/]);
});

test('paying a second time takes a second yes', async ({ page }) => {
  await open(page, 'order-unconfirmed', ORDER);
  await page.getByRole('button', { name: 'Order again, I may pay twice' }).click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Order again for $1.25' });
  await expect(confirm).toBeDisabled();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await callsOf(page, 'resolveOrder')).toEqual([]);

  await page.getByRole('button', { name: 'Order again, I may pay twice' }).click();
  await page.getByRole('checkbox').check();
  await confirm.click();
  await expect.poll(() => callsOf(page, 'resolveOrder')).toHaveLength(1);
  expect((await callsOf(page, 'resolveOrder'))[0]?.input).toMatchObject({ answer: { kind: 'order-again' } });
});

test('a found order goes on with both ids', async ({ page }) => {
  await open(page, 'order-unconfirmed', ORDER);
  await page.getByRole('button', { name: 'Go on with these ids' }).click();
  await expect(page.getByRole('alert')).toHaveText('Enter both ids.');
  await page.getByLabel('avatar_id', { exact: true }).fill(' a1 ');
  await page.getByLabel('avatar_group_id').fill('g1');
  await page.keyboard.press('Enter');
  await expect.poll(() => callsOf(page, 'resolveOrder')).toHaveLength(1);
  expect((await callsOf(page, 'resolveOrder'))[0]?.input).toMatchObject({
    answer: { kind: 'found', avatarId: 'a1', avatarGroupId: 'g1' },
  });
});

test('a take goes to the bin only after it was asked about', async ({ page }) => {
  await open(page, 'take', TAKE);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Keep it' }).click();
  expect(await callsOf(page, 'deleteTake')).toEqual([]);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('button', { name: 'Move to bin' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Move to bin' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Library');
  expect(await callsOf(page, 'deleteTake')).toHaveLength(1);
});

test('settings save field by field, and say what is wrong with one', async ({ page }) => {
  await open(page, 'settings', '/settings');
  const address = page.getByLabel('Public base address');
  await address.fill('videos.example.com');
  await address.blur();
  await expect(page.getByText('Enter an address that starts with')).toBeVisible();
  expect(await callsOf(page, 'saveSettings')).toEqual([]);
  await address.fill('https://media.example.com');
  await address.blur();
  await expect.poll(() => callsOf(page, 'saveSettings')).toHaveLength(1);
  const key = page.getByLabel('Segmind key', { exact: true });
  await key.fill('secret-key');
  await key.blur();
  await expect.poll(() => callsOf(page, 'setSecret')).toHaveLength(1);
  await expect(key).toHaveValue('');
  await page.getByRole('button', { name: 'Test connection' }).first().click();
  await expect(page.getByText('$18.60 left in your account.')).toBeVisible();
});

test('going to a page moves the focus to its heading', async ({ page }) => {
  await open(page, 'full', '/');
  await expect(page.getByRole('heading', { level: 1, name: 'Library' })).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByText('Skip to the page')).toBeFocused();
  await page.getByRole('link', { name: 'Twins' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Twins' })).toBeFocused();
});
