// A portal that forges, replays, swaps or holds messages: it cannot reset a password, and its
// statements about a password are never trusted.

import { type Page, type Route } from '@playwright/test';
import { CompactEncrypt } from 'jose';
import { randomBytes } from 'node:crypto';
import { ResetPage, goodPassword } from '../support/reset-page';
import { expect, test } from '../support/test';

const MESSAGES = '**/messages?*';
const JOSE = { 'content-type': 'application/jose' };

/** The forged answers of the portal, from the answers that it has seen so far. */
const FORGERIES: [what: string, forge: (seen: string[]) => Promise<string>][] = [
  ['a reply of its own making', () => made({ alg: 'dir', enc: 'A256GCM' })],
  [
    'a reply with the header of a real one',
    async (seen) => {
      const [header] = seen.at(-1)!.split('.');
      return made(JSON.parse(Buffer.from(header, 'base64url').toString()));
    },
  ],
  ['the last reply once more', async (seen) => seen.at(-1)!],
  ['the first reply once more', async (seen) => seen[0]],
  [
    'a real reply with one bit changed',
    async (seen) => {
      const parts = seen.at(-1)!.split('.');
      const bytes = Buffer.from(parts[3], 'base64url');
      bytes[0] ^= 1;
      parts[3] = bytes.toString('base64url');
      return parts.join('.');
    },
  ],
  ['JSON that says yes', async () => '{"ok":true,"step":"done"}'],
  ['nothing', async () => ''],
];

for (const [what, forge] of FORGERIES) {
  for (const delivered of [false, true]) {
    const fate = delivered ? 'set and' : 'thrown away and';
    test(`a password is ${fate} answered with ${what}: the page believes none of it`, async ({
      reset,
      tenant,
      page,
    }) => {
      const seen = await overhear(page);
      await reset.reachPassword(tenant, 'alice');
      await page.route(MESSAGES, async (route) => {
        if (delivered) await route.fetch();
        await route.fulfill({ status: 200, headers: JOSE, body: await forge(seen) });
      });
      await reset.setPassword(goodPassword());
      await reset.expectRefusal('unconfirmed', {}, 'above');
      await reset.expectNotDone();
      // A check through the forging portal resolves nothing; a check with the agent does.
      await reset.button('check-again').click();
      await reset.expectRefusal('unconfirmed', {}, 'above');
      await reset.expectNotDone();
      await page.unroute(MESSAGES);
      await overhear(page);
      await reset.button('check-again').click();
      if (delivered) await reset.expectDone();
      else await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
      expect(await reset.noticesTo('alice')).toBe(delivered ? 1 : 0);
    });
  }
}

test('gates are not passed by a forged reply', async ({ reset, tenant, page }) => {
  const seen = await overhear(page);
  // A complete flow, to get a genuine reply that asks for a password.
  await reset.reachPassword(tenant, 'frank');
  const asksForPassword = seen.at(-1)!;
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await page.route(MESSAGES, (route) => route.fulfill({ status: 200, headers: JOSE, body: asksForPassword }));
  await reset.answer('00000000');
  await reset.expectRefusal('not-from-agent', {}, 'above');
  await expect(reset.password).toHaveCount(0);
});

test('replies swapped between two people are believed by neither', async ({ reset, tenant, context }) => {
  const other = new ResetPage(await context.newPage());
  await reset.open(tenant);
  await other.open(tenant);
  const waiting: Route[] = [];
  let both = () => {};
  const arrived = new Promise<void>((resolve) => (both = resolve));
  for (const { page } of [reset, other]) {
    await page.route(MESSAGES, (route) => {
      waiting.push(route);
      if (waiting.length === 2) both();
    });
  }
  await reset.identify('alice');
  await other.identify('frank');
  await arrived;
  const answers = await Promise.all(waiting.map((route) => route.fetch()));
  await waiting[0].fulfill({ response: answers[1] });
  await waiting[1].fulfill({ response: answers[0] });
  await reset.expectRefusal('not-from-agent', {}, 'above');
  await other.expectRefusal('not-from-agent', {}, 'above');
});

test('a message delivered five times sets the password once', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await page.route(MESSAGES, async (route) => {
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => route.fetch()));
    await route.fulfill({ response: answers[4] });
  });
  await reset.complete();
  expect(await reset.noticesTo('alice')).toBe(1);
});

test('a password that is held back until the person went on is refused', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  let held: Route | undefined;
  await page.route(MESSAGES, async (route) => {
    held = route;
    await route.fulfill({ status: 200, headers: JOSE, body: '' });
  });
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('unconfirmed');
  await page.unroute(MESSAGES);
  await reset.button('check-again').click();
  await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
  // The agent's statement stays true even if the old message is delivered later.
  const url = held!.request().url();
  const late = await page.request.post(url, { headers: JOSE, data: held!.request().postDataBuffer()! });
  expect(late.status()).toBe(200);
  expect(await reset.noticesTo('alice')).toBe(0);
  await reset.complete();
  expect(await reset.noticesTo('alice')).toBe(1);
});

test('a message for one tenant is worth nothing at another', async ({ reset, tenant, addTenant, page }) => {
  const other = await addTenant();
  await reset.open(tenant);
  const statuses: number[] = [];
  await page.route(MESSAGES, async (route) => {
    const url = route.request().url().replace(`/api/${tenant.id}/`, `/api/${other.id}/`);
    const answer = await route.fetch({ url });
    statuses.push(answer.status());
    await route.fulfill({ response: answer });
  });
  await reset.identify('alice');
  await expect(page.locator('#refusal')).toBeFocused();
  expect(statuses[0]).toBeGreaterThanOrEqual(400);
  await expect(reset.button('gate-mail-send')).toHaveCount(0);
});

test('problems made up by the portal never say that a password was set, or that it was not', async ({
  reset,
  tenant,
  page,
}) => {
  await reset.reachPassword(tenant, 'alice');
  for (const status of [400, 403, 404, 408, 413, 415, 422, 429, 500, 502, 503, 504]) {
    await page.route(MESSAGES, (route) =>
      route.fulfill({ status, contentType: 'application/problem+json', body: '{"code":"service_down"}' }),
    );
    await reset.setPassword(goodPassword());
    await reset.expectRefusal('unconfirmed', {}, 'above');
    await expect(page.getByText('Nothing was changed')).toHaveCount(0);
    await page.unroute(MESSAGES);
    await reset.button('check-again').click();
    await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
  }
});

async function made(header: Record<string, unknown>): Promise<string> {
  const claim = new TextEncoder().encode('{"step":"done"}'.padEnd(512, '\0'));
  const protectedHeader = { ...header, alg: 'dir', enc: 'A256GCM' };
  return new CompactEncrypt(claim).setProtectedHeader(protectedHeader).encrypt(randomBytes(32));
}

/** Returns a list to which the replies through the portal are added. */
async function overhear(page: Page): Promise<string[]> {
  const seen: string[] = [];
  await page.route(MESSAGES, async (route) => {
    const answer = await route.fetch();
    seen.push(await answer.text());
    await route.fulfill({ response: answer });
  });
  return seen;
}
