// Every state of every way, in every language: all texts in that language, no findings of the
// audit, on the narrowest screen and at 400 % zoom, with targets that are large enough. In English
// also the colours in light, dark and forced, reduced motion, and the accessibility tree.

import type { Page } from '@playwright/test';
import { auditIn } from '../support/axe';
import { WAYS } from '../support/states';
import { expect, test } from '../support/test';
import { type Language, keys, languages, raw } from '../support/words';

for (const lang of languages) {
  for (const [way, states] of Object.entries(WAYS)) {
    test(`${lang}: ${way}`, async ({ reset, page, context, addTenant }) => {
      test.setTimeout(300_000);
      const met: string[] = [];
      for await (const state of states({ reset, lang, context, addTenant })) {
        await test.step(state, async () => {
          await expectWords(page, lang, state);
          await expectFits(page, state);
          await expectFieldsInSight(page, state);
          await auditIn(lang, page, state);
          if (lang !== 'en') return;
          await expectForcedColours(page, state);
          await expectStillness(page, state);
          met.push(`# ${state}\n${await heard(page)}`);
        });
      }
      if (lang === 'en') expect(`${met.join('\n\n')}\n`).toMatchSnapshot(`${way.replaceAll(' ', '-')}.yml`);
    });
  }
}

/** Expects a title, and no text that is in another language, incomplete or a key. */
async function expectWords(page: Page, lang: Language, state: string): Promise<void> {
  await expect(page, state).toHaveTitle(/\S/);
  const shown = await page.locator('body').innerText();
  expect(shown, state).not.toMatch(/[{}]|\$\w|\b(reason|problem|gate|rule|identify|password)-[a-z]+/);
  expect(shown, state).not.toMatch(/undefined|NaN|Invalid Date|null/);
  if (lang === 'en') return;
  const lines = shown.split('\n').map((line) => line.trim());
  const files = ['app', 'first', 'help', 'page', 'quality', 'reasons', 'sandbox'];
  const english = files
    .flatMap((file) => keys('en', file))
    .filter((key) => key !== 'language-name' && raw('en', key) !== raw(lang, key))
    .map((key) =>
      raw('en', key)
        .replace(/\{[\s\S]*?\}/g, '')
        .trim(),
    )
    .filter((words) => words.length > 3);
  expect(
    english.filter((words) => lines.includes(words)),
    state,
  ).toEqual([]);
  const common = /\b(the|your|password|please|code|with|this|and|not)\b/i;
  // Codes and addresses belong to no language.
  const ofNone = /^(English|https?:)|_|@/;
  expect(
    lines.filter((line) => common.test(line) && !ofNone.test(line)),
    state,
  ).toEqual([]);
}

/** Expects no sideways scrolling, no text that is cut off, and targets that are large enough. */
async function expectFits(page: Page, state: string): Promise<void> {
  const size = page.viewportSize();
  // 1280 × 1024 at 400 % is 320 × 256.
  for (const height of [640, 256]) {
    await page.setViewportSize({ width: 320, height });
    const faults = await page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const name = (element: Element): string => element.outerHTML.slice(0, 80);
      const shown = (element: Element): boolean => element.getBoundingClientRect().width > 0;
      const all = (selector: string): Element[] => [...document.querySelectorAll(selector)].filter(shown);
      const out = all('body *')
        .filter((element) => !element.closest('.visually-hidden, .skip, .scrolls'))
        .filter((element) => {
          const box = element.getBoundingClientRect();
          return box.right > width + 0.5 || box.left < -0.5;
        })
        .map((element) => `sticks out: ${name(element)}`);
      const cut = all('button, .steps li, h1, label')
        .filter((element) => element.scrollWidth > element.clientWidth + 1)
        .map((element) => `is cut: ${name(element)}`);
      const small = (selector: string, least: number): string[] =>
        all(selector)
          .filter((element) => !element.matches('.visually-hidden'))
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.height < least || box.width < least)
          .map(({ element, box }) => `is small: ${name(element)} ${box.width} × ${box.height}`);
      const scrolls = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];
      return [
        ...scrolls,
        ...out,
        ...cut,
        ...small('main button, main input, a.primary, a.secondary', 44),
        ...small('footer a, .links-below a, summary', 44),
      ];
    });
    expect(faults, `${state}, 320 × ${height}`).toEqual([]);
  }
  if (size) await page.setViewportSize(size);
}

