// A flow continues after a reload or a discarded tab; nothing but its token is stored.

import { type Page } from '@playwright/test';
import { ResetPage, goodPassword } from '../support/reset-page';
import { addressOf, mailedCode } from '../support/sandbox';
import { expect, test } from '../support/test';

test('every step is there again after a reload', async ({ reset, tenant, page }) => {
  await reset.open(tenant);
  await expectKept(page, 0);
  await page.reload();
  await reset.ready();

  await reset.identify('bob');
  await expect(page.getByText(reset.text('gates-choose'))).toBeVisible();
  await expectKept(page, 1);
  await page.reload();
  await expect(page.getByText(reset.text('gates-choose'))).toBeVisible();

  await reset.chooseGate('mail');
  await reset.sendCode();
  await page.reload();
  await expect(reset.mailCode).toBeVisible();
  await expectKept(page, 1);

  // The code that was sent before the reload is still valid.
  await reset.answerMailedCode('bob');
  await expect(reset.password).toBeVisible();
  await page.reload();
  await expect(reset.password).toBeVisible();
  await expect(reset.password).toHaveValue('');
  await expectKept(page, 1);

  await reset.setPassword('too short');
  await reset.expectRefusal('reason-too-short', { minimum: 12, length: 9 }, 'field');
  await page.reload();
  await expect(reset.password).toBeVisible();
  await reset.complete();
});

test('whose account it is stands there after a reload, and another name can be typed', async ({
  reset,
  tenant,
  page,
}) => {
  const whose = page.locator('.whose bdi');
  await reset.openAs(tenant, 'BOB');
  await expect(whose).toHaveText('BOB');
  await page.reload();
  await expect(whose).toHaveText('BOB');
  await reset.button('not-you').click();
  await expect(reset.userName).toBeFocused();
  await reset.identify('alice');
  await reset.passMailGate('alice');
  await expect(reset.password).toBeVisible();
  await page.reload();
  await expect(whose).toHaveText('alice');
  const form = page.locator('form', { has: reset.password });
  await expect(form.locator('input[autocomplete=username]')).toHaveValue('alice');
  await expectKept(page, 1);
  // A gate was passed: the page asks first.
  await reset.button('not-you').click();
  await page
    .locator('#leaving')
    .getByRole('button', { name: reset.text('start-again'), exact: true })
    .click();
  await expect(reset.userName).toBeFocused();
});

test('a name without an account stands there after a reload too', async ({ reset, addTenant, page }) => {
  const tenant = await addTenant({ policy: 'unknown_names = "decoy"' });
  for (const name of ['alice', 'nobody.at.all']) {
    await reset.openAs(tenant, name);
    await expect(page.getByText(reset.text('gates-choose'))).toBeVisible();
    await page.reload();
    await expect(page.locator('.whose bdi')).toHaveText(name);
  }
});

test('a second of two gates is there again after a reload', async ({ reset, addTenant, page }) => {
  const tenant = await addTenant({ policy: 'gates_required = 2' });
  await reset.openAs(tenant, 'bob');
  await reset.chooseGate('authenticator');
  await reset.passAuthenticatorGate('bob');
  const position = page.getByText(reset.text('gates-position', { current: 2, total: 2 }));
  await expect(position).toBeVisible();
  await page.reload();
  await expect(position).toBeVisible();
  await reset.passMailGate('bob');
  await expect(reset.password).toBeVisible();
});

test('a reload after the end asks for nothing and sets nothing', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await reset.complete();
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-started', '');
  await expect(page.getByText(reset.text('done-title')).or(reset.userName)).toBeVisible();
  expect(await reset.noticesTo('alice')).toBe(1);
});

test('another tab starts anew', async ({ reset, tenant, context }) => {
  await reset.reachPassword(tenant, 'alice');
  const other = new ResetPage(await context.newPage());
  await other.open(tenant);
  await expectKept(other.page, 0);
  await expect(other.userName).toHaveValue('');
});

test('back and forward lose nothing', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await page.goto(`${tenant.portal.url}/${tenant.id}/sandbox`);
  await page.goBack();
  await expect(reset.password).toBeVisible();
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(reset.text('sandbox-title'));
  await page.goBack();
  await reset.complete();
});

test('another language goes on with the same flow', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await page.getByRole('link', { name: 'Lietuvių' }).click();
  reset.language = 'lt';
  await expect(reset.password).toBeVisible();
  await reset.complete();
});

