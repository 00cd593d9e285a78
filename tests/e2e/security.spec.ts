/** What the window may do and what it may not, tried in a real one. */
import { execFile, spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ElectronApplication, Page } from '@playwright/test';
import { CALL_NAMES, type CallName, channelOf, DROP_CHANNEL } from '../../shared/callNames.ts';
import { type CallOutput, mediaUrl, type Result } from '../../shared/contract.ts';
import { testRuntime } from '../../tools/runtime.mjs';
import { expect, test } from './fixtures.ts';

/** Calls as the page does. `unknown` input: this is about what a page must not get away with. */
function call<N extends CallName>(page: Page, name: N, input?: unknown): Promise<Result<CallOutput<N>>> {
  return page.evaluate(
    ([called, sent]) => {
      const studio: Record<string, (input: unknown) => Promise<Result<never>>> = Reflect.get(
        globalThis,
        'studio',
      );
      return studio[called]?.(sent) as Promise<Result<never>>;
    },
    [name, input] as const,
  );
}

async function value<N extends CallName>(page: Page, name: N, input?: unknown): Promise<CallOutput<N>> {
  const result = await call(page, name, input);
  if (result.kind !== 'ok') throw new Error(`${name}: ${JSON.stringify(result)}`);
  return result.value;
}

/** Asks a protocol as Chromium's network does, from where headers and methods can be chosen. */
function ask(app: ElectronApplication, address: string, init: { method?: string; range?: string } = {}) {
  return app.evaluate(
    async ({ net }, { address: url, method = 'GET', range }) => {
      const response = await net.fetch(url, {
        method,
        ...(range === undefined ? {} : { headers: { range } }),
      });
      const bytes = Buffer.from(await response.arrayBuffer());
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        length: bytes.byteLength,
        base64: bytes.subarray(0, 1000).toString('base64'),
      };
    },
    { address, ...init },
  );
}

/** Runs code in the page as the page's own code runs: the debugger's own evaluation is exempt from the policy. */
function tryAsPage(page: Page, attempt: 'eval' | 'inline-script' | 'inline-style' | 'inline-handler') {
  return page.evaluate(
    (what) =>
      new Promise<{ ran: boolean; refused: string }>((resolve) => {
        let refused = '';
        let ran = false;
        const finish = () => resolve({ ran, refused });
        document.addEventListener('securitypolicyviolation', (event) => {
          refused = event.effectiveDirective;
          finish();
        });
        const mark = () => {
          ran = true;
          finish();
        };
        Reflect.set(globalThis, 'mark', mark);
        const attempts = {
          eval: () => {
            try {
              // biome-ignore lint/security/noGlobalEval: that it is refused is what is tested
              globalThis.eval('mark()');
            } catch {
              // Refused, which the violation tells.
            }
          },
          'inline-script': () => {
            const script = document.createElement('script');
            script.textContent = 'mark()';
            document.body.append(script);
          },
          'inline-style': () => {
            const style = document.createElement('style');
            style.textContent = 'body { --mark: 1 }';
            document.body.append(style);
            if (getComputedStyle(document.body).getPropertyValue('--mark') !== '') mark();
          },
          'inline-handler': () => {
            const image = document.createElement('img');
            image.setAttribute('onerror', 'mark()');
            image.dispatchEvent(new Event('error'));
          },
        };
        setTimeout(attempts[what]);
      }),
    attempt,
  );
}

/** A take with something to play, imported as a person does it. */
async function importClip(app: ElectronApplication, page: Page, folder: string): Promise<string> {
  const clip = await makeClip(folder);
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, clip);
  expect(await value(page, 'importFromDialog', {})).toEqual({ started: 1 });
  const first = async () => (await value(page, 'listTakes', {})).takes[0]?.id ?? '';
  await expect.poll(first).toMatch(/^tk_/);
  const id = await first();
  await expect
    .poll(async () => (await ask(app, mediaUrl.player(id), { method: 'HEAD' })).status, { timeout: 30_000 })
    .toBe(200);
  return id;
}

