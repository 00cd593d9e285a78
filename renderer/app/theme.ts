import { useEffect } from 'react';
import type { Settings } from '../../shared/settings.ts';

const REMEMBERED = 'view.theme';
const asksForLight = window.matchMedia('(prefers-color-scheme: light)');

function apply(theme: Settings['theme']) {
  const light = theme === 'light' || (theme === 'system' && asksForLight.matches);
  document.documentElement.dataset.theme = light ? 'light' : 'dark';
}

/** Before the first paint, from the last start: the settings arrive only after it. */
export function applyRememberedTheme(): void {
  const theme = localStorage.getItem(REMEMBERED);
  apply(theme === 'light' || theme === 'dark' ? theme : 'system');
}

/** Keeps the window in the chosen theme, and with the system when that is the choice. */
export function useTheme(theme: Settings['theme'] | undefined): void {
  useEffect(() => {
    if (theme === undefined) return;
    localStorage.setItem(REMEMBERED, theme);
    apply(theme);
    const follow = () => apply(theme);
    asksForLight.addEventListener('change', follow);
    return () => asksForLight.removeEventListener('change', follow);
  }, [theme]);
}
