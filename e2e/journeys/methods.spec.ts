// The user's own methods: registered after signing in, required from then on, used, removed.

import { readFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import { appCode } from '../support/authenticator';
import { audit, auditIn } from '../support/axe';
import { tabTo } from '../support/keyboard-page';
import { type ResetPage } from '../support/reset-page';
import { addressOf, firstPassword, mails } from '../support/sandbox';
import type { Tenant } from '../support/stack';
import { expect, test } from '../support/test';
import { type Language, languages } from '../support/words';

const METHODS = 'gates = ["mail", "authenticator", "recovery"]';

for (const lang of languages) {
  test(`${lang}: a first method is registered by the password alone, asked for, and resets the password`, async ({
    reset,
    page,
    addTenant,
  }) => {
    const tenant = await addTenant({ policy: METHODS });
    await signIn(reset, tenant, 'olga', lang);
    await expectMethods(reset);
    await expect(page.getByText(reset.text('methods-none'))).toBeVisible();
    await auditIn(lang, page, 'nothing registered');
    const key = await addAuthenticator(reset, async () => {
      await auditIn(lang, page, 'a new authenticator');
      await reset.answer('000000');
      await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
      await auditIn(lang, page, 'a wrong code');
    });
    await auditIn(lang, page, 'an authenticator');
    // From now on the password alone is not enough.
    await signIn(reset, tenant, 'olga', lang);
    await expect(page.getByText(reset.text('gates-position', { current: 2, total: 2 }))).toBeVisible();
    await reset.answer(await appCode(key));
    await expectMethods(reset);
    await expect(own(page)).toHaveCount(1);
    await reset.openAs(tenant, 'olga', { lang });
    await reset.answer(await appCode(key, 1));
    await reset.complete();
  });
}

test('the picture holds the address, and the key is the same', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  await signIn(reset, tenant, 'olga');
  await reset.button('methods-add-authenticator').click();
  const picture = page.getByRole('img', { name: reset.text('methods-authenticator-picture') });
  await expect(picture).toBeVisible();
  await expect(picture.locator('path')).toHaveAttribute('d', /^M0 0h7v1h-7z/);
  const address = new URL(
    (await page.getByRole('link', { name: reset.text('methods-authenticator-open') }).getAttribute('href'))!,
  );
  expect(address.protocol).toBe('otpauth:');
  expect(address.searchParams.get('issuer')).toBe('Contoso');
  expect(address.searchParams.get('secret')).toBe((await shownKey(page)).replace(/ /g, ''));
  await expect(page).toHaveTitle(`${reset.text('methods-title-authenticator')} – Contoso`);
});

test('a reload goes on where it was, and giving up leaves nothing', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  await signIn(reset, tenant, 'olga');
  await reset.button('methods-add-authenticator').click();
  const key = await shownKey(page);
  await page.reload();
  expect(await shownKey(page)).toBe(key);
  const kept = await page.evaluate(() => JSON.stringify([{ ...sessionStorage }, { ...localStorage }]));
  expect(kept).not.toContain(key.slice(0, 4));
  await reset.button('methods-give-up').click();
  await expectMethods(reset);
  await expect(own(page)).toHaveCount(0);
  await signIn(reset, tenant, 'olga');
  await expectMethods(reset);
});

test('recovery codes are shown once, copied, saved, and used', async ({ reset, page, context, addTenant }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const tenant = await addTenant({ policy: METHODS });
  await signIn(reset, tenant, 'olga');
  await reset.button('methods-add-recovery').click();
  await expect(page.locator('.codes li')).toHaveCount(10);
  const codes = await page.locator('.codes li').allTextContents();
  for (const code of codes) expect(code).toMatch(/^(\w{4}-){3}\w{4}$/);
  await audit(page, 'recovery codes');
  await reset.button('methods-copy').click();
  await expect(page.getByText(reset.text('methods-copied'))).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codes.join('\n'));
  const saving = page.waitForEvent('download');
  await reset.button('methods-save').click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe(`${tenant.id}-recovery-codes.txt`);
  const text = readFileSync((await saved.path())!, 'utf8');
  expect(text.split(/\r?\n/)).toEqual([reset.text('methods-recovery-file'), '', ...codes, '']);
  // The print shows only the codes and whose they are.
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('.codes')).toBeVisible();
  await expect(page.locator('.printed')).toBeVisible();
  for (const left of [
    page.locator('h1'),
    reset.button('methods-copy'),
    page.locator('footer'),
    page.locator('.steps'),
  ]) {
    await expect(left).toBeHidden();
  }
  await page.emulateMedia({ media: null });
  await reset.button('methods-copy').click();
  await reset.button('methods-kept-them').click();
  await expect(page.getByText(reset.text('methods-added'))).toBeVisible();
  await expect(own(page)).toContainText(reset.text('methods-left', { left: 10 }));
  await expect(page.locator('main')).not.toContainText(codes[0]);
  await reset.openAs(tenant, 'olga');
  await reset.answer(codes[7].toLowerCase());
  await reset.complete();
});

