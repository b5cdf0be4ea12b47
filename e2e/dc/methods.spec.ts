// The user's own methods on the domain controller: registered beside the mailed code, and used.

import { appCode } from '../support/authenticator';
import { FIRST_PASSWORD, binds } from './support/directory';
import { expect, GOOD, passMailGate, test } from './support/fixtures';

test('an authenticator is registered and resets the password', async ({ reset, page, shared, directory, mails }) => {
  const person = await directory.person();
  await reset.openSignedIn(shared.tenant, person.name, 'Wrong-2026-wrong', { flow: 'methods' });
  await reset.expectRefusal('reason-wrong-password', { tries: 2 }, 'field');
  await reset.signIn(FIRST_PASSWORD);
  await passMailGate(reset, mails, person.mail);
  await expect(reset.heading).toHaveText(reset.text('methods-title'));
  await reset.button('methods-add-authenticator').click();
  const key = await page.locator('output.kept').innerText();
  await reset.answer(await appCode(key));
  await expect(page.getByText(reset.text('methods-added'))).toBeVisible();
  // Announced by a mail, after the mail with the code.
  const notice = await mails.arrived(person.mail, 2);
  expect(notice.text).toContain(person.name);
  await reset.openAs(shared.tenant, person.name);
  await reset.chooseGate('authenticator');
  await reset.answer(await appCode(key, 1));
  await reset.complete(GOOD);
  expect(await binds(person, GOOD)).toBe(true);
});

test('a password that must be changed is changed first', async ({ reset, shared, directory }) => {
  const person = await directory.person();
  await directory.set(person.dn, 'pwdLastSet', '0');
  await reset.openSignedIn(shared.tenant, person.name, FIRST_PASSWORD, { flow: 'methods' });
  await reset.expectRefusal('reason-must-change-first', {}, 'above');
});
