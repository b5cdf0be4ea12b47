// Passkeys, with Chromium's virtual authenticator: registered, used, cancelled, refused, removed;
// and where they cannot be used.

import type { Page } from '@playwright/test';
import { audit } from '../support/axe';
import { tabTo } from '../support/keyboard-page';
import { Authenticator, register, signIn } from '../support/virtual-key';
import { Embedder, integrityOf } from '../support/embedder';
import { addressOf, mailedCode, mails } from '../support/sandbox';
import { named } from '../support/stack';
import { expect, test } from '../support/test';

// With decoys, an unknown name shows the gate and a challenge, as an account does.
const DECOYS = 'unknown_names = "decoy"\ngates = ["passkey"]';

// To register a passkey, the user first signs in to the methods by mail.
const BOTH = 'gates = ["mail", "passkey"]';

test('a passkey is registered, resets a password, and is removed', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: BOTH });
  const device = await Authenticator.attach(page);
  await signIn(reset, tenant, 'alice');
  await reset.button('methods-add-passkey').click();
  await expect(reset.heading).toHaveText(reset.text('methods-title-passkey'));
  await expect(reset.heading).toBeFocused();
  await audit(page, 'a new passkey');
  await reset.button('methods-passkey-use').click();
  await expect(page.getByText(reset.text('methods-added'))).toBeVisible();
  const mine = page.getByRole('listitem').filter({ hasText: reset.text('gate-passkey') });
  await expect(mine).toContainText(/Added on \d/);
  await audit(page, 'methods with a passkey');
  const [kept] = await device.passkeys();
  expect(kept).toMatchObject({ isResidentCredential: true, rpId: 'localhost' });
  const notice = (await mails(page.request, tenant, addressOf('alice')))[0];
  expect(notice.text).toContain('A passkey was added to your account alice at Contoso');

  // The passkey is the only gate to pass.
  await reset.openAs(tenant, 'alice', { named: true });
  await reset.usePasskey();
  await expect(reset.password).toBeVisible();
  await reset.complete();
  expect((await device.passkeys())[0].signCount).toBeGreaterThan(kept.signCount);
});

test('a passkey that is removed opens nothing any more', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: BOTH });
  const device = await Authenticator.attach(page);
  await register(reset, tenant, 'alice');
  const kept = await device.passkeys();
  const mine = page.getByRole('listitem').filter({ hasText: reset.text('gate-passkey') });
  await mine.getByRole('button', { name: reset.text('methods-remove') }).click();
  await reset.button('methods-remove-yes').click();
  await expect(page.getByText(reset.text('methods-removed'))).toBeVisible();
  await expect(mine).toHaveCount(0);
  expect((await mails(page.request, tenant, addressOf('alice')))[0].text).toContain('passkey was removed');
  await device.holds(kept);
  await reset.openAs(tenant, 'alice', { named: true });
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await expect(page.getByText(reset.text('gate-passkey'))).toHaveCount(0);
});

test('with two kinds needed, a passkey and a mailed code reset a password by keyboard alone', async ({
  reset,
  page,
  addTenant,
}) => {
  const tenant = await addTenant({ policy: `${BOTH}\ngates_required = 2` });
  await Authenticator.attach(page);
  await register(reset, tenant, 'alice');
  await reset.open(tenant, { named: true });
  await tabTo(page, reset.userName, 12);
  await page.keyboard.type('alice');
  await page.keyboard.press('Enter');
  await expect(page.getByText(reset.text('gates-position', { current: 1, total: 2 }))).toBeVisible();
  await press(page, reset.text('gate-passkey'));
  await press(page, reset.text('gate-passkey-use'));
  await expect(page.getByText(reset.text('gates-position', { current: 2, total: 2 }))).toBeVisible();
  await expect(page.getByText(reset.text('gate-passkey'))).toHaveCount(0);
  await audit(page, 'passkey passed, mail to come');
  await press(page, reset.text('gate-mail-send'));
  await expect(reset.mailCode).toBeFocused();
  await page.keyboard.type(await mailedCode(page.request, tenant, addressOf('alice')));
  await page.keyboard.press('Enter');
  await expect(reset.password).toBeVisible();
});

test('a person who is not recognised, or says no, is refused nothing', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: BOTH });
  const device = await Authenticator.attach(page);
  await register(reset, tenant, 'alice');
  await reset.openAs(tenant, 'alice', { named: true });
  await reset.chooseGate('passkey');
  await device.recognises(false);
  for (let again = 0; again < 2; again += 1) {
    await reset.button('gate-passkey-use').click();
    await expect(page.getByText(reset.text('passkey-cancelled'))).toBeVisible();
    await expect(page.locator('#refusal')).toHaveCount(0);
  }
  await expect(reset.button('gate-other')).toBeVisible();
  // Recognised again, with the challenge that is still valid.
  await device.recognises(true);
  await reset.button('gate-passkey-use').click();
  await expect(reset.password).toBeVisible();
});

