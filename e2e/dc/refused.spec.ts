// Resets that are refused for the account's state: each shows its own reason, and the key version
// does not change.

import { binds, DOMAIN_ADMINS, FIRST_PASSWORD, type Directory, type Person } from './support/directory';
import { expect, GOOD, test } from './support/fixtures';

/** Creates a person with the state under test. */
type Make = (directory: Directory) => Promise<Person>;

/** Names refused before any gate; shown above the form unless it concerns the name itself. */
const NAMES: [what: string, make: Make, key: string][] = [
  ['disabled', (d) => d.person({ disabled: true }), 'reason-account-disabled'],
  ['expired', (d) => d.person({ expired: true }), 'reason-account-expired'],
  ['a Domain Admin', (d) => member(d, DOMAIN_ADMINS), 'reason-account-protected'],
  ['a Domain Admin by two nested groups', nested, 'reason-account-protected'],
  ['a Domain Admin by primary group', primary, 'reason-account-protected'],
  ['to sign in by smart card', (d) => having(d, 'userAccountControl', '262656'), 'reason-account-protected'],
  ['trusted for delegation', (d) => having(d, 'userAccountControl', '524800'), 'reason-account-protected'],
  ['a service', (d) => having(d, 'servicePrincipalName', 'HTTP/web.corp.example'), 'reason-account-protected'],
  ['without any address', (d) => d.person({ mail: '' }), 'reason-too-few-gates'],
];

for (const [what, make, key] of NAMES) {
  test(`who is ${what} is refused at once`, async ({ reset, shared, directory }) => {
    const person = await make(directory);
    const before = await directory.keyVersion(person);
    await reset.openAs(shared.tenant, person.name);
    await reset.expectRefusal(key, {}, 'above');
    expect(await directory.keyVersion(person)).toBe(before);
  });
}

test('a name that nobody has is refused', async ({ reset, shared }) => {
  for (const name of ['nobody-of-this-name', '*', 'x)(objectClass=*', 'OTHER\\administrator', 'čaplinskė']) {
    await reset.openAs(shared.tenant, name);
    await reset.expectRefusal('reason-user-not-found', {}, 'field');
  }
});

test('built-in administrators, machines and the agent itself are refused', async ({ reset, shared }) => {
  for (const [name, key] of [
    ['Administrator', 'reason-account-protected'],
    ['krbtgt', 'reason-account-disabled'],
    ['DC1$', 'reason-account-protected'],
    ['svc-postern', 'reason-account-protected'],
  ]) {
    await reset.openAs(shared.tenant, name);
    await reset.expectRefusal(key, {}, 'above');
  }
});

