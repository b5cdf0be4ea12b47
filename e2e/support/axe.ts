// Accessibility audits: every rule of WCAG 2.0 to 2.2, A and AA, and axe's best practices, in
// light and in dark; the contrast of text is that of AAA.

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
  await judge(builder(page, tags).setLegacyMode(), state);
}

/** The same, with every frame that the page shows, of whatever origin. */
export async function auditFrames(page: Page, state: string): Promise<void> {
  await judge(builder(page), state);
}

/** WCAG AA, and the contrast of AAA. */
function builder(page: Page, tags = TAGS): AxeBuilder {
  const rules = { 'color-contrast-enhanced': { enabled: true } };
  return new AxeBuilder({ page }).options({ runOnly: { type: 'tag', values: tags }, rules });
}

async function judge(axe: AxeBuilder, state: string): Promise<void> {
  const results = await axe.analyze();
  const violations = results.violations.map((violation) => {
    const places = violation.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
    return `${violation.id}: ${violation.help}\n  ${places.join('\n  ')}`;
  });
  expect(violations, `axe: ${state}`).toEqual([]);
}
