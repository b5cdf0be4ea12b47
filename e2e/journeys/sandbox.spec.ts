// The sandbox page: the behaviour of each account, the mailbox, the links to and from the reset.

import { audit } from '../support/axe';
import { expect, test } from '../support/test';
import { keys, languages } from '../support/words';

test('accounts, mailbox and links are all there', async ({ reset, tenant, page }) => {
  reset.tenant = tenant;
  await page.goto(`${tenant.portal.url}/${tenant.id}/sandbox`);
  await expect(reset.heading).toHaveText(reset.text('sandbox-title'));
  await expect(page.getByText(reset.text('sandbox-mailbox-empty'))).toBeVisible();
  const does = keys('en', 'sandbox').filter((key) => key.startsWith('sandbox-does-'));
  for (const key of does) await expect(page.getByRole('cell', { name: reset.text(key) }), key).toBeVisible();
  const rows = page.getByRole('row');
  await expect(rows.filter({ has: page.getByRole('rowheader', { name: 'bob', exact: true }) })).toContainText(/\d{6}/);
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
  const code = /\d{8}/.exec(await mail.getByRole('heading').innerText())![0];
  await audit(sandbox, 'sandbox with a mail');
  await reset.answer(code);
  await reset.complete();
  await sandbox.getByRole('link', { name: reset.text('sandbox-refresh') }).click();
  await expect(sandbox.getByRole('article')).toHaveCount(2);
  await expect(sandbox.getByRole('article').first().getByRole('heading')).toHaveText(reset.text('mail-done-subject'));
  // It does not contain the password.
  expect(await sandbox.content()).not.toContain('kettle');
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