async function makeClip(folder: string): Promise<string> {
  const { locateTools } = await import('../../electron/media/locate.ts');
  const { ffmpeg } = await locateTools();
  const clip = join(folder, 'ada.mp4');
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=30', '-t', '16'];
  const encoding = [
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-pix_fmt',
    'yuv420p',
    '-movflags',
    'faststart',
  ];
  await promisify(execFile)(ffmpeg, ['-loglevel', 'error', ...source, ...encoding, clip]);
  return clip;
}

test('the window is a sandbox, and its page has one door', async ({ launchStudio }) => {
  const { app, window } = await launchStudio();
  expect(window.url()).toMatch(/^studio:\/\/app\/index\.html/);
  expect(
    await window.evaluate(() =>
      ['require', 'process', 'Buffer', 'module', 'electron', 'ipcRenderer', 'webUtils'].filter(
        (name) => name in globalThis,
      ),
    ),
  ).toEqual([]);
  expect((await window.evaluate(() => Object.keys(Reflect.get(globalThis, 'studio')))).sort()).toEqual(
    [...CALL_NAMES, 'on'].sort(),
  );

  // What the main process listens to, as Electron keeps it.
  const channels = await app.evaluate(({ ipcMain }) => ({
    invoked: [...(Reflect.get(ipcMain, '_invokeHandlers') as Map<string, unknown>).keys()],
    sent: ipcMain.eventNames().filter((name) => name !== 'error'),
  }));
  expect(channels.invoked.sort()).toEqual([...CALL_NAMES.map(channelOf), DROP_CHANNEL].sort());
  expect(channels.sent).toEqual([]);
});

test('only the page’s own files run in it', async ({ launchStudio }) => {
  const { app, window } = await launchStudio();
  const { headers } = await ask(app, 'studio://app/index.html');
  expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
  expect(headers['content-security-policy']).not.toMatch(/unsafe-inline|'unsafe-eval'/);
  expect(headers['x-content-type-options']).toBe('nosniff');

  expect(await tryAsPage(window, 'eval')).toEqual({ ran: false, refused: 'script-src' });
  expect(await tryAsPage(window, 'inline-script')).toEqual({ ran: false, refused: 'script-src-elem' });
  expect(await tryAsPage(window, 'inline-handler')).toEqual({ ran: false, refused: 'script-src-attr' });
  expect(await tryAsPage(window, 'inline-style')).toEqual({ ran: false, refused: 'style-src-elem' });

  for (const address of [
    'studio://app/../package.json',
    'studio://app/%2e%2e/main/main.cjs',
    'studio://x/index.html',
  ])
    expect((await ask(app, address)).status).toBe(404);
});

test('the page breaks none of its own rules', async ({ launchStudio }) => {
  const { window } = await launchStudio();
  const complaints: string[] = [];
  window.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  window.on('pageerror', (error) => complaints.push(error.message));
  // A page that is still being opened is not opened twice.
  await window.waitForLoadState('load');
  await expect(window.locator('#root')).not.toBeEmpty();
  await window.reload();
  await expect(window.locator('#root')).not.toBeEmpty();
  expect(complaints).toEqual([]);
});

