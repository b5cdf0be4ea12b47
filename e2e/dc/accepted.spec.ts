// A reset that the domain controller accepts.

import { binds, FIRST_PASSWORD } from './support/directory';
import { expect, reachPassword, test } from './support/fixtures';

const GOOD = 'Vasara-2026-prie-jūros';

test('a forgotten password is reset, and the new one signs in', async ({
  reset,
  shared,
  directory,
  mails,
}) => {
  const person = await directory.person();
  const before = await directory.keyVersion(person);
  await reachPassword(reset, shared, mails, person);
  await reset.setPassword(GOOD);
  await reset.expectDone();
  expect(await binds(person, GOOD)).toBe(true);
  expect(await directory.keyVersion(person)).toBe(before + 1);
  console.log(`key version ${before} -> ${await directory.keyVersion(person)}`);
  const notice = await mails.arrived(person.mail, 2);
  expect(notice.subject).toBe('Your password at Corp was reset');
  expect(notice.text).toContain(person.name);
  expect(notice.text).not.toContain(GOOD);
});
