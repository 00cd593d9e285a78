import type { Measure } from '../domain/report.ts';
import { type Markup, markup } from './markup.ts';

type Icon = Measure['state'];

const ROUND = markup`<circle cx="12" cy="12" r="9.2"/>`;

const SHAPES: Readonly<Record<Icon, Markup>> = {
  pass: markup`${ROUND}<path d="M7.8 12.4l2.9 2.9 5.6-6"/>`,
  info: markup`${ROUND}<path d="M12 11.2v5M12 7.8v.1"/>`,
  warn: markup`<path d="M12 3.6 21.6 20H2.4Z"/><path d="M12 10v4.4M12 17.2v.1"/>`,
  fail: markup`${ROUND}<path d="m8.8 8.8 6.4 6.4m0-6.4-6.4 6.4"/>`,
  unknown: markup`${ROUND}<path d="M8 12h8"/>`,
};

/** How a state looks; the words beside it say the same. */
export const icon = (state: Icon): Markup =>
  markup`<svg class="icon ${state}" viewBox="0 0 24 24" aria-hidden="true">${SHAPES[state]}</svg>`;