/** Expects each field that is focused to be in sight above a soft keyboard of 300 px, with nothing over it. */
async function expectFieldsInSight(page: Page, state: string): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 640 - 300 });
  const hidden = await page.evaluate(() => {
    const before = document.activeElement as HTMLElement | null;
    const fields = [...document.querySelectorAll<HTMLInputElement>('main input:not(.visually-hidden)')];
    const shown = fields.filter((field) => field.getBoundingClientRect().width > 0 && !field.disabled);
    const faults = shown.filter((field) => {
      field.blur();
      field.focus();
      const { left, top, bottom, height } = field.getBoundingClientRect();
      const above = document.elementFromPoint(left + 20, top + height / 2);
      return top < 0 || bottom > innerHeight || above !== field;
    });
    before?.focus();
    return faults.map((field) => field.outerHTML.slice(0, 80));
  });
  expect(hidden, `${state}, above a soft keyboard`).toEqual([]);
  if (size) await page.setViewportSize(size);
}

/** Expects buttons and fields to have borders with forced colours. */
async function expectForcedColours(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  const unseen = await page.evaluate(() =>
    [...document.querySelectorAll('input:not(.visually-hidden), button:not(.link)')]
      .filter((element) => element.getBoundingClientRect().width > 0)
      .filter((element) => !element.classList.contains('inside'))
      .filter((element) => parseFloat(getComputedStyle(element).borderTopWidth) === 0)
      .map((element) => element.outerHTML.slice(0, 80)),
  );
  expect(unseen, `${state}, forced colours`).toEqual([]);
  await page.emulateMedia({ forcedColors: null });
}

/** Expects no animations with reduced motion. */
async function expectStillness(page: Page, state: string): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const moving = await page.evaluate(() =>
    document.getAnimations().map((animation) => (animation as CSSAnimation).animationName ?? 'transition'),
  );
  expect(moving, `${state}, reduced motion`).toEqual([]);
}

/** Returns the accessibility tree; values that differ in each run are replaced by their kind. */
async function heard(page: Page): Promise<string> {
  const tree = await page.locator('#reset, main:not(:has(#reset))').ariaSnapshot();
  return (
    tree
      .replace(/[\u2066-\u2069]/g, '')
      // It is announced a second after the last key.
      .replace(/^ *- status: "Strength: .*\n/gm, '')
      .replace(/\bGreen kettle \d+/g, '<password>')
      .replace(/\b\d{1,2} \w+ 20\d\d at \d\d:\d\d\b/g, '<moment>')
      .replace(/\b\d{1,2} [A-Z][a-z]+ 20\d\d\b/g, '<date>')
      .replace(/\b\d\d:\d\d(:\d\d)?\b/g, '<time>')
      .replace(/\b([0-9A-Z]{4}-){3}[0-9A-Z]{4}\b|\b[0-9A-Z]{5}-[0-9A-Z]{5}\b/g, '<issued code>')
      .replace(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/g, '<support code>')
      .replace(/\bsecret=[A-Z2-7]{32}\b/g, 'secret=<secret>')
      .replace(/\b([A-Z2-7]{4} ){7}[A-Z2-7]{4}\b/g, '<secret>')
      .replace(/\bt[0-9a-f]{12}\b/g, '<tenant>')
      .replace(/\b[A-Z][a-z]+(-[a-z]+){3,}\d\b/g, '<passphrase>')
      .replace(/\b(\d{8}|\d{6})\b/g, '<code>')
  );
}
