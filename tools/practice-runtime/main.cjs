// @ts-check
/**
 * The default app of the practice runtime: loads the app in the folder it is given, as Electron's own does.
 * Usage: electron [switches] <folder> [arguments]
 */
const { existsSync, readFileSync } = require('node:fs');
const { join, resolve } = require('node:path');
const { app } = require('electron');

require('./shims.cjs');

const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const manifestPath = folder && join(resolve(folder), 'package.json');
if (!manifestPath || !existsSync(manifestPath)) {
  console.error('The practice runtime needs the folder of a built app as its first argument.');
  process.exit(64);
}

const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
app.setName(manifest.productName ?? manifest.name);
app.setVersion(manifest.version);
app.setAppPath(resolve(folder));
if (!app.commandLine.hasSwitch('user-data-dir')) {
  // Electron chose this folder before it knew the app's name.
  app.setPath('userData', join(app.getPath('appData'), app.getName()));
}
require(resolve(folder, manifest.main));
