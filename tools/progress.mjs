// @ts-check
/** How far a download is that another program makes: told by the files that grow while it runs. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

const LOOK_MS = 250;
const MEGABYTE = 1_000_000;
/** Where no line can be written over, one for each so many. */
const LINE_EVERY_MEGABYTES = 10;

/**
 * Tells of a download until it is done. Where its folder cannot be read nothing is told, and nothing fails.
 * @template T
 * @param {() => Promise<T>} download
 * @param {object} options
 * @param {string} options.folder where its file grows, directly or in a folder of its own
 * @param {number} options.bytes how large it will be
 * @param {(line: string) => void} options.say
 * @returns {Promise<T>}
 */
export async function tellDownload(download, { folder, bytes, say }) {
  const before = new Set(await filesIn(folder));
  const teller = progressTeller({ bytes, say });
  let looking = false;
  const timer = setInterval(async () => {
    if (looking) return;
    looking = true;
    const sizes = (await filesIn(folder)).filter((file) => !before.has(file)).map(sizeOf);
    teller.tell(Math.max(0, ...(await Promise.all(sizes))));
    looking = false;
  }, LOOK_MS);
  try {
    return await download();
  } finally {
    clearInterval(timer);
    teller.end();
  }
}

/**
 * On a terminal one line that is written over, else a line now and then.
 * @param {object} options
 * @param {number} options.bytes
 * @param {(line: string) => void} options.say
 * @param {{isTTY?: boolean, write: (text: string) => unknown}} [options.terminal]
 */
export function progressTeller({ bytes, say, terminal = process.stderr }) {
  const total = Math.floor(bytes / MEGABYTE);
  let told = 0;
  let ended = false;
  return {
    /** @param {number} doneBytes */
    tell(doneBytes) {
      const done = Math.min(total, Math.floor(doneBytes / MEGABYTE));
      // A file that is moved to its place is no longer there: that is not less.
      if (ended || done <= told) return;
      if (!terminal.isTTY && done - told < LINE_EVERY_MEGABYTES) return;
      told = terminal.isTTY ? done : done - (done % LINE_EVERY_MEGABYTES);
      if (terminal.isTTY) terminal.write(`\r${told} of ${total} MB`);
      else say(`${told} of ${total} MB`);
    },
    end() {
      ended = true;
      if (terminal.isTTY && told > 0) terminal.write('\n');
    },
  };
}

/** @param {string} folder @returns {Promise<string[]>} also those in its folders; none where it cannot be read */
async function filesIn(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** @param {string} file */
const sizeOf = (file) =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );
