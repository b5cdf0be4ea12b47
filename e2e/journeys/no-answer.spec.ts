// If no answer comes, the page says what is known, loses no input, and claims neither success nor
// failure.

import { type Page, type Route } from '@playwright/test';
import { audit } from '../support/axe';
import { goodPassword } from '../support/reset-page';
import { addressOf, mailedCode } from '../support/sandbox';
import { expect, test } from '../support/test';

const MESSAGES = '**/messages?*';

test('offline: nothing is lost, and trying again works', async ({ reset, tenant, page, context }) => {
  await reset.open(tenant);
  await context.setOffline(true);
  await reset.identify('alice');
  await reset.expectRefusal('offline', {}, 'above');
  await audit(page, 'offline');
  await expect(reset.userName).toHaveValue('alice');
  await context.setOffline(false);
  // The name is sent again, without another click.
  await reset.button('try-again').click();
  await reset.sendCode();

  const code = await mailedCode(page.request, tenant, addressOf('alice'));
  await context.setOffline(true);
  await reset.answer(code);
  await reset.expectRefusal('offline', {}, 'above');
  await context.setOffline(false);
  await reset.button('try-again').click();
  await expect(page.locator('#refusal')).toHaveCount(0);
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();

  await context.setOffline(true);
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('offline', {}, 'above');
  await context.setOffline(false);
  await reset.button('try-again').click();
  await expect(page.locator('#refusal')).toHaveCount(0);
  await reset.complete();
});

const ANSWERS: [what: string, how: (route: Route) => Promise<void>][] = [
  ['a bad gateway', (route) => route.fulfill({ status: 502, contentType: 'text/html', body: '<h1>Bad gateway</h1>' })],
  ['a time-out of a proxy', (route) => route.fulfill({ status: 504, body: '' })],
  ['a fault', (route) => route.fulfill({ status: 500, contentType: 'application/json', body: '{"ok":true}' })],
  ['a broken connection', (route) => route.abort('connectionreset')],
  ['no such name', (route) => route.abort('namenotresolved')],
];

for (const [what, how] of ANSWERS) {
  test(`${what} is no answer`, async ({ reset, tenant, page }) => {
    await reset.open(tenant);
    await page.route(MESSAGES, how);
    await reset.identify('alice');
    await reset.expectRefusal('problem-no-answer', {}, 'above');
    await page.unroute(MESSAGES);
    await expect(reset.userName).toHaveValue('alice');
    await reset.button('try-again').click();
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
  });
}

const NOT_THE_AGENTS: [what: string, body: string, contentType: string][] = [
  ['nothing', '', 'application/jose'],
  ['HTML', '<!doctype html><h1>Sign in to the Wi-Fi</h1>', 'text/html'],
  ['JSON that says yes', '{"ok":true,"step":"done"}', 'application/json'],
  ['noise', '\u0000\u0001ÿ'.repeat(5000), 'application/jose'],
];

for (const [what, body, contentType] of NOT_THE_AGENTS) {
  test(`${what} is not the agent’s answer`, async ({ reset, tenant, page }) => {
    await reset.open(tenant);
    await page.route(MESSAGES, (route) => route.fulfill({ status: 200, contentType, body }));
    await reset.identify('alice');
    await reset.expectRefusal('not-from-agent', {}, 'above');
  });
}

const PROBLEMS: [status: number, key: string, again: 'try-again'][] = [
  [503, 'problem-service-down', 'try-again'],
  [429, 'problem-too-many-requests', 'try-again'],
];

for (const [status, key, again] of PROBLEMS) {
  test(`status ${status} is told as ${key}`, async ({ reset, tenant, page }) => {
    await reset.open(tenant);
    await page.route(MESSAGES, (route) =>
      route.fulfill({ status, contentType: 'application/problem+json', body: '{}' }),
    );
    await reset.identify('alice');
    await reset.expectRefusal(key, {}, 'above');
    await page.unroute(MESSAGES);
    await reset.button(again).click();
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
  });
}

test('an answer that hangs is not waited for', async ({ reset, tenant, page }) => {
  await page.clock.install();
  await reset.open(tenant);
  await page.route(MESSAGES, () => {});
  await reset.identify('alice');
  await expect(reset.button('working-identify')).toBeVisible();
  await page.clock.fastForward(125_000);
  await reset.expectRefusal('problem-no-answer');
});

test('a message that cannot be opened is told, and the page reloads', async ({ reset, tenant, page }) => {
  await reset.open(tenant);
  // As if the agent had a new key since the page was loaded.
  await page.route(MESSAGES, (route) =>
    route.fulfill({ status: 400, contentType: 'application/problem+json', body: '{}' }),
  );
  await reset.identify('alice');
  await expect(page.locator('#refusal')).toBeFocused();
  await page.unroute(MESSAGES);
  const loaded = page.waitForEvent('load');
  await reset.button('try-again').click();
  await loaded;
  await reset.ready();
});

test('a connection lost while the password was on its way is in doubt, not “nothing was changed”', async ({
  reset,
  tenant,
  page,
  context,
}) => {
  await reset.reachPassword(tenant, 'alice');
  await lose(page, async () => context.setOffline(true));
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await audit(page, 'unconfirmed');
  // Still offline: a check does not resolve the doubt.
  await page.unroute(MESSAGES);
  await reset.button('check-again').click();
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await expect(page.getByText(reset.text('offline.do'))).toHaveCount(0);
  await context.setOffline(false);
  await reset.button('check-again').click();
  await reset.expectDone();
});

test('a request lost before it arrived: the agent says that nothing was changed', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await page.route(MESSAGES, (route) => route.abort('connectionreset'));
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await page.unroute(MESSAGES);
  await reset.button('check-again').click();
  await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
  await audit(page, 'unchanged');
  await reset.complete();
});

test('a lost answer to a code is asked for again', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await lose(page);
  await reset.answerMailedCode('alice');
  await reset.expectRefusal('problem-no-answer', {}, 'above');
  await page.unroute(MESSAGES);
  // The agent has accepted the code, and now the page is told.
  await reset.button('try-again').click();
  await expect(reset.password).toBeVisible();
});

/** Delivers messages from now on, and loses their answers. */
async function lose(page: Page, then: () => Promise<void> = async () => {}): Promise<void> {
  await page.route(MESSAGES, async (route) => {
    await route.fetch();
    await then();
    await route.abort('connectionreset');
  });
}
