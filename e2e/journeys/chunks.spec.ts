// The chunks of the app that are loaded after the first step: missing, altered, or replaced by a newer
// build of the portal.

import { expect, test } from '../support/test';

const LATER = '**/assets/later-*.wasm';

test('without the later steps the page says that no answer came, and goes on once they come', async ({
  reset,
  tenant,
  page,
}) => {
  await page.route(LATER, (route) => route.abort());
  await reset.openAs(tenant, 'alice');
  await reset.expectRefusal('problem-no-answer', {}, 'above');
  await page.unroute(LATER);
  await reset.button('try-again').click();
  await reset.passMailGate('alice');
  await reset.complete();
});

test('later steps that were altered on their way do not run', async ({ reset, tenant, page }) => {
  await page.route(LATER, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  await reset.openAs(tenant, 'alice');
  await reset.expectRefusal('problem-no-answer', {}, 'above');
});

test('where a newer build has replaced the page, trying again loads a fresh one', async ({ reset, tenant, page }) => {
  await page.route(LATER, (route) => route.fulfill({ status: 404 }), { times: 4 });
  await reset.openAs(tenant, 'alice');
  await reset.expectRefusal('problem-no-answer', {}, 'above');
  const fresh = page.waitForEvent('load');
  await reset.button('try-again').click();
  await fresh;
  await reset.reachPassword(tenant, 'alice');
});

test('the later steps are there before anything is sent', async ({ reset, tenant, page }) => {
  const later = page.waitForResponse(LATER);
  await reset.open(tenant);
  expect((await later).ok()).toBe(true);
});
