// The states of the reset page, one after the other, for whoever has to see them all.

import { expect } from '@playwright/test';
import { type ResetPage, goodPassword } from './reset-page';
import type { Tenant } from './stack';
import type { Language } from './words';

/** Walks through the states of the page, one refusal of each shape among them. */
export async function* states(reset: ResetPage, tenant: Tenant, lang: Language): AsyncGenerator<string> {
  await reset.open(tenant, { lang });
  yield 'user name';
  await reset.identify('');
  await reset.expectFieldInError();
  yield 'an error beside the field';
  await reset.identify('dave');
  await reset.expectRefusal('reason-account-protected', {}, 'above');
  yield 'a refusal above the form';
  await reset.identify('bob');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  yield 'choice of a gate';
  await reset.chooseGate('authenticator');
  await expect(reset.appCode).toBeVisible();
  yield 'authenticator';
  await reset.button('gate-other').click();
  await reset.chooseGate('mail');
  yield 'mail, nothing sent';
  await reset.sendCode();
  yield 'mail, code sent';
  await reset.answer('000000');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
  yield 'a wrong code';
  await reset.answerMailedCode('bob');
  await expect(reset.help).toBeVisible();
  yield 'new password';
  await reset.password.fill('Bob kettle');
  await reset.repetition.fill('Bob');
  yield 'hints';
  await reset.button('passphrase-suggest').click();
  await expect(reset.page.locator('#passphrase')).not.toBeEmpty();
  await reset.button('passphrase-use').click();
  yield 'a suggested passphrase';
  await reset.setPassword('x'.repeat(300));
  await reset.expectRefusal('reason-too-long', { maximum: 256, length: 300 }, 'field');
  yield 'a refused password';
  await reset.setPassword(goodPassword());
  await reset.expectDone();
  yield 'done';
}
