// A successful reset, from the user name to the confirmation, with every gate.

import { audit } from '../support/axe';
import { addressOf, mails } from '../support/sandbox';
import { expect, test } from '../support/test';

test('a mailed code resets a password', async ({ reset, page, contoso }) => {
  await reset.open(contoso);
  await expect(page).toHaveTitle(reset.text('document-title', { step: reset.text('page-title') }));
  await audit(page, 'user name');
  await reset.identify('alice');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  // To the only address, without another click.
  await expect(reset.mailCode).toBeFocused();
  await expect(page.getByText(reset.text('gate-mail-sent', { address: 'a••@sandbox.example' }))).toBeVisible();
  await audit(page, 'mail gate, code sent');
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeFocused();
  await audit(page, 'new password');
  await reset.complete();
  await expect(page).toHaveTitle(reset.text('document-title', { step: reset.text('done-title') }));
  const [notice] = await mails(page.request, contoso, addressOf('alice'));
  expect(notice.subject).toBe(reset.text('mail-done-subject'));
  await expect(page.locator('body')).toMatchAriaSnapshot({ name: 'done.aria.yml' });
  await audit(page, 'done');
});

test('an authenticator code resets a password', async ({ reset, page, tenant }) => {
  await reset.openAs(tenant, 'bob');
  await expect(page.getByText(reset.text('gates-choose'))).toBeVisible();
  await audit(page, 'choice of a gate');
  await reset.chooseGate('authenticator');
  await expect(reset.appCode).toBeVisible();
  await audit(page, 'authenticator gate');
  await reset.passAuthenticatorGate('bob');
  await reset.complete();
});

test('another way can be chosen at any time', async ({ reset, tenant }) => {
  await reset.openAs(tenant, 'bob');
  await reset.chooseGate('mail');
  await reset.sendCode();
  await reset.button('gate-other').click();
  await reset.chooseGate('authenticator');
  await expect(reset.appCode).toBeVisible();
  await reset.button('gate-other').click();
  await reset.chooseGate('mail');
  // The code that was sent before is still valid.
  await reset.answerMailedCode('bob');
  await expect(reset.password).toBeVisible();
});

test('two gates of different kinds are asked for where two are required', async ({ reset, page, fabrikam }) => {
  await reset.openAs(fabrikam, 'bob');
  await expect(page.getByText(reset.text('gates-position', { current: 1, total: 2 }))).toBeVisible();
  await audit(page, 'first of two gates');
  await reset.chooseGate('authenticator');
  await reset.passAuthenticatorGate('bob');
  await expect(page.getByText(reset.text('gates-position', { current: 2, total: 2 }))).toBeVisible();
  // A gate of the kind that was passed is not offered again, so there is no choice.
  await expect(reset.button('gate-other')).toHaveCount(0);
  await expect(reset.appCode).toHaveCount(0);
  await audit(page, 'second of two gates');
  await reset.passMailGate('bob');
  await reset.complete();
  await expect(page.locator('main')).toMatchAriaSnapshot({ name: 'done-fabrikam.aria.yml' });
});

test('an account that is locked in the directory is unlocked by its reset', async ({ reset, tenant }) => {
  await reset.reachPassword(tenant, 'frank');
  await reset.complete();
});

test('a policy of an account’s own is shown and held', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'nora');
  await expect(page.getByText(reset.text('rule-length', { minimum: 15 }))).toBeVisible();
  await reset.setPassword('Kettle 14 char');
  await reset.expectRefusal('reason-too-short', { minimum: 15, length: 14 }, 'field');
  await reset.complete('Kettle 15 chars');
});

for (const written of ['ALICE', ' alice ', 'SANDBOX\\alice', 'alice@sandbox.example']) {
  test(`a name may be written as ${JSON.stringify(written)}`, async ({ reset, tenant }) => {
    await reset.openAs(tenant, written);
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
  });
}

test('a new code makes the one before worthless', async ({ reset, tenant, page }) => {
  await page.clock.install();
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  const [first] = await mails(page.request, tenant, addressOf('alice'));
  const sent = page.waitForResponse('**/messages?*');
  await page.clock.runFor(10_000);
  await reset.button('gate-mail-resend').click();
  await sent;
  await reset.expectMails('alice', 2);
  const [second] = await mails(page.request, tenant, addressOf('alice'));
  const old = /\d{8}/.exec(first.subject)![0];
  expect(second.subject, 'the same code twice: one time in a million').not.toContain(old);
  await reset.answer(old);
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});
