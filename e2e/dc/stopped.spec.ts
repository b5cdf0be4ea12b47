// An agent that is killed while it sets a password: the user is told that the result could not be
// confirmed, and then the actual result.

import { setTimeout } from 'node:timers/promises';
import { ONE_NETWORK } from '../support/stack';
import { binds, FIRST_PASSWORD } from './support/directory';
import { expect, GOOD, test } from './support/fixtures';
import { Kind } from './support/wire';

/** The times at which the agent is killed, in milliseconds after it got the message. For
 * `cargo xtask kills` they are many random ones. */
const MOMENTS = process.env.POSTERN_KILLS
  ? Array.from({ length: Number(process.env.POSTERN_KILLS) }, () => Math.random() * 60)
  : [0, 3, 6, 10, 15, 20, 30, 45];

test('killed before it looked at the message: nothing was changed', async ({
  reset,
  addCorp,
  directory,
  page,
  reachPassword,
}) => {
  const { tenant, relay } = await addCorp();
  const { person, before } = await reachPassword(tenant);
  const asked = relay.following(Kind.Ask);
  tenant.freeze();
  await reset.setPassword(GOOD);
  await asked();
  await tenant.takeDown();
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await tenant.start();
  await reset.button('check-again').click();
  await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
  expect(await directory.keyVersion(person)).toBe(before);
  expect(await binds(person, FIRST_PASSWORD)).toBe(true);
  await reset.complete(GOOD);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('killed after it set the password and before its answer arrived: it is set', async ({
  reset,
  addCorp,
  directory,
  reachPassword,
}) => {
  const { tenant, relay } = await addCorp();
  const { person, before } = await reachPassword(tenant);
  const answered = relay.following(Kind.Answer);
  relay.freeze('out');
  await reset.setPassword(GOOD);
  await answered();
  await tenant.takeDown();
  await reset.expectRefusal('unconfirmed', {}, 'above');
  relay.open();
  await tenant.start();
  await reset.button('check-again').click();
  await reset.expectDone();
  expect(await directory.keyVersion(person)).toBe(before + 1);
  expect(await binds(person, GOOD)).toBe(true);
});

test('killed at any moment: what is said is true, and nothing is set twice', async ({
  reset,
  addCorp,
  directory,
  page,
  reachPassword,
}) => {
  test.setTimeout(MOMENTS.length * 20_000);
  // All of these people come from one network.
  const { tenant, relay } = await addCorp({ policy: ONE_NETWORK });
  const seen = { set: 0, unchanged: 0, 'in doubt': 0 };
  for (const delay of MOMENTS) {
    const { person, before } = await reachPassword(tenant);
    const asked = relay.following(Kind.Ask);
    await reset.setPassword(GOOD);
    await asked();
    // A real wait: the moment of the kill is what is tested.
    await setTimeout(delay);
    await tenant.takeDown();
    await tenant.start();
    const told = (key: string) => page.getByText(reset.text(key));
    const done = told('done-title');
    const check = reset.button('check-again');
    await expect(done.or(check)).toBeVisible();
    if (await check.isVisible()) await check.click();
    const inDoubt = page.getByText(reset.text('reason-in-doubt.do'));
    const unchanged = told('unchanged');
    await expect(done.or(inDoubt).or(unchanged)).toBeVisible();
    const risen = (await directory.keyVersion(person)) - before;
    if (await done.isVisible()) {
      seen.set += 1;
      expect(risen).toBe(1);
      expect(await binds(person, GOOD)).toBe(true);
    } else if (await unchanged.isVisible()) {
      seen.unchanged += 1;
      expect(risen).toBe(0);
    } else {
      seen['in doubt'] += 1;
      expect(risen).toBeLessThanOrEqual(1);
    }
    await page.evaluate(() => sessionStorage.clear());
  }
  console.log(`killed ${MOMENTS.length} times after the message was handed over: ${JSON.stringify(seen)}`);
});

test('an agent that is gone is said at step 1, before anything is asked', async ({ reset, addCorp }) => {
  const { tenant } = await addCorp();
  await tenant.takeDown();
  await reset.visit(tenant);
  await expect(reset.heading).toHaveText(reset.text('down-title'));
  await expect(reset.userName).toHaveCount(0);
  await tenant.start();
  await reset.page.getByRole('link', { name: reset.text('try-again') }).click();
  await reset.ready();
});
