// Limits over time: a code that is too old, and too many codes.

import { audit } from '../support/axe';
import { addressOf, mailedCode, mails } from '../support/sandbox';
import { expect, test } from '../support/test';

test('a code that is too old is told as such, and a new one helps', async ({ reset, timed, page }) => {
  const tenant = await timed.addTenant({ policy: 'code_minutes = 1' });
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  const old = await mailedCode(page.request, tenant, addressOf('alice'));
  await timed.pass(61);
  await reset.answer(old);
  await reset.expectRefusal('reason-code-expired', {}, 'above');
  await audit(page, 'reason-code-expired');
  await timed.pass(10);
  await reset.button('gate-mail-send').or(reset.button('gate-mail-resend')).click();
  await reset.expectMails('alice', 2);
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});

test('no more than five codes are sent', async ({ reset, tenant, page }) => {
  await page.clock.install();
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  for (let sent = 2; sent <= 5; sent++) {
    // The button is offered after a wait of ten seconds.
    await page.clock.runFor(10_000);
    const answered = page.waitForResponse('**/messages?*');
    await reset.button('gate-mail-resend').click();
    await answered;
    await expect(reset.button('gate-submit')).toBeVisible();
  }
  await page.clock.runFor(10_000);
  await reset.button('gate-mail-resend').click();
  await reset.expectRefusal('reason-too-many-codes', {}, 'above');
  expect(await mails(page.request, tenant, addressOf('alice'))).toHaveLength(5);
  // The last code is still valid.
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});

test('whoever mistyped the name starts again', async ({ reset, addTenant, page }) => {
  const tenant = await addTenant({ policy: 'unknown_names = "decoy"' });
  await reset.openAs(tenant, 'alcie');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await reset.button('start-again').click();
  await expect(reset.userName).toBeFocused();
  expect(await page.evaluate(() => sessionStorage.length)).toBe(0);
  await page.reload();
  await reset.ready();
  await reset.identify('alice');
  await reset.chooseGate('mail');
  await reset.passMailGate('alice');
  await expect(reset.password).toBeVisible();
  // What was confirmed would have to be confirmed again: the page asks first.
  await reset.button('start-again').click();
  const question = page.getByRole('group', { name: reset.text('start-again-sure') });
  await expect(question.getByRole('button').first()).toBeFocused();
  await audit(page, 'start again?');
  await question.getByRole('button', { name: reset.text('start-again-no') }).click();
  await expect(question).toHaveCount(0);
  await expect(reset.password).toBeFocused();
  await reset.button('not-you').click();
  await question.getByRole('button', { name: reset.text('start-again'), exact: true }).click();
  await expect(reset.userName).toBeFocused();
});
