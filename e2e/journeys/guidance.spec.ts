// What the page says on the way: whose account it is, what was sent, what comes next. Nobody has to
// guess, and nothing that was typed is lost.

import type { Page } from '@playwright/test';
import { audit } from '../support/axe';
import { ResetPage, goodPassword } from '../support/reset-page';
import { addressOf, mailedCode } from '../support/sandbox';
import { expect, test } from '../support/test';

test('whose account it is stands on every step, and password managers learn the name', async ({
  reset,
  tenant,
  page,
}) => {
  await reset.openAs(tenant, 'alice');
  const whose = page.locator('.whose bdi');
  await expect(whose).toHaveText('alice');
  await reset.passMailGate('alice');
  await expect(reset.password).toBeVisible();
  await expect(whose).toHaveText('alice');
  const form = page.locator('form', { has: reset.password });
  await expect(form.locator('input[autocomplete=username]')).toHaveValue('alice');
  await audit(page, 'whose account it is');
  await reset.complete();
  // At the end too, where there is nothing to leave.
  await expect(whose).toHaveText('alice');
  await expect(reset.button('not-you')).toHaveCount(0);
});

test('another name can be typed where it is the wrong one', async ({ reset, tenant }) => {
  await reset.openAs(tenant, 'bob');
  await reset.button('not-you').click();
  await expect(reset.userName).toBeFocused();
  await reset.identify('alice');
  await reset.passMailGate('alice');
  await reset.complete();
});

test('Back leads to the user name; once something was confirmed, it asks first', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await page.goBack();
  await expect(reset.userName).toBeFocused();
  await expect(page).toHaveURL(new RegExp(`/${tenant.id}/`));

  await reset.identify('alice');
  await reset.passMailGate('alice');
  await expect(reset.password).toBeVisible();
  await page.goBack();
  await expect(page.locator('#leaving')).toBeVisible();
  await reset.press(reset.button('start-again-no'));
  await reset.setPassword(goodPassword());
  await reset.expectDone();
  await page.goBack();
  await expect(reset.userName).toBeVisible();
  expect(await reset.noticesTo('alice')).toBe(1);
});

test('Back asks after a reload too', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await page.reload();
  await expect(reset.password).toBeVisible();
  await page.goBack();
  await expect(page.locator('#leaving')).toBeVisible();
  await page.goBack();
  await expect(page.locator('#leaving')).toBeVisible();
});

test('a whole reset of one address takes three submits', async ({ reset, tenant, page }) => {
  await page.addInitScript(() => {
    addEventListener(
      'submit',
      () => sessionStorage.setItem('submits', `${Number(sessionStorage.getItem('submits')) + 1}`),
      true,
    );
  });
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await reset.answerMailedCode('alice');
  await reset.complete();
  expect(await page.evaluate(() => sessionStorage.getItem('submits'))).toBe('3');
});

