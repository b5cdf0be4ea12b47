// Passkeys, with Chromium's virtual authenticator: registered, used, cancelled, refused, removed; and
// where they cannot be used.

import { audit } from '../support/axe';
import { Authenticator } from '../support/authenticator';
import { Embedder, integrityOf } from '../support/embedder';
import { named } from '../support/stack';
import { expect, test } from '../support/test';

// Nobody in a tenant with decoys shows the gate, and its challenge, as an account would.
const DECOYS = 'unknown_names = "decoy"\ngates = ["passkey"]';

test('a dialog that is cancelled is no refusal, and the other ways stay', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: 'unknown_names = "decoy"\ngates = ["mail", "passkey"]\ngates_required = 2' });
  const device = await Authenticator.attach(page);
  await reset.open(tenant, { named: true });
  await reset.identify('nobody');
  await reset.chooseGate('passkey');
  await expect(page.getByText(reset.text('gate-passkey-lead'))).toBeVisible();
  await audit(page, 'passkey, nothing asked');
  // It has no passkey for this page: the browser says no more than if the person had said no.
  const loaded = page.waitForResponse(/\/assets\/passkey-.*\.js/);
  await reset.button('gate-passkey-use').click();
  expect((await loaded).ok()).toBe(true);
  const cancelled = page.getByText(reset.text('passkey-cancelled'));
  await expect(cancelled).toBeVisible();
  await expect(reset.button('gate-passkey-use')).toBeEnabled();
  await expect(page.locator('#refusal')).toHaveCount(0);
  await audit(page, 'passkey, cancelled');
  await reset.button('gate-other').click();
  await reset.chooseGate('mail');
  await expect(reset.button('gate-mail-send')).toBeVisible();
  await device.recognises(false);
});

test('in a browser without passkeys the gate says so', async ({ reset, page, addTenant }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'));
  const tenant = await addTenant({ policy: `${DECOYS.replace('["passkey"]', '["mail", "passkey"]')}\ngates_required = 2` });
  await reset.open(tenant, { named: true });
  await reset.identify('nobody');
  const choice = page.getByRole('listitem').filter({ hasText: reset.text('gate-passkey') });
  await expect(choice).toContainText(reset.text('passkey-old'));
  await expect(choice.getByRole('button')).toHaveCount(0);
  await audit(page, 'passkey, an old browser');
});

test('at another address than its own the gate says so', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: DECOYS });
  await Authenticator.attach(page);
  // By its number, which the agent's origins do not have.
  await reset.open(tenant);
  await reset.identify('nobody');
  await reset.button('gate-passkey-use').click();
  await expect(page.getByText(reset.text('passkey-elsewhere'))).toBeVisible();
});

test('the element of another site does not offer what it cannot have', async ({ reset, page, addTenant }) => {
  const embedder = await Embedder.start();
  try {
    const tenant = await addTenant({ policy: DECOYS, portal: `\nframe_origins = ["${embedder.origin}"]\n` });
    const { url } = tenant.portal;
    const [{ kid }] = (await (await fetch(`${url}/api/${tenant.id}/keys`)).json()).keys;
    const { script, wasm } = await (await fetch(`${url}/api/${tenant.id}/page?lang=en`, { headers: { origin: embedder.origin } })).json();
    embedder.page = {
      body:
        `<postern-reset portal="${url}" tenant="${tenant.id}" lang="en" script-integrity="${await integrityOf(url + script)}"` +
        ` wasm-integrity="${await integrityOf(url + wasm)}" key-thumbprint="${kid}"></postern-reset>` +
        `<script type="module" src="${url}/postern-reset.js" crossorigin="anonymous"></script>`,
      policy: `script-src ${url} 'wasm-unsafe-eval'; connect-src ${url};`,
    };
    await page.goto(embedder.origin);
    reset.tenant = tenant;
    await reset.ready();
    await reset.identify('nobody');
    await expect(page.getByText(reset.text('passkey-elsewhere'))).toBeVisible();
    await expect(reset.button('gate-passkey-use')).toHaveCount(0);
  } finally {
    await embedder.stop();
  }
});

test('the page keeps passkeys to itself', async ({ page, contoso }) => {
  const answer = await page.goto(`${named(contoso.portal.url)}/contoso/`);
  const policy = answer!.headers()['permissions-policy'];
  expect(policy).toContain('publickey-credentials-get=(self)');
  expect(policy).toContain('publickey-credentials-create=(self)');
  expect(policy).toContain('camera=()');
});
