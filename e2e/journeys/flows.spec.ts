// The flows besides the reset: a change by the current password, an unlock, a forgotten user name.

import { audit, auditIn } from '../support/axe';
import { goodPassword } from '../support/reset-page';
import { addressOf, firstPassword, mails } from '../support/sandbox';
import { expect, test } from '../support/test';
import { languages } from '../support/words';

test('every flow is a link away, in the language of the page', async ({ reset, page, tenant }) => {
  for (const lang of languages) {
    await reset.open(tenant, { lang });
    for (const flow of ['change', 'unlock', 'user-name', 'methods'] as const) {
      await page.getByRole('link', { name: reset.text(`flow-${flow}`), exact: true }).click();
      await reset.ready();
      await expect(reset.heading).toHaveText(reset.text(`flow-${flow}`));
      await expect(page.locator('html')).toHaveAttribute('lang', lang);
      await auditIn(lang, page, flow);
    }
    await page.getByRole('link', { name: reset.text('identify-title'), exact: true }).click();
    await expect(reset.heading).toHaveText(reset.text('identify-title'));
  }
});

for (const login of ['alice', 'yvona']) {
  test(`${login} changes a password by the current one`, async ({ reset, page, tenant }) => {
    await reset.openAs(tenant, login, { flow: 'change' });
    await expect(reset.currentPassword).toBeFocused();
    await audit(page, 'the current password');
    await reset.signIn('');
    await expect(page.getByText(reset.text('gate-password-empty'))).toBeVisible();
    await reset.expectFieldInError();
    await reset.signIn('not the password');
    await reset.expectRefusal('reason-wrong-password', { tries: 2 }, 'field');
    await reset.signIn(firstPassword);
    await expect(reset.password).toBeFocused();
    await expect(reset.currentPassword).toHaveCount(0);
    await reset.setPassword(firstPassword);
    await reset.expectRefusal('reason-used-before', { remembered: 24 }, 'field');
    const password = goodPassword();
    await reset.complete(password);
    const [notice] = await mails(page.request, tenant, addressOf(login));
    expect(notice.subject).toBe(reset.text('mail-changed-subject'));
    // The previous password is no longer the current one.
    await reset.openSignedIn(tenant, login, firstPassword, { flow: 'change' });
    await reset.expectRefusal('reason-wrong-password', { tries: 2 }, 'field');
    await reset.signIn(password);
    await expect(reset.password).toBeVisible();
  });
}

test('after a reload the current password is asked for again, and is nowhere kept', async ({ reset, page, tenant }) => {
  await reset.openSignedIn(tenant, 'alice', firstPassword, { flow: 'change' });
  await expect(reset.password).toBeVisible();
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(kept).not.toContain(firstPassword);
  await page.reload();
  await expect(reset.password).toBeVisible();
  await expect(reset.currentPassword).toBeVisible();
  await audit(page, 'the current password beside the new one');
  await reset.currentPassword.fill('not the password');
  await reset.setPassword(goodPassword());
  await expect(page.getByRole('alert').filter({ hasText: /current password/ })).toBeVisible();
  await reset.currentPassword.fill(firstPassword);
  await reset.complete();
});

test('a change leads through the gate that the tenant demands, and keeps the current password meanwhile', async ({
  reset,
  page,
  addTenant,
}) => {
  const tenant = await addTenant({ policy: 'gates_required = 2' });
  await reset.openSignedIn(tenant, 'bob', firstPassword, { flow: 'change' });
  await expect(page.getByText(reset.text('gates-position', { current: 2, total: 2 }))).toBeVisible();
  await audit(page, 'a second gate of a change');
  await reset.chooseGate('authenticator');
  await reset.answer('000000');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
  await reset.passAuthenticatorGate('bob');
  await expect(reset.password).toBeVisible();
  await expect(reset.currentPassword).toHaveCount(0);
  await reset.complete();
});

