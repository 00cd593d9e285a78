import type { Bench } from './bench.ts';
export const bench: Bench = { about: '', window: true, figures: {}, run: async () => ({}) };
