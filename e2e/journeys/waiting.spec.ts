// Timers of the page: help for users who wait for a code, a warning before the flow ends; and the
// footer with every failure. Tests move the page's clock, or all clocks, instead of waiting.

import type { Locator, Page } from '@playwright/test';
import { audit } from '../support/axe';
import { type ResetPage, goodPassword } from '../support/reset-page';
import { firstPassword } from '../support/sandbox';
import { expect, test } from '../support/test';

test('whoever waits for a code is helped after ten seconds', async ({ reset, tenant, page }) => {
  await page.clock.install();
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await expect(reset.mailCode).toBeFocused();
  const told = page.getByRole('status').filter({ hasText: reset.text('gate-mail-waiting') });
  await page.clock.runFor(9_000);
  await expect(told).toHaveCount(0);
  const places = () =>
    page.locator('#reset *').evaluateAll((all) => all.map((one) => JSON.stringify(one.getBoundingClientRect())));
  const before = await places();
  await page.clock.runFor(1_500);
  await expect(told).toHaveCount(1);
  await expect(page.locator('#help')).toBeVisible();
  await expect(contact(page)).toHaveAttribute('href', 'mailto:helpdesk@contoso.example');
  await expect(reset.button('copy')).toHaveCount(0);
  await expect(reset.mailCode).toBeFocused();
  // No element has moved: the help is shown below.
  expect(await places()).toEqual(before);
  await audit(page, 'help while waiting');

  await reset.button('gate-mail-resend').click();
  await reset.expectMails('alice', 2);
  // For the new code the wait begins again.
  await expect(page.locator('#help')).toBeHidden();
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});

for (const { kind, login, send, again } of [
  // A message is sent to the only number at once; nobody is called without having asked for it.
  { kind: 'sms', login: 'sam', send: undefined, again: 'gate-mail-resend' },
  { kind: 'voice', login: 'vito', send: 'gate-voice-send', again: 'gate-voice-resend' },
] as const) {
  test(`whoever waits for a code by ${kind} is helped as well`, async ({ reset, addTenant, page }, info) => {
    const tenant = await addTenant({ policy: `gates = ["${kind}"]` });
    await page.clock.install();
    await reset.openAs(tenant, login);
    if (send) await reset.button(send).click();
    await expect(reset.code).toBeFocused();
    await page.clock.runFor(9_000);
    await expect(reset.button(again)).toBeVisible();
    await expect(page.locator('#help')).toBeHidden();
    await page.clock.runFor(1_500);
    await expect(page.locator('#help')).toHaveText(reset.text(`gate-${kind}-waiting`));
    await expect(page.getByRole('status').filter({ hasText: reset.text(`gate-${kind}-waiting`) })).toHaveCount(1);
    await expect(contact(page)).toBeVisible();
    await page.setViewportSize({ width: 360, height: 740 });
    await picture(page, info.outputPath(`${kind}.help.png`));
    await audit(page, `help while waiting for ${kind}`);
  });
}

test('a new code can be had as soon as it is offered', async ({ reset, timed, page }) => {
  // The default value.
  const tenant = await timed.addTenant({ policy: 'pause_seconds = 10' });
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await timed.pass(10);
  await reset.button('gate-mail-resend').click();
  await reset.expectMails('alice', 2);
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
});

test('whoever types is left in peace', async ({ reset, tenant, page }) => {
  await page.clock.install();
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await reset.mailCode.fill('123');
  await page.clock.runFor(15_000);
  await expect(page.locator('#help')).toBeHidden();
  await reset.mailCode.fill('');
  await page.clock.runFor(10_000);
  await expect(page.locator('#help')).toBeVisible();
});

test('the warning comes two minutes before the end', async ({ reset, tenant, page }) => {
  await page.clock.install();
  await reset.reachPassword(tenant, 'alice');
  await reset.password.fill('Green kettle');
  await page.clock.runFor(12 * 60_000);
  await expect(reset.button('session-extend')).toHaveCount(0);
  await page.clock.runFor(70_000);
  const told = page.getByRole('status').filter({ hasText: reset.pattern('session-ends') });
  await expect(told).toBeVisible();
  await expect(told).toBeInViewport();
  await expect(reset.password).toBeFocused();
  await audit(page, 'the flow ends soon');
});

test('more time loses nothing that was typed', async ({ reset, timed, page }) => {
  const tenant = await timed.addTenant({ policy: 'flow_minutes = 3' });
  await reset.reachPassword(tenant, 'alice');
  const password = goodPassword();
  await reset.password.fill(password);
  await reset.repetition.fill(password.slice(0, 5));
  // Moves the clocks of page and agent into the last two minutes of the flow.
  await timed.pass(61);
  await expect(reset.button('session-extend')).toBeVisible();
  await expect(reset.repetition).toBeFocused();
  await reset.button('session-extend').press('Enter');
  await expect(page.getByRole('status').filter({ hasText: reset.pattern('session-until') })).toBeVisible();
  await expect(reset.button('session-extend')).toHaveCount(0);
  await expect(reset.password).toBeFocused();
  await expect(reset.password).toHaveValue(password);
  await expect(reset.repetition).toHaveValue(password.slice(0, 5));
  await reset.complete(password);
  await expect(page.getByText(reset.pattern('session-until'))).toHaveCount(0);
});