test('passwords against the rules of the domain are refused, then a good one is set once', async ({
  reset,
  shared,
  directory,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  for (const [password, key, values] of [
    ['Ab-1', 'reason-too-short', { minimum: 12, length: 4 }],
    ['onlysmallletters', 'reason-too-few-classes', { needed: 3, found: 1 }],
    [`My-${person.name}-2026`, 'reason-contains-account-name', {}],
    ['My-łukaszewicz-2026', 'reason-contains-display-name', {}],
    [`Ab-1${'x'.repeat(253)}`, 'reason-too-long', { maximum: 256, length: 257 }],
  ] as const) {
    await reset.setPassword(password);
    await reset.expectRefusal(key, values, 'field');
    expect(await directory.keyVersion(person), key).toBe(before);
  }
  expect(await binds(person, FIRST_PASSWORD)).toBe(true);
  await reset.complete(GOOD);
  expect(await directory.keyVersion(person)).toBe(before + 1);
  expect(await binds(person, GOOD)).toBe(true);
});

test('a policy of one person is what counts for this person', async ({ reset, shared, directory, reachPassword }) => {
  const person = await directory.person();
  await directory.fineGrained(person.dn, { minimum: 15 });
  const { before } = await reachPassword(shared.tenant, { person });
  await expect(reset.page.locator('.rules').first()).toContainText(reset.text('rule-length', { minimum: 15 }));
  await reset.setPassword('Abcdef-123456');
  await reset.expectRefusal('reason-too-short', { minimum: 15, length: 13 }, 'field');
  expect(await directory.keyVersion(person)).toBe(before);
  await reset.complete(GOOD);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('a password of today is too young under a minimum age', async ({ reset, shared, directory, reachPassword }) => {
  const person = await directory.person();
  await directory.fineGrained(person.dn, { minimumAge: 10 });
  const { before } = await reachPassword(shared.tenant, { person });
  await expect(reset.page.locator('.notice')).toHaveText(reset.pattern('rule-too-young'));
  await reset.setPassword(GOOD);
  await reset.expectRefusal('reason-too-young');
  expect(await directory.keyVersion(person)).toBe(before);
});

for (const [what, unit] of [
  ['in a unit where the agent may reset and not unlock', 'OU=ResetOnly'],
  ['out of the reach of the agent', 'CN=Users'],
]) {
  test(`who is ${what} is told that the agent lacks the right`, async ({ reset, shared, directory, reachPassword }) => {
    const person = await directory.person({ unit });
    const { before } = await reachPassword(shared.tenant, { person });
    await reset.setPassword(GOOD);
    await reset.expectRefusal('reason-agent-lacks-right', {}, 'above');
    await expect(reset.page.locator('.support-code')).toBeVisible();
    expect(await directory.keyVersion(person)).toBe(before);
    expect(await binds(person, FIRST_PASSWORD)).toBe(true);
  });
}

const MEANWHILE: [what: string, change: (d: Directory, p: Person) => Promise<void>, key: string][] = [
  ['disabled', (d, p) => d.set(p.dn, 'userAccountControl', '514'), 'reason-account-disabled'],
  ['made a Domain Admin', (d, p) => d.join(DOMAIN_ADMINS, p.dn), 'reason-account-protected'],
];

for (const [what, change, key] of MEANWHILE) {
  test(`who was ${what} after the gates is refused`, async ({ reset, shared, directory, reachPassword }) => {
    const { person, before } = await reachPassword(shared.tenant);
    await change(directory, person);
    await reset.setPassword(GOOD);
    await reset.expectRefusal(key, {}, 'above');
    expect(await directory.keyVersion(person)).toBe(before);
  });
}

test('an account that is gone after the gates is said to be gone', async ({
  reset,
  shared,
  directory,
  reachPassword,
}) => {
  const { person } = await reachPassword(shared.tenant);
  await directory.delete(person.dn);
  await reset.setPassword(GOOD);
  await reset.expectRefusal('reason-user-not-found', {}, 'field');
});

test('wrong codes are counted, then the code is used up and the account is not', async ({
  reset,
  shared,
  directory,
  mails,
}) => {
  const person = await directory.person();
  const before = await directory.keyVersion(person);
  await reset.openAs(shared.tenant, person.name);
  await reset.sendCode();
  const wrong = (await mails.code(person.mail)) === '00000000' ? '00000001' : '00000000';
  for (const tries of [4, 3, 2, 1]) {
    await reset.answer(wrong);
    const advice = tries === 1 ? 'last-try-of-code' : undefined;
    await reset.expectRefusal('reason-wrong-code', { tries }, 'field', advice);
  }
  await reset.answer(wrong);
  await reset.expectRefusal('reason-code-expired', {}, 'above');
  await reset.openAs(shared.tenant, person.name);
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  expect(await directory.keyVersion(person)).toBe(before);
});

test('the directory is cut off when the password is sent: nothing changes, and then it works', async ({
  reset,
  addCorp,
  directory,
  reachPassword,
}) => {
  const corp = await addCorp();
  const { person, before } = await reachPassword(corp.tenant);
  corp.directory.cut();
  await reset.setPassword(GOOD);
  await reset.expectRefusal('reason-directory-unreachable', {}, 'above');
  expect(await directory.keyVersion(person)).toBe(before);
  corp.directory.open();
  await reset.complete(GOOD);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

async function member(directory: Directory, group: string): Promise<Person> {
  const person = await directory.person();
  await directory.join(group, person.dn);
  return person;
}

/** Creates a person with this value of an attribute. */
async function having(directory: Directory, attribute: string, value: string): Promise<Person> {
  const person = await directory.person();
  await directory.set(person.dn, attribute, value);
  return person;
}

async function nested(directory: Directory): Promise<Person> {
  const person = await directory.person();
  await directory.join(DOMAIN_ADMINS, await directory.group(await directory.group(person.dn)));
  return person;
}

async function primary(directory: Directory): Promise<Person> {
  const person = await member(directory, DOMAIN_ADMINS);
  // 512 is the relative id of Domain Admins; a primary group is not in `memberOf`.
  await directory.set(person.dn, 'primaryGroupID', '512');
  return person;
}
