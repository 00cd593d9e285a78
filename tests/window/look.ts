/** How the window's pages are looked at: in which browser and sizes, and what must never be seen. */
import { existsSync } from 'node:fs';
import type { Page } from '@playwright/test';

/** A plain Chromium of this computer; undefined where there is none. */
export const CHROMIUM = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (path) => path !== undefined && existsSync(path),
);
export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 1024, height: 700 } } as const;

/** What the page complains about. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  return complaints;
}

/** Elements with words or controls that reach outside the window or their page, and words cut without a hint or squeezed. */
export const cutOff = (page: Page) =>
  page.evaluate(() => {
    const wrong: string[] = [];
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.className} “${(element.textContent ?? '').slice(0, 40)}”`;
    if (document.documentElement.scrollWidth > window.innerWidth) wrong.push('the page scrolls sideways');
    for (const element of document.querySelectorAll('body *')) {
      if (element.closest('svg') || element.closest('.hidden-visually, .skip, .segment input')) continue;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0 || style.visibility === 'hidden' || style.clipPath !== 'none')
        continue;
      if (box.right > window.innerWidth + 1 || box.left < -1) wrong.push(`outside: ${name(element)}`);
      // Scrolling areas may hold more than they show, but only downwards.
      if (style.overflowX === 'auto' && element.scrollWidth > element.clientWidth + 1)
        wrong.push(`wide: ${name(element)}`);
      const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
      const hinted = element.closest('[title], [aria-hidden]') !== null || element.matches('select, option');
      if (own && !hinted && element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'hidden')
        wrong.push(`cut: ${name(element)}`);
      // A sentence of a few letters a line: its column has lost its width.
      const { length = 0 } = element.textContent?.trim() ?? '';
      if (own && length > 20 && box.width < 60 && box.height > 4 * box.width)
        wrong.push(`squeezed: ${name(element)}`);
    }
    return wrong;
  });
