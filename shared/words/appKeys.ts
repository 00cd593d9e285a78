import { prompterWords } from './appPrompter.ts';

/** What a key does, or each of several that belong together. */
export interface KeyRow {
  readonly keys: readonly string[];
  readonly what: string;
}

export interface KeyList {
  readonly title: string;
  readonly rows: readonly KeyRow[];
}

const SPACE = 'Space';
const ESCAPE = 'Esc';
const TITLE = 'Keyboard shortcuts';
const THIS_LIST: KeyRow = { keys: ['?', 'Ctrl /'], what: 'This list' };

const prompt = prompterWords.keys;

export const keyWords = {
  space: SPACE,
  escape: ESCAPE,
  close: 'Close',
  /** Of pages without keys of their own. */
  everywhere: {
    title: TITLE,
    rows: [
      { keys: ['←', '→', '↑', '↓'], what: 'From take to take in the library' },
      { keys: ['Enter'], what: 'Open what is chosen' },
      { keys: ['Ctrl +', 'Ctrl −'], what: 'Everything larger, smaller' },
      { keys: ['F11'], what: 'The window on the whole screen' },
      THIS_LIST,
    ],
  },
  review: {
    title: TITLE,
    rows: [
      { keys: [SPACE, 'K'], what: 'Play and pause' },
      { keys: ['J', 'L'], what: '10 seconds back, or on' },
      { keys: ['←', '→'], what: '5 seconds back, or on; with Shift 1 second' },
      { keys: [',', '.'], what: 'One frame back, or on' },
      { keys: ['<', '>'], what: 'Slower, faster' },
      { keys: ['Home', 'End'], what: 'Start and end of what is kept' },
      { keys: ['P', 'N'], what: 'Trouble before, trouble after' },
      { keys: ['I', 'O'], what: 'Keep from here, keep until here' },
      { keys: ['Ctrl Z', 'Ctrl Y'], what: 'Undo the trim, trim again' },
      { keys: ['+', '−', '0'], what: 'Zoom in, zoom out, show all. The wheel zooms, with Shift it scrolls' },
      { keys: ['M', 'F'], what: 'Sound off, full screen' },
      THIS_LIST,
    ],
  },
  stage: {
    title: 'Keyboard shortcuts on the stage',
    rows: [
      { keys: [SPACE], what: 'Record, or stop' },
      { keys: [ESCAPE], what: 'Cancel the countdown' },
      { keys: ['1', '2', '3'], what: 'Choose the shot' },
      { keys: [prompt.faster, prompt.slower], what: 'Text faster, slower' },
      { keys: [prompt.bigger, prompt.smaller], what: 'Letters larger, smaller' },
      { keys: [prompt.wider, prompt.narrower], what: 'Lines longer, shorter' },
      { keys: [prompt.hold], what: 'Hold the text, or let it run' },
      { keys: [prompt.show], what: 'Hide the text, or show it' },
      { keys: [prompt.restart], what: prompterWords.restart },
      { keys: [prompt.mirror], what: prompterWords.mirror },
      THIS_LIST,
    ],
  },
  compare: {
    title: 'Keyboard shortcuts for both takes',
    rows: [
      { keys: [SPACE, 'K'], what: 'Play and pause both' },
      { keys: ['J', 'L'], what: 'Both 10 seconds back, or on' },
      { keys: ['←', '→'], what: 'Both 5 seconds back, or on' },
      { keys: [',', '.'], what: 'Both one frame back, or on' },
      THIS_LIST,
    ],
  },
} as const satisfies Readonly<Record<string, string | KeyList>>;
