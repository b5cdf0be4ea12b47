// The new password: a refused one can be corrected without passing the gates again, and the
// password is set exactly as typed.

import { goodPassword } from '../support/reset-page';
import { addressOf, mailedCode, mails } from '../support/sandbox';
import { expect, test } from '../support/test';

test('a refused password is tried again without passing the gates again', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await reset.setPassword('too short');
  await reset.expectRefusal('reason-too-short', { minimum: 12, length: 9 }, 'field');
  // It stays, so that it can be corrected, and the rule that it breaks is marked.
  await expect(reset.password).toHaveValue('too short');
  await expect(reset.repetition).toHaveValue('too short');
  await expect(page.locator('#rule-length')).toHaveClass('broken');
  await reset.complete();
  const codes = (await mails(page.request, tenant, addressOf('alice'))).filter((mail) => /\d{8}/.test(mail.subject));
  expect(codes).toHaveLength(1);
});

test('a wrong repetition is told, sends nothing, and keeps what was typed', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  const sent = countMessages(page);
  const password = goodPassword();
  await reset.setPassword(password, `${password}!`);
  await expect(page.getByRole('alert').filter({ hasText: reset.text('password-mismatch') })).toBeVisible();
  await reset.expectFieldInError(reset.repetition);
  await expect(reset.password).not.toHaveAttribute('aria-invalid');
  await expect(reset.password).toHaveValue(password);
  expect(sent()).toBe(0);
  await reset.repetition.fill(password);
  await reset.button('password-submit').click();
  await reset.expectDone();
});

test('empty fields are told beside the field and send nothing', async ({ reset, tenant, page }) => {
  const told = async (key: string) => {
    await expect(page.getByRole('alert').filter({ hasText: reset.text(key) })).toBeVisible();
    await reset.expectFieldInError();
  };
  await reset.open(tenant);
  let sent = countMessages(page);
  for (const name of ['', '   ']) {
    await reset.identify(name);
    await told('identify-empty');
  }
  expect(sent()).toBe(0);
  await reset.identify('alice');
  await reset.sendCode();
  sent = countMessages(page);
  for (const code of ['', '   ']) {
    await reset.answer(code);
    await told('gate-code-empty');
  }
  expect(sent()).toBe(0);
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
  sent = countMessages(page);
  await reset.setPassword('');
  await told('password-empty');
  expect(sent()).toBe(0);
});

test('a code may be typed as people write it', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  const code = await mailedCode(page.request, tenant, addressOf('alice'));
  await reset.answer(` ${code.slice(0, 3)} ${code.slice(3)} `);
  await expect(reset.password).toBeVisible();
});

test('what is no code at all costs no try', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'bob');
  await reset.chooseGate('authenticator');
  for (const typed of ['12345', 'abcdef', '١٢٣٤٥٦']) {
    await reset.answer(typed);
    const told = page.getByRole('alert').filter({ hasText: reset.text('gate-code-length', { digits: 6 }) });
    await expect(told).toBeVisible();
    await reset.expectFieldInError();
  }
  await reset.answer('000000');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
});

for (const [what, password] of [
  ['is 256 characters long', 'Kettle 7 '.repeat(29).slice(0, 256)],
  ['is of many scripts', 'Žąsų-Łódź-密碼-пароль-🔑-7'],
  ['begins and ends with spaces', '  Green kettle 77  '],
  ['has what markup and shells are made of', `<b>"';&amp;\\ $(x) %00 {x}7B`],
  ['is composed another way', 'e\u0301e\u0301e\u0301 Green kettle 7'],
] as const) {
  test(`a password that ${what} is set as it was typed`, async ({ reset, tenant }) => {
    await reset.reachPassword(tenant, 'alice');
    await reset.complete(password);
    // The history refuses exactly the password that was set, which shows that it was set as typed.
    await reset.reachPassword(tenant, 'alice');
    await reset.setPassword(password);
    await reset.expectRefusal('reason-used-before', { remembered: 24 }, 'field');
    const other = password.normalize('NFC').trim();
    if (other !== password) {
      await reset.complete(other);
    }
  });
}

test('a password of 300 characters is refused with its length, not cut', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  const password = 'Kettle 7 '.repeat(34).slice(0, 300);
  await reset.password.fill(password);
  await expect(page.getByText(reset.text('rule-too-long', { maximum: 256 }))).toBeVisible();
  await reset.setPassword(password);
  await reset.expectRefusal('reason-too-long', { maximum: 256, length: 300 }, 'field');
});

test('a character that cannot be typed is said so at once', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  const said = page.getByText(reset.text('rule-characters'));
  await reset.password.fill('Kettle 2026 kettle');
  await expect(said).toHaveCount(0);
  for (const character of ['\u0001', '\t', '\u007f', '\u0085', '\ufffe', '\ud800']) {
    await reset.password.evaluate((field: HTMLInputElement, value) => {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, `Kettle ${character} 2026`);
    await expect(said).toBeVisible();
  }
});

test('a password can be pasted, in both fields', async ({ reset, tenant, page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await reset.reachPassword(tenant, 'alice');
  const password = goodPassword();
  await page.evaluate((text) => navigator.clipboard.writeText(text), password);
  for (const field of [reset.password, reset.repetition]) {
    await field.focus();
    await page.keyboard.press('Control+V');
    await expect(field).toHaveValue(password);
  }
  await expect(page.locator('#rule-match')).toHaveClass(/met/);
  await reset.button('password-submit').click();
  await reset.expectDone();
});

test('password managers are told which field is which', async ({ reset, tenant }) => {
  await reset.open(tenant);
  await expect(reset.userName).toHaveAttribute('autocomplete', 'username');
  await reset.identify('alice');
  await reset.sendCode();
  await expect(reset.mailCode).toHaveAttribute('autocomplete', 'one-time-code');
  await reset.answerMailedCode('alice');
  await expect(reset.password).toHaveAttribute('autocomplete', 'new-password');
  await expect(reset.repetition).toHaveAttribute('autocomplete', 'new-password');
});

function countMessages(page: import('@playwright/test').Page): () => number {
  let count = 0;
  page.on('request', (request) => {
    if (request.url().includes('/messages')) count += 1;
  });
  return () => count;
}
