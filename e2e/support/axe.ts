// Accessibility audits: every rule of WCAG 2.0 to 2.2, A and AA, and axe's best practices, in
// light and in dark.

import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';

/** What a mail can keep too: it has no landmarks. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const TAGS = [...WCAG, 'best-practice'];

/** Fails on any violation and prints each, with where it is. */
export async function audit(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await auditOnce(page, `${state}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** The same, in the colours that the page has now. */
export async function auditOnce(page: Page, state: string, tags = TAGS): Promise<void> {
  const results = await new AxeBuilder({ page }).withTags(tags).setLegacyMode().analyze();
  const violations = results.violations.map((violation) => {
    const places = violation.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
    return `${violation.id}: ${violation.help}\n  ${places.join('\n  ')}`;
  });
  expect(violations, `axe: ${state}`).toEqual([]);
}
