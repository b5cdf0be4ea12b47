// Five languages: each page wholly in its own, chosen by link or by the browser, and every state
// of it fits the narrowest screen.

import { type Page } from '@playwright/test';
import { states } from '../support/states';
import { expect, test } from '../support/test';
import { type Language, keys, languages, raw, text } from '../support/words';

const NAMES = { en: 'English', cs: 'Čeština', pl: 'Polski', sl: 'Slovenščina', lt: 'Lietuvių' };

for (const lang of languages) {
  test(`${lang}: the page says so, and leads to the others`, async ({ reset, tenant, page }) => {
    await reset.open(tenant, { lang });
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    const links = page.getByRole('navigation', { name: reset.text('language-label') }).getByRole('link');
    await expect(links).toHaveText(Object.values(NAMES));
    for (const other of languages) {
      const link = links.filter({ hasText: NAMES[other] });
      await expect(link).toHaveAttribute('lang', other);
      if (other === lang) await expect(link).toHaveAttribute('aria-current', 'true');
      else await expect(link).not.toHaveAttribute('aria-current');
    }
    const other = lang === 'lt' ? 'en' : 'lt';
    await links.filter({ hasText: NAMES[other] }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', other);
    await expect(reset.heading).toHaveText(text(other, 'identify-title'));
  });

  test(`${lang}: a whole reset, wholly in this language`, async ({ reset, tenant, page }) => {
    test.setTimeout(90_000);
    for await (const state of states(reset, tenant, lang)) {
      await test.step(state, async () => {
        await expect(page).toHaveTitle(/\S – Contoso$/);
        if (lang !== 'en') await expectNoEnglish(page, lang);
        const all = await page.locator('body').innerText();
        // No key, no placeholder, no argument that was forgotten.
        expect(all).not.toMatch(/[{}]|\$\w|\b(reason|problem|gate|rule|identify|password)-[a-z]+/);
        expect(all).not.toMatch(/undefined|NaN|Invalid Date|null/);
      });
    }
  });

  test(`${lang}: every state fits 320 pixels, and 400 % zoom`, async ({ reset, tenant, page }) => {
    test.setTimeout(90_000);
    for await (const state of states(reset, tenant, lang)) {
      // 1280 × 1024 at 400 % is 320 × 256.
      for (const height of [640, 256]) {
        await page.setViewportSize({ width: 320, height });
        await expectFits(page, `${state}, 320 × ${height}`);
      }
    }
  });

  test(`${lang}: the browser’s own language is spoken`, async ({ browser, tenant }) => {
    const context = await browser.newContext({ locale: lang });
    const page = await context.newPage();
    await page.goto(`${tenant.portal.url}/${tenant.id}/`);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await context.close();
  });
}

for (const [accepted, spoken] of [
  ['de, fr;q=0.9', 'en'],
  ['de, sl;q=0.5, lt;q=0.8', 'lt'],
  ['en;q=0.1, cs', 'cs'],
  ['pl-PL', 'pl'],
  ['*', 'en'],
  ['', 'en'],
  [';;;,,,q=9', 'en'],
  ['x'.repeat(5000), 'en'],
]) {
  test(`Accept-Language ${JSON.stringify(accepted.slice(0, 30))} is answered in ${spoken}`, async ({ request, contoso }) => {
    const answer = await request.get(`${contoso.portal.url}/contoso/`, { headers: { 'accept-language': accepted } });
    expect(await answer.text()).toContain(`<html lang="${spoken}"`);
  });
}

test('the link’s language goes over the browser’s, and mails are in it', async ({ reset, tenant, page }) => {
  await reset.open(tenant, { lang: 'sl' });
  await reset.identify('alice');
  await reset.sendCode();
  const sandbox = await page.request.get(`${tenant.portal.url}/${tenant.id}/sandbox`);
  const subject = text('sl', 'mail-code-subject', { code: '000000', tenant: 'Contoso' }).replace('000000', '');
  expect((await sandbox.text()).replace(/[\u2066-\u2069]/g, '')).toContain(subject.trim());
});

test.describe('other ways to see', () => {
  test('forced colours: buttons, fields and states can still be told apart', async ({ reset, tenant, page }) => {
    await page.emulateMedia({ forcedColors: 'active' });
    for await (const state of states(reset, tenant, 'en')) {
      await test.step(state, async () => {
        const unseen = await page.evaluate(() =>
          [...document.querySelectorAll('input, button:not(.link)')]
            .filter((element) => element.getBoundingClientRect().width > 0)
            .filter((element) => !element.classList.contains('inside'))
            .filter((element) => parseFloat(getComputedStyle(element).borderTopWidth) === 0)
            .map((element) => element.outerHTML.slice(0, 80)),
        );
        expect(unseen).toEqual([]);
      });
    }
  });

  test('reduced motion: nothing moves', async ({ reset, tenant, page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for await (const state of states(reset, tenant, 'en')) {
      const moving = await page.evaluate(() =>
        document.getAnimations().map((animation) => (animation as CSSAnimation).animationName ?? 'transition'),
      );
      expect(moving, state).toEqual([]);
    }
  });

  test('targets are large enough to be touched', async ({ reset, tenant, page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    for await (const state of states(reset, tenant, 'lt')) {
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('main button, main input, footer a, summary')]
          .map((element) => ({ element, box: element.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0 && (box.height < 24 || box.width < 24))
          .map(({ element, box }) => `${element.outerHTML.slice(0, 60)} ${box.width}×${box.height}`),
      );
      expect(small, state).toEqual([]);
    }
  });
});

/** No text that English has, and this language has in words of its own, is to be seen. */
async function expectNoEnglish(page: Page, lang: Language): Promise<void> {
  const shown = (await page.locator('body').innerText()).split('\n').map((line) => line.trim());
  const files = ['app', 'first', 'help', 'page', 'quality', 'reasons', 'sandbox'];
  const english = files.flatMap((file) => keys('en', file))
    .filter((key) => key !== 'language-name' && raw('en', key) !== raw(lang, key))
    .map((key) => raw('en', key).replace(/\{[\s\S]*?\}/g, '').trim())
    .filter((words) => words.length > 3);
  expect(english.filter((words) => shown.includes(words))).toEqual([]);
  const common = /\b(the|your|password|please|code|with|this|and|not)\b/i;
  expect(shown.filter((line) => common.test(line) && !/^(English|https?:)/.test(line))).toEqual([]);
}

/** Nothing has to be scrolled sideways, and no text is cut off. */
async function expectFits(page: Page, state: string): Promise<void> {
  const over = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')]
      .filter((element) => !element.closest('.visually-hidden, .skip'))
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > width + 0.5 || box.left < -0.5);
      })
      .map((element) => element.outerHTML.slice(0, 80));
    const cut = [...document.querySelectorAll('button, .steps li, h1, label')]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => `cut: ${element.outerHTML.slice(0, 80)}`);
    return [...(document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : []), ...out, ...cut];
  });
  expect(over, state).toEqual([]);
}
