/** What axe finds wrong with a page: names, roles, contrast. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/**
 * Rules that are broken, each with the elements that break it. The pages have no frames: axe then need not open a second
 * page to put its findings together, which takes longer than finding them, and which Electron does not give.
 * @param within a selector, to look at a part alone
 */
export async function violationsOf(
  page: Page,
  within?: string,
): Promise<[rule: string, elements: string[]][]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]);
}
