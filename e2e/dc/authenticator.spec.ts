// The authenticator gate, with codes that are computed here (RFC 6238).

import { createHmac } from 'node:crypto';
import { binds } from './support/directory';
import { expect, GOOD, test } from './support/fixtures';

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
  await reset.open(shared.tenant);
  await reset.identify(person.name);
  await reset.chooseGate('authenticator');
  const code = codeOf(address);
  await reset.answer(code);
  await expect(reset.password).toBeVisible();
  await reset.setPassword(GOOD);
  await reset.expectDone();
  expect(await binds(person, GOOD)).toBe(true);
  expect(await directory.keyVersion(person)).toBe(before + 1);

  await page.evaluate(() => sessionStorage.clear());
  await reset.open(shared.tenant);
  await reset.identify(person.name);
  await reset.chooseGate('authenticator');
  await reset.answer(code);
  await reset.expectRefusal('reason-code-used', {}, 'field');
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('where two gates are asked for, both are', async ({ reset, addCorp, directory, mails }) => {
  const { tenant } = await addCorp({ policy: 'gates_required = 2' });
  const person = await directory.person();
  await reset.open(tenant);
  await reset.identify(person.name);
  await reset.expectRefusal('reason-too-few-gates', {}, 'above');
  const address = await tenant.command(['authenticator', 'add', person.name]);
  await reset.identify(person.name);
  await reset.chooseGate('mail');
  await reset.sendCode();
  await reset.answer(await mails.code(person.mail));
  await expect(reset.appCode).toBeVisible();
  await reset.answer(codeOf(address));
  await reset.setPassword(GOOD);
  await reset.expectDone();
});

test('an authenticator that was removed opens nothing', async ({ reset, shared, directory }) => {
  const person = await directory.person();
  await shared.tenant.command(['authenticator', 'add', person.name]);
  expect((await shared.tenant.command(['authenticator', 'remove', person.name])).trim()).toBe('removed');
  await reset.open(shared.tenant);
  await reset.identify(person.name);
  await expect(reset.button('gate-mail-send')).toBeVisible();
  await expect(reset.page.locator('.choice')).toHaveCount(0);
});

/** Returns the code that an authenticator shows now: HMAC-SHA-1, 30 s, 6 digits. */
function codeOf(address: string): string {
  const { searchParams } = new URL(address.trim());
  const algorithm = searchParams.get('algorithm') ?? 'SHA1';
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac(algorithm, base32(searchParams.get('secret')!)).update(counter).digest();
  const offset = mac[mac.length - 1] & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fff_ffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

function base32(text: string): Buffer {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const bits = [...text].map((digit) => digits.indexOf(digit).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