test('on a phone the step is told with its number', async ({ reset, tenant, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await reset.openAs(tenant, 'alice');
  const step = { current: 2, total: 3, step: reset.text('step-gates') };
  await expect(page.locator('.steps-now')).toHaveText(reset.text('steps-now', step));
  const widths = await page
    .locator('.steps li')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
  expect(Math.max(...widths) - Math.min(...widths)).toBeLessThan(1);
});

test('a new code says when it was sent, and that the older one is no longer right', async ({ reset, timed, page }) => {
  const tenant = await timed.addTenant();
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  const old = await mailedCode(page.request, tenant, addressOf('alice'));
  await timed.pass(11);
  await reset.button('gate-mail-resend').click();
  await expect(page.getByRole('status').filter({ hasText: reset.pattern('gate-mail-resent') })).toBeVisible();
  await expect(reset.mailCode).toBeFocused();
  await audit(page, 'a new code');
  await reset.expectMails('alice', 2);
  await reset.answer(old);
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
});

test('a newer code of another tab is told in the older one, until that asks for one again', async ({
  reset,
  timed,
  context,
  page,
}) => {
  const tenant = await timed.addTenant();
  const other = new ResetPage(await context.newPage());
  const told = (tab: ResetPage) => tab.page.getByRole('status').filter({ hasText: tab.pattern('gate-other-tab') });
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await timed.pass(61);
  await other.openAs(tenant, 'alice');
  await other.sendCode();
  await expect(told(reset)).toBeVisible();
  await expect(told(other)).toHaveCount(0);
  await audit(page, 'a newer code in another tab');
  // The newest mail has the code of the other tab.
  await reset.answerMailedCode('alice');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
  await expect(told(reset)).toBeVisible();
  await timed.pass(61);
  await reset.button('gate-mail-resend').click();
  await expect(told(reset)).toHaveCount(0);
  await expect(told(other)).toBeVisible();
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});

test('a newer code of another tab is told after a reload, and where nobody learns whether one was sent', async ({
  reset,
  addTenant,
  context,
  page,
}) => {
  const tenant = await addTenant({ policy: 'unknown_names = "decoy"\ngates = ["mail"]' });
  await reset.openAs(tenant, 'nobody');
  await reset.sendCode();
  await page.reload();
  await expect(reset.mailCode).toBeVisible();
  // The tabs of another tenant are not concerned.
  const elsewhere = new ResetPage(await context.newPage());
  await elsewhere.openAs(await addTenant(), 'alice');
  await elsewhere.sendCode();
  const notice = '[role=status] .notice';
  await expect(page.locator(notice)).toHaveCount(0);
  const other = new ResetPage(await context.newPage());
  await other.openAs(tenant, 'nobody');
  await other.sendCode();
  await expect(page.locator(notice)).toHaveText(reset.pattern('gate-other-tab-before'));
  await audit(page, 'a newer code that nobody learns of');
  await expect(elsewhere.page.locator(notice)).toHaveCount(0);
});

test('a code that has expired is told before it is typed', async ({ reset, timed, page }) => {
  const tenant = await timed.addTenant({ policy: 'code_minutes = 1' });
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await timed.pass(61);
  await expect(page.locator('#code-hint')).toContainText(reset.text('gate-code-expired'));
  await expect(page.getByRole('status').filter({ hasText: reset.text('gate-code-expired') })).toHaveCount(1);
  await expect(reset.button('gate-mail-resend')).toBeVisible();
});

test('the last try says what comes after it, and a code that is used up that a new one helps', async ({
  reset,
  tenant,
  page,
}) => {
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  for (const tries of [4, 3, 2]) {
    await reset.answer('00000000');
    await reset.expectRefusal('reason-wrong-code', { tries }, 'field');
  }
  await reset.answer('00000000');
  await expect(page.getByRole('alert').filter({ hasText: reset.text('last-try-of-code') })).toBeVisible();
  await reset.answer('00000000');
  await reset.expectRefusal('reason-code-expired', {}, 'above');
  await audit(page, 'a code used up');
});

test('the last try at an authenticator says that one has to wait', async ({ reset, addTenant, page }) => {
  const tenant = await addTenant({ policy: 'tries = 2' });
  await reset.openAs(tenant, 'bob');
  await reset.chooseGate('authenticator');
  await reset.answer('000000');
  await expect(page.getByRole('alert').filter({ hasText: reset.text('last-try') })).toBeVisible();
});

test('a code of another length costs no try', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await reset.answer('12345');
  await expect(
    page.getByRole('alert').filter({ hasText: reset.text('gate-code-length', { digits: 8 }) }),
  ).toBeVisible();
  await reset.expectFieldInError();
  await reset.answer('00000000');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
});

