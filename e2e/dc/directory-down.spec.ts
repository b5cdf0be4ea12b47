// The domain controller is suspended. No other test runs meanwhile.

import { dc } from './support/environment';
import { expect, GOOD, test } from './support/fixtures';

test.afterEach(() => process.kill(-dc.group, 'SIGCONT'));

test('a domain controller that does not answer: said at step 1 and at the last, and nothing is changed', async ({
  reset,
  addCorp,
  directory,
  page,
  reachPassword,
}) => {
  test.slow();
  const { tenant } = await addCorp();
  const { person, before } = await reachPassword(tenant);
  process.kill(-dc.group, 'SIGSTOP');
  await reset.setPassword(GOOD);
  const other = await page.context().newPage();
  await expect.poll(() => tenant.service(), { timeout: 20_000 }).toBe('down');
  await other.goto(page.url());
  await expect(other.getByRole('heading', { level: 1 })).toHaveText(reset.text('down-title'));
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible({ timeout: 35_000 });
  await reset.expectRefusal('reason-directory-unreachable', {}, 'above');
  process.kill(-dc.group, 'SIGCONT');
  await expect.poll(() => tenant.service(), { timeout: 20_000 }).toBe('up');
  expect(await directory.keyVersion(person)).toBe(before);
  await reset.complete(GOOD);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});
