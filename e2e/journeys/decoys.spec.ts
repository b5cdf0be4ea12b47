// Where unknown names are not reported, they pass the same steps as known ones, without a result.

import { audit } from '../support/axe';
import { addressOf, mails } from '../support/sandbox';
import { expect, test } from '../support/test';

const POLICY = 'unknown_names = "decoy"\ngates_required = 2';

for (const name of ['nobody', 'carol', 'dave', 'erin', 'olga', 'mia']) {
  test(`${name} gets gates, no hint, and never the right code`, async ({ reset, page, addTenant }) => {
    const tenant = await addTenant({ policy: POLICY });
    await reset.openAs(tenant, name);
    await expect(page.getByText(reset.text('gates-position', { current: 1, total: 2 }))).toBeVisible();
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
    await expect(page.locator('.choice')).toHaveCount(2);
    await expect(page.locator('.choice', { hasText: '•' })).toHaveCount(0);
    await reset.chooseGate('mail');
    await expect(page.getByText(reset.text('gate-mail-any-to'))).toBeVisible();
    await reset.sendCode();
    await expect(page.getByText(reset.text('gate-mail-any-sent'))).toBeVisible();
    await audit(page, `${name}: a code, if there is an account`);
    // Disabled, protected and expired accounts are told so only after the gate.
    const toAccount = ['carol', 'dave', 'erin'].includes(name) ? 1 : 0;
    expect(await mails(page.request, tenant, addressOf(name))).toHaveLength(toAccount);
    await reset.answer('12345678');
    await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
    for (const code of ['11111111', '22222222', '33333333']) await reset.answer(code);
    await reset.answer('44444444');
    await reset.expectRefusal('reason-code-expired', {}, 'above');
  });
}

test('what is special of an account is told after a first gate', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: 'unknown_names = "decoy"' });
  await reset.openAs(tenant, 'carol');
  await reset.chooseGate('mail');
  await reset.passMailGate('carol');
  await reset.expectRefusal('reason-account-disabled', {}, 'above');
  await reset.identify('tina');
  await expect(page.getByText(reset.text('gates-position', { current: 1, total: 2 }))).toHaveCount(0);
  await reset.chooseGate('mail');
  await reset.passMailGate('tina');
  await expect(page.getByText(reset.text('gates-position', { current: 2, total: 2 }))).toBeVisible();
});

test('a decoy looks the same at every visit', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: 'unknown_names = "decoy"' });
  const seen = new Set<string>();
  for (const name of ['zed', 'ZED', 'SANDBOX\\zed', 'zed@sandbox.example']) {
    await reset.openAs(tenant, name);
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
    // Only the name that was typed differs.
    await expect(page.locator('.whose bdi')).toHaveText(name);
    seen.add((await page.locator('#reset').innerText()).replace(name, ''));
  }
  expect([...seen]).toHaveLength(1);
});

test('messages of a known and an unknown name are of one size', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: POLICY });
  const sizes = new Set<string>();
  for (const name of ['bob', 'zed', 'carol']) {
    await reset.open(tenant);
    const answered = page.waitForResponse('**/messages?*');
    await reset.identify(name);
    const answer = await answered;
    sizes.add(`${answer.request().postData()!.length} out, ${(await answer.body()).length} in`);
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
  }
  expect([...sizes]).toHaveLength(1);
});