test('an account that is locked is told so, and is unlocked with its password kept', async ({
  reset,
  page,
  tenant,
}) => {
  await reset.openSignedIn(tenant, 'frank', firstPassword, { flow: 'change' });
  await reset.expectRefusal('reason-account-locked', {}, 'above');
  await audit(page, 'locked');
  await reset.open(tenant, { flow: 'unlock' });
  await expect(page.getByRole('listitem').filter({ hasText: reset.text('step-gates') })).toBeVisible();
  await expect(page.getByText(reset.text('step-password'))).toHaveCount(0);
  await reset.identify('frank');
  await reset.passMailGate('frank');
  await expect(reset.heading).toHaveText(reset.text('unlocked-title'));
  await expect(reset.heading).toBeFocused();
  await audit(page, 'unlocked');
  const [notice] = await mails(page.request, tenant, addressOf('frank'));
  expect(notice.subject).toBe(reset.text('mail-unlocked-subject'));
  await reset.openSignedIn(tenant, 'frank', firstPassword, { flow: 'change' });
  await expect(reset.password).toBeVisible();
});

test('an account that is not locked may have a new password instead', async ({ reset, page, tenant }) => {
  await reset.openAs(tenant, 'alice', { flow: 'unlock' });
  await reset.passMailGate('alice');
  // Good news, and no error.
  await expect(reset.heading).toHaveText(reset.text('not-locked-title'));
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  await expect(page.locator('.support-code')).toBeHidden();
  await audit(page, 'not locked');
  await reset.button('page-title').click();
  await reset.complete();
});

test('an account that is not locked is told so where no reset is offered', async ({ reset, addTenant }) => {
  const tenant = await addTenant({ policy: 'flows = ["unlock"]' });
  await reset.openAs(tenant, 'alice', { flow: 'unlock' });
  await reset.passMailGate('alice');
  await expect(reset.heading).toHaveText(reset.text('not-locked-title'));
  await expect(reset.button('page-title')).toHaveCount(0);
});

test('after the last wrong password it is passwords that are spoken of', async ({ reset, tenant }) => {
  await reset.openAs(tenant, 'alice', { flow: 'change' });
  for (const tries of [2, 1]) {
    await reset.signIn('not the password');
    await reset.expectRefusal('reason-wrong-password', { tries }, 'field');
  }
  await reset.signIn('not the password');
  await reset.expectRefusal('password-reason-locked', {}, 'above');
});

test('a user name is mailed to its address, and the page says the same of every address', async ({
  reset,
  page,
  tenant,
}) => {
  for (const address of [addressOf('alice'), 'nobody@sandbox.example']) {
    await reset.open(tenant, { flow: 'user-name' });
    await reset.mailAddress.fill(address);
    await reset.button('user-name-submit').click();
    await expect(reset.heading).toHaveText(reset.text('user-name-sent-title'));
    await expect(reset.heading).toBeFocused();
    await audit(page, 'user name sent');
  }
  await reset.expectMails('alice', 1);
  const [mail] = await mails(page.request, tenant, addressOf('alice'));
  expect(mail.subject).toBe(reset.text('mail-user-name-subject'));
  expect(mail.text).toMatch(/^alice$/m);
  expect(await mails(page.request, tenant, 'nobody@sandbox.example')).toEqual([]);
});

test('an empty address is refused beside its field', async ({ reset, page, tenant }) => {
  await reset.open(tenant, { flow: 'user-name' });
  await reset.button('user-name-submit').click();
  await expect(page.getByText(reset.text('user-name-empty'))).toBeVisible();
  await reset.expectFieldInError();
});

test('what a tenant does not offer is not there', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: 'flows = ["reset", "unlock"]' });
  await reset.open(tenant);
  await expect(page.getByRole('link', { name: reset.text('flow-unlock') })).toBeVisible();
  await expect(page.getByRole('link', { name: reset.text('flow-change') })).toHaveCount(0);
  const response = await page.goto(`${tenant.portal.url}/${tenant.id}/change`);
  expect(response!.status()).toBe(404);
});
