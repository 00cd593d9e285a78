/** What axe finds wrong with a page: names, roles, contrast. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe?: typeof axe;
  }
}

/**
 * Rules that are broken, each with the elements that break it. The pages have no frames, so that axe is asked in the page
 * itself, and is read in once for each page that is loaded: reading it takes longer than looking.
 * @param within a selector, to look at a part alone
 */
export async function violationsOf(
  page: Page,
  within?: string,
): Promise<[rule: string, elements: string[]][]> {
  if (!(await page.evaluate(() => window.axe !== undefined))) await page.evaluate(axe.source);
  return page.evaluate(async (selector) => {
    if (window.axe === undefined) throw new Error('axe could not be read in.');
    if (document.querySelector('iframe, frame'))
      throw new Error('A page with frames is looked at in part only.');
    const { violations } = await window.axe.run(selector ?? document, { resultTypes: ['violations'] });
    return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
  }, within);
}
