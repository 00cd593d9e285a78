import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';

/** Looks one twin can hold, as at HeyGen. */
export const MOST_LOOKS = 100;

const HostedObjectSchema = z.object({
  schemaVersion: z.literal(1),
  objectKey: z.string(),
  contentType: z.string(),
  sizeBytes: z.number().int().nonnegative(),
  retainUntil: z.string().nullable(),
  storedAt: z.iso.datetime(),
  /** Name of the file beside this one that holds the bytes. */
  dataFile: z.string().regex(/^[0-9a-f-]+\.data$/),
});
export type HostedObject = z.infer<typeof HostedObjectSchema>;

const AvatarSchema = z.object({
  schemaVersion: z.literal(1),
  avatarId: z.string(),
  avatarGroupId: z.string(),
  name: z.string(),
  createdAt: z.iso.datetime(),
  /** From then on first words succeed. */
  readyAt: z.iso.datetime(),
});
export type PracticeAvatar = z.infer<typeof AvatarSchema>;

/** Ids that we made ourselves; anything else never becomes part of a path. */
const AVATAR_ID = /^practice_avatar_[0-9a-f]{24}$/;
const GROUP_ID = /^practice_twin_[0-9a-f]{24}$/;
const OBJECT_KEY = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,299}$/;
const LEFTOVER_MS = 24 * 3_600_000;

/**
 * The practice server's state: files under `<library>/practice/`, and nothing in memory, because the app
 * and a command may each run a server over the same library. Every file appears whole, by rename or link.
 */
export class PracticeStore {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(libraryFolder: string): Promise<PracticeStore> {
    const store = new PracticeStore(join(libraryFolder, 'practice'));
    for (const name of ['hosted', 'avatars', 'groups', 'tmp']) {
      await mkdir(join(store.#folder, name), { recursive: true });
    }
    await store.#removeLeftovers();
    return store;
  }

  /** The library's own token, made at first use; of two processes that make it at once both get the same. */
  async token(): Promise<string> {
    const file = join(this.#folder, 'token');
    const stored = await readOrNull(file);
    if (stored !== null) return stored.trim();
    const made = this.temporaryFile();
    const handle = await open(made, 'wx', 0o600);
    try {
      await handle.writeFile(randomBytes(32).toString('hex'));
      await handle.sync();
    } finally {
      await handle.close();
    }
    // Linking fails where the file is there already: the first one wins.
    await link(made, file).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
    await rm(made, { force: true });
    return (await readFile(file, 'utf8')).trim();
  }

  /** A name that no other process uses, on the same file system as everything else. */
  temporaryFile(extension = ''): string {
    return join(this.#folder, 'tmp', `${randomUUID()}${extension}`);
  }

  isObjectKey(objectKey: string): boolean {
    return OBJECT_KEY.test(objectKey);
  }

  /** Stores an object whole or not at all. @throws when the stream breaks off or its length is wrong. */
  async writeObject(
    object: Omit<HostedObject, 'schemaVersion' | 'storedAt' | 'dataFile'>,
    body: Readable,
  ): Promise<void> {
    const received = this.temporaryFile();
    try {
      await pipeline(body, createWriteStream(received, { flags: 'wx' }));
      const handle = await open(received, 'r+');
      try {
        if ((await handle.stat()).size !== object.sizeBytes) throw new Error('wrong length');
        await handle.sync();
      } finally {
        await handle.close();
      }
      const before = await this.readObject(object.objectKey);
      const dataFile = `${randomUUID()}.data`;
      await rename(received, join(this.#folder, 'hosted', dataFile));
      const record: HostedObject = {
        schemaVersion: 1,
        ...object,
        storedAt: new Date().toISOString(),
        dataFile,
      };
      await writeFileAtomic(this.#objectRecord(object.objectKey), `${JSON.stringify(record, null, 2)}\n`);
      if (before !== null) await rm(before.file, { force: true });
    } finally {
      await rm(received, { force: true });
    }
  }

  async readObject(objectKey: string): Promise<{ object: HostedObject; file: string } | null> {
    const text = await readOrNull(this.#objectRecord(objectKey));
    const parsed = HostedObjectSchema.safeParse(parseOrNull(text));
    if (!parsed.success) return null;
    return { object: parsed.data, file: join(this.#folder, 'hosted', parsed.data.dataFile) };
  }

  async removeObject(objectKey: string): Promise<void> {
    const found = await this.readObject(objectKey);
    await rm(this.#objectRecord(objectKey), { force: true });
    if (found !== null) await rm(found.file, { force: true });
  }

  /** A group is a folder with one file a look; making the file is what takes the place. */
  async addGroup(): Promise<string> {
    const groupId = `practice_twin_${randomBytes(12).toString('hex')}`;
    await mkdir(join(this.#folder, 'groups', groupId));
    return groupId;
  }

  async hasGroup(groupId: string): Promise<boolean> {
    if (!GROUP_ID.test(groupId)) return false;
    return stat(join(this.#folder, 'groups', groupId)).then(
      (found) => found.isDirectory(),
      () => false,
    );
  }

  async removeGroup(groupId: string): Promise<void> {
    if (GROUP_ID.test(groupId))
      await rm(join(this.#folder, 'groups', groupId), { recursive: true, force: true });
  }

  /** Takes a free place in a group; null when all are taken. Two processes never get the same one. */
  async takePlace(groupId: string, avatarId: string): Promise<{ giveBack: () => Promise<void> } | null> {
    const folder = join(this.#folder, 'groups', groupId);
    for (let number = 1; number <= MOST_LOOKS; number += 1) {
      const name = `look-${String(number).padStart(3, '0')}`;
      try {
        const handle = await open(join(folder, name), 'wx');
        await handle.writeFile(`${avatarId}\n`);
        await handle.close();
        return { giveBack: () => rm(join(folder, name), { force: true }) };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
    return null;
  }

  newAvatarId(): string {
    return `practice_avatar_${randomBytes(12).toString('hex')}`;
  }

  /** Keeps an avatar with the clip that its first words will be; the clip's file is moved away. */
  async writeAvatar(avatar: PracticeAvatar, clip: string): Promise<void> {
    await rename(clip, this.#clip(avatar.avatarId));
    await writeFileAtomic(this.#avatar(avatar.avatarId), `${JSON.stringify(avatar, null, 2)}\n`);
  }

  async readAvatar(avatarId: string): Promise<{ avatar: PracticeAvatar; clip: string } | null> {
    if (!AVATAR_ID.test(avatarId)) return null;
    const parsed = AvatarSchema.safeParse(parseOrNull(await readOrNull(this.#avatar(avatarId))));
    return parsed.success ? { avatar: parsed.data, clip: this.#clip(avatarId) } : null;
  }

  #avatar(avatarId: string): string {
    return join(this.#folder, 'avatars', `${avatarId}.json`);
  }

  #clip(avatarId: string): string {
    return join(this.#folder, 'avatars', `${avatarId}.mp4`);
  }

  /** Named by a hash, so that no key can lead out of the folder. */
  #objectRecord(objectKey: string): string {
    return join(this.#folder, 'hosted', `${createHash('sha256').update(objectKey).digest('hex')}.json`);
  }

  /** What a killed process left; young files may be another process's work. */
  async #removeLeftovers(): Promise<void> {
    const folder = join(this.#folder, 'tmp');
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const found = await stat(file).catch(() => null);
      if (found !== null && Date.now() - found.mtimeMs > LEFTOVER_MS) await rm(file, { force: true });
    }
  }
}

async function readOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function parseOrNull(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
