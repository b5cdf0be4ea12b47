// While a password is typed, hints are shown and nothing leaves the page.

import { expect, test } from '../support/test';

test('hints follow every key, and no request leaves the page', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  // The help with choosing a password is loaded with the step, before any key.
  await expect(reset.help).toBeVisible();
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  const met = (id: string) => page.locator(`#${id}.met`);
  await reset.password.pressSequentially('kettle');
  await expect(met('rule-length')).toHaveCount(0);
  await expect(page.locator('#rule-length')).toContainText(reset.text('rule-length-so-far', { length: 6 }));
  await expect(met('rule-classes')).toHaveCount(0);
  await expect(met('rule-names')).toHaveCount(1);
  await reset.password.pressSequentially(' Alice 7');
  await expect(met('rule-length')).toHaveCount(1);
  await expect(met('rule-classes')).toHaveCount(1);
  await expect(met('rule-names')).toHaveCount(0);
  await reset.password.fill('green Kettle 7');
  await expect(met('rule-names')).toHaveCount(1);
  await reset.repetition.pressSequentially('green Kettle');
  await expect(met('rule-match')).toHaveCount(0);
  await reset.repetition.pressSequentially(' 7');
  await expect(met('rule-match')).toHaveCount(1);
  await reset.button('password-show-label').click();
  await expect(reset.password).toHaveAttribute('type', 'text');
  await expect(reset.repetition).toHaveAttribute('type', 'text');
  await reset.button('password-hide-label').click();
  await expect(reset.password).toHaveAttribute('type', 'password');
  expect(requests).toEqual([]);
  expect(page.url()).not.toContain('ettle');
  expect(await page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state]))).not.toContain(
    'ettle',
  );
});

test('nothing is sent while the user name and the code are typed either', async ({ reset, tenant, page }) => {
  await reset.open(tenant);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await reset.userName.pressSequentially('alice');
  expect(requests).toEqual([]);
  await reset.button('identify-submit').click();
  await reset.sendCode();
  requests.length = 0;
  await reset.mailCode.pressSequentially('12345');
  expect(requests).toEqual([]);
});

test('messages say nothing about what is in them by their size or their text', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  const sizes = new Set<number>();
  for (const length of [1, 5, 11, 32, 64]) {
    // Too simple for the directory: the agent refuses each password, and asks for another.
    const password = 'q'.repeat(length);
    const answered = page.waitForResponse('**/messages?*');
    await reset.setPassword(password);
    const sent = (await answered).request().postData()!;
    expect(sent).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+\.[\w-]+$/);
    expect(sent).not.toContain(password.repeat(length < 5 ? 9 : 1));
    sizes.add(sent.length);
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toBeVisible();
  }
  expect([...sizes]).toHaveLength(1);
});

test('all that is ever sent is sealed, to the portal, without cookies', async ({ reset, tenant, page, context }) => {
  const requests: { url: string; method: string; type?: string; cookie?: string; referer?: string }[] = [];
  page.on('request', async (request) => {
    const headers = await request.allHeaders().catch(() => request.headers());
    const { cookie, referer } = headers;
    requests.push({ url: request.url(), method: request.method(), type: headers['content-type'], cookie, referer });
  });
  await reset.reachPassword(tenant, 'alice');
  await reset.complete('Green kettle 7777');
  for (const { url, method, type, cookie, referer } of requests) {
    expect(url.startsWith(tenant.portal.url)).toBe(true);
    expect([cookie, referer]).toEqual([undefined, undefined]);
    if (method === 'POST')
      expect([new URL(url).pathname, type]).toEqual([`/api/${tenant.id}/messages`, 'application/jose']);
    else expect(method).toBe('GET');
  }
  expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(4);
  expect(await context.cookies()).toEqual([]);
});
