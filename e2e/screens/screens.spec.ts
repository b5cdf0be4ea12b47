// Every state × five languages × light and dark × phone and desktop.

import type { Page } from '@playwright/test';
import { goodPassword } from '../support/reset-page';
import { states } from '../support/states';
import { expect, test } from '../support/test';
import { type Language, languages } from '../support/words';
import { folder } from './index';

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };

for (const lang of languages) {
  test(`${lang}: the way through`, async ({ reset, tenant, page }) => {
    let count = 10;
    for await (const state of states(reset, tenant, lang)) await picture(page, lang, count++, state);
  });

  test(`${lang}: what goes wrong`, async ({ reset, tenant, addTenant, page, portal, context }) => {
    await reset.reachPassword(tenant, 'heidi', { lang });
    await picture(page, lang, 40, 'too young notice');
    await reset.setPassword(goodPassword());
    await reset.expectRefusal('reason-too-young');
    await picture(page, lang, 41, 'too young');
    await reset.reachPassword(tenant, 'grace', { lang });
    await reset.setPassword(goodPassword());
    await reset.expectRefusal('reason-used-before', { remembered: 24 });
    await picture(page, lang, 42, 'used before');
    await reset.reachPassword(tenant, 'liam', { lang });
    await reset.setPassword(goodPassword());
    await reset.expectRefusal('reason-agent-lacks-right');
    await picture(page, lang, 43, 'lacks right');
    await reset.open(tenant, { lang });
    await reset.identify('pavel');
    await reset.passMailGate('pavel');
    await reset.expectRefusal('reason-policy-unreadable');
    await picture(page, lang, 44, 'policy unreadable');
    await reset.open(tenant, { lang });
    await reset.identify('frank');
    await reset.sendCode();
    for (const tries of [4, 3, 2, 1]) {
      await reset.answer('000000');
      await reset.expectRefusal('reason-wrong-code', { tries });
    }
    await reset.answer('000000');
    await reset.expectRefusal('reason-locked');
    await picture(page, lang, 45, 'locked');
    await context.setOffline(true);
    await reset.identify('alice');
    await reset.expectRefusal('offline');
    await picture(page, lang, 46, 'offline');
    await context.setOffline(false);
    await reset.reachPassword(tenant, 'alice', { lang });
    await page.route('**/messages?*', (route) => route.abort());
    await reset.setPassword(goodPassword());
    await reset.expectRefusal('unconfirmed');
    await picture(page, lang, 47, 'unconfirmed');
    await page.unroute('**/messages?*');
    await reset.button('check-again').click();
    await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
    await picture(page, lang, 48, 'unchanged');
    await page.goto(`${portal.url}/${tenant.id}/sandbox?lang=${lang}`);
    await picture(page, lang, 50, 'sandbox');
    await page.goto(`${portal.url}/nobody/?lang=${lang}`);
    await picture(page, lang, 51, 'not found');
    await page.route('**/*.wasm', (route) => route.abort());
    const fabrikam = await addTenant({ name: 'Fabrikam', color: '#7a2048', policy: 'gates_required = 2' });
    await reset.visit(fabrikam, { lang });
    await expect(page.locator('html')).toHaveAttribute('data-failed', '');
    await picture(page, lang, 52, 'start failed');
    await page.unroute('**/*.wasm');
    await reset.open(fabrikam, { lang });
    await reset.identify('bob');
    await expect(page.locator('.choice')).toHaveCount(2);
    await picture(page, lang, 53, 'two gates');
    await tenant.kill();
    await expect.poll(() => tenant.service()).toBe('down');
    await page.goto(`${portal.url}/${tenant.id}/?lang=${lang}`);
    await picture(page, lang, 54, 'service down');
  });

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });
    test(`${lang}: without scripts`, async ({ reset, tenant, page }) => {
      await reset.visit(tenant, { lang });
      await picture(page, lang, 55, 'no scripts');
    });
  });
}

async function picture(page: Page, lang: Language, place: number, state: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const name = `${place}-${state.replace(/\W+/g, '-')}.${lang}.${size}.${colorScheme}.png`;
      await page.screenshot({ path: `${folder}/${name}`, fullPage: true, animations: 'disabled' });
    }
  }
}
