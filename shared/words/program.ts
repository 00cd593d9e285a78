/** How the command line is called, wherever one is told what to type. */
export const PROGRAM = 'npx twin-studio';

/** A command as it is to be typed; what would come apart stands in quotes. */
export const typed = (...words: readonly string[]): string =>
  [PROGRAM, ...words.map((word) => (/^[\w./\\:@%+=,-]+$/.test(word) ? word : `"${word}"`))].join(' ');
