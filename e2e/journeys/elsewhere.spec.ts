// Passwords that are stored elsewhere, or also in the cloud, and tenants without the service.

import { auditIn } from '../support/axe';
import { goodPassword } from '../support/reset-page';
import { expect, test } from '../support/test';
import { languages } from '../support/words';

const PLACE = 'https://passwords.example/';
const ELSEWHERE = `elsewhere = [{ domains = ["cloud.example"], place = "${PLACE}" }]`;

for (const lang of languages) {
  test(`${lang}: whose password is kept elsewhere is sent there by a link`, async ({ reset, addTenant, page }) => {
    await reset.openAs(await addTenant({ policy: ELSEWHERE }), 'Anna@Cloud.example', { lang });
    await reset.expectRefusal('reason-password-elsewhere', { place: PLACE }, 'above');
    const link = page.getByRole('link', { name: reset.text('reset-there') });
    await expect(link).toHaveAttribute('href', PLACE);
    await expect(link).toHaveAttribute('rel', 'noreferrer');
    await auditIn(lang, page, 'elsewhere');
    // A user who mistyped the name can continue here.
    await reset.identify('alice@sandbox.example');
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
  });
}

test('that is told of any flow, of any name, and where unknown names are not', async ({ reset, addTenant }) => {
  const tenant = await addTenant({ policy: `${ELSEWHERE}\nunknown_names = "decoy"\ngates = ["mail"]` });
  for (const flow of [undefined, 'change', 'unlock', 'methods'] as const) {
    await reset.open(tenant, { flow });
    for (const name of ['alice@cloud.example', 'nobody@cloud.example']) {
      await reset.identify(name);
      await reset.expectRefusal('reason-password-elsewhere', { place: PLACE }, 'above');
    }
  }
  await reset.openAs(tenant, 'nobody@sandbox.example');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
});

test('words instead of an address are no link', async ({ reset, addTenant, page }) => {
  await reset.openAs(
    await addTenant({ policy: ELSEWHERE.replace(PLACE, 'the desk in room 12') }),
    'anna@cloud.example',
  );
  await reset.expectRefusal('reason-password-elsewhere', { place: 'the desk in room 12' }, 'above');
  await expect(page.locator('#refusal').getByRole('link')).toHaveCount(0);
});

for (const [cloud, key] of [
  ['synchronised', 'done-synchronised'],
  ['pass_through', 'done-at-once'],
  ['federated', 'done-at-once'],
] as const) {
  test(`a password that is ${cloud} is set, and told when it is good in the cloud`, async ({
    reset,
    addTenant,
    page,
  }) => {
    await reset.reachPassword(await addTenant({ portal: `cloud = "${cloud}"\n` }), 'alice');
    await reset.setPassword(goodPassword());
    await expect(page.getByText(`${reset.text('done-lead')} ${reset.text(key)}`)).toBeVisible();
  });
}

test('without cloud services nothing is told of them', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'alice');
  await reset.setPassword(goodPassword());
  await expect(page.getByText(reset.text('done-lead'), { exact: true })).toBeVisible();
});

for (const lang of languages) {
  test(`${lang}: a tenant without the service says so, and hands nothing to its agent`, async ({
    reset,
    addTenant,
    page,
  }) => {
    const tenant = await addTenant({ portal: 'entitled = false\n', comesUp: false });
    const { url } = tenant.portal;
    await reset.visit(tenant, { lang });
    await expect(reset.heading).toHaveText(reset.text('not-entitled-title'));
    // The name is isolated from the text direction around it (U+2068, U+2069).
    const said = reset.text('problem-tenant-not-entitled').replace('Contoso', '\u2068Contoso\u2069');
    await expect(page.getByText(said)).toBeVisible();
    await expect(page.getByText(reset.text('problem-tenant-not-entitled.do'))).toBeVisible();
    await expect(page.locator('main').getByRole('link', { name: 'helpdesk@contoso.example' })).toBeVisible();
    await auditIn(lang, page, 'not entitled');
    const refused = async (path: string, init?: RequestInit) => {
      const answer = await fetch(`${url}/api/${tenant.id}/${path}`, init);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    for (const path of ['keys', 'status', 'page'])
      expect(await refused(path), path).toEqual([403, 'tenant_not_entitled']);
    const message = { method: 'POST', headers: { 'content-type': 'application/jose' }, body: 'a.b.c.d.e' };
    expect(await refused('messages', message)).toEqual([403, 'tenant_not_entitled']);
    // The help page is still available.
    expect((await page.goto(`${url}/${tenant.id}/help?lang=${lang}`))!.status()).toBe(200);
  });
}

test('a page that was open when the service ended says so', async ({ reset, tenant, page }) => {
  await reset.open(tenant);
  await page.route('**/messages?*', (route) =>
    route.fulfill({ status: 403, contentType: 'application/problem+json', body: '{"code":"tenant_not_entitled"}' }),
  );
  await reset.identify('alice');
  await reset.expectRefusal('problem-tenant-not-entitled', {}, 'above');
});
