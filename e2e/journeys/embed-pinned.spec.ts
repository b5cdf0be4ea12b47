// `<postern-reset>`: the reset in the page of another site, which pins script, WASM and key. It
// works if everything is as pinned; if one byte or the key differs, nothing starts.

import type { Page } from '@playwright/test';
import { alter } from '../support/alter';
import { audit, auditOnce } from '../support/axe';
import { type ElementOptions, Embedder, showElement } from '../support/embedder';
import { type ResetPage, goodPassword } from '../support/reset-page';
import { type Tenant, keyOf } from '../support/stack';
import { expect, test as base } from '../support/test';
import { type Language, languages, text } from '../support/words';

interface Fixtures {
  site: Embedder;
  embedded: Tenant;
}

const test = base.extend<Fixtures>({
  site: async ({}, use) => {
    const site = await Embedder.start();
    await use(site);
    await site.stop();
  },
  embedded: async ({ addTenant, site }, use) =>
    use(await addTenant({ color: '#5b2a86', portal: `frame_origins = ["${site.origin}"]\n` })),
});

test('a whole reset in the page itself, under the strictest policy', async ({ page, site, embedded, reset }) => {
  await openEmbedded(reset, site, embedded);
  await expect(page).toHaveTitle('Intranet');
  await expect(reset.button('identify-submit')).toHaveCSS('background-color', 'rgb(91, 42, 134)');
  await audit(page, 'user name, in another page');
  await reset.identify('');
  await reset.expectFieldInError();
  await reset.identify('alice');
  await reset.passMailGate('alice');
  await expect(reset.password).toBeFocused();
  await audit(page, 'new password, in another page');
  await reset.setPassword('short');
  await reset.expectRefusal('reason-too-short', { minimum: 12, length: 5 }, 'field');
  await reset.complete();
  await audit(page, 'done, in another page');
  await expect(page).toHaveTitle('Intranet');
});

