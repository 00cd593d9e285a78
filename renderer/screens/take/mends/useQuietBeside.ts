import { type RefObject, useEffect } from 'react';
import type { PlayerControls } from '../player/controls.ts';

/**
 * Stops what plays beside the player whenever nobody listens to it: the player begins, a dialog asks something, or it is
 * no longer seen, because it was scrolled away or its section was closed.
 * @param area what has to be seen of it
 * @param stop stops it; does nothing where it stands. The same function from one drawing to the next
 */
export function useQuietBeside(
  player: PlayerControls,
  area: RefObject<HTMLElement | null>,
  stop: () => void,
): void {
  useEffect(() => {
    let isPlayerOn = player.get().playing;
    const leave = player.follow(() => {
      const { playing } = player.get();
      if (playing && !isPlayerOn) stop();
      isPlayerOn = playing;
    });
    const dialogs = new MutationObserver(() => {
      if (document.querySelector('dialog[open]') !== null) stop();
    });
    dialogs.observe(document.body, { subtree: true, attributeFilter: ['open'] });
    const sight = new IntersectionObserver((seen) => {
      if (seen.at(-1)?.isIntersecting === false) stop();
    });
    if (area.current !== null) sight.observe(area.current);
    return () => {
      leave();
      dialogs.disconnect();
      sight.disconnect();
    };
  }, [player, area, stop]);
}