test('nothing leads out of the window', async ({ launchStudio }) => {
  const { app, window } = await launchStudio();
  const home = window.url();
  await app.evaluate(({ BrowserWindow }) => {
    const navigations: [string, boolean][] = [];
    Reflect.set(globalThis, 'navigations', navigations);
    // Heard after the product's own listener, so what that one said can be seen.
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-frame-navigate', (event) =>
      navigations.push([event.url, event.defaultPrevented]),
    );
  });
  const navigations = () => app.evaluate((): unknown => Reflect.get(globalThis, 'navigations'));
  const tried: [string, boolean][] = [];
  for (const address of [
    'http://127.0.0.1:9/',
    'https://example.com/',
    'studio://other/',
    'studio://app/x',
  ]) {
    await window.evaluate((to) => {
      location.assign(to);
    }, address);
    tried.push([address, true]);
    await expect.poll(navigations).toEqual(tried);
  }
  // Chromium itself refuses this one, without asking anybody.
  const refused = window.waitForEvent('console', (message) => message.text().includes('Not allowed to load'));
  await window.evaluate(() => {
    location.assign('file:///etc/passwd');
  });
  await refused;
  expect(await window.evaluate(() => location.href)).toBe(home);
  expect(await window.evaluate(() => open('https://example.com/') === null)).toBe(true);
  expect(await window.evaluate(() => open('studio://app/index.html') === null)).toBe(true);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);

  const reached = await window.evaluate(async () => {
    const addresses = ['http://127.0.0.1:9/', 'file:///etc/passwd', 'studio-media://library/take/x/player'];
    const answers = await Promise.allSettled(addresses.map((address) => fetch(address)));
    return answers.map((answer) => answer.status);
  });
  expect(reached).toEqual(['rejected', 'rejected', 'rejected']);

  const framed = await window.evaluate(
    () =>
      new Promise<string>((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => resolve(event.effectiveDirective));
        const frame = document.createElement('iframe');
        frame.src = 'https://example.com/';
        document.body.append(frame);
      }),
  );
  expect(framed).toBe('frame-src');
});

test('below the policy, the network is out of reach', async ({ launchStudio }) => {
  const { window } = await launchStudio();
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.setHeader('Access-Control-Allow-Origin', '*').end('here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const debug = await window.context().newCDPSession(window);
  await debug.send('Page.setBypassCSP', { enabled: true });
  await window.reload();
  expect(await tryAsPage(window, 'inline-script')).toEqual({ ran: true, refused: '' });
  const reached = await window.evaluate(async (host) => {
    const socket = () =>
      new Promise((resolve, reject) => {
        const { onopen, onerror } = { onopen: resolve, onerror: reject };
        Object.assign(new WebSocket(`ws://${host}/`), { onopen, onerror });
      });
    const picture = () =>
      new Promise((resolve, reject) => {
        Object.assign(new Image(), { onload: resolve, onerror: reject, src: `http://${host}/a.png` });
      });
    const answers = await Promise.allSettled([
      fetch(`http://${host}/`),
      fetch(`http://${host}/`, { method: 'POST', mode: 'no-cors', body: 'a face' }),
      fetch('file:///etc/passwd'),
      socket(),
      picture(),
    ]);
    return answers.map((answer) => answer.status);
  }, `127.0.0.1:${port}`);
  server.close();
  expect(reached).toEqual(Array(5).fill('rejected'));
  expect(requests).toBe(0);
});

test('the page may see and hear, and nothing else', async ({ launchStudio }) => {
  const { window } = await launchStudio({ args: ['--use-fake-device-for-media-stream'] });
  const answers = await window.evaluate(async () => {
    const named = async (ask: () => Promise<unknown>): Promise<string> => {
      try {
        return String(await ask());
      } catch (error) {
        return error instanceof Error ? error.name : String(error);
      }
    };
    const located = () =>
      new Promise((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(resolve, (error) => reject(new Error(`code ${error.code}`))),
      );
    return {
      camera: await named(async () => {
        const stream = await navigator.mediaDevices.getUserMedia({ video: true, audio: true });
        const { length } = stream.getTracks();
        for (const track of stream.getTracks()) track.stop();
        return length;
      }),
      notifications: await named(() => Notification.requestPermission()),
      geolocation: await named(located),
      clipboard: await named(() => navigator.clipboard.readText()),
      screen: await named(() => navigator.mediaDevices.getDisplayMedia({ video: true })),
      midi: await named(() => navigator.requestMIDIAccess()),
      geolocationState: (await navigator.permissions.query({ name: 'geolocation' })).state,
    };
  });
  expect(answers).toEqual({
    camera: '2',
    notifications: 'denied',
    geolocation: 'Error',
    clipboard: 'NotAllowedError',
    screen: expect.stringMatching(/Error$/),
    midi: expect.stringMatching(/Error$/),
    geolocationState: 'denied',
  });
});

test('every call is answered, and a bad one is refused', async ({ launchStudio }) => {
  const { app, window } = await launchStudio();
  for (const name of CALL_NAMES) {
    for (const input of [undefined, null, 'text', { surprise: 1 }]) {
      expect(await call(window, name, input), name).toMatchObject({
        kind: 'error',
        error: { code: 'BAD_CALL' },
      });
    }
  }
  expect(await call(window, 'getTake', { takeId: '../../etc' })).toMatchObject({
    error: { code: 'BAD_CALL' },
  });
  expect(await call(window, 'getTake', { takeId: 'tk_0123456789' })).toMatchObject({
    error: { code: 'TAKE_NOT_FOUND' },
  });

  // Another window with the same preload script and the same page is still not ours.
  const { bundle } = await testRuntime(console.log);
  const bundled = fileURLToPath(
    new URL(bundle === 'practice' ? '../../out-practice' : '../../out', import.meta.url),
  );
  const another = app.waitForEvent('window');
  await app.evaluate(
    ({ BrowserWindow }, preload) =>
      new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } }).loadURL(
        'studio://app/index.html',
      ),
    join(bundled, 'preload', 'preload.cjs'),
  );
  expect(await call(await another, 'getAppState', {})).toMatchObject({ error: { code: 'BAD_CALL' } });
  expect(await call(window, 'getAppState', {})).toMatchObject({ kind: 'ok' });
});

