// Under load the page does the proof of work by itself; beyond the cap it shows advice; other
// networks are not affected. Each test has a portal of its own, with thresholds that one user
// reaches.

import type { Page, Request, Response } from '@playwright/test';
import { audit } from '../support/axe';
import { ResetPage } from '../support/reset-page';
import { addressOf, mails } from '../support/sandbox';
import { Portal, type Tenant, freePort } from '../support/stack';
import { expect, test as base } from '../support/test';

const HERE = '198.51.100.7';
const ELSEWHERE = '203.0.113.9';

interface Fixtures {
  /** Starts a portal with these lines of configuration, and a tenant on it. */
  on: (settings: string) => Promise<Tenant>;
}

const test = base.extend<Fixtures>({
  on: async ({}, use) => {
    const started: { portal: Portal; tenant: Tenant }[] = [];
    await use(async (settings) => {
      const portal = await Portal.start(await freePort(), { settings });
      const tenant = await portal.add();
      started.push({ portal, tenant });
      return tenant;
    });
    for (const { portal, tenant } of started) {
      await tenant.kill();
      await portal.stop();
    }
  },
});

test.use({ extraHTTPHeaders: { 'x-forwarded-for': HERE } });

/** Records the messages that the page posts from now on. */
function posted(page: Page): Request[] {
  const requests: Request[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') requests.push(request);
  });
  return requests;
}

/** Reports whether an answer asks for no further work. */
function isFinal(response: Response): boolean {
  return !response.headers()['postern-challenge'];
}

test('a reset under pressure succeeds, with the same sealed messages and a proof', async ({ reset, page, on }) => {
  const tenant = await on('behind_proxy = true\n[throttle]\nnetwork_free = 1\nleast_bits = 8\nmost_bits = 12');
  const requests = posted(page);
  await reset.reachPassword(tenant, 'alice');
  await reset.complete();
  await audit(page, 'done under pressure');

  const proven = requests.filter((request) => request.headers()['postern-proof']);
  expect(requests).toHaveLength(4 + proven.length);
  // The count decays every second, so the first or the first two messages are free.
  expect(proven.length).toBeGreaterThanOrEqual(2);
  for (const request of proven) {
    const asked = requests[requests.indexOf(request) - 1];
    const answer = (await asked.response())!;
    expect(answer.status()).toBe(429);
    const { 'postern-challenge': challenge, 'retry-after': wait } = answer.headers();
    expect(wait).toBeUndefined();
    expect(request.headers()['postern-proof']).toContain(`${challenge}.`);
    expect(request.postData()).toBe(asked.postData());
    expect((await request.response())!.status()).toBe(200);
  }
});

test('the work is told, and the page stays alive meanwhile', async ({ reset, page, on }) => {
  const tenant = await on('behind_proxy = true\n[throttle]\nnetwork_free = 1\nleast_bits = 19\nmost_bits = 19');
  // The count decays every second: after two messages it is above one for a while.
  for (let sent = 0; sent < 2; sent++) {
    await reset.openAs(tenant, 'bob');
    await expect(reset.heading).toHaveText(reset.text('gates-title'), { timeout: 30_000 });
  }
  await reset.chooseGate('mail');
  // Observed in the page itself, because the work may by chance be very short.
  await page.evaluate((busy) => {
    const seen = { said: new Set<string>(), longest: 0, total: 0 };
    Object.assign(window, { seen });
    const working = (): boolean => document.querySelector('#reset button[type=submit]')?.textContent === busy;
    new MutationObserver(() => {
      for (const one of document.querySelectorAll('button, [role=status]')) {
        if (one.textContent === busy) seen.said.add(one.getAttribute('role') ?? 'button');
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
    let last = performance.now();
    const look = (): void => {
      const passed = performance.now() - last;
      last += passed;
      if (working()) {
        seen.longest = Math.max(seen.longest, passed);
        seen.total += passed;
      }
      // Not a wait: how late the page calls this is what is measured.
      setTimeout(look, 0);
    };
    look();
  }, reset.text('working-busy'));
  await reset.button('gate-mail-send').click();
  await expect(reset.mailCode).toBeVisible({ timeout: 60_000 });
  type Seen = { said: Set<string>; longest: number; total: number };
  const { said, longest, total } = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: Seen };
    return { ...seen, said: [...seen.said].sort() };
  });
  expect(said).toEqual(['button', 'status']);
  // Work that blocked the page would be one long stretch; short work proves nothing.
  if (total > 1000) expect(longest, `of ${total} ms, in which the page heard nothing`).toBeLessThan(total / 2);
});

