// The authenticator gate, with codes of an authenticator app.

import { appCode } from '../support/authenticator';
import { binds } from './support/directory';
import { expect, GOOD, passMailGate, test } from './support/fixtures';

test('an account gets an authenticator, and its code opens the gate once', async ({
  reset,
  shared,
  directory,
  page,
}) => {
  const person = await directory.person();
  const before = await directory.keyVersion(person);
  const address = await shared.tenant.command(['authenticator', 'add', person.name]);
  expect(address).toMatch(/^otpauth:\/\/totp\//);
  await reset.openAs(shared.tenant, person.name);
  await reset.chooseGate('authenticator');
  const code = await codeOf(address);
  await reset.answer(code);
  await expect(reset.password).toBeVisible();
  await reset.complete(GOOD);
  expect(await binds(person, GOOD)).toBe(true);
  expect(await directory.keyVersion(person)).toBe(before + 1);

  await page.evaluate(() => sessionStorage.clear());
  await reset.openAs(shared.tenant, person.name);
  await reset.chooseGate('authenticator');
  await reset.answer(code);
  await reset.expectRefusal('reason-code-used', {}, 'field');
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('where two gates are asked for, both are', async ({ reset, addCorp, directory, mails }) => {
  const { tenant } = await addCorp({ policy: 'gates_required = 2' });
  const person = await directory.person();
  await reset.openAs(tenant, person.name);
  await reset.expectRefusal('reason-too-few-gates', {}, 'above');
  const address = await tenant.command(['authenticator', 'add', person.name]);
  await reset.identify(person.name);
  await reset.chooseGate('mail');
  await passMailGate(reset, mails, person.mail);
  await expect(reset.appCode).toBeVisible();
  await reset.answer(await codeOf(address));
  await reset.complete(GOOD);
});

test('an authenticator that was removed opens nothing', async ({ reset, shared, directory }) => {
  const person = await directory.person();
  await shared.tenant.command(['authenticator', 'add', person.name]);
  expect((await shared.tenant.command(['authenticator', 'remove', person.name])).trim()).toBe('removed');
  await reset.openAs(shared.tenant, person.name);
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await expect(reset.page.locator('.choice')).toHaveCount(0);
});

/** Returns the code that an app shows now for the address that `authenticator add` printed. */
async function codeOf(address: string): Promise<string> {
  const { searchParams } = new URL(address.trim());
  expect(searchParams.get('algorithm') ?? 'SHA1').toBe('SHA1');
  return appCode(searchParams.get('secret')!);
}
