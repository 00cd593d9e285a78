import { describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../../shared/settings.ts';
import { changeDraft, type DraftEvent, draftOf, withDraft } from './scriptDraft.ts';

const settings = DEFAULT_SETTINGS.stage.teleprompter;
const own = { name: 'talk', text: 'Good evening, and thank you all for coming.' };
const changed = (...events: readonly DraftEvent[]) =>
  events.reduce(changeDraft, draftOf({ ...settings, script: { kind: 'own' }, own }));
const clean = (text: string) => text.trim();

describe('choosing a script', () => {
  test('starts from what is remembered', () => {
    expect(draftOf(settings)).toEqual({ chosen: 'two-minutes', own: { name: '', text: '' }, replaced: [] });
    expect(changed()).toEqual({ chosen: 'own', own, replaced: [] });
  });

  test('typing keeps nothing aside, replacing the text does', () => {
    const typed = changed(
      { kind: 'type', text: `${own.text} Sit down.` },
      { kind: 'type', text: `Oh! ${own.text} Sit down.` },
      { kind: 'type', text: 'Oh! Good evening, all. Sit down.' },
    );
    expect(typed.replaced).toEqual([]);
    expect(typed.own.name).toBe('talk');
    for (const text of ['', 'Something else entirely.']) {
      const replaced = changed({ kind: 'type', text });
      expect(replaced.replaced).toEqual([own]);
      expect(replaced.own).toEqual({ name: '', text });
    }
  });

  test('what was replaced comes back, the last one first', () => {
    const opened = changed(
      { kind: 'open', name: 'one', text: 'First file.' },
      { kind: 'choose', code: 'four-minutes' },
      { kind: 'open', name: 'two', text: 'Another text.' },
    );
    expect(opened.chosen).toBe('own');
    expect(opened.own.name).toBe('two');
    const back = changeDraft(opened, { kind: 'put-back' });
    expect(back.own).toEqual({ name: 'one', text: 'First file.' });
    const first = changeDraft(back, { kind: 'put-back' });
    expect(first).toEqual({ chosen: 'own', own, replaced: [] });
    expect(changeDraft(first, { kind: 'put-back' })).toBe(first);
  });

  test('an empty text is not worth keeping', () => {
    const blank = changeDraft(draftOf(settings), { kind: 'type', text: '  ' });
    expect(changeDraft(blank, { kind: 'open', name: 'one', text: 'First.' }).replaced).toEqual([]);
  });

  test('is remembered cleaned, and the own text beside a sample too', () => {
    const typed = changed({ kind: 'type', text: `${own.text}  ` });
    expect(withDraft(settings, typed, clean)).toEqual({ ...settings, script: { kind: 'own' }, own });
    const sample = changeDraft(typed, { kind: 'choose', code: 'four-minutes' });
    expect(withDraft(settings, sample, clean)).toEqual({
      ...settings,
      script: { kind: 'sample', code: 'four-minutes' },
      own,
    });
    const cleared = changeDraft(sample, { kind: 'type', text: ' ' });
    expect(withDraft(settings, cleared, clean).own).toBeNull();
  });
});
