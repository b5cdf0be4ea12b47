// A reset that works, from the user name to the confirmation.

import { audit } from '../support/axe';
import { GOOD } from '../support/reset-page';
import { addressOf, mails } from '../support/sandbox';
import { expect, test } from '../support/test';

test('a mailed code resets a password', async ({ reset, page, contoso }) => {
  await reset.open(contoso);
  await expect(page).toHaveTitle(/Contoso/);
  await audit(page, 'identify');
  await reset.identify('alice');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await expect(page.getByText(reset.text('gate-mail-to', { address: 'a••@s••.example' }))).toBeVisible();
  await audit(page, 'mail gate before the code');
  await reset.sendCode();
  await expect(reset.mailCode).toBeFocused();
  await audit(page, 'mail gate');
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeFocused();
  await audit(page, 'new password');
  await reset.setPassword(GOOD);
  await reset.expectDone();
  await audit(page, 'done');
  await expect(page.locator('body')).toMatchAriaSnapshot({ name: 'done.aria.yml' });
  const [notice] = await mails(page.request, contoso, addressOf('alice'));
  expect(notice.subject).toBe(reset.text('mail-done-subject'));
});