test('more time can be had ten times, with a code half typed', async ({ reset, timed, page }) => {
  // Such a short flow always shows the warning.
  const tenant = await timed.addTenant({ policy: 'flow_minutes = 2' });
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await reset.mailCode.fill('12');
  for (let times = 1; times <= 10; times++) {
    // The agent counts in whole seconds.
    await timed.pass(2);
    await reset.button('session-extend').click();
    await expect(page.getByRole('status').filter({ hasText: reset.text('working-extend') })).toHaveCount(0);
    await expect(reset.mailCode).toHaveValue('12');
  }
  await timed.pass(2);
  await reset.button('session-extend').click();
  await expect(reset.button('session-extend')).toHaveCount(0);
  await expect(page.getByText(reset.pattern('session-until'))).toBeVisible();
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});

test('more time can be had in a change, and the current password stays', async ({ reset, timed, page }) => {
  const tenant = await timed.addTenant({ policy: 'flow_minutes = 2' });
  await reset.openAs(tenant, 'alice', { flow: 'change' });
  await reset.currentPassword.fill(firstPassword.slice(0, 5));
  await more(page, reset, timed);
  await expect(reset.currentPassword).toHaveValue(firstPassword.slice(0, 5));
  await expect(reset.currentPassword).toBeFocused();
  await reset.signIn(firstPassword);
  const password = goodPassword();
  await reset.password.fill(password);
  await more(page, reset, timed);
  // The page still has it, and does not ask for it again.
  await expect(reset.currentPassword).toHaveCount(0);
  await expect(reset.password).toHaveValue(password);
  await reset.complete(password);
});

test('more time can be had in an unlock', async ({ reset, timed, page }) => {
  const tenant = await timed.addTenant({ policy: 'flow_minutes = 2' });
  await reset.openAs(tenant, 'frank', { flow: 'unlock' });
  await reset.sendCode();
  await more(page, reset, timed);
  await reset.answerMailedCode('frank');
  await expect(reset.heading).toHaveText(reset.text('unlocked-title'));
  await expect(reset.button('session-extend')).toHaveCount(0);
});

test('a failure has its support code to copy, and the way to the helpdesk', async ({
  reset,
  tenant,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await reset.openAs(tenant, 'carol');
  await reset.expectRefusal('reason-account-disabled', {}, 'above');
  const line = await page.locator('.support-code').innerText();
  const code = line
    .split(' ')
    .at(-1)!
    .replace(/[\u2066-\u2069]/g, '');
  for (let steps = 0; steps < 8 && !(await focused(reset.button('copy'))); steps++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: reset.text('copied') })).toHaveCount(1);
  await expect(reset.button('copied')).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(code);
  expect(tenant.logged()).toContain(code);
  await page.keyboard.press('Tab');
  await expect(contact(page)).toBeFocused();
  await expect(contact(page)).toHaveAttribute('href', 'mailto:helpdesk@contoso.example');
  await audit(page, 'a failure with its support code copied');
  // Another failure has another code, which was not copied yet.
  await expect(reset.button('copy')).toBeVisible();
  await reset.identify('dave');
  await reset.expectRefusal('reason-account-protected', {}, 'above');
  await expect(page.locator('.support-code')).not.toContainText(code);
});

test('a failure beside a field has them too, and the field is not described by them', async ({
  reset,
  tenant,
  page,
}) => {
  await reset.openAs(tenant, 'nobody');
  await reset.expectRefusal('reason-user-not-found', {}, 'field');
  await expect(page.locator('.support-code')).toBeVisible();
  await expect(reset.button('copy')).toBeVisible();
  await expect(reset.userName).not.toHaveAccessibleDescription(/@/);
  await audit(page, 'a failure beside a field');
  // Validation errors of the page itself have no support code.
  await reset.identify('');
  await expect(page.locator('.support-code')).toBeHidden();
  await expect(reset.button('copy')).toBeHidden();
});

/** Requests more time in a flow that ends soon, and expects to get it. */
async function more(page: Page, reset: ResetPage, timed: { pass: (seconds: number) => Promise<void> }): Promise<void> {
  // The agent counts in whole seconds.
  await timed.pass(2);
  const line = page.getByRole('status').filter({ hasText: reset.pattern('session-ends') });
  await expect(line).toBeVisible();
  const answered = page.waitForResponse('**/messages?*');
  await reset.button('session-extend').click();
  await answered;
  await expect(page.getByRole('status').filter({ hasText: reset.text('working-extend') })).toHaveCount(0);
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
}

/** Returns the link to the helpdesk beside the support code. */
function contact(page: Page): Locator {
  return page.locator('.trail').getByRole('link');
}

async function focused(button: Locator): Promise<boolean> {
  return (await button.count()) > 0 && button.evaluate((one) => one === document.activeElement);
}

async function picture(page: Page, path: string): Promise<void> {
  const over = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  expect(over).toBe(false);
  await page.screenshot({ path, fullPage: true });
}
