// The sandbox page: the behaviour of each account, the mailbox, the links to and from the reset.

import type { Locator, Page } from '@playwright/test';
import { audit } from '../support/axe';
import { ResetPage } from '../support/reset-page';
import type { Tenant } from '../support/stack';
import { expect, test } from '../support/test';
import { keys, languages } from '../support/words';

test('accounts, mailbox and links are all there', async ({ reset, tenant, page }) => {
  reset.tenant = tenant;
  await visit(page, tenant);
  await expect(reset.heading).toHaveText(reset.text('sandbox-title'));
  await expect(page.getByText(reset.text('sandbox-mailbox-empty'))).toBeVisible();
  const does = keys('en', 'sandbox').filter((key) => key.startsWith('sandbox-does-'));
  for (const key of does) await expect(page.locator('#accounts').getByText(reset.text(key)), key).toBeVisible();
  const bob = page.locator('#account-bob');
  await expect(bob).toContainText(reset.text('gate-authenticator'));
  await expect(bob.locator('.value code')).toHaveText(/^\d{6}$/);
  await expect(bob.locator('[data-seconds]')).toHaveText(/^\d{1,2} sec$/);
  await audit(page, 'sandbox, empty mailbox');
});

test('a newcomer gets through with what the page shows', async ({ reset, tenant, page, context }) => {
  reset.tenant = tenant;
  await reset.open(tenant);
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: reset.text('sandbox-link') }).click();
  const sandbox = await opened;
  await reset.identify('alice');
  await reset.sendCode();
  await sandbox.getByRole('link', { name: reset.text('sandbox-refresh') }).click();
  const mail = sandbox.getByRole('article').first();
  await expect(mail).toContainText('alice@sandbox.example');
  const code = await mail.locator('.large code').innerText();
  expect(await mail.getByRole('heading').innerText()).toContain(code);
  await audit(sandbox, 'sandbox with a mail');
  await reset.answer(code);
  await reset.complete();
  await sandbox.getByRole('link', { name: reset.text('sandbox-refresh') }).click();
  await expect(sandbox.getByRole('article')).toHaveCount(2);
  await expect(sandbox.getByRole('article').first().getByRole('heading')).toHaveText(reset.text('mail-done-subject'));
  // It does not contain the password.
  expect(await sandbox.content()).not.toContain('kettle');
});

test('a link starts with the user name filled in, in the same tab again and again', async ({
  tenant,
  page,
  context,
}) => {
  await visit(page, tenant);
  const opened = context.waitForEvent('page');
  await start(page, '#account-alice').click();
  const reset = new ResetPage(await opened);
  reset.tenant = tenant;
  await reset.ready();
  await expect(reset.userName).toHaveValue('alice');
  await reset.press(reset.button('identify-submit'));
  await expect(reset.mailCode).toBeVisible();
  // A reload continues the flow: the name is not in the address any more.
  expect(reset.page.url()).not.toContain('alice');
  await reset.page.reload();
  await expect(reset.mailCode).toBeVisible();
  // Another account begins anew, and those with another flow in that flow.
  await start(page, '#account-bob').click();
  await expect(reset.userName).toHaveValue('bob');
  await start(page, '#account-yvona').click();
  await expect(reset.heading).toHaveText(reset.text('flow-change'));
  await expect(reset.userName).toHaveValue('yvona');
  expect(context.pages()).toHaveLength(2);
});

