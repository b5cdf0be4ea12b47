// The agent gets another key while a page is open: the page fetches it once and seals again,
// without an error.

import type { Page, Request, Route } from '@playwright/test';
import { goodPassword } from '../support/reset-page';
import { keyOf } from '../support/stack';
import { expect, test } from '../support/test';

const MESSAGES = '**/messages?*';

test('a user name sealed to a retired key is sealed to the new one', async ({ reset, tenant, page }) => {
  await reset.open(tenant);
  await tenant.renewKey();
  const asked = count(page, '/keys');
  const sent = count(page, '/messages');
  await reset.identify('alice');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await expect(page.locator('#refusal')).toHaveCount(0);
  // The following messages are sealed to the new key at once.
  await reset.passMailGate('alice');
  await expect(reset.password).toBeVisible();
  expect([asked.length, sent.length]).toEqual([1, 4]);
});

test('a password sealed to a retired key is sealed to the new one, and set once', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await tenant.renewKey();
  const asked = count(page, '/keys');
  await reset.complete();
  expect(asked).toHaveLength(1);
  expect(await reset.noticesTo('alice')).toBe(1);
});

for (const arrived of [true, false]) {
  test(`a password ${arrived ? 'whose answer was' : 'that was'} lost, then another key: checking tells`, async ({
    reset,
    tenant,
    page,
  }) => {
    await reset.reachPassword(tenant, 'alice');
    await page.route(MESSAGES, async (route) => {
      if (arrived) await route.fetch();
      await route.abort('connectionreset');
    });
    await reset.setPassword(goodPassword());
    await reset.expectRefusal('unconfirmed', {}, 'above');
    await page.unroute(MESSAGES);
    await tenant.renewKey();
    await reset.button('check-again').click();
    if (arrived) await reset.expectDone();
    else await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
  });
}

test('a portal that says so falsely, after it delivered the password: what the agent says is shown', async ({
  reset,
  tenant,
  page,
}) => {
  await reset.reachPassword(tenant, 'alice');
  const falsely = async (route: Route): Promise<void> => {
    await route.fetch();
    await tenant.renewKey();
    await route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{}' });
  };
  await page.route(MESSAGES, falsely, { times: 1 });
  await reset.complete();
});

test('where there is no other key, it is asked for once, and the doubt stays', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  const asked = count(page, '/keys');
  const sent = count(page, '/messages');
  await page.route(MESSAGES, (route) =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{}' }),
  );
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('unconfirmed', {}, 'above');
  expect([asked.length, sent.length]).toEqual([1, 1]);
});

test('what a portal gives that is no key set is no key', async ({ reset, tenant, page }) => {
  const key = await keyOf(tenant);
  const sets = [
    '',
    '<h1>Bad gateway</h1>',
    'null',
    '{}',
    '{"keys":{}}',
    '{"keys":[null,{"e":"AQAB","n":"AQAB"}]}',
    JSON.stringify({ keys: [{ ...key, e: 'Aw' }] }),
  ];
  await page.route(MESSAGES, (route) =>
    route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{}' }),
  );
  await reset.open(tenant);
  for (const body of sets) {
    await page.route('**/keys', (route) =>
      route.fulfill({ status: 200, contentType: 'application/jwk-set+json', body }),
    );
    await reset.identify('alice');
    await reset.expectRefusal('problem-not-accepted', {}, 'above');
    await page.unroute('**/keys');
    await page.reload();
    await reset.ready();
  }
});

/** Records the requests to an address of the tenant from now on. */
function count(page: Page, address: string): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => {
    if (new URL(request.url()).pathname.endsWith(address)) requests.push(request);
  });
  return requests;
}