test('beyond the cap the page says what to do, and another network is not affected', async ({
  reset,
  page,
  on,
  browser,
}) => {
  const settings = 'behind_proxy = true\n[throttle]\nnetwork_free = 1\nnetwork_cap = 2\nleast_bits = 4\nmost_bits = 6';
  const tenant = await on(settings);
  // The count decays every second, so the third or the fourth message exceeds the cap.
  const refused = page.getByRole('alert').filter({ hasText: /\S/ });
  let answer!: Response;
  for (let sent = 0; sent < 4 && !(await refused.isVisible()); sent++) {
    await reset.open(tenant);
    const last = page.waitForResponse((response) => response.url().includes('/messages?') && isFinal(response));
    await reset.identify('bob');
    answer = await last;
    await expect(page.locator('.choices').or(refused)).toBeVisible();
  }
  expect([answer.status(), answer.headers()['retry-after']]).toEqual([429, '60']);
  await reset.expectRefusal('problem-too-many-requests', {}, 'above');
  await audit(page, 'problem-too-many-requests');

  const context = await browser.newContext({ extraHTTPHeaders: { 'x-forwarded-for': ELSEWHERE } });
  const elsewhere = new ResetPage(await context.newPage());
  const requests = posted(elsewhere.page);
  await elsewhere.openAs(tenant, 'bob');
  await expect(elsewhere.heading).toHaveText(elsewhere.text('gates-title'));
  expect(requests).toHaveLength(1);
  await context.close();
});

test('without a proxy nobody chooses the network that they come from', async ({ page, on }) => {
  const tenant = await on('[throttle]\nnetwork_free = 1\nnetwork_cap = 2');
  // Well formed, but no agent can open it.
  const data = 'e30.AAAA.AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA';
  const statuses: number[] = [];
  const codes: string[] = [];
  for (const network of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4', '192.0.2.5']) {
    const headers = { 'content-type': 'application/jose', 'x-forwarded-for': network };
    const url = `${tenant.portal.url}/api/${tenant.id}/messages`;
    const answer = await page.request.post(url, { headers, data });
    const problem = await answer.json();
    statuses.push(answer.status());
    codes.push(problem.code);
    expect(problem.challenge).toEqual(answer.headers()['postern-challenge']);
  }
  // The count decays every second, so the second message may still be free.
  expect(statuses[0]).toBe(422);
  expect(statuses[4]).toBe(429);
  expect(codes[4]).toBe('too_many_requests');
});

test('a second code is waited for, and the first one works meanwhile', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: 'pause_seconds = 30' });
  await page.clock.install();
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await page.clock.runFor(10_000);
  await reset.button('gate-mail-resend').click();
  await reset.expectRefusal('reason-sent-too-recently', {}, 'above');
  // The time is shown without a date.
  await expect(page.getByRole('alert').filter({ hasText: /\b\d\d:\d\d\b/ })).toBeVisible();
  await audit(page, 'reason-sent-too-recently');
  expect(await mails(page.request, tenant, addressOf('alice'))).toHaveLength(1);
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeVisible();
});

test('whoever has no code to type is told when there is one, and of other ways', async ({ reset, addTenant }) => {
  const tenant = await addTenant({ policy: 'pause_seconds = 30\nnetwork_codes = 2' });
  const ask = async (login: string): Promise<void> => {
    await reset.openAs(tenant, login);
  };
  await ask('alice');
  await expect(reset.mailCode).toBeVisible();
  await ask('alice');
  await reset.expectRefusal('unsent-reason-sent-too-recently', {}, 'above');
  await ask('frank');
  await expect(reset.mailCode).toBeVisible();
  await ask('grace');
  await reset.expectRefusal('gate-reason-too-many-from-network', {}, 'above');
});