test('without the clipboard the codes are selected to be copied', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  await page.addInitScript(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await signIn(reset, tenant, 'olga');
  await reset.button('methods-add-recovery').click();
  await reset.button('methods-copy').click();
  await expect(page.getByText(reset.text('methods-not-copied'))).toBeVisible();
  const selected = await page.evaluate(() => getSelection()!.toString());
  for (const code of await page.locator('.codes li').allTextContents()) expect(selected).toContain(code);
});

test('who has a mail address confirms by it too, and is told of every change', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  await signInByMail(reset, tenant, 'alice');
  await expectMethods(reset);
  const kept = page.locator('section', { has: page.getByRole('heading', { name: reset.text('methods-kept') }) });
  await expect(kept.getByRole('listitem')).toHaveText(/a••@sandbox\.example/);
  await expect(kept.getByRole('button')).toHaveCount(0);
  // The methods were never confirmed before.
  await audit(page, 'methods to be confirmed');
  await reset.button('methods-due-confirm').click();
  await expect(page.getByText(reset.text('methods-confirmed'))).toBeVisible();
  await expect(page.getByText(reset.text('methods-due'))).toHaveCount(0);
  await addAuthenticator(reset);
  await expect.poll(() => told(reset)).toBe(1);
  await remove(reset);
  await expect(page.getByText(reset.text('methods-removed'))).toBeVisible();
  await expect(own(page)).toHaveCount(0);
  await expect.poll(() => told(reset)).toBe(2);
  const [removed, added] = await mails(page.request, tenant, addressOf('alice'));
  expect(added.text).toContain('An authenticator app was added');
  expect(removed.text).toContain('was removed');
  for (const mail of [added, removed]) expect(mail.text).toContain('helpdesk@contoso.example');
  // The confirmation is still valid.
  await signInByMail(reset, tenant, 'alice');
  await expectMethods(reset);
  await expect(page.getByText(reset.text('methods-due'))).toHaveCount(0);
});

test('removing is asked about twice, and can be taken back', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  await signIn(reset, tenant, 'olga');
  await reset.button('methods-add-recovery').click();
  // Not before the codes were copied, saved or printed.
  await reset.button('methods-kept-them').click();
  await reset.expectRefusal('recovery-not-kept', {}, 'above');
  await reset.button('methods-copy').click();
  await reset.button('methods-kept-them').click();
  const ask = own(page).getByRole('button', { name: reset.pattern('methods-remove') });
  await ask.click();
  await expect(reset.button('methods-remove-yes')).toBeFocused();
  await audit(page, 'really remove');
  await reset.button('methods-remove-no').click();
  await expect(ask).toBeFocused();
  await expect(own(page)).toHaveCount(1);
});

test('a new method of a kind that the tenant demands works from the next day, and says so', async ({
  reset,
  page,
  addTenant,
}) => {
  const tenant = await addTenant({ policy: `${METHODS}\ngates_always = ["authenticator"]` });
  await signInByMail(reset, tenant, 'alice');
  await addAuthenticator(reset);
  await expect(own(page)).toContainText(/Can be used from .+\. If you need it sooner, ask the helpdesk\./);
  await audit(page, 'a method that does not count yet');
  const [notice] = await mails(page.request, tenant, addressOf('alice'));
  expect(notice.text).toContain('used only from');
  await reset.openAs(tenant, 'alice');
  await reset.expectRefusal('reason-too-few-gates', {}, 'above');
});

test('a finished reset leads on to one’s methods', async ({ reset, page, tenant }) => {
  await reset.reachPassword(tenant, 'alice', { lang: 'cs' });
  await reset.complete();
  const way = page.locator('.done').getByRole('link', { name: reset.text('flow-methods') });
  await expect(way).toBeVisible();
  await audit(page, 'the way to methods');
  await way.click();
  await reset.ready();
  await expect(reset.heading).toHaveText(reset.text('flow-methods'));
  await expect(page.locator('html')).toHaveAttribute('lang', 'cs');
});

test('who may not is told why', async ({ reset, tenant }) => {
  await reset.openAs(tenant, 'dave', { flow: 'methods' });
  await reset.expectRefusal('reason-account-protected', {}, 'above');
  await signIn(reset, tenant, 'yvona');
  await reset.expectRefusal('reason-must-change-first', {}, 'above');
  await signIn(reset, tenant, 'alice', 'en', 'not the password');
  await reset.expectRefusal('reason-wrong-password', { tries: 2 }, 'field');
  await reset.signIn('');
  await expect(reset.page.getByText(reset.text('gate-password-empty'))).toBeVisible();
});

test('a decoy asks for the password and believes none', async ({ reset, addTenant }) => {
  const tenant = await addTenant({ policy: 'unknown_names = "decoy"' });
  for (const login of ['nobody-at-all', 'alice']) {
    await signIn(reset, tenant, login, 'en', 'not the password');
    await reset.expectRefusal('reason-wrong-password', { tries: 2 }, 'field');
  }
});

