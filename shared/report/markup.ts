/** Text that is markup already. Only `markup` makes it, so that nothing reaches a page unescaped by mistake. */
export class Markup {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /**
   * Markup from a template that stands in our own code. Strings and numbers between are text, whatever they hold.
   */
  static of(parts: TemplateStringsArray, ...values: readonly MarkupValue[]): Markup {
    let text = parts[0] ?? '';
    values.forEach((value, index) => {
      text += written(value) + (parts[index + 1] ?? '');
    });
    return new Markup(text);
  }

  /** What nobody else has had a hand in: a stylesheet of ours. */
  static ours(text: string): Markup {
    return new Markup(text);
  }
}

/** What may stand between the parts of a template; null and undefined leave nothing. */
export type MarkupValue = string | number | Markup | null | undefined | readonly MarkupValue[];

/** The template's name, short because it stands in front of every one. */
export const markup = Markup.of;

function written(value: MarkupValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'string') return escapeText(value);
  if (typeof value === 'number') return String(value);
  return value.map(written).join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Text for an element or a quoted attribute. Control characters and half surrogates, which no page may hold, become
 * the mark for what cannot be shown.
 */
export function escapeText(text: string): string {
  return (
    text
      .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]/g, '\ufffd')
      .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
  );
}
