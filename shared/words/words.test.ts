import { expect, test } from 'vitest';
import { OrderStateSchema } from '../domain/order.ts';
import { decisionCode, TAKE_GROUPS, TakeStateSchema } from '../domain/summary.ts';
import { words } from './app.ts';
import { cliWords } from './cli.ts';
import { DESKTOP_WORDS } from './desktop.ts';
import { FINDING_WORDS } from './findings.ts';

const kindsOf = (schema: { options: readonly { shape: { kind: { value: string } } }[] }) =>
  schema.options.map((option) => option.shape.kind.value).sort();

/** Every finished sentence of a catalogue, with the way to it. */
function* sentences(part: unknown, path: string): Generator<[string, string]> {
  if (typeof part === 'string') yield [path, part];
  else if (typeof part === 'object' && part !== null) {
    for (const [key, inner] of Object.entries(part)) yield* sentences(inner, `${path}.${key}`);
  }
}

test('no word is empty or padded', () => {
  const all = [
    ...sentences(words, 'words'),
    ...sentences(cliWords, 'cli'),
    ...sentences(DESKTOP_WORDS, 'desktop'),
    ...sentences(FINDING_WORDS, 'findings'),
  ];
  expect(all.length).toBeGreaterThan(300);
  for (const [path, text] of all) expect(text, path).toMatch(/^\S(.*\S)?$/s);
  for (const [path, text] of all) expect(text, path).not.toMatch(/ {2}|undefined|TODO/);
});

test('the sidebar tells what runs here before the orders that are on their way', () => {
  const { online, offline } = words.shell;
  expect(online(0, 0)).toBe('On a network. Nothing is running.');
  expect(online(0, 1)).toBe('On a network. 1 order is on its way.');
  expect(online(2, 0)).toBe('On a network. 2 tasks running.');
  expect(online(1, 3)).toBe('On a network. 1 task and 3 orders running.');
  expect(offline(0, 2)).toBe('Offline. 2 orders are on their way.');
  expect(offline(1, 1)).toBe('Offline. 1 task and 1 order running or waiting.');
});

test('every state that an order or a take can be in has words', () => {
  expect(Object.keys(words.order.states).sort()).toEqual(kindsOf(OrderStateSchema));
  expect(Object.keys(cliWords.status.states).sort()).toEqual(kindsOf(TakeStateSchema));
  for (const group of TAKE_GROUPS) expect(words.library.filter[group]).toBeTruthy();
});

test('every decision that a person is asked for has words', () => {
  const at = '2026-01-02T03:04:05.000Z';
  const lost = { kind: 'unconfirmed', request: 1, since: at } as const;
  const none = { kind: 'none' } as const;
  const codes = [
    decisionCode({ state: lost, firstWords: none }),
    decisionCode({ state: { kind: 'training', since: at }, firstWords: lost }),
    decisionCode({ state: { kind: 'stalled', since: at }, firstWords: none }),
  ];
  expect(Object.keys(words.state.needsYou).sort()).toEqual([...new Set(codes)].sort());
});

test('every finding says what is the matter and what to do', () => {
  for (const [code, { message, remedy }] of Object.entries(FINDING_WORDS)) {
    const text = message({ measured: 'MEASURED', limit: 'LIMIT' });
    expect(text, code).toMatch(/^\S.*[.?]$/);
    expect(remedy, code).toMatch(/^\S.*[.?]$/);
    expect(text, code).not.toContain('undefined');
  }
});

test('what preparing can mend is said in one way, which is true in the window and on the command line', () => {
  const remedies = Object.values(FINDING_WORDS).map(({ remedy }) => remedy);
  const mending = remedies.filter((remedy) => /preparing can /i.test(remedy));
  expect(mending).toHaveLength(6);
  for (const remedy of mending) expect(remedy).toMatch(/reparing can [^.]+, if you choose that\./);
  for (const remedy of remedies) expect(remedy).not.toMatch(/“|--/);
});
