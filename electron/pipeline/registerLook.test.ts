import { rm, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { orderOf } from '../../tests/doubles/records.ts';
import { temporaryFolder } from '../../tests/doubles/temporaryFolder.ts';
import { openLibrary } from '../library/library.ts';
import { twinIdOf } from '../library/twinStore.ts';
import { registerLook } from './registerLook.ts';

const folder = temporaryFolder();
const twinId = twinIdOf('practice', 'account', 'group');
const look = (avatarId: string) => ({ avatarId, avatarGroupId: 'group', consentStatus: 'accepted' });
const first = orderOf('first', { look: look('first') });
const second = orderOf('second', { look: look('second'), twin: { kind: 'existing', twinId } });

test('the first look makes the twin, later ones join it, each once', async () => {
  const library = await openLibrary(folder());
  for (const order of [first, second, first, second]) await registerLook(library, order);
  await registerLook(library, orderOf('without a look'));
  expect(library.twins.index.values()).toMatchObject([
    { name: 'Ana', looks: [{ avatarId: 'first' }, { avatarId: 'second' }] },
  ]);
});

test.each<[string, (file: string) => Promise<void>]>([
  ['broke', (file) => writeFile(file, 'garbage')],
  ['is gone', (file) => rm(file)],
])('a look that was paid for is kept when its twin’s record %s', async (_name, harm) => {
  const library = await openLibrary(folder());
  await registerLook(library, first);
  await harm(library.paths.twinRecord(twinId));
  await registerLook(library, second);
  expect((await library.twins.read(twinId)).looks.map(({ avatarId }) => avatarId)).toContain('second');
});
