// The reset in the frame of another site: complete for the sites that the tenant names, refused by
// the browser for all others, and a link where scripts or frames are not allowed.

import { type Frame, type Page } from '@playwright/test';
import { auditFrames } from '../support/axe';
import { Embedder, type FrameOptions, showFrame } from '../support/embedder';
import { ResetPage } from '../support/reset-page';
import { addressOf, mailedCode } from '../support/sandbox';
import { type Tenant, named } from '../support/stack';
import { expect, test as base } from '../support/test';
import { Authenticator, register } from '../support/virtual-key';
import { languages, text } from '../support/words';

interface Fixtures {
  /** A site that may embed the tenant's pages. */
  site: Embedder;
  /** A site that no tenant names. */
  stranger: Embedder;
  /** A tenant that names `site`. */
  framed: Tenant;
}

const test = base.extend<Fixtures>({
  site: async ({}, use) => {
    const site = await Embedder.start();
    await use(site);
    await site.stop();
  },
  stranger: async ({}, use) => {
    const stranger = await Embedder.start();
    await use(stranger);
    await stranger.stop();
  },
  framed: async ({ addTenant, site }, use) =>
    use(await addTenant({ name: 'Northwind', portal: `frame_origins = ["${site.origin}"]\n` })),
});

test('a whole reset in a frame, which is as high as what it shows', async ({ page, site, framed }) => {
  const { reset, frame } = await openFramed(page, site, framed);
  const iframe = page.locator('iframe');
  await expect(iframe).toHaveAttribute('title', text('en', 'embed-title'));
  // The frame has replaced the link.
  await expect(page.getByRole('link')).toHaveCount(0);
  await expectFits(page, frame);
  await auditFrames(page, 'user name, in a frame');
  await reset.identify('alice');
  await reset.sendCode();
  await expectFits(page, frame);
  await reset.answer(await mailedCode(page.request, framed, addressOf('alice')));
  await expect(reset.password).toBeVisible();
  await expectFits(page, frame);
  await auditFrames(page, 'new password, in a frame');
  await reset.complete();
  await expectFits(page, frame);
  await auditFrames(page, 'done, in a frame');
});

test('a passkey opens its gate in a frame', async ({ page, reset: alone, addTenant }) => {
  // The portal needs the host name `localhost` for passkeys, so the site uses 127.0.0.1.
  const site = await Embedder.start('127.0.0.1');
  try {
    const tenant = await addTenant({
      policy: 'gates = ["mail", "passkey"]',
      portal: `frame_origins = ["${site.origin}"]\n`,
    });
    const device = await Authenticator.attach(page);
    await register(alone, tenant, 'alice');
    const [kept] = await device.passkeys();
    const { reset } = await openFramed(page, site, tenant, { url: named(tenant.portal.url) });
    await reset.identify('alice');
    await reset.usePasskey();
    await expect(reset.password).toBeVisible();
    await reset.complete();
    expect((await device.passkeys())[0].signCount).toBeGreaterThan(kept.signCount);
  } finally {
    await site.stop();
  }
});

test('no chrome is in the frame, and nothing is wider than it', async ({ page, site, framed }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const { frame } = await openFramed(page, site, framed);
  await expect(frame.getByRole('banner')).toHaveCount(0);
  const over = await frame.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBe(0);
  await expectFits(page, frame);
});

test('a site that is not named gets nothing of the page, and its people the link', async ({
  browser,
  stranger,
  framed,
}) => {
  await showFrame(stranger, framed);
  const context = await browser.newContext();
  const page = await context.newPage();
  const refused = page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
  await page.goto(stranger.origin);
  await refused;
  const inside = page.frames().find((frame) => frame !== page.mainFrame())!;
  expect(inside.url()).not.toContain(framed.id);
  expect(await inside.content()).not.toContain('Northwind');
  await expect(inside.locator('input')).toHaveCount(0);
  await expect(page.locator('iframe')).toBeHidden();
  const link = page.getByRole('link', { name: 'Reset your password' });
  await expect(link).toBeVisible();
  await link.click();
  await expect(page).toHaveURL(`${framed.portal.url}/${framed.id}/`);
  await context.close();
});

