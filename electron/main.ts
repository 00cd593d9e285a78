/** Desktop composition root: opens the window. No top-level await: the practice bundle is CommonJS. */
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    backgroundColor: '#101214',
    webPreferences: {
      preload: join(import.meta.dirname, '../preload/preload.cjs'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  await window.loadFile(join(import.meta.dirname, '../renderer/index.html'));
}

app.on('window-all-closed', () => app.quit());
app.whenReady().then(openWindow);
