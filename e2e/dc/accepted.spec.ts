// Resets that the domain controller accepts.

import { binds, FIRST_PASSWORD } from './support/directory';
import { expect, GOOD, passMailGate, test } from './support/fixtures';
import { languages, pattern } from '../support/words';

test('a forgotten password is reset once, and the new one signs in', async ({
  reset,
  shared,
  directory,
  mails,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  await reset.complete(GOOD);
  expect(await binds(person, GOOD)).toBe(true);
  expect(await directory.keyVersion(person)).toBe(before + 1);
  console.log(`accepted: key version ${before}, then ${await directory.keyVersion(person)}`);
  const notice = await mails.arrived(person.mail, 2);
  expect(notice.subject).toBe('Your password at Corp was reset');
  expect(notice.text).toContain(person.name);
  expect(notice.text).not.toContain(GOOD);
});

test('a locked account is unlocked by it', async ({ reset, shared, directory, reachPassword }) => {
  const person = await directory.person();
  await directory.lockOut(person);
  expect(await directory.isLocked(person)).toBe(true);
  expect(await binds(person, FIRST_PASSWORD)).toBe(false);
  const { before } = await reachPassword(shared.tenant, { person });
  await reset.complete(GOOD);
  expect(await directory.isLocked(person)).toBe(false);
  expect(await binds(person, GOOD)).toBe(true);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('history is promised where the domain controller keeps it on a reset, and nowhere else', async ({
  reset,
  shared,
  reachPassword,
}) => {
  const { person } = await reachPassword(shared.tenant);
  const rules = reset.page.locator('#rules');
  // The last rule: once it is shown, all others are shown too.
  await expect(rules).toContainText(reset.text('quality-later'));
  const promised = (await rules.innerText()).includes(reset.text('rule-history', { history: 24 }));
  await expect(rules.locator('.later')).toHaveCount(promised ? 2 : 1);
  await reset.complete(GOOD);
  await reachPassword(shared.tenant, { person });
  await reset.setPassword(GOOD);
  if (promised) await reset.expectRefusal('reason-used-before', { remembered: 24 }, 'field');
  else await reset.expectDone();
});

test('a name is found in each of its forms', async ({ reset, shared, directory, page }) => {
  const person = await directory.person();
  for (const form of [person.name.toUpperCase(), `CORP\\${person.name}`, `${person.name}@corp.example`]) {
    await reset.openAs(shared.tenant, form);
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
    // Otherwise the page would resume this flow.
    await page.evaluate(() => sessionStorage.clear());
  }
});

for (const lang of languages) {
  test(`code and notice arrive in the person's language: ${lang}`, async ({ reset, shared, mails, reachPassword }) => {
    const { person } = await reachPassword(shared.tenant, { lang });
    await reset.complete(GOOD);
    const [code, notice] = [await mails.arrived(person.mail), await mails.arrived(person.mail, 2)];
    expect(code.subject).toMatch(pattern(lang, 'mail-code-subject', { tenant: 'Corp' }));
    expect(code.text).toMatch(pattern(lang, 'mail-code-not-you'));
    expect(notice.subject).toMatch(pattern(lang, 'mail-done-subject', { tenant: 'Corp' }));
  });
}

test('a notice goes to every address of the account', async ({ reset, shared, directory, mails }) => {
  const home = `${crypto.randomUUID()}@home.example`;
  const person = await directory.person({ otherMailbox: [home] });
  await reset.openAs(shared.tenant, person.name);
  // Masked, so that a stranger does not learn the address; the organisation's own domain is shown.
  await expect(reset.page.locator('.choice')).toHaveText([
    new RegExp(`${home[0]}••@h••\\.example`),
    new RegExp(`${person.mail[0]}••@corp\\.example`),
  ]);
  await reset.page.locator('.choice').first().click();
  await passMailGate(reset, mails, home);
  await reset.complete(GOOD);
  await mails.arrived(home, 2);
  await mails.arrived(person.mail, 1);
});

test('256 characters are taken, with letters of every kind', async ({ reset, shared, reachPassword }) => {
  const long = `Ąb1-${'žluťoučký kůň '.repeat(18)}`;
  expect(long.length).toBe(256);
  const { person } = await reachPassword(shared.tenant);
  await reset.complete(long);
  expect(await binds(person, long)).toBe(true);
});
