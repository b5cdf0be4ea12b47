// Accessibility audits: every rule of WCAG 2.0 to 2.2, A, AA and AAA, and axe's best practices, in the
// light and the dark theme. Colours do not depend on the
// language, so they are audited only in English.

import { AxeBuilder } from '@axe-core/playwright';
import { type Page, expect } from '@playwright/test';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import type { Language } from './words';

/** The rules that also apply to mails, which have no landmarks. */
export const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];
const TAGS = [...WCAG, 'wcag2aaa', 'best-practice'];

/** Fails on any violation, and prints each with its place. */
export async function audit(page: Page, state: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await auditOnce(page, `${state}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** The same for a state in one of five languages: in all but English once, without colours. */
export async function auditIn(lang: Language, page: Page, state: string): Promise<void> {
  if (lang === 'en') await audit(page, state);
  else await auditOnce(page, `${lang}: ${state}`, TAGS, false);
}

/** The same, in the current theme only, or without colours. */
export async function auditOnce(page: Page, state: string, tags = TAGS, colors = true): Promise<void> {
  // Once per document: parsing axe takes much longer than running it.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const own: RunOptions = { ...options(tags, colors), iframes: false, resultTypes: ['violations'] };
  judge(await page.evaluate((own) => (window as unknown as { axe: typeof axe }).axe.run(document, own), own), state);
}

/** The same, with every frame in the page, of any origin. */
export async function auditFrames(page: Page, state: string): Promise<void> {
  judge(await new AxeBuilder({ page }).options(options(TAGS, true)).analyze(), state);
}

/** Returns the options for the rules with these tags, and the contrast of AAA. */
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