test('the mailbox and the codes refresh themselves', async ({ reset, tenant, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const sandbox = await context.newPage();
  await visit(sandbox, tenant);
  // Only a page that is seen is refreshed.
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await sandbox.bringToFront();
  const mail = sandbox.getByRole('article').first();
  await expect(mail).toContainText('alice@sandbox.example');
  await expect(sandbox.locator('#no-mails')).toBeHidden();
  const code = await mail.locator('.large code').innerText();
  await mail.getByRole('button', { name: reset.text('methods-copy') }).click();
  await expect(sandbox.locator('#aside')).toHaveText(reset.text('copied'));
  expect(await sandbox.evaluate(() => navigator.clipboard.readText())).toBe(code);
  // What is open stays open while other mails come.
  await mail.getByText(reset.text('sandbox-mail-text'), { exact: true }).click();
  await expect(mail.locator('pre')).toContainText(code);
  await page.bringToFront();
  await reset.openAs(tenant, 'frank');
  await reset.sendCode();
  await sandbox.bringToFront();
  await expect(sandbox.getByRole('article')).toHaveCount(2);
  await expect(sandbox.locator('details[open] pre')).toContainText(code);
});

test('a mail is shown as people get it, and at which time', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await visit(page, tenant);
  const mail = page.getByRole('article').first();
  const time = mail.locator('time');
  const sent = new Date((await time.getAttribute('datetime'))!).getTime();
  expect(Math.abs(Date.now() - sent)).toBeLessThan(60_000);
  const shown = await page.evaluate((sent) => new Date(sent).toLocaleString('en-GB', { timeStyle: 'medium' }), sent);
  await expect(time).toHaveText(shown);
  await mail.getByText(reset.text('sandbox-mail-html'), { exact: true }).click();
  const frame = mail.frameLocator('iframe');
  await expect(frame.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(frame.locator('.code')).toHaveText(await mail.locator('.large code').innerText());
  // As high as the mail: nothing in it scrolls.
  await expect
    .poll(() => mail.locator('iframe').evaluate((frame) => frame.clientHeight))
    .toBe(await frame.locator('html').evaluate((html) => (html as HTMLElement).offsetHeight));
  const answer = await page.request.get(`${tenant.portal.url}/${tenant.id}/sandbox/mails/1`);
  expect(answer.headers()['content-security-policy']).toContain('sandbox allow-same-origin');
  expect(answer.headers()['content-security-policy']).toContain("default-src 'none'");
  const missing = await page.request.get(`${tenant.portal.url}/${tenant.id}/sandbox/mails/99`);
  expect(missing.status()).toBe(404);
});

test('accounts and messages are found by a word', async ({ reset, tenant, page }) => {
  reset.tenant = tenant;
  await visit(page, tenant);
  await page.getByLabel(reset.text('sandbox-search')).fill('desk phone');
  await expect(page.locator('.lists li:visible')).toHaveCount(1);
  await expect(page.locator('#account-vito')).toBeVisible();
  await expect(page.locator('#answers')).toBeHidden();
  await page.getByLabel(reset.text('sandbox-search')).fill('no such word');
  await expect(page.getByText(reset.text('sandbox-search-none'))).toBeVisible();
  await page.getByLabel(reset.text('sandbox-search')).fill('');
  await expect(page.locator('#answers li').first()).toBeVisible();
});

test('every problem of the portal can be seen, in the sandbox only', async ({ reset, tenant, page }) => {
  test.setTimeout(120_000);
  reset.tenant = tenant;
  await visit(page, tenant);
  const links = await page
    .locator('#problems a')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  const codes = links.map((link) => new URL(link, tenant.portal.url).searchParams.get('problem')!);
  expect(codes).toHaveLength(keys('en', 'reasons').filter((key) => /^problem-[a-z-]+$/.test(key)).length);
  for (const [index, link] of links.entries()) {
    await page.goto(`${tenant.portal.url}/${tenant.id}/${link}`);
    await reset.ready();
    await reset.press(reset.button('identify-submit'));
    await reset.expectRefusal(`problem-${codes[index].replaceAll('_', '-')}`);
  }
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the page shows all that it has', async ({ tenant, page, reset }) => {
    reset.tenant = tenant;
    await visit(page, tenant);
    await expect(start(page, '#account-alice')).toBeVisible();
    await expect(page.locator('#account-bob .value code')).toHaveText(/^\d{6}$/);
    await expect(page.getByRole('button')).toHaveCount(0);
    await expect(page.getByRole('link', { name: reset.text('sandbox-refresh') })).toBeVisible();
  });
});

test('the sandbox leads to the reset page in the same language', async ({ tenant, page, context, reset }) => {
  reset.tenant = tenant;
  reset.language = 'sl';
  await page.goto(`${tenant.portal.url}/${tenant.id}/sandbox?lang=sl`);
  const opened = context.waitForEvent('page');
  await page.getByRole('link', { name: reset.text('sandbox-open') }).click();
  const other = await opened;
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(reset.text('identify-title'));
});

for (const lang of languages) {
  test(`${lang}: the sandbox page fits a narrow screen`, async ({ contoso, page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    await page.goto(`${contoso.portal.url}/contoso/sandbox?lang=${lang}`);
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over).toBeLessThanOrEqual(0);
  });
}

test('an address that belongs to nobody says so, accessibly', async ({ portal, page, reset, contoso }) => {
  reset.tenant = contoso;
  const answer = await page.goto(`${portal.url}/nobody/`);
  expect(answer!.status()).toBe(404);
  await expect(reset.heading).toHaveText(reset.text('not-found-title'));
  await expect(page.getByText(reset.text('not-found.do'))).toBeVisible();
  await expect(page.locator('main')).toMatchAriaSnapshot({ name: 'not-found.aria.yml' });
  await audit(page, 'not found');
});

async function visit(page: Page, tenant: Tenant): Promise<void> {
  await page.goto(`${tenant.portal.url}/${tenant.id}/sandbox?lang=en`);
}

/** Returns the link that starts with an account. */
function start(page: Page, entry: string): Locator {
  return page.locator(entry).getByRole('link');
}
