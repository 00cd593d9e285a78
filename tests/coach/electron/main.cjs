/** A bare window for pages of tests. */
const { app, BrowserWindow } = require('electron');

app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 800, height: 600, webPreferences: { sandbox: true } });
  return window.loadURL('about:blank');
});
