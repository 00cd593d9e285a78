import { useEffect } from 'react';

/**
 * A dialog that was closed with the pointer gives the focus back to the button that opened it, which would then take the
 * space bar that records. By keyboard it stays there: one goes on from where one was.
 */
export function useFocusGivenBack(isDialogOpen: boolean): void {
  useEffect(() => {
    if (!isDialogOpen) return;
    return () => {
      // The dialog gives it back while it closes.
      requestAnimationFrame(() => {
        const focused = document.activeElement;
        if (focused instanceof HTMLElement && !focused.matches(':focus-visible')) focused.blur();
      });
    };
  }, [isDialogOpen]);
}
