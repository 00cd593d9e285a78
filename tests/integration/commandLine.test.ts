import { appendFile, copyFile, mkdir, readdir, readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { locateTools } from '../../electron/media/locate.ts';
import { probe } from '../../electron/media/probe.ts';
import { composeTake } from '../footage/tools.ts';
import { runCli, startCli, tellCli } from './support/cli.ts';
import { checkedLibrary, goodTake, makeFolders, type StudioFolders } from './support/studioFolders.ts';

let folders: StudioFolders;
let good: string;
let checked: Awaited<ReturnType<typeof checkedLibrary>>;

beforeAll(async () => {
  good = await goodTake();
  checked = await checkedLibrary(good);
});
afterAll(() => checked.remove());
beforeEach(async () => {
  folders = await makeFolders();
});
afterEach(() => folders.remove());

const practise = (file: string, ...more: string[]) => [
  'run',
  file,
  ...['--name', 'Ana', '--consent-confirmed', '--yes'],
  ...more,
];

it('run takes a clip to a usable look in practice, and says where everything is', async () => {
  const { code, result, events } = await runCli(practise(good), folders.environment);
  expect(result).toMatchObject({
    event: 'result',
    version: 1,
    status: 'ready',
    consentStatus: 'skipped',
    costUsd: 0,
  });
  expect(code).toBe(0);
  expect(events.map((event) => event.event)).toContain('report');
  const firstWords = await probe(String(result.firstWordsFile), { tools: await locateTools() });
  expect(firstWords.durationSeconds).toBeGreaterThan(1);
  const order = JSON.parse(
    await readFile(join(folders.library, 'orders', String(result.orderId), 'order.json'), 'utf8'),
  );
  expect(order.consent).toMatchObject({ by: 'Ana', how: { kind: 'confirmed-by-flag' } });
  expect(order.consent.wording).toContain('Ana agrees');
  expect(order.price).toMatchObject({ trainingUsd: 0, firstWordsUsd: 0 });
});

describe('run, in practice, of a take that is checked', () => {
  beforeEach(() => checked.copyTo(folders));

  it('gives the same order back instead of making it again, and knows the content under another name', async () => {
    const first = await runCli(practise(good), folders.environment);
    const copy = join(folders.root, 'renamed.mp4');
    await copyFile(good, copy);
    const second = await runCli(practise(copy), folders.environment);
    expect(second.code).toBe(0);
    expect(second.result).toMatchObject({
      takeId: first.result.takeId,
      orderId: first.result.orderId,
      avatarId: first.result.avatarId,
    });
    expect(await readdir(join(folders.library, 'practice', 'avatars'))).toHaveLength(2); // .json and .mp4 of one avatar
    expect(second.events.find((event) => event.event === 'imported')).toMatchObject({ known: true });
  });

  it('does not say that a consent which was confirmed was skipped', async () => {
    const { stdout } = await tellCli(practise(good), folders.environment, folders.root);
    expect(stdout).toMatch(/consent at the trainer +none asked for; what you confirmed is kept/);
    expect(stdout).not.toContain('skipped');
  });

  it('adds a look to a twin, and refuses a twin of another account', async () => {
    const first = await runCli(practise(good), folders.environment);
    const group = String(first.result.avatarGroupId);
    const look = await runCli(
      ['run', good, '--name', 'Ana, blue', '--twin', group, '--consent-confirmed', '--yes'],
      folders.environment,
    );
    expect(look.result).toMatchObject({ status: 'ready', avatarGroupId: group });
    const twins = await runCli(['twins'], folders.environment);
    expect(twins.events.find((event) => event.event === 'twin')).toMatchObject({
      name: 'Ana',
      looks: [{}, {}],
    });
    const real = await runCli(
      [
        'run',
        good,
        '--name',
        'x',
        '--twin',
        group,
        '--host',
        's3',
        '--trainer',
        'segmind',
        '--consent-confirmed',
        '--yes',
      ],
      {
        ...folders.environment,
        SEGMIND_API_KEY: 'SG_0123456789abcdef',
        TWIN_STUDIO_S3_ENDPOINT: 'http://127.0.0.1:9',
        TWIN_STUDIO_S3_REGION: 'auto',
        TWIN_STUDIO_S3_BUCKET: 'none',
        TWIN_STUDIO_S3_ACCESS_KEY_ID: 'key-id',
        TWIN_STUDIO_S3_SECRET_ACCESS_KEY: 'secret-key',
        TWIN_STUDIO_S3_PUBLIC_BASE_URL: 'http://127.0.0.1:9/none',
      },
    );
    expect(real.result).toMatchObject({ error: { code: 'TWIN_OTHER_ACCOUNT' }, costUsd: 0 });
    expect(real.code).toBe(3);
  });

  it('returns at training with --no-wait, and watch brings it to the end in another process', async () => {
    const ordered = await runCli(practise(good, '--no-wait'), folders.environment);
    expect(ordered.result).toMatchObject({ status: 'training', firstWordsFile: null });
    expect(ordered.code).toBe(0);
    const watched = await runCli(['watch'], folders.environment);
    expect(watched.result).toMatchObject({
      status: 'done',
      orders: [{ orderId: ordered.result.orderId, status: 'ready' }],
    });
    const status = await runCli(['status'], folders.environment);
    expect(status.result).toMatchObject({ takes: 1, orders: 1, costUsd: 0 });
    expect(status.events.find((event) => event.event === 'take')).toMatchObject({
      state: { kind: 'usable' },
    });
  });

  it('stops at Ctrl+C with 130, and the same command goes on from there', async () => {
    const running = startCli(practise(good), {
      ...folders.environment,
      TWIN_STUDIO_PRACTICE_TRAINING_SECONDS: '600',
      TWIN_STUDIO_WATCH_FIRST_CHECK_SECONDS: '600',
    });
    await running.until((event) => event.event === 'order');
    await running.until((event) => event.event === 'progress' && event.kind !== 'import');
    running.child.kill('SIGINT');
    const stopped = await running.end;
    expect(stopped.code).toBe(130);
    expect(stopped.result).toMatchObject({ event: 'result', status: 'cancelled' });
    const again = await runCli(practise(good, '--no-wait'), folders.environment);
    expect(again.code).toBe(0);
    expect(again.result.status).toBe('training');
  });
});

describe('run, before anything is done', () => {
  const cases: [string, string[], string, number][] = [
    ['without consent', ['--yes'], 'CONSENT_MISSING', 3],
    ['without the price confirmed', ['--consent-confirmed'], 'PRICE_NOT_CONFIRMED', 3],
    [
      'with a practice host and a real trainer',
      ['--consent-confirmed', '--yes', '--host', 'practice', '--trainer', 'segmind'],
      'PRACTICE_HOST_REAL_TRAINER',
      1,
    ],
    [
      'with a bucket that is not set up',
      ['--consent-confirmed', '--yes', '--host', 's3'],
      'HOST_NOT_CONFIGURED',
      1,
    ],
    [
      'with two kinds of consent',
      ['--yes', '--consent-confirmed', '--consent-url', 'https://example.com'],
      'USAGE',
      64,
    ],
    ['with a limit that is no number', ['--yes', '--consent-confirmed', '--max-usd', 'lots'], 'USAGE', 64],
    [
      'with a twin that nobody knows',
      ['--yes', '--consent-confirmed', '--twin', 'practice_twin_none'],
      'TWIN_NOT_FOUND',
      1,
    ],
    ['with an unknown option', ['--cheap'], 'USAGE', 64],
    ['with an unknown host', ['--host', 'ftp'], 'USAGE', 64],
  ];
  it.each(cases)('%s it is refused', async (_name, args, code, exit) => {
    const {
      result,
      code: exitCode,
      stderr,
    } = await runCli(['run', good, '--name', 'Ana', ...args], folders.environment);
    expect(result).toMatchObject({ event: 'result', version: 1, error: { code } });
    expect(exitCode).toBe(exit);
    expect(stderr).not.toMatch(/\n {4}at /);
    await expect(stat(join(folders.library, 'orders', 'x'))).rejects.toThrow();
    for (const folder of ['orders', 'takes', 'twins'])
      expect(await readdir(join(folders.library, folder)).catch(() => [])).toEqual([]);
  });
});

describe('what is typed wrongly', () => {
  const cases: [string, string[], RegExp][] = [
    ['a command', ['chek'], /^Unknown command 'chek'\. Did you mean check\? .*“npx twin-studio --help”/],
    [
      'an option',
      ['check', 'a.mp4', '--htm', 'b'],
      /Did you mean --html\? Run “npx twin-studio check --help”/,
    ],
    ['a missing option', ['prepare', 'a.mp4'], /Run “npx twin-studio prepare --help”/],
    ['a value', ['prepare', 'a.mp4', '--out', 'b.mp4', '--to', 'x'], /“npx twin-studio prepare --help”/],
    ['a name', ['run', 'a.mp4', '--name', ' '], /“npx twin-studio run --help”/],
    [
      'a mend',
      ['prepare', 'a.mp4', '--out', 'b.mp4', '--mend', 'loud'],
      /^--mend cannot be “loud”; it is one or more of loudness, .* turn270, with commas between\. /,
    ],
    [
      'a second turn',
      ['prepare', 'a.mp4', '--out', 'b.mp4', '--mend', 'noise,turn90', '--mend', 'turn180'],
      /^Choose one turn/,
    ],
  ];
  it.each(cases)('%s is told with what was meant, and where it is explained', async (_name, args, said) => {
    const { result, code } = await runCli(args, folders.environment);
    expect(result).toMatchObject({ error: { code: 'USAGE', message: expect.stringMatching(said) } });
    expect(code).toBe(64);
  });

  it('a file whose name begins with a dash is told how it is written', async () => {
    await writeFile(join(folders.root, '-dash.mp4'), '');
    const { result } = await runCli(['check', '-dash.mp4'], folders.environment, folders.root);
    expect(result).toMatchObject({
      error: { code: 'USAGE', message: expect.stringContaining('“./-dash.mp4”.') },
    });
  });
});

it.for([
  ['prepare', '--out', 'master.mp4'],
  ['check', '--html', 'page.html'],
] as const)('%s tells of a folder that takes no files before anything is done', async (typed, { skip }) => {
  if (process.platform !== 'linux') skip('needs a file system that takes no files, as /proc');
  const [command, option, name] = typed;
  const told = await runCli([command, good, option, join('/proc', name)], folders.environment);
  expect(told.result).toMatchObject({
    error: { code: 'FOLDER_UNREADABLE', message: expect.stringMatching(/^\/proc cannot be used\./) },
  });
  expect(told.events).toHaveLength(1);
  expect(told.code).toBe(1);
});

describe('check', () => {
  const bad: [string, string, (file: string) => Promise<void>][] = [
    ['a missing file', 'FILE_MISSING', async () => undefined],
    ['an empty file', 'FILE_EMPTY', (file) => writeFile(file, '')],
    ['a text named mp4', 'FILE_NOT_MEDIA', (file) => writeFile(file, 'not a video '.repeat(500))],
    ['a folder', 'FILE_IS_FOLDER', async (file) => void (await mkdir(file))],
    [
      'a truncated file',
      'FILE_TRUNCATED',
      async (file) => {
        // Its index stands at the end, as cameras write it, so that cutting loses it.
        const { ffmpeg } = await locateTools();
        await copyFile(
          await composeTake({ seconds: 2, width: 640, height: 360, container: 'mov' }, { ffmpeg }),
          file,
        );
        await truncate(file, Math.floor((await stat(file)).size * 0.6));
      },
    ],
  ];
  it('what is no good gives its own code, each beside a good file', async () => {
    const files: string[] = [];
    for (const [name, , make] of bad) {
      const file = join(folders.root, `${name}.mp4`);
      await make(file);
      files.push(file);
    }
    const { result, events, code: exit } = await runCli(['check', good, ...files], folders.environment);
    const [first, ...others] = events.filter((event) => event.event === 'report');
    expect(first).toMatchObject({ file: good, verdict: 'warn', media: { video: { codec: 'h264' } } });
    expect(others).toMatchObject(
      bad.map(([, code], index) => ({ file: files[index], verdict: null, error: { code } })),
    );
    expect(result).toMatchObject({ files: 1 + bad.length, failed: bad.length });
    expect(exit).toBe(1);
  });

  it('names a file that is no good once, as it was typed', async () => {
    await writeFile(join(folders.root, 'text.mp4'), 'not a video '.repeat(500));
    const { stdout } = await tellCli(
      ['check', './text.mp4', './none.mp4'],
      folders.environment,
      folders.root,
    );
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^\.\/text\.mp4 holds no video that can be read: .*\(FILE_NOT_MEDIA\)$/),
      expect.stringMatching(/^\.\/none\.mp4 is not there\..*\(FILE_MISSING\)$/),
      '',
    ]);
  });

  it('refuses what the trainer would refuse, with exit code 2', async () => {
    const { ffmpeg } = await locateTools();
    // Of a size that is not refused.
    const size = { width: 1280, height: 720 };
    const short = await composeTake({ ...size, seconds: 4 }, { ffmpeg });
    const silent = await composeTake({ ...size, seconds: 16, audio: 'silent' }, { ffmpeg });
    const { events, code } = await runCli(['check', short, silent], folders.environment);
    const reports = events.filter((event) => event.event === 'report');
    expect(reports.map((report) => report.verdict)).toEqual(['fail', 'fail']);
    expect(code).toBe(2);
    const ordered = await runCli(practise(short), folders.environment);
    expect(ordered.result).toMatchObject({ status: 'failed', costUsd: 0, error: { code: 'CHECK_REFUSED' } });
    const { message } = ordered.result.error as { message: string };
    expect(message).toMatch(/“npx twin-studio check tk_\w+”/);
    expect(message.match(/refused/g)).toHaveLength(1);
    expect(ordered.code).toBe(2);
  });
});

