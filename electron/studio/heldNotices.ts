import type { Notice } from '../../shared/contract.ts';

/** More than a person would read; the oldest leave first. */
const MOST_HELD = 20;

/** Sentences for the window that wait until a page is there to show them. */
export interface HeldNotices {
  tell(notice: Notice): void;
  /** A page listens from now on: it gets what was held. */
  pageListens(): void;
  /** The page has gone; another one may come. */
  pageGone(): void;
}

export function holdNotices(emit: (notice: Notice) => void): HeldNotices {
  const held: Notice[] = [];
  let isListening = false;
  return {
    tell(notice) {
      if (isListening) return emit(notice);
      held.push(notice);
      if (held.length > MOST_HELD) held.shift();
    },
    pageListens() {
      isListening = true;
      for (const notice of held.splice(0)) emit(notice);
    },
    pageGone() {
      isListening = false;
    },
  };
}
