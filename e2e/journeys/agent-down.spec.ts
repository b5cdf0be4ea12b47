// The tenant's agent is down: the page says so before any input, and never hides it later.

import { audit, auditIn } from '../support/axe';
import { goodPassword } from '../support/reset-page';
import { Portal, freePort } from '../support/stack';
import { expect, test } from '../support/test';
import { languages } from '../support/words';

for (const lang of languages) {
  test(`${lang}: step 1 says that the service is down, with 503`, async ({ reset, tenant, page }) => {
    await tenant.takeDown();
    const answer = await page.goto(`${tenant.portal.url}/${tenant.id}/?lang=${lang}`);
    expect(answer!.status()).toBe(503);
    expect(answer!.headers()['retry-after']).toMatch(/^\d+$/);
    reset.tenant = tenant;
    reset.language = lang;
    await expect(reset.heading).toHaveText(reset.text('down-title'));
    await expect(page.getByText(reset.text('problem-service-down.do'))).toBeVisible();
    await expect(page.getByRole('link', { name: 'helpdesk@contoso.example' }).first()).toBeVisible();
    await expect(page.getByRole('textbox')).toHaveCount(0);
    await expect(page.locator('script')).toHaveCount(0);
    await auditIn(lang, page, 'service down');
    if (lang !== 'en') return;
    await expect(page.locator('main')).toMatchAriaSnapshot({ name: 'down.aria.yml' });
    await tenant.start();
    await page.getByRole('link', { name: reset.text('try-again') }).click();
    await reset.ready();
  });
}

test('an agent that stands still is known to be down within 15 seconds', async ({ tenant }) => {
  tenant.freeze();
  await expect.poll(() => tenant.service(), { timeout: 15_000 }).toBe('down');
  tenant.thaw();
  await expect.poll(() => tenant.service(), { timeout: 15_000 }).toBe('up');
});

test('an agent killed after the user name: nothing was changed, and the flow goes on', async ({
  reset,
  tenant,
  page,
}) => {
  await reset.openAs(tenant, 'bob');
  await reset.chooseGate('mail');
  await expect(reset.button('gate-mail-send')).toBeVisible();
  await tenant.takeDown();
  await reset.button('gate-mail-send').click();
  await reset.expectRefusal('problem-service-down', {}, 'above');
  await expect(page.getByText(reset.pattern('support-code'))).toBeVisible();
  await audit(page, 'service down at the gate');
  await tenant.start();
  // What could not be sent is sent now.
  await reset.button('try-again').click();
  await expect(reset.mailCode).toBeFocused();
  await reset.answerMailedCode('bob');
  await reset.complete();
});

test('an agent killed before the password: unconfirmed, then the truth', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await tenant.takeDown();
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await reset.button('check-again').click();
  await reset.expectRefusal('unconfirmed', {}, 'above');
  await tenant.start();
  await reset.button('check-again').click();
  await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
  await reset.complete();
});

test('an agent that stands still while it has the password: unconfirmed, then the truth', async ({ reset, page }) => {
  // A portal with a short time-out for answers.
  const portal = await Portal.start(await freePort(), { settings: 'answer_seconds = 5' });
  const tenant = await portal.add();
  await reset.reachPassword(tenant, 'alice');
  tenant.freeze();
  await reset.setPassword(goodPassword());
  await expect(reset.button('working-password')).toBeVisible();
  const unconfirmed = page.getByRole('alert').filter({ hasText: reset.text('unconfirmed') });
  await expect(unconfirmed).toBeVisible({ timeout: 20_000 });
  await reset.expectNotDone();
  tenant.thaw();
  await expect.poll(() => tenant.service(), { timeout: 20_000 }).toBe('up');
  await reset.button('check-again').click();
  await expect(page.getByText(reset.text('unchanged')).or(page.getByText(reset.text('done-title')))).toBeVisible();
  await tenant.kill();
  await portal.stop();
});

test('the sandbox page says so too', async ({ reset, tenant, page }) => {
  await tenant.takeDown();
  const answer = await page.goto(`${tenant.portal.url}/${tenant.id}/sandbox`);
  expect(answer!.status()).toBe(503);
  reset.tenant = tenant;
  await expect(reset.heading).toHaveText(reset.text('down-title'));
});

test('keys and status are told to whoever asks', async ({ request, tenant }) => {
  const url = `${tenant.portal.url}/api/${tenant.id}`;
  const keys = await request.get(`${url}/keys`);
  expect(keys.headers()['content-type']).toBe('application/jwk-set+json');
  const {
    keys: [key],
  } = await keys.json();
  expect([key.kty, key.use ?? 'enc', key.d]).toEqual(['RSA', 'enc', undefined]);
  expect(await (await request.get(`${url}/status`)).json()).toEqual({ service: 'up' });
  await tenant.takeDown();
  const gone = await request.get(`${url}/keys`);
  expect([gone.status(), (await gone.json()).code]).toEqual([503, 'service_down']);
});