test('of two tabs with one account, one sets the password and the other has ended', async ({
  reset,
  tenant,
  context,
}) => {
  const other = new ResetPage(await context.newPage());
  await reset.open(tenant);
  await other.open(tenant);
  for (const tab of [reset, other]) {
    await tab.identify('alice');
    await tab.passMailGate('alice');
    await expect(tab.password).toBeVisible();
  }
  await reset.complete();
  await other.setPassword(goodPassword());
  await other.expectRefusal('reason-flow-expired', {}, 'above');
  expect(await reset.noticesTo('alice')).toBe(1);
});

test('a code of one tab is worth nothing in another', async ({ reset, tenant, context }) => {
  const other = new ResetPage(await context.newPage());
  await reset.open(tenant);
  await other.open(tenant);
  await reset.identify('alice');
  await other.identify('alice');
  await reset.sendCode();
  await other.sendCode();
  // The newest mail has the code of the other tab.
  await reset.answerMailedCode('alice');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
});

test('one flow in two tabs: the one that was left behind says so', async ({ reset, tenant, context }) => {
  await reset.reachPassword(tenant, 'alice');
  const token = await reset.page.evaluate(() => Object.entries(sessionStorage)[0]);
  const other = new ResetPage(await context.newPage());
  await other.open(tenant);
  await other.page.evaluate(([key, value]) => sessionStorage.setItem(key, value), token);
  await other.page.reload();
  await expect(other.password).toBeVisible();
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('reason-flow-expired', {}, 'above');
  await other.complete();
});

test('a token that nobody gave is worth nothing', async ({ reset, tenant, page }) => {
  await reset.open(tenant);
  for (const token of ['0'.repeat(32), 'f'.repeat(32)]) {
    await page.evaluate(([id, token]) => sessionStorage.setItem(`postern-reset-${id}`, token), [tenant.id, token]);
    await page.reload();
    await reset.expectRefusal('reason-flow-expired', {}, 'above');
    await expectKept(page, 0);
  }
  for (const token of ['', 'zz', 'ž'.repeat(16), '+'.repeat(32), '0'.repeat(31)]) {
    await page.evaluate(([id, token]) => sessionStorage.setItem(`postern-reset-${id}`, token), [tenant.id, token]);
    await page.reload();
    await reset.identify('alice');
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
    await page.evaluate(() => sessionStorage.clear());
    await page.reload();
    await reset.ready();
  }
});

for (const how of ['a double click', 'Enter held down'] as const) {
  test(`${how} sends once, at every step`, async ({ reset, tenant, page }) => {
    let sent = 0;
    await page.route('**/messages?**', async (route) => {
      sent += 1;
      await route.continue();
    });
    const press = async (field: import('@playwright/test').Locator | undefined, button: string) => {
      sent = 0;
      if (how === 'a double click' || !field) await reset.button(button).dblclick();
      else {
        await field.focus();
        for (let times = 0; times < 4; times++) await page.keyboard.down('Enter');
        await page.keyboard.up('Enter');
      }
    };
    await reset.open(tenant);
    await reset.userName.fill('bob');
    await press(reset.userName, 'identify-submit');
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
    expect(sent).toBe(1);
    await reset.chooseGate('mail');
    await press(undefined, 'gate-mail-send');
    await expect(reset.mailCode).toBeVisible();
    expect(sent).toBe(1);
    await reset.mailCode.pressSequentially(await mailedCode(page.request, tenant, addressOf('bob')));
    await press(reset.mailCode, 'gate-submit');
    await expect(reset.password).toBeVisible();
    expect(sent).toBe(1);
    const password = goodPassword();
    await reset.password.fill(password);
    await reset.repetition.fill(password);
    await press(reset.repetition, 'password-submit');
    await reset.expectDone();
    expect(sent).toBe(1);
  });
}

/** Expects this number of flow tokens in the session storage, and nothing else stored anywhere. */
async function expectKept(page: Page, tokens: number): Promise<void> {
  const kept = await page.evaluate(async () => ({
    session: Object.entries(sessionStorage),
    local: Object.entries(localStorage),
    databases: (await indexedDB.databases()).length,
    caches: (await caches.keys()).length,
    workers: (await navigator.serviceWorker.getRegistrations()).length,
    cookie: document.cookie,
  }));
  const { session, ...rest } = kept;
  expect(rest).toEqual({ local: [], databases: 0, caches: 0, workers: 0, cookie: '' });
  expect(session).toHaveLength(tokens);
  for (const [key, value] of session) {
    expect(key).toMatch(/^postern-reset-/);
    expect(value).toMatch(/^[0-9a-f]{32}$/);
  }
}