test('the media protocol serves the library, and only that', async ({ launchStudio, temporaryDir }) => {
  const { app, window } = await launchStudio();
  const id = await importClip(app, window, temporaryDir);
  const player = mediaUrl.player(id);

  const whole = await ask(app, player);
  expect(whole).toMatchObject({
    status: 200,
    headers: { 'accept-ranges': 'bytes', 'content-type': 'video/mp4' },
  });
  const part = await ask(app, player, { range: 'bytes=100-299' });
  expect(part).toMatchObject({
    status: 206,
    length: 200,
    headers: { 'content-range': `bytes 100-299/${whole.length}`, 'content-length': '200' },
  });
  expect(part.base64).toBe(Buffer.from(whole.base64, 'base64').subarray(100, 300).toString('base64'));
  expect((await ask(app, player, { range: `bytes=${whole.length}-` })).status).toBe(416);
  expect(await ask(app, player, { method: 'HEAD' })).toMatchObject({
    status: 200,
    length: 0,
    headers: { 'content-length': String(whole.length) },
  });
  for (const method of ['POST', 'PUT', 'DELETE'])
    expect((await ask(app, player, { method })).status).toBe(405);

  for (const address of [
    mediaUrl.player('tk_0000000000000000'),
    mediaUrl.firstWords(`or_${'0'.repeat(24)}`),
    `studio-media://library/take/${id}/take.json`,
    `studio-media://library/take/${id}/..%2ftake.json`,
    `studio-media://library/take/${id}/../../../twins`,
    'studio-media://library/take/..%2f..%2f..%2fetc/passwd',
    'studio-media://library//etc/passwd',
    `studio-media://elsewhere/take/${id}/player`,
  ])
    expect((await ask(app, address)).status, address).toBe(404);

  // A player seeks, and gives up most of what it asked for.
  const played = await window.evaluate(async (address) => {
    const video = document.createElement('video');
    video.muted = true;
    video.src = address;
    const heard = (name: string) =>
      new Promise<void>((resolve, reject) => {
        video.addEventListener(name, () => resolve(), { once: true });
        video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
      });
    await heard('loadeddata');
    const width = video.videoWidth;
    for (const seconds of [12, 1, 14, 3, 9]) {
      video.currentTime = seconds;
      await heard('seeked');
    }
    video.removeAttribute('src');
    video.load();
    return width;
  }, player);
  expect(played).toBe(640);
});