describe('prepare', () => {
  it('makes a master, and never overwrites', async () => {
    const out = join(folders.root, 'master.mp4');
    const made = await runCli(['prepare', good, '--out', out], folders.environment);
    expect(made.result).toMatchObject({ status: 'prepared', master: out, videoCopied: true, refusedFor: [] });
    expect(made.code).toBe(0);
    const again = await runCli(['prepare', good, '--out', out], folders.environment);
    expect(again.result).toMatchObject({ error: { code: 'FILE_EXISTS' } });
    expect(again.code).toBe(1);
  });

  it('makes what would be refused as well, and says what for', async () => {
    const { ffmpeg } = await locateTools();
    const short = await composeTake({ width: 1280, height: 720, seconds: 4 }, { ffmpeg });
    const out = join(folders.root, 'short.mp4');
    const { result, code } = await runCli(['prepare', short, '--out', out], folders.environment);
    expect(result).toMatchObject({ status: 'prepared', refusedFor: [{ code: 'DURATION_TOO_SHORT' }] });
    expect(code).toBe(0);
    const mended = join(folders.root, 'mended.mp4');
    const asked = await runCli(
      ['prepare', short, '--out', mended, '--mend', 'loudness'],
      folders.environment,
    );
    const codes = (asked.result.refusedFor as { code: string }[]).map((reason) => reason.code);
    // Each once, whether it was found by measuring or by the master itself.
    expect(codes).toContain('DURATION_TOO_SHORT');
    expect(new Set(codes).size).toBe(codes.length);
  });

  it('mends all that is asked for, one by one or with commas between', async () => {
    const short = await composeTake(
      { width: 1280, height: 720, seconds: 4 },
      { ffmpeg: (await locateTools()).ffmpeg },
    );
    const mends = ['--mend', 'letterbox', '--mend', 'exposure,turn180'];
    const { stdout } = await tellCli(
      ['prepare', short, '--out', 'mended.mp4', ...mends],
      folders.environment,
      folders.root,
    );
    expect(stdout).toContain('Mended: Turns the picture upside down.');
    expect(stdout.match(/^Not mended: /gm)).toHaveLength(2);
  });

  it('takes a take of the library by its id, and does only what is asked for here', async () => {
    await checked.copyTo(folders);
    const record = join(folders.library, 'takes', checked.takeId, 'take.json');
    const take = JSON.parse(await readFile(record, 'utf8'));
    take.review.trim = { startSeconds: 2, endSeconds: 12, exact: false };
    await writeFile(record, JSON.stringify(take));
    const out = join(folders.root, 'master.mp4');
    const made = await runCli(['prepare', checked.takeId, '--out', out], folders.environment);
    expect(made.result).toMatchObject({ status: 'prepared', master: out, taken: null, videoCopied: true });
    const none = ['prepare', `tk_${'0'.repeat(24)}`, '--out', join(folders.root, 'none.mp4')];
    expect((await runCli(none, folders.environment)).result).toMatchObject({
      error: { code: 'TAKE_NOT_FOUND' },
    });
  });

  it('cuts a very large file at its key frames, as any other', async () => {
    const { ffmpeg } = await locateTools();
    const large = join(folders.root, 'large.mp4');
    await copyFile(await composeTake({ seconds: 90, width: 640, height: 360 }, { ffmpeg }), large);
    // An empty box at its end, which takes no room on the disk.
    const { size } = await stat(large);
    const box = Buffer.alloc(16);
    box.writeUInt32BE(1, 0);
    box.write('free', 4, 'latin1');
    box.writeBigUInt64BE(1_600_000_000n, 8);
    await appendFile(large, box);
    await truncate(large, size + 1_600_000_000);
    const part = ['--from', '20', '--to', '40', '--out', join(folders.root, 'part.mp4')];
    const made = await runCli(['prepare', large, ...part], folders.environment);
    expect(made.result).toMatchObject({ status: 'prepared', videoCopied: true });
  });
});

