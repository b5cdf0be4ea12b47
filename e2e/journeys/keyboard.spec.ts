// All flows with the keyboard only: the focus is on the element for the next action, and always
// visible.

import { KeyboardPage, expectSeen, tabTo } from '../support/keyboard-page';
import { goodPassword } from '../support/reset-page';
import { addressOf, authenticatorCode, mailedCode } from '../support/sandbox';
import { WAYS } from '../support/states';
import { expect, test } from '../support/test';

test('a reset by keyboard alone', async ({ reset, tenant, page }) => {
  await reset.open(tenant);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: reset.text('skip-to-content') })).toBeFocused();
  await expectSeen(page);
  await page.keyboard.press('Enter');
  await tabTo(page, reset.userName);
  // An empty field first: the error moves the focus to the field.
  await page.keyboard.press('Enter');
  await reset.expectFieldInError();
  await page.keyboard.type('nobody');
  await page.keyboard.press('Enter');
  await reset.expectRefusal('reason-user-not-found', {}, 'field');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('bob');
  await page.keyboard.press('Enter');

  await expect(reset.heading).toBeFocused();
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await page.keyboard.press('Tab');
  await expect(page.locator('.choice').first()).toBeFocused();
  await expectSeen(page);
  await page.keyboard.press('Tab');
  await expect(page.locator('.choice').nth(1)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(reset.appCode).toBeFocused();
  await page.keyboard.type('000000');
  await page.keyboard.press('Enter');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
  await tabTo(page, reset.button('gate-other'));
  await page.keyboard.press('Enter');
  await expect(reset.heading).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await expect(reset.heading).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(reset.button('gate-mail-send')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(reset.mailCode).toBeFocused();
  await page.keyboard.type(await mailedCode(page.request, tenant, addressOf('bob')));
  await page.keyboard.press('Enter');

  await expect(reset.password).toBeFocused();
  await expect(reset.help).toBeVisible();
  const password = goodPassword();
  await page.keyboard.type(password);
  await page.keyboard.press('Tab');
  await expect(reset.button('password-show-label')).toBeFocused();
  await expectSeen(page);
  await page.keyboard.press('Space');
  await expect(reset.password).toHaveAttribute('type', 'text');
  await page.keyboard.press('Space');
  await expect(reset.password).toHaveAttribute('type', 'password');
  await page.keyboard.press('Tab');
  await expect(reset.button('passphrase-suggest')).toBeFocused();
  await expectSeen(page);
  await page.keyboard.press('Tab');
  await expect(reset.repetition).toBeFocused();
  await page.keyboard.type('something else');
  await page.keyboard.press('Enter');
  await reset.expectFieldInError(reset.repetition);
  await expect(page.getByText(reset.text('password-mismatch'))).toBeVisible();
  await page.keyboard.press('Control+A');
  await page.keyboard.type(password);
  await page.keyboard.press('Tab');
  await expect(reset.button('password-submit')).toBeFocused();
  await page.keyboard.press('Space');
  await reset.expectDone();
});

for (const [way, states] of Object.entries(WAYS)) {
  test(`every state by keyboard alone: ${way}`, async ({ page, context, addTenant }) => {
    test.setTimeout(240_000);
    const reset = new KeyboardPage(page);
    let seen = 0;
    for await (const _ of states({ reset, lang: 'en', context, addTenant })) seen += 1;
    expect(seen).toBeGreaterThan(1);
  });
}

test('a refusal that is about no field has the focus, and its button is next', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'ken');
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('reason-directory-unreachable', {}, 'above');
  await page.keyboard.press('Tab');
  await expect(reset.password).toBeFocused();
});

test('every stop of the Tab key is to be seen and is in the order of the page', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await expect(reset.help).toBeVisible();
  await page.locator('body').evaluate(() => (document.activeElement as HTMLElement).blur());
  await page.evaluate(() => getSelection()?.removeAllRanges());
  const places: number[] = [];
  for (let stop = 0; stop < 30; stop++) {
    await page.keyboard.press('Tab');
    const place = await page.evaluate(() => {
      const all = [...document.querySelectorAll('*')];
      return document.activeElement === document.body ? -1 : all.indexOf(document.activeElement!);
    });
    if (place === -1 || places.includes(place)) break;
    places.push(place);
    await expectSeen(page);
  }
  expect(places.length).toBeGreaterThan(8);
  const first = places.indexOf(Math.min(...places));
  const inOrder = [...places.slice(first), ...places.slice(0, first)];
  expect(inOrder).toEqual([...inOrder].sort((a, b) => a - b));
});

test('the authenticator gate works by keyboard', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'bob');
  await reset.chooseGate('authenticator');
  await expect(reset.appCode).toBeFocused();
  await page.keyboard.type(await authenticatorCode(page.request, tenant, 'bob'));
  await page.keyboard.press('Enter');
  await expect(reset.password).toBeFocused();
});