test('a tenant that names nobody is framed by nobody', async ({ request, tenant, framed, site }) => {
  const asked = async (path: string) => (await request.get(framed.portal.url + path)).headers();
  for (const path of ['', 'help', 'sandbox', '?lang=lt', `?frame=${site.origin}`]) {
    const headers = await asked(`/${framed.id}/${path}`);
    expect(headers['x-frame-options'], path).toBeUndefined();
    expect(headers['content-security-policy'], path).toContain(`; frame-ancestors ${site.origin}`);
    const plain = await asked(`/${tenant.id}/${path}`);
    expect(plain['x-frame-options'], path).toBe('DENY');
    expect(plain['content-security-policy'], path).toContain("; frame-ancestors 'none'");
  }
  for (const path of [
    `/api/${framed.id}/keys`,
    `/api/${framed.id}/status`,
    `/${framed.id}/logo`,
    '/nobody/',
    '/embed.js',
  ]) {
    const headers = await asked(path);
    expect(headers['x-frame-options'], path).toBe('DENY');
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
  }
});

test('only a named site is told the height', async ({ request, framed, site, stranger }) => {
  const page = async (query: string) => (await request.get(`${framed.portal.url}/${framed.id}/${query}`)).text();
  expect(await page(`?frame=${encodeURIComponent(site.origin)}`)).toContain(`data-frame="${site.origin}"`);
  for (const query of ['', `?frame=${stranger.origin}`, '?frame=*', '?frame=', '?frame=%22%3E%3Cscript%3E']) {
    const html = await page(query);
    expect(html, query).not.toContain('data-frame');
    expect(html, query).not.toMatch(/frame-[0-9a-f]+\.js/);
  }
});

test('messages from anybody else move nothing', async ({ page, site, framed }) => {
  const { frame } = await openFramed(page, site, framed);
  await expectFits(page, frame);
  const height = await page.locator('iframe').evaluate((iframe) => iframe.clientHeight);
  // The message comes from the page itself, which is neither the frame nor of its origin.
  await page.evaluate(() => window.postMessage({ postern: 'height', height: 9999 }, '*'));
  for (const forged of [-1, 0, Infinity, NaN, '9999', null]) {
    await frame.evaluate((forged) => parent.postMessage({ postern: 'height', height: forged }, '*'), forged as number);
  }
  await frame.evaluate(() => parent.postMessage('height', '*'));
  await expect.poll(() => page.locator('iframe').evaluate((iframe) => iframe.clientHeight)).toBeLessThan(20_001);
  await expectBackground(frame, LIGHT);
  // A message that does not come from the page around is ignored too.
  await frame.evaluate(() => window.postMessage({ postern: 'theme', theme: 'dark' }, '*'));
  await expectBackground(frame, LIGHT);
  expect(height).toBeGreaterThan(200);
});

for (const lang of languages) {
  test(`${lang}: the frame speaks the language of the page around it`, async ({ page, site, framed }) => {
    const { frame, reset } = await openFramed(page, site, framed, { lang: lang === 'cs' ? 'cs-CZ' : lang });
    await expect(page.locator('iframe')).toHaveAttribute('title', text(lang, 'embed-title'));
    await expect(frame.locator('html')).toHaveAttribute('lang', lang);
    reset.language = lang;
    await expect(reset.heading).toHaveText(text(lang, 'identify-title'));
    // Another language can be chosen in the frame, and the page stays in it.
    const other = lang === 'lt' ? 'en' : 'lt';
    await frame.locator(`.languages a[lang=${other}]`).click();
    await expect(frame.locator('html')).toHaveAttribute('lang', other);
    await expect(frame.locator('html')).toHaveAttribute('data-frame', site.origin);
    await expectFits(page, frame);
  });
}

