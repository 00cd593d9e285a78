/** How the command line is called, wherever one is told what to type. */
export const PROGRAM = 'npx twin-studio';
