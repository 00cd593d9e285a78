/** The double is plain JavaScript, so that it also runs as a process of its own; tests import it from here. */
export * from './segmind.mjs';