test('a passkey of another account is refused, and counts', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: BOTH });
  const device = await Authenticator.attach(page);
  await register(reset, tenant, 'alice');
  const alices = await device.passkeys();
  await device.holds([]);
  await register(reset, tenant, 'bob');
  await device.holds(alices);
  await reset.openAs(tenant, 'bob', { named: true });
  await reset.usePasskey();
  await reset.expectRefusal('passkey-reason-wrong-code', { tries: 9 }, 'above');
  await audit(page, 'passkey refused');
  await reset.expectNotDone();
  // The answer has used up the challenge; the next try has a new one.
  await reset.usePasskey();
  await reset.expectRefusal('passkey-reason-wrong-code', { tries: 8 }, 'above');
  // It opens alice's own account.
  await reset.openAs(tenant, 'alice', { named: true });
  await reset.usePasskey();
  await expect(reset.password).toBeVisible();
});

test('a copy that has fallen behind is refused', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: BOTH });
  const device = await Authenticator.attach(page);
  await register(reset, tenant, 'alice');
  const copy = await device.passkeys();
  for (const right of [true, true, false]) {
    if (!right) await device.holds(copy);
    await reset.openAs(tenant, 'alice', { named: true });
    await reset.usePasskey();
    if (right) await expect(reset.password).toBeVisible();
    else await reset.expectRefusal('passkey-reason-wrong-code', { tries: 9 }, 'above');
  }
  expect(tenant.logged()).toContain('counts backwards');
});

test('a device registers once, and who says no has lost nothing', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: BOTH });
  const device = await Authenticator.attach(page);
  await signIn(reset, tenant, 'alice');
  await reset.button('methods-add-passkey').click();
  await device.recognises(false);
  await reset.button('methods-passkey-use').click();
  await expect(page.getByText(reset.text('passkey-not-made'))).toBeVisible();
  await audit(page, 'no passkey made');
  await device.recognises(true);
  await reset.button('methods-passkey-use').click();
  await expect(page.getByText(reset.text('methods-added'))).toBeVisible();
  await reset.button('methods-add-passkey').click();
  await reset.button('methods-passkey-use').click();
  await expect(page.getByText(reset.text('passkey-known'))).toBeVisible();
  await reset.button('methods-give-up').click();
  await expect(page.getByRole('listitem').filter({ hasText: reset.text('gate-passkey') })).toHaveCount(1);
  expect(await device.passkeys()).toHaveLength(1);
});

test('a dialog that is cancelled is no refusal, and the other ways stay', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({
    policy: 'unknown_names = "decoy"\ngates = ["mail", "passkey"]\ngates_required = 2',
  });
  const device = await Authenticator.attach(page);
  await reset.openAs(tenant, 'nobody', { named: true });
  await reset.chooseGate('passkey');
  await expect(page.getByText(reset.text('gate-passkey-lead'))).toBeVisible();
  await audit(page, 'passkey, nothing asked');
  // The device has no passkey for this page: the browser reports it like a cancellation.
  await reset.button('gate-passkey-use').click();
  const cancelled = page.getByText(reset.text('passkey-cancelled'));
  await expect(cancelled).toBeVisible();
  await expect(reset.button('gate-passkey-use')).toBeEnabled();
  await expect(page.locator('#refusal')).toHaveCount(0);
  await audit(page, 'passkey, cancelled');
  await reset.button('gate-other').click();
  await reset.chooseGate('mail');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  await device.recognises(false);
});

test('in a browser without passkeys the gate says so', async ({ reset, page, addTenant }) => {
  await page.addInitScript(() => Reflect.deleteProperty(globalThis, 'PublicKeyCredential'));
  const tenant = await addTenant({
    policy: `${DECOYS.replace('["passkey"]', '["mail", "passkey"]')}\ngates_required = 2`,
  });
  await reset.openAs(tenant, 'nobody', { named: true });
  const choice = page.getByRole('listitem').filter({ hasText: reset.text('gate-passkey') });
  await expect(choice).toContainText(reset.text('passkey-old'));
  await choice.getByRole('button').click();
  await expect(page.getByText(reset.text('passkey-old'))).toBeVisible();
  await expect(reset.button('gate-passkey-use')).toHaveCount(0);
  await audit(page, 'passkey, an old browser');
});

test('at another address than its own the gate says so', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: DECOYS });
  await Authenticator.attach(page);
  // Opened at 127.0.0.1, which is not among the agent's origins.
  await reset.openAs(tenant, 'nobody');
  await reset.button('gate-passkey-use').click();
  await expect(page.getByText(reset.text('passkey-elsewhere'))).toBeVisible();
});

test('the element of another site does not offer what it cannot have', async ({ reset, page, addTenant }) => {
  const embedder = await Embedder.start();
  try {
    const tenant = await addTenant({ policy: DECOYS, portal: `\nframe_origins = ["${embedder.origin}"]\n` });
    const { url } = tenant.portal;
    const [{ kid }] = (await (await fetch(`${url}/api/${tenant.id}/keys`)).json()).keys;
    const { script, wasm } = await (
      await fetch(`${url}/api/${tenant.id}/page?lang=en`, { headers: { origin: embedder.origin } })
    ).json();
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

/** Moves to a button with Tab, and presses it. */
async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name }), 12);
  await page.keyboard.press('Enter');
}
