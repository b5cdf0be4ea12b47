// The page before its start, and if it cannot start: without scripts, without WebAssembly, or with
// a file that was modified in transit, nothing can be sent and the page says why.

import type { Page, Route } from '@playwright/test';
import { alter } from '../support/alter';
import { audit, auditOnce } from '../support/axe';
import { expect, test } from '../support/test';
import { type Language, languages, text } from '../support/words';

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  for (const lang of languages) {
    test(`${lang}: the page says why nothing can be sent, and where help is`, async ({ reset, tenant, page }) => {
      await reset.visit(tenant, { lang });
      await expect(reset.heading).toHaveText(reset.text('identify-title'));
      const said = page.locator('noscript .refusal');
      await expect(said).toBeVisible();
      const text = await said.innerText();
      for (const key of ['needs-script-title', 'needs-script', 'needs-script.do'])
        expect(text).toContain(reset.text(key));
      await expect(said.locator('a[href="mailto:helpdesk@contoso.example"]')).toBeVisible();
      await expectClosed(page, lang);
    });
  }

  test('a form that is forced open still sends nothing', async ({ reset, tenant, page }) => {
    await reset.visit(tenant);
    const html = await page.content();
    expect(html).not.toMatch(/<form[^>]*\s(action|method)=/);
    // Fields without a name are never in form data, however the form is submitted.
    expect(html).not.toMatch(/<input[^>]*\sname=/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(new URL(page.url()).search).toBe('');
  });
});

test('the page is readable before any script runs', async ({ reset, tenant, page }) => {
  await page.route('**/*.js', () => {});
  await page.goto(`${tenant.portal.url}/${tenant.id}/`, { waitUntil: 'commit' });
  reset.tenant = tenant;
  await expect(reset.heading).toHaveText(reset.text('identify-title'));
  await expect(page.getByText(reset.text('identify-lead').split(tenant.name)[0])).toBeVisible();
  await expectClosed(page, 'en');
  await auditOnce(page, 'before the start');
});

const BROKEN: [what: string, pattern: string, how: (route: Route) => Promise<void>][] = [
  ['WASM is blocked', '**/*.wasm', (route) => route.abort('blockedbyclient')],
  ['the script is blocked', '**/*.js', (route) => route.abort('blockedbyclient')],
  ['WASM is missing', '**/*.wasm', (route) => route.fulfill({ status: 404, body: '' })],
  ['one byte of the WASM is another', '**/*.wasm', (route) => alter(route, (body) => (body[body.length - 1] ^= 1))],
  ['one byte of the script is another', '**/*.js', (route) => alter(route, (body) => (body[body.length - 1] = 0x20))],
  ['the WASM is cut short', '**/*.wasm', (route) => alter(route, () => {}, 1000)],
];

for (const [what, pattern, how] of BROKEN) {
  test(`where ${what}, nothing starts and the page says so`, async ({ reset, tenant, page }) => {
    await page.route(pattern, how);
    await reset.visit(tenant, { lang: 'pl' });
    await expectStartFailed(page, 'pl');
    await expectClosed(page, 'pl');
    await audit(page, what);
  });
}

test('a browser without WebAssembly is told so at once', async ({ reset, tenant, page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'WebAssembly'));
  await reset.visit(tenant);
  await expectStartFailed(page, 'en');
  await expectClosed(page, 'en');
});

test('a reload mends it', async ({ reset, tenant, page }) => {
  await page.route('**/*.wasm', (route) => route.abort());
  await reset.visit(tenant);
  await expectStartFailed(page, 'en');
  await page.unroute('**/*.wasm');
  await page.reload();
  await reset.ready();
  await expect(page.getByText(reset.text('script-failed-title'))).toBeHidden();
});

async function expectStartFailed(page: Page, lang: Language): Promise<void> {
  // If not even the script runs, the style shows it after ten seconds.
  await expect(page.getByText(text(lang, 'script-failed-title'))).toBeVisible({ timeout: 15_000 });
  await expect(page.getByText(text(lang, 'script-failed'), { exact: true })).toBeVisible();
  await expect(page.getByText(text(lang, 'script-failed.do'))).toBeVisible();
}

/** Expects a form that cannot be sent: it is not shown where it cannot start. */
async function expectClosed(page: Page, lang: Language): Promise<void> {
  const button = page.locator('#reset button');
  await expect(button).toHaveText(text(lang, 'identify-submit'));
  await expect(button.and(page.locator(':enabled:visible'))).toHaveCount(0);
}