test('a failure has its support code, and whoever waits is helped', async ({
  page,
  site,
  embedded,
  reset,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.clock.install();
  await openEmbedded(reset, site, embedded);
  await expect(page.locator('.trail')).toBeHidden();
  await reset.identify('carol');
  await reset.expectRefusal('reason-account-disabled', {}, 'above');
  const line = await page.locator('.support-code').innerText();
  await reset.button('copy').click();
  await expect(page.getByRole('status').filter({ hasText: reset.text('copied') })).toHaveCount(1);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(line.split(' ').at(-1));
  const contact = page.locator('.trail').getByRole('link');
  await expect(contact).toHaveAttribute('href', 'mailto:helpdesk@contoso.example');
  await expect(contact).toHaveText(reset.text('helpdesk-mail', { helpdesk: 'helpdesk@contoso.example' }));
  await audit(page, 'a failure, in another page');
  await reset.identify('alice');
  await reset.sendCode();
  await page.clock.runFor(10_500);
  await expect(reset.button('gate-mail-resend')).toBeVisible();
  await expect(page.locator('#help')).toHaveText(reset.text('gate-mail-waiting'));
  await audit(page, 'help, in another page');
});

test('a reload goes on where it was', async ({ page, site, embedded, reset }) => {
  await openEmbedded(reset, site, embedded);
  await reset.identify('alice');
  await reset.sendCode();
  await page.reload();
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});

test('styles stay on their side', async ({ page, site, embedded, reset }) => {
  await openEmbedded(reset, site, embedded, {
    style: 'input, button, h1, p { color: rgb(1, 2, 3); font-size: 40px } :root { color-scheme: dark }',
  });
  await expect(reset.userName).toHaveCSS('font-size', '16px');
  await expect(page.locator('postern-reset .card')).toHaveCSS('background-color', 'rgb(28, 32, 39)');
  await expect(page.locator('main > p')).toHaveCSS('color', 'rgb(1, 2, 3)');
  await auditOnce(page, 'on a dark page');
});

const CHANGED: [what: string, pattern: RegExp, change: (body: Buffer) => void, key: string][] = [
  ['script', /assets\/postern-\w+\.js$/, (body) => (body[body.length - 1] = 0x20), 'pin-script'],
  ['WASM', /assets\/postern-\w+\.wasm$/, (body) => (body[body.length - 1] ^= 1), 'pin-wasm'],
];

for (const lang of languages) {
  for (const [what, pattern, change, key] of CHANGED) {
    test(`${lang}: one other byte in the ${what}, and nothing starts`, async ({ page, site, embedded }) => {
      await page.route(pattern, (route) => alter(route, change));
      await open(page, site, embedded, { lang });
      await expectRefused(page, lang, key);
      if (lang === 'lt') await audit(page, key);
    });
  }

  test(`${lang}: another key, and nothing starts`, async ({ page, site, embedded, tenant }) => {
    // The portal serves the key of another agent with the pinned key id.
    const mine = await keyOf(embedded);
    const other = { ...(await keyOf(tenant)), kid: mine.kid };
    await page.route('**/keys', async (route) =>
      route.fulfill({ response: await route.fetch(), json: { keys: [other] } }),
    );
    await open(page, site, embedded, { lang });
    await expectRefused(page, lang, 'pin-key');
  });
}

test('a pin of before stands beside the one of now, for the time of a change', async ({
  site,
  embedded,
  reset,
  tenant,
}) => {
  const other = (await keyOf(tenant)).kid;
  await openEmbedded(reset, site, embedded, {
    also: { 'key-thumbprint': other, 'script-integrity': `sha384-${'A'.repeat(64)}` },
  });
});

test('the new key of the agent is taken while the page is open where it is pinned too', async ({
  page,
  site,
  embedded,
  reset,
}) => {
  const before = await keyOf(embedded);
  await embedded.renewKey();
  await showElement(site, embedded, { also: { 'key-thumbprint': before.kid } });
  await page.route(
    '**/keys',
    async (route) => route.fulfill({ response: await route.fetch(), json: { keys: [before] } }),
    { times: 1 },
  );
  reset.tenant = embedded;
  await page.goto(site.origin);
  await reset.ready();
  await reset.identify('alice');
  await reset.passMailGate('alice');
  await reset.complete();
});

test('a new key of the agent that the site has not pinned is not taken, and the page says so', async ({
  page,
  site,
  embedded,
  reset,
}) => {
  await openEmbedded(reset, site, embedded);
  await reset.identify('alice');
  await reset.passMailGate('alice');
  await expect(reset.password).toBeVisible();
  await embedded.renewKey();
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('key-not-pinned-doubt');
  await audit(page, 'key not pinned, after a password');
  // The site pins the new key: its page continues the flow.
  await showElement(site, embedded);
  await reset.button('try-again').click();
  await expect(reset.password).toBeVisible();
  await embedded.renewKey();
  await page.reload();
  await expectRefused(page, 'en', 'pin-key');
});

for (const lang of ['en', 'lt'] as const) {
  test(`${lang}: a user name is not sealed to a key that is not pinned`, async ({ page, site, embedded, reset }) => {
    await openEmbedded(reset, site, embedded, { lang });
    await embedded.renewKey();
    let sent = 0;
    await page.route('**/messages?*', (route) => ((sent += 1), route.continue()));
    await reset.identify('alice');
    await reset.expectRefusal('key-not-pinned');
    expect(sent).toBe(1);
    if (lang === 'lt') await audit(page, 'key not pinned');
  });
}

for (const [what, attributes, key, argument] of [
  ['no key', { 'key-thumbprint': '' }, 'pin-setup', 'key-thumbprint'],
  ['no script', { 'script-integrity': '' }, 'pin-setup', 'script-integrity'],
  ['a weak hash', { 'wasm-integrity': 'sha1-AAAA' }, 'pin-setup', 'wasm-integrity'],
  ['a hash of the wrong length', { 'script-integrity': 'sha384-AAAA' }, 'pin-setup', 'script-integrity'],
  ['a hash that is none', { 'wasm-integrity': 'sha384-…' }, 'pin-setup', 'wasm-integrity'],
  [
    'a hash beside what is none',
    { 'script-integrity': `sha384-${'A'.repeat(64)} sha384-…` },
    'pin-setup',
    'script-integrity',
  ],
  ['no portal', { portal: 'reset.example' }, 'pin-setup', 'portal'],
  ['a tenant that is none', { tenant: '../x' }, 'pin-setup', 'tenant'],
  ['a tenant that is not there', { tenant: 'nobody' }, 'pin-unreachable', ''],
] as const) {
  test(`with ${what} pinned, nothing starts`, async ({ page, site, embedded }) => {
    await open(page, site, embedded, { attributes });
    await expectRefused(page, 'en', key, argument);
  });
}

test('a link of the portal is a web page or a mail address, and nothing else', async ({
  page,
  site,
  embedded,
  reset,
}) => {
  await page.route('**/api/*/page?*', async (route) => {
    const response = await route.fetch();
    const told = await response.json();
    told.footer.contact = ['javascript:alert(1)', 'Helpdesk'];
    await route.fulfill({ response, json: told });
  });
  await openEmbedded(reset, site, embedded);
  await expect(page.locator('postern-reset .trail a')).toHaveCount(0);
});

test('a tenant that does not name the site gives it nothing', async ({ browser, site, tenant, request }) => {
  await showElement(site, tenant);
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.origin);
  await expectRefused(page, 'en', 'pin-unreachable');
  await context.close();
  for (const path of ['page', 'keys']) {
    const answer = await request.get(`${tenant.portal.url}/api/${tenant.id}/${path}`, {
      headers: { origin: site.origin },
    });
    expect(answer.headers()['access-control-allow-origin'], path).toBeUndefined();
  }
  const asks = { origin: site.origin, 'access-control-request-method': 'POST' };
  const before = await request.fetch(`${tenant.portal.url}/api/${tenant.id}/messages`, {
    method: 'OPTIONS',
    headers: asks,
  });
  expect(before.status()).toBe(405);
});

