// The flows besides the reset, on the domain controller: a change with the current password, also
// if that has expired or must be changed, and an unlock.

import { FIRST_PASSWORD, binds } from './support/directory';
import { expect, GOOD, passMailGate, test } from './support/fixtures';

const BETTER = 'Zima-2026-w-gorach';

test('a password is changed by the current one, and history is kept', async ({ reset, shared, directory }) => {
  const person = await directory.person();
  const before = await directory.keyVersion(person);
  await reset.openSignedIn(shared.tenant, person.name, 'Wrong-2026-wrong', { flow: 'change' });
  await reset.expectRefusal('reason-wrong-password', { tries: 2 }, 'field');
  await reset.signIn(FIRST_PASSWORD);
  await reset.setPassword(FIRST_PASSWORD);
  await reset.expectRefusal('reason-used-before', { remembered: 24 }, 'field');
  expect(await directory.keyVersion(person)).toBe(before);
  await reset.complete(GOOD);
  expect(await binds(person, GOOD)).toBe(true);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('a password that must be changed is changed here', async ({ reset, shared, directory }) => {
  const person = await directory.person();
  await directory.set(person.dn, 'pwdLastSet', '0');
  expect(await binds(person, FIRST_PASSWORD)).toBe(false);
  await reset.openSignedIn(shared.tenant, person.name, FIRST_PASSWORD, { flow: 'change' });
  await reset.complete(GOOD);
  expect(await binds(person, GOOD)).toBe(true);
});

test('a password that has expired is changed here', async ({ reset, shared, directory }) => {
  const person = await directory.person();
  directory.expirePassword(person);
  expect(await binds(person, FIRST_PASSWORD)).toBe(false);
  const before = await directory.keyVersion(person);
  await reset.openSignedIn(shared.tenant, person.name, FIRST_PASSWORD, { flow: 'change' });
  await reset.complete(BETTER);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('a password of today is not changed before its minimum age', async ({ reset, page, shared, directory }) => {
  const person = await directory.person();
  await directory.fineGrained(person.dn, { minimumAge: 1 });
  const before = await directory.keyVersion(person);
  await reset.openSignedIn(shared.tenant, person.name, FIRST_PASSWORD, { flow: 'change' });
  await reset.setPassword(GOOD);
  await expect(page.getByText('Your password was changed too recently.')).toBeVisible();
  expect(await directory.keyVersion(person)).toBe(before);
});

test('where two wrong passwords lock an account, its own is not tried', async ({ reset, shared, directory }) => {
  const person = await directory.person();
  await directory.fineGrained(person.dn, { lockout: 2 });
  for (const password of ['Wrong-2026-wrong', FIRST_PASSWORD, 'Wrong-2026-wrong']) {
    await reset.openSignedIn(shared.tenant, person.name, password, { flow: 'change' });
    await reset.expectRefusal('reason-password-not-tried', {}, 'above');
  }
  expect(await directory.isLocked(person)).toBe(false);
  expect(await binds(person, FIRST_PASSWORD)).toBe(true);
});

test('an account is unlocked and keeps its password', async ({ reset, shared, directory, mails }) => {
  const person = await directory.person();
  await directory.lockOut(person);
  const before = await directory.keyVersion(person);
  await reset.openSignedIn(shared.tenant, person.name, FIRST_PASSWORD, { flow: 'change' });
  await reset.expectRefusal('reason-account-locked', {}, 'above');
  await reset.openAs(shared.tenant, person.name, { flow: 'unlock' });
  await passMailGate(reset, mails, person.mail);
  await expect(reset.heading).toHaveText(reset.text('unlocked-title'));
  expect(await directory.isLocked(person)).toBe(false);
  expect(await binds(person, FIRST_PASSWORD)).toBe(true);
  expect(await directory.keyVersion(person)).toBe(before);
});

test('a user name is mailed to its address', async ({ reset, shared, directory, mails }) => {
  const person = await directory.person();
  await reset.open(shared.tenant, { flow: 'user-name' });
  await reset.mailAddress.fill(person.mail.toUpperCase());
  await reset.button('user-name-submit').click();
  await expect(reset.heading).toHaveText(reset.text('user-name-sent-title'));
  const mail = await mails.arrived(person.mail, 1);
  expect(mail.text).toContain(person.name);
});