test('all of it by keyboard alone', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  await reset.open(tenant, { flow: 'methods' });
  await page.locator('#focus').focus();
  await page.keyboard.type('olga');
  await page.keyboard.press('Enter');
  await expect(reset.currentPassword).toBeFocused();
  await page.keyboard.type(firstPassword);
  await page.keyboard.press('Enter');
  await expectMethods(reset);
  await press(page, reset.button('methods-add-authenticator'));
  await expect(reset.appCode).toBeFocused();
  await page.keyboard.type(await appCode(await shownKey(page), -1));
  await page.keyboard.press('Enter');
  await expect(page.getByText(reset.text('methods-added'))).toBeVisible();
  await expectMethods(reset);
  await press(page, own(page).getByRole('button', { name: reset.pattern('methods-remove') }));
  await expect(reset.button('methods-remove-yes')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText(reset.text('methods-removed'))).toBeVisible();
  await expectMethods(reset);
});

test('what shows methods is loaded for those who have signed in to them', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
  const later = () => loaded.filter((path) => /(methods|qr)-\w+\.(js|wasm)$/.test(path)).length;
  await reset.openAs(tenant, 'olga', { flow: 'methods' });
  await expect(reset.currentPassword).toBeVisible();
  expect(later()).toBe(0);
  await reset.signIn(firstPassword);
  await expect(page.getByText(reset.text('methods-none'))).toBeVisible();
  expect(later()).toBe(1);
  await reset.button('methods-add-authenticator').click();
  await expect(page.locator('.qr svg')).toBeVisible();
  expect(later()).toBe(2);
});

test('a picture that does not come leaves the key', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: METHODS });
  await page.route('**/qr-*.wasm', (route) => route.abort());
  await signIn(reset, tenant, 'olga');
  await addAuthenticator(reset, async () => {
    await expect(page.getByText(reset.text('methods-authenticator-no-picture'))).toBeVisible();
  });
  await expect(own(page)).toHaveCount(1);
});

test('where the list does not come, the page says so, and goes on once it comes', async ({
  reset,
  page,
  addTenant,
}) => {
  const tenant = await addTenant({ policy: METHODS });
  await page.route('**/methods-*.wasm', (route) => route.abort());
  await signIn(reset, tenant, 'olga');
  await reset.expectRefusal('methods-not-loaded', {}, 'above');
  await page.unroute('**/methods-*.wasm');
  await reset.button('try-again').click();
  await expect(page.getByRole('heading', { name: reset.text('methods-own') })).toBeVisible();
});

test('where the list is gone from the portal, a fresh page goes on with the flow', async ({
  reset,
  page,
  addTenant,
}) => {
  const tenant = await addTenant({ policy: METHODS });
  await page.route('**/methods-*.wasm', (route) => route.fulfill({ status: 404 }), { times: 2 });
  await signIn(reset, tenant, 'olga');
  await expect(page.getByRole('heading', { name: reset.text('methods-own') })).toBeVisible();
});

/** Signs in with the current password. */
async function signIn(
  reset: ResetPage,
  tenant: Tenant,
  login: string,
  lang: Language = 'en',
  password = firstPassword,
): Promise<void> {
  await reset.openSignedIn(tenant, login, password, { flow: 'methods', lang });
}

async function signInByMail(reset: ResetPage, tenant: Tenant, login: string): Promise<void> {
  await signIn(reset, tenant, login);
  await reset.passMailGate(login);
}

async function expectMethods(reset: ResetPage): Promise<void> {
  await expect(reset.heading).toHaveText(reset.text('methods-title'));
  await expect(reset.heading).toBeFocused();
}

/** Adds an authenticator, with a code of the previous time step; returns its key. */
async function addAuthenticator(reset: ResetPage, look?: () => Promise<void>): Promise<string> {
  await reset.button('methods-add-authenticator').click();
  await expect(reset.appCode).toBeFocused();
  const key = await shownKey(reset.page);
  await look?.();
  await reset.answer(await appCode(key, -1));
  await expect(reset.page.getByText(reset.text('methods-added'))).toBeVisible();
  await expectMethods(reset);
  return key;
}

async function remove(reset: ResetPage): Promise<void> {
  await own(reset.page).getByRole('button').click();
  await reset.button('methods-remove-yes').click();
}

/** Returns the user's own methods. */
function own(page: Page): Locator {
  return page.locator('.methods li', { has: page.getByRole('button') });
}

async function shownKey(page: Page): Promise<string> {
  return page.locator('output.kept').innerText();
}

/** Returns the number of mails about changed methods. */
async function told(reset: ResetPage): Promise<number> {
  const all = await mails(reset.page.request, reset.tenant, addressOf('alice'));
  return all.filter((mail) => mail.subject === reset.text('mail-methods-subject')).length;
}

/** Moves to a button with Tab, and presses it. */
async function press(page: Page, button: Locator): Promise<void> {
  await tabTo(page, button);
  await page.keyboard.press('Enter');
}
