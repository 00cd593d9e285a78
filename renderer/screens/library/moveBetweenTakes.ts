import type { KeyboardEvent } from 'react';

/**
 * The arrow keys go from take to take as they lie on the screen, also from one group into the next. Works on
 * what is drawn: rows beyond the edge always are, and focusing one scrolls on.
 */
export function moveBetweenTakes(event: KeyboardEvent<HTMLElement>): void {
  if (!(event.target instanceof HTMLElement) || !event.target.matches('[data-take]')) return;
  const cards = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-take]')];
  const target = neighbour(cards, event.target, event.key);
  if (!target) return;
  event.preventDefault();
  target.focus();
}

function neighbour(cards: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = cards.indexOf(from);
  if (key === 'ArrowRight') return cards[at + 1];
  if (key === 'ArrowLeft') return cards[at - 1];
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const here = from.getBoundingClientRect();
  const down = key === 'ArrowDown';
  const distance = (card: HTMLElement) => {
    const there = card.getBoundingClientRect();
    const rows = down ? there.top - here.top : here.top - there.top;
    // Rows count far more than columns: the next row first, then the nearest card in it.
    return rows <= 1 ? Number.POSITIVE_INFINITY : rows * 1000 + Math.abs(there.left - here.left);
  };
  let best: HTMLElement | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const card of cards) {
    const far = distance(card);
    if (far < least) {
      least = far;
      best = card;
    }
  }
  return best;
}
