/** How the command line is called, wherever one is told what to type. */
export const PROGRAM = 'npx twin-studio';

/**
 * A command as it is to be typed. A word that a shell would take apart stands in quotes, in which nothing is run: single
 * ones where there are such, else double ones.
 */
export const typed = (...words: readonly string[]): string =>
  [PROGRAM, ...words.map((word) => (/^[\w./:@%+=,-]+$/.test(word) ? word : quoted(word)))].join(' ');

/** Windows knows no single quotes, and no name there has double ones. */
const quoted = (word: string): string =>
  /^[A-Za-z]:\\|^\\\\/.test(word) ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