test('keys go in and never come out', async ({ launchStudio, temporaryDir }) => {
  const key = 'sk-e2e-0123456789-never-seen-again';
  const userDataDir = join(temporaryDir, 'user-data');
  const first = await launchStudio({ userDataDir });
  const heard: string[] = [];
  first.window.on('console', (message) => heard.push(message.text()));
  for (const name of ['segmindApiKey', 's3AccessKeyId', 's3SecretAccessKey'])
    expect(await call(first.window, 'setSecret', { name, value: key })).toEqual({ kind: 'ok', value: {} });

  const { secrets } = await value(first.window, 'getSettings', {});
  const { keyStorage, trialRuntime } = await value(first.window, 'getAppState', {});
  // The trial runtime keeps nothing; a machine with a keyring keeps what only the keyring can read.
  if (trialRuntime) expect(keyStorage).toBe('session');
  const origin = keyStorage === 'session' ? 'session' : 'kept';
  expect(secrets).toEqual({ segmindApiKey: origin, s3AccessKeyId: origin, s3SecretAccessKey: origin });

  const answers: unknown[] = [];
  for (const name of ['getAppState', 'listTakes', 'listTwins', 'listActivities', 'getSettings'] as const)
    answers.push(await call(first.window, name, {}));
  for (const name of ['testHost', 'testTrainer'] as const)
    for (const kind of ['practice', 's3', 'segmind'])
      answers.push(await call(first.window, name, { host: kind, trainer: kind }));
  answers.push(await call(first.window, 'setSecret', { name: 'segmindApiKey', value: key, extra: 1 }));
  expect(JSON.stringify([answers, heard])).not.toContain(key);

  await call(first.window, 'saveSettings', { theme: 'dark' });
  await first.app.close();
  const written = await Promise.all((await filesBelow(userDataDir)).map((file) => readFile(file)));
  expect(written.some((bytes) => bytes.includes('"theme"'))).toBe(true);
  for (const spelling of [key, Buffer.from(key).toString('base64')])
    expect(written.some((bytes) => bytes.includes(spelling))).toBe(false);

  const second = await launchStudio({ userDataDir });
  const kept = await value(second.window, 'getSettings', {});
  expect(kept.settings.theme).toBe('dark');
  expect(kept.secrets.segmindApiKey).toBe(keyStorage === 'session' ? 'missing' : 'kept');
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

test('dropped files are imported, and the page learns no path', async ({ launchStudio, temporaryDir }) => {
  const { window } = await launchStudio();
  const clip = await makeClip(temporaryDir);
  const debug = await window.context().newCDPSession(window);
  const data = { items: [], files: [clip], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await debug.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
  await expect.poll(async () => (await value(window, 'listTakes', {})).takes.length).toBe(1);
  expect(window.url()).toMatch(/^studio:\/\/app\//);
  expect(JSON.stringify(await call(window, 'listTakes', {}))).not.toContain(temporaryDir);
});

test('a second start calls the first', async ({ launchStudio }) => {
  const { app, userDataDir, libraryDir } = await launchStudio();
  const called = app.evaluate(
    ({ app: electron }) => new Promise<void>((resolve) => electron.once('second-instance', () => resolve())),
  );
  const { executable, args } = await testRuntime(console.log);
  const second = spawn(executable, [`--user-data-dir=${userDataDir}`, ...args], {
    env: { ...process.env, TWIN_STUDIO_USER_DATA: userDataDir, TWIN_STUDIO_LIBRARY: libraryDir },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => second.once('exit', resolve));
  await called;
  expect(await ended).toBe(0);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});
