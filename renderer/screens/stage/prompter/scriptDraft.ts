import type { TeleprompterSettings } from './adjust.ts';

export type OwnScript = NonNullable<TeleprompterSettings['own']>;

/** A choice that is being made in the dialog. */
export interface ScriptDraft {
  /** Code of a sample, or `own`. */
  readonly chosen: string;
  readonly own: OwnScript;
  /** Own texts that were replaced as a whole while the dialog is open, the last one at the end. */
  readonly replaced: readonly OwnScript[];
}

export type DraftEvent =
  | { readonly kind: 'choose'; readonly code: string }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'open'; readonly name: string; readonly text: string }
  | { readonly kind: 'put-back' };

export const OWN = 'own';

/** A text of one's own that has no file. */
const UNNAMED = '';

export function draftOf({ script, own }: TeleprompterSettings): ScriptDraft {
  return {
    chosen: script.kind === 'own' ? OWN : script.code,
    own: own ?? { name: UNNAMED, text: '' },
    replaced: [],
  };
}

/** Total: any event in any draft gives a draft. Nothing that was written is lost before the dialog closes. */
export function changeDraft(draft: ScriptDraft, event: DraftEvent): ScriptDraft {
  switch (event.kind) {
    case 'choose':
      return { ...draft, chosen: event.code };
    case 'type': {
      const name = isReplaced(draft.own.text, event.text) ? UNNAMED : draft.own.name;
      return replace(draft, { name, text: event.text });
    }
    case 'open':
      return { ...replace(draft, { name: event.name, text: event.text }), chosen: OWN };
    case 'put-back': {
      const own = draft.replaced.at(-1);
      return own ? { ...draft, chosen: OWN, own, replaced: draft.replaced.slice(0, -1) } : draft;
    }
  }
}

function replace(draft: ScriptDraft, own: OwnScript): ScriptDraft {
  const keep = isReplaced(draft.own.text, own.text);
  return { ...draft, own, replaced: keep ? [...draft.replaced, draft.own] : draft.replaced };
}

/** True when more than half of a text has gone at once, as by opening a file, pasting over it, or clearing it. */
function isReplaced(before: string, after: string): boolean {
  if (before.trim() === '') return false;
  const shorter = Math.min(before.length, after.length);
  let same = 0;
  while (same < shorter && before[same] === after[same]) same += 1;
  let sameEnd = 0;
  while (sameEnd < shorter - same && before.at(-1 - sameEnd) === after.at(-1 - sameEnd)) sameEnd += 1;
  return same + sameEnd < before.length / 2;
}

/** The settings with what was chosen. */
export function withDraft(
  settings: TeleprompterSettings,
  draft: ScriptDraft,
  clean: (text: string) => string,
) {
  const text = clean(draft.own.text);
  const own = text === '' ? null : { name: draft.own.name, text };
  const chosen =
    draft.chosen === OWN ? ({ kind: 'own' } as const) : ({ kind: 'sample', code: draft.chosen } as const);
  return { ...settings, own, script: chosen } satisfies TeleprompterSettings;
}
