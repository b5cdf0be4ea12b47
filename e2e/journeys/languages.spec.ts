// Five languages, chosen by link or by the browser.

import { expect, test } from '../support/test';
import { type Language, languages, text } from '../support/words';

const NAMES: Record<Language, string> = {
  en: 'English',
  cs: 'Čeština',
  pl: 'Polski',
  sl: 'Slovenščina',
  lt: 'Lietuvių',
};

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
  test(`Accept-Language ${JSON.stringify(accepted.slice(0, 30))} is answered in ${spoken}`, async ({
    request,
    contoso,
  }) => {
    const answer = await request.get(`${contoso.portal.url}/contoso/`, { headers: { 'accept-language': accepted } });
    expect(await answer.text()).toContain(`<html lang="${spoken}"`);
  });
}

test('the link’s language goes over the browser’s, and mails are in it', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'alice', { lang: 'sl' });
  await reset.sendCode();
  const sandbox = await page.request.get(`${tenant.portal.url}/${tenant.id}/sandbox`);
  const subject = text('sl', 'mail-code-subject', { code: '00000000', tenant: 'Contoso' }).replace('00000000', '');
  expect((await sandbox.text()).replace(/[\u2066-\u2069]/g, '')).toContain(subject.trim());
});
