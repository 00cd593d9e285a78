import type { KeyboardEvent } from 'react';
import { useStore } from '../../../app/store.ts';
import type { PlayerControls } from './controls.ts';

/** Seconds that the keys of a slider move by. */
const SECONDS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/** What the keys do to a slider that shows where the player is. */
export const seekByKeys = (controls: PlayerControls) => (event: KeyboardEvent) => {
  const by = SECONDS[event.key];
  if (by === undefined) return;
  event.preventDefault();
  controls.skip(by);
};

/** Where the player is, for whoever has it read out: in whole seconds. */
export const useWholeSeconds = (controls: PlayerControls): number =>
  useStore(controls, ({ seconds }) => Math.floor(seconds + 0.02));