const LIGHT = 'rgb(255, 255, 255)';
const DARK = 'rgb(28, 32, 39)';

for (const [style, device, shown] of [
  [':root { color-scheme: dark }', 'light', DARK],
  [':root { color-scheme: light }', 'dark', LIGHT],
  [':root { color-scheme: only dark }', 'light', DARK],
  ['', 'dark', LIGHT],
  [':root { color-scheme: light dark }', 'dark', DARK],
  [':root { color-scheme: light dark }', 'light', LIGHT],
  ['@media (prefers-color-scheme: dark) { :root { color-scheme: dark } }', 'dark', DARK],
] as const) {
  test(`on a page with “${style}”, on a ${device} device, the frame is ${shown === DARK ? 'dark' : 'light'}`, async ({
    page,
    site,
    framed,
  }) => {
    await page.emulateMedia({ colorScheme: device });
    const { frame, reset } = await openFramed(page, site, framed, { style });
    await expectBackground(frame, shown);
    await reset.ready();
    await expectBackground(frame, shown);
    await auditFrames(page, `${style}, ${device}`);
  });
}

test('the frame follows a page that changes its theme', async ({ page, site, framed }) => {
  const { frame, reset } = await openFramed(page, site, framed, {
    style: ':root { color-scheme: light } :root.night { color-scheme: dark }',
  });
  await reset.userName.fill('alice');
  await expectBackground(frame, LIGHT);
  await page.evaluate(() => document.documentElement.classList.add('night'));
  await expectBackground(frame, DARK);
  await page.evaluate(() => document.documentElement.classList.remove('night'));
  await expectBackground(frame, LIGHT);
  // The input is still there: nothing was reloaded.
  await expect(reset.userName).toHaveValue('alice');
});

test('a script that is not the pinned one does not run, and the link stays', async ({ browser, site, framed }) => {
  await showFrame(site, framed, { integrity: `sha384-${'A'.repeat(64)}` });
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(site.origin);
  await page.waitForLoadState('networkidle');
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Reset your password' })).toBeVisible();
  await context.close();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the link leads to the page', async ({ page, site, framed }) => {
    await showFrame(site, framed);
    await page.goto(site.origin);
    await expect(page.locator('iframe')).toHaveCount(0);
    await page.getByRole('link', { name: 'Reset your password' }).click();
    await expect(page).toHaveURL(`${framed.portal.url}/${framed.id}/`);
    await expect(page.locator('noscript .refusal')).toContainText(text('en', 'needs-script-title'));
  });
});

/** Opens the site's page; returns the page in its frame, once it has reported its height. */
async function openFramed(
  page: Page,
  site: Embedder,
  tenant: Tenant,
  options: FrameOptions = {},
): Promise<{ reset: ResetPage; frame: Frame }> {
  await showFrame(site, tenant, options);
  await page.goto(site.origin);
  await expect(page.locator('iframe')).toBeVisible();
  const frame = page.frames().find((frame) => frame !== page.mainFrame())!;
  // A frame has the same locators as a page.
  const reset = new ResetPage(frame as unknown as Page);
  reset.tenant = tenant;
  return { reset, frame };
}

/** Expects a frame without scrolling and without empty space. */
async function expectFits(page: Page, frame: Frame): Promise<void> {
  await expect
    .poll(async () => {
      const content = await frame.evaluate(() => Math.ceil(document.body.getBoundingClientRect().height));
      const scrolls = await frame.evaluate(() => document.documentElement.scrollHeight > innerHeight);
      return [(await page.locator('iframe').evaluate((iframe) => iframe.clientHeight)) - content, scrolls];
    })
    .toEqual([0, false]);
}

async function expectBackground(frame: Frame, color: string): Promise<void> {
  await expect(frame.locator('body')).toHaveCSS('background-color', color);
}
