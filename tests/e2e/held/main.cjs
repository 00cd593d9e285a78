/**
 * Loads the app in the folder of its last argument, whose windows wait until Playwright is attached. Attached in the
 * middle of a window's first navigation, Playwright would wait for that page for ever.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { app } = require('electron');

const ready = app.whenReady();
const attached = new Promise((resolve) => {
  // The name by which Playwright says that it is.
  Reflect.set(globalThis, '__playwright_run', () => resolve(undefined));
});
app.whenReady = () => ready.then(() => attached);

const folder = process.argv.at(-1) ?? '';
const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(folder);
require(join(folder, manifest.main));
