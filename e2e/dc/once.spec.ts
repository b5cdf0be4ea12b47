// A password is set once or not at all, whatever happens to its message.

import { setTimeout } from 'node:timers/promises';
import type { Route } from '@playwright/test';
import { holdPassword, keepAll, post } from './support/message';
import { binds, FIRST_PASSWORD } from './support/directory';
import { expect, GOOD, test } from './support/fixtures';
import { ResetPage } from '../support/reset-page';

test('every message of a reset, sent again, gets its stored answer and changes nothing', async ({
  reset,
  addCorp,
  directory,
  mails,
  page,
  reachPassword,
}) => {
  const corp = await addCorp();
  const messages = keepAll(page);
  const { person, before } = await reachPassword(corp.tenant);
  await reset.setPassword('too-short');
  await reset.expectRefusal('reason-too-short', {}, 'field');
  await reset.complete(GOOD);
  await mails.arrived(person.mail, 2);
  const first = await Promise.all(messages.map(async (message) => (await message.response())!.text()));
  expect(first).toHaveLength(5);
  const again = async () => {
    for (const [place, message] of messages.entries()) {
      expect(await post(message)).toEqual({ status: 200, text: first[place] });
    }
    expect(await directory.keyVersion(person)).toBe(before + 1);
  };
  await again();
  await corp.tenant.takeDown();
  await corp.tenant.start();
  await again();
  // No second notice is mailed either.
  expect(mails.to(person.mail)).toHaveLength(2);
  console.log(`replayed: 10 messages, key version ${before}, then ${before + 1}`);
});

test('20 posts of one message at the same time set the password once', async ({
  reset,
  shared,
  directory,
  mails,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  const route = await holdPassword(reset, GOOD);
  const answers = await Promise.all(Array.from({ length: 20 }, () => post(route.request())));
  expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
  expect(answers[0].status).toBe(200);
  expect(await directory.keyVersion(person)).toBe(before + 1);
  await route.continue();
  await reset.expectDone();
  expect(await directory.keyVersion(person)).toBe(before + 1);
  expect(await binds(person, GOOD)).toBe(true);
  expect(mails.to(person.mail).length).toBeLessThanOrEqual(2);
  console.log(`20 at once and one more: key version ${before}, then ${before + 1}`);
});

test('a message that is held past its expiry changes nothing, and that is told', async ({
  reset,
  shared,
  directory,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  const { route, left } = await holdShortLived(reset);
  await passed(left());
  await route.continue();
  await reset.expectRefusal('reason-message-expired', {}, 'above');
  expect(await directory.keyVersion(person)).toBe(before);
  // Posting the message again later does not set it either.
  await post(route.request());
  expect(await directory.keyVersion(person)).toBe(before);
  expect(await binds(person, FIRST_PASSWORD)).toBe(true);
});

test('a portal that keeps the answer and sends the message again too late cannot make it look undone', async ({
  reset,
  shared,
  directory,
  page,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  const { route, left } = await holdShortLived(reset);
  const kept = await post(route.request());
  expect(await directory.keyVersion(person)).toBe(before + 1);
  await passed(left());
  await route.continue();
  await reset.expectDone();
  expect((await post(route.request())).text).toBe(kept.text);
  expect(await directory.keyVersion(person)).toBe(before + 1);
  await expect(page.getByText(reset.text('reason-message-expired'))).toHaveCount(0);
});

test('a message for one tenant is not accepted by another', async ({
  reset,
  shared,
  addCorp,
  directory,
  reachPassword,
}) => {
  const other = await addCorp();
  const { person, before } = await reachPassword(shared.tenant);
  const route = await holdPassword(reset, GOOD);
  const elsewhere = route.request().url().replace(shared.tenant.id, other.tenant.id);
  expect((await post(route.request(), elsewhere)).status).toBe(422);
  expect(await directory.keyVersion(person)).toBe(before);
  await route.continue();
  await reset.expectDone();
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('an answer that never came is asked for again, and it is the truth', async ({
  reset,
  shared,
  directory,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  const route = await holdPassword(reset, GOOD);
  await post(route.request());
  await route.abort();
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await reset.button('check-again').click();
  await reset.expectDone();
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('a message that never arrived is found not to have arrived', async ({
  reset,
  shared,
  directory,
  page,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  await (await holdPassword(reset, GOOD)).abort();
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await reset.button('check-again').click();
  await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
  expect(await directory.keyVersion(person)).toBe(before);
  await reset.complete(GOOD);
  expect(await directory.keyVersion(person)).toBe(before + 1);
});

test('two tabs of one flow set one password', async ({ reset, shared, directory, page, reachPassword }) => {
  const { person, before } = await reachPassword(shared.tenant);
  // A duplicated tab has a copy of the session storage.
  const storage = await page.evaluate(() => ({ ...sessionStorage }));
  const second = new ResetPage(await page.context().newPage());
  await second.page.addInitScript((kept) => Object.assign(sessionStorage, kept), storage);
  await second.visit(shared.tenant);
  await expect(second.password).toBeVisible();
  const passwords = [`${GOOD}-1`, `${GOOD}-2`];
  await Promise.all([reset.setPassword(passwords[0]), second.setPassword(passwords[1])]);
  const done = (tab: ResetPage) => tab.page.getByText(tab.text('done-title'));
  const refused = (tab: ResetPage) => tab.page.getByText(tab.text('reason-flow-expired'));
  // The tab that resumed the flow last has its token.
  await expect(done(second)).toBeVisible();
  await expect(refused(reset)).toBeVisible();
  expect(await directory.keyVersion(person)).toBe(before + 1);
  expect(await binds(person, passwords[1])).toBe(true);
  expect(await binds(person, passwords[0])).toBe(false);
});

test('of two flows for one person the second ends with the first', async ({
  reset,
  shared,
  directory,
  page,
  reachPassword,
}) => {
  const { person, before } = await reachPassword(shared.tenant);
  const second = new ResetPage(await page.context().newPage());
  await reachPassword(shared.tenant, { person, page: second });
  await reset.complete(`${GOOD}-1`);
  expect(await directory.keyVersion(person)).toBe(before + 1);
  await second.setPassword(`${GOOD}-2`);
  await second.expectRefusal('reason-flow-expired', {}, 'above');
  expect(await directory.keyVersion(person)).toBe(before + 1);
  expect(await binds(person, `${GOOD}-1`)).toBe(true);
});

/** Sends the password in a message that is valid for 5 s, and holds it. */
async function holdShortLived(reset: ResetPage): Promise<{ route: Route; left: () => number }> {
  // A message is valid for 120 s by the page's clock, which is set back here.
  await reset.page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() - 115_000;
  });
  const route = await holdPassword(reset, GOOD);
  const header = route.request().postData()!.split('.')[0];
  const { exp } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { exp: number };
  return { route, left: () => exp * 1000 - Date.now() };
}

/**
 * Waits until a time has certainly passed: the clocks here count whole seconds. A real wait: what is
 * tested is that the shared agent, which has the machine's clock, refuses what has expired.
 */
async function passed(milliseconds: number): Promise<void> {
  expect(milliseconds).toBeLessThanOrEqual(6_000);
  await setTimeout(milliseconds + 1_000);
}
