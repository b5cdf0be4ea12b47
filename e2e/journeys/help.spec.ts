// The help page: readable without scripts, in every language, in light and dark, and linked from
// every page of its tenant.

import { auditIn } from '../support/axe';
import { expect, test } from '../support/test';
import { languages, text } from '../support/words';

const TOPICS = [
  'help-code',
  'help-device',
  'help-password',
  'help-devices',
  'help-locked',
  'help-questions',
  'help-real',
];

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  for (const lang of languages) {
    test(`${lang}: every piece of advice is there, and the helpdesk`, async ({ tenant, page }) => {
      await page.goto(`${tenant.portal.url}/${tenant.id}/?lang=${lang}`);
      await page
        .getByRole('contentinfo')
        .getByRole('link', { name: text(lang, 'help-title') })
        .click();
      await expect(page).toHaveURL(`${tenant.portal.url}/${tenant.id}/help?lang=${lang}`);
      await expect(page).toHaveTitle(`${text(lang, 'help-title')} – Contoso`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(text(lang, 'help-title'));
      const said = await page.locator('main').innerText();
      for (const topic of TOPICS) {
        await expect(page.getByRole('heading', { level: 2, name: text(lang, `${topic}-title`) })).toBeVisible();
        expect(said).toContain(text(lang, topic));
      }
      await expect(page.locator('main a[href="mailto:helpdesk@contoso.example"]')).toBeVisible();
      expect(await page.content()).not.toContain('<script');
      await page.getByRole('link', { name: text(lang, 'help-back') }).click();
      await expect(page).toHaveURL(`${tenant.portal.url}/${tenant.id}/?lang=${lang}`);
    });
  }
});

for (const lang of languages) {
  test(`${lang}: it fits every screen and passes the audit`, async ({ tenant, page }) => {
    await page.goto(`${tenant.portal.url}/${tenant.id}/help?lang=${lang}`);
    await auditIn(lang, page, 'help');
    for (const width of [320, 360, 768, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(over, `${width} pixels`).toBe(0);
    }
  });
}

test('what the advice calls a button is what the button says', async () => {
  for (const lang of languages) {
    expect(text(lang, 'help-code')).toContain(text(lang, 'gate-mail-resend'));
    expect(text(lang, 'help-device')).toContain(text(lang, 'gate-other'));
  }
});

test('it is there when the service is down, and linked from there', async ({ tenant, page }) => {
  await tenant.takeDown();
  await page.goto(`${tenant.portal.url}/${tenant.id}/?lang=en`);
  await page.getByRole('link', { name: text('en', 'help-title') }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('en', 'help-title'));
});

test('every page of the tenant leads to it, and a stranger’s address has none', async ({ tenant, page, request }) => {
  for (const path of ['', 'sandbox', 'help']) {
    await page.goto(`${tenant.portal.url}/${tenant.id}/${path}`);
    await expect(page.getByRole('contentinfo').getByRole('link', { name: text('en', 'help-title') })).toBeVisible();
  }
  expect((await request.get(`${tenant.portal.url}/nobody/help`)).status()).toBe(404);
});
