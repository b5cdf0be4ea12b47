// Accessibility audits: every rule of WCAG 2.0 to 2.2, A and AA, and axe's best practices, in
// light and in dark; the contrast of text is that of AAA. What a state looks like is the same in every
// language: its colours are audited in English alone.

import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Language } from './words';

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

/** The same of a state in one of five languages: in all but English without its colours, once. */
export async function auditIn(lang: Language, page: Page, state: string): Promise<void> {
  if (lang === 'en') await audit(page, state);
  else await auditOnce(page, `${lang}: ${state}`, TAGS, false);
}

/** The same, in the colours that the page has now, or without them. */
export async function auditOnce(page: Page, state: string, tags = TAGS, colors = true): Promise<void> {
  // Once for a document: to read axe takes much longer than to run it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const run = (options: RunOptions): Promise<AxeResults> =>
    (window as unknown as { axe: typeof axe }).axe.run(document, options);
  judge(await page.evaluate(run, { ...options(tags, colors), iframes: false, resultTypes: ['violations'] }), state);
}

/** The same, with every frame that the page shows, of whatever origin. */
export async function auditFrames(page: Page, state: string): Promise<void> {
  judge(await new AxeBuilder({ page }).options(options(TAGS, true)).analyze(), state);
}

/** WCAG AA, and the contrast of AAA. */
function options(tags: string[], colors: boolean): RunOptions {
  const rules = {
    'color-contrast': { enabled: colors },
    'color-contrast-enhanced': { enabled: colors },
    'link-in-text-block': { enabled: colors },
  };
  return { runOnly: { type: 'tag', values: tags }, rules };
}

function judge(results: AxeResults, state: string): void {
  const violations = results.violations.map((violation) => {
    const places = violation.nodes.map((node) => `${node.target.join(' ')}: ${node.failureSummary}`);
    return `${violation.id}: ${violation.help}\n  ${places.join('\n  ')}`;
  });
  expect(violations, `axe: ${state}`).toEqual([]);
}
