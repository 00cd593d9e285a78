import type { Arrow } from '../../../shared/quality/advice.ts';

/** Around the origin, about 140 wide. */
const PATHS: Readonly<Record<Arrow, string>> = {
  left: 'M66 0H-66M-36-26l-30 26 30 26',
  right: 'M-66 0H66M36-26l30 26-30 26',
  up: 'M0 34V-34M-26-6l26-28 26 28',
  down: 'M0-34V34M-26 6l26 28 26-28',
  closer: 'M-26 0H-82M-56-24l-26 24 26 24M26 0H82M56-24l26 24-26 24',
  further: 'M-82 0H-26M-52-24l26 24-26 24M82 0H26M52-24l-26 24 26 24',
  'turn-left': 'M66 26C46-22-26-28-62 0M-64-34l2 34 34 2',
  'turn-right': 'M-66 26C-46-22 26-28 62 0M64-34l-2 34-34 2',
};

/** The way to move, beside the face. */
export function ArrowMark({ arrow }: { readonly arrow: Arrow }) {
  return (
    <g className="arrow">
      <path className="halo" d={PATHS[arrow]} />
      <path d={PATHS[arrow]} />
    </g>
  );
}
