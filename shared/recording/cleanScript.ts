/** Makes the text of a script plain, wherever it was typed, pasted or opened. */

/** Line ends of every system; U+2029 ends a paragraph. */
const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028]/g;
/** Marks that are not seen: byte order, zero-width spaces, soft hyphens, and marks of direction that editors add. */
const UNSEEN = /[\u00ad\u200b\u200e\u200f\u2060\ufeff]/g;
/** Controls but the tab and the line end. */
const CONTROLS = /(?![\t\n])\p{Cc}/gu;
const SPACES = /[^\S\n]+/g;

/** Plain text with one space between words and one empty line between paragraphs. */
export function cleanScript(text: string): string {
  return text
    .replaceAll('\u2029', '\n\n')
    .replaceAll(LINE_ENDS, '\n')
    .replaceAll(UNSEEN, '')
    .replaceAll(CONTROLS, '')
    .replaceAll(SPACES, ' ')
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/**
 * The same for the text of a file, without the marks of Markdown: headings, lists and quotes become paragraphs, links
 * and emphasis their words. Directions in square brackets stay.
 */
export function cleanFile(text: string): string {
  const plain = text
    .replaceAll(UNSEEN, '')
    .replaceAll(LINE_ENDS, '\n')
    .replace(/^---\n[\s\S]*?\n---(?:\n|$)/, '')
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .replaceAll(/^[^\S\n]*(?:`{3,}|~{3,}).*$/gm, '')
    .replaceAll(/^[^\S\n]*(?:[-*_][^\S\n]*){3,}$/gm, '')
    .replaceAll(/^(?:=+|-+)$/gm, '')
    .replaceAll(/^[^\S\n]*#{1,6}[^\S\n]+(.*?)(?:[^\S\n]+#+)?[^\S\n]*$/gm, '\n$1\n')
    .replaceAll(/^[^\S\n]*(?:>[^\S\n]?)+/gm, '')
    .replaceAll(/^[^\S\n]*[-*+•][^\S\n]+/gm, '\n')
    .replaceAll(/!\[[^\]]*\]\([^)\n]*\)/g, '')
    .replaceAll(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll(/(\*{1,3}|(?<![\p{L}\p{N}])_{1,3}|~~|`+)(?=\S)(.*?\S)\1(?![\p{L}\p{N}]*_)/gu, '$2')
    .replaceAll(/\\([\\`*_{}[\]()#+\-.!>~])/g, '$1');
  return cleanScript(plain);
}

/** True for files of word processors and other programs that pass for text: nobody wants to read out their marks. */
export const isFormatted = (text: string): boolean =>
  /^\ufeff?\s*(?:\{\\rtf|%PDF-|<!doctype html|<html|<\?xml)/i.test(text);