test('a code that is pasted is sent by itself, a typed one by its button', async ({ reset, tenant, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  const code = await mailedCode(page.request, tenant, addressOf('alice'));
  await reset.mailCode.pressSequentially('00000000');
  await expect(reset.mailCode).toHaveValue('00000000');
  await page.evaluate((text) => navigator.clipboard.writeText(text), ` ${code.slice(0, 4)} ${code.slice(4)} `);
  await reset.mailCode.press('Control+A');
  await reset.mailCode.press('Delete');
  await reset.mailCode.press('Control+V');
  await expect(reset.password).toBeVisible();
});

test('what takes longer than usual is told', async ({ reset, tenant, page }) => {
  await page.clock.install();
  await reset.open(tenant);
  await page.route('**/messages?*', () => {});
  await reset.identify('alice');
  const late = page.getByText(reset.text('working-late'));
  await page.clock.runFor(9_000);
  await expect(late).toHaveCount(0);
  await page.clock.runFor(1_500);
  await expect(late).toBeVisible();
});

test('a user name that is no address is told, and nothing is sent', async ({ reset, tenant, page }) => {
  await reset.open(tenant, { flow: 'user-name' });
  for (const typed of ['alice', 'alice@', '@contoso.example']) {
    await reset.type(reset.mailAddress, typed);
    await reset.button('user-name-submit').click();
    await expect(page.getByRole('alert').filter({ hasText: reset.text('user-name-no-address') })).toBeVisible();
    await reset.expectFieldInError();
  }
});

test('a refused password stays in its field until the page is left', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await reset.setPassword('too short');
  await reset.expectRefusal('reason-too-short', { minimum: 12, length: 9 }, 'field');
  await expect(reset.password).toHaveValue('too short');
  await expect(reset.repetition).toHaveValue('too short');
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
  await expect(reset.password).toHaveValue('');
  await expect(reset.repetition).toHaveValue('');
  await reset.complete();
});

test('Caps Lock is told beside a password, and each can be shown', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'alice', { flow: 'change' });
  const told = page.getByText(reset.text('caps-lock'));
  await reset.currentPassword.focus();
  await reset.currentPassword.evaluate((field) =>
    field.dispatchEvent(new KeyboardEvent('keyup', { key: 'A', modifierCapsLock: true })),
  );
  await expect(told).toBeVisible();
  await reset.currentPassword.press('a');
  await expect(told).toHaveCount(0);
  await reset.button('password-show-label').click();
  await expect(reset.currentPassword).toHaveAttribute('type', 'text');
});

test('the end leads to where people sign in', async ({ reset, addTenant, page }) => {
  const tenant = await addTenant({ portal: 'sign_in_link = "https://portal.contoso.example/"\n' });
  await reset.reachPassword(tenant, 'alice');
  await reset.complete(goodPassword());
  const link = page.getByRole('link', { name: reset.text('sign-in') });
  await expect(link).toHaveAttribute('href', 'https://portal.contoso.example/');
  await expect(page.getByText(reset.text('done-close'))).toHaveCount(0);
  await audit(page, 'the way to sign in');
});

for (const height of [380, 640]) {
  test(`the warning before the end covers no field, ${height} pixels high`, async ({ reset, timed, page }) => {
    await page.setViewportSize({ width: 390, height });
    // Such a short flow ends soon again after it was extended.
    const tenant = await timed.addTenant({ policy: 'flow_minutes = 3' });
    await reset.reachPassword(tenant, 'alice');
    for (const field of [reset.password, reset.repetition]) {
      await field.focus();
      await timed.pass(61);
      await expect(reset.button('session-extend')).toBeVisible();
      await expect.poll(() => isCovered(page)).toBe(false);
      await reset.button('session-extend').click();
      await expect(reset.button('session-extend')).toHaveCount(0);
    }
  });
}

/** Reports whether something lies over the middle of the focused field, or it is out of sight. */
async function isCovered(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const field = document.activeElement!;
    const { left, top, width, height } = field.getBoundingClientRect();
    return document.elementFromPoint(left + width / 3, top + height / 2) !== field;
  });
}