it('status tells the length of a take in minutes and seconds, as the window does', async () => {
  await checked.copyTo(folders);
  const { stdout } = await tellCli(['status'], folders.environment, folders.root);
  expect(stdout).toMatch(/^Take +Name +Length +State\ntk_\w+ .+ 0:16 +can be published\n/);
});

describe('doctor', () => {
  it('finds everything in practice, and names what is missing', async () => {
    const good = await runCli(['doctor'], folders.environment);
    expect(good.code).toBe(0);
    expect(good.events.filter((event) => event.event === 'check' && event.ok === false)).toEqual([]);
    const bad = await runCli(['doctor'], { ...folders.environment, TWIN_STUDIO_FFMPEG: '/nowhere/ffmpeg' });
    expect(bad.events.find((event) => event.name === 'ffmpeg')).toMatchObject({
      error: { code: 'FFMPEG_MISSING' },
    });
    expect(bad.code).toBe(1);
  });

  it('says in plain words that it cannot tell the free space of a library that cannot be opened', async () => {
    const inTheWay = join(folders.root, 'file');
    await writeFile(inTheWay, '');
    const { events, code } = await runCli(
      ['doctor', '--library', join(inTheWay, 'library')],
      folders.environment,
    );
    expect(events.find((event) => event.name === 'space')).toMatchObject({
      error: { code: 'SPACE_UNKNOWN', message: expect.stringContaining(inTheWay) },
    });
    expect(code).toBe(1);
  });
});