test('a busy portal can ask the named site’s page for work', async ({ request, site, embedded }) => {
  const address = `${embedded.portal.url}/api/${embedded.id}/messages`;
  const asks = { origin: site.origin, 'access-control-request-method': 'POST' };
  const before = (await request.fetch(address, { method: 'OPTIONS', headers: asks })).headers();
  expect(before['access-control-allow-headers']).toContain('postern-proof');
  const answer = (await request.post(address, { headers: { origin: site.origin }, data: '' })).headers();
  expect(answer['access-control-expose-headers']).toContain('postern-challenge');
});

test('where the service is down, the element says so', async ({ page, site, embedded }) => {
  await showElement(site, embedded);
  await embedded.takeDown();
  await page.goto(site.origin);
  await expectRefused(page, 'en', 'pin-down');
});

test('what is shared is shared with the named sites alone', async ({ request, site, embedded }) => {
  const { url } = embedded.portal;
  const html = await (await request.get(`${url}/${embedded.id}/`)).text();
  const words = /"later":"([^"]+)"/.exec(html)![1];
  const script = /src="(\/assets\/postern[^"]+)"/.exec(html)![1];
  for (const path of [`/api/${embedded.id}/keys`, `/api/${embedded.id}/page`, words, script]) {
    const allowed = async (origin: string) => (await request.get(url + path, { headers: { origin } })).headers();
    const named = await allowed(site.origin);
    expect(named['access-control-allow-origin'], path).toBe(site.origin);
    expect(named.vary, path).toContain('origin');
    for (const other of [
      'null',
      'https://evil.example',
      `${site.origin}.evil.example`,
      site.origin.replace('http:', 'https:'),
    ]) {
      const headers = await allowed(other);
      expect(headers['access-control-allow-origin'], `${path} for ${other}`).toBeUndefined();
      expect(headers.vary, path).toContain('origin');
    }
  }
  // Pages and states are not readable from other origins.
  for (const path of [`/${embedded.id}/`, `/${embedded.id}/help`, `/api/${embedded.id}/status`, '/readyz']) {
    const headers = (await request.get(url + path, { headers: { origin: site.origin } })).headers();
    expect(headers['access-control-allow-origin'], path).toBeUndefined();
  }
});

/** Opens the site's page with the element in it. */
async function open(page: Page, site: Embedder, tenant: Tenant, options: ElementOptions = {}): Promise<void> {
  await showElement(site, tenant, options);
  await page.goto(site.origin);
}

/** The same, and waits until the reset in the element has started. */
async function openEmbedded(
  reset: ResetPage,
  site: Embedder,
  tenant: Tenant,
  options: ElementOptions = {},
): Promise<void> {
  reset.tenant = tenant;
  reset.language = options.lang ?? 'en';
  await open(reset.page, site, tenant, options);
  await reset.ready();
}

/** Expects no input fields, and the reason in the page's language. */
async function expectRefused(page: Page, lang: Language, key: string, attribute = ''): Promise<void> {
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(text(lang, key, { attribute }));
  await expect(alert).toContainText(text(lang, `${key}.do`));
  await expect(page.locator('postern-reset input')).toHaveCount(0);
}
