// The mails that a real mail server receives: their contents in text and HTML, their recipients.

import type { Page } from '@playwright/test';
import type { ParsedMail } from 'mailparser';
import { WCAG, auditOnce } from '../support/axe';
import { MailServer } from '../support/mail-server';
import { firstPassword } from '../support/sandbox';
import type { Tenant, TenantOptions } from '../support/stack';
import { test as base, expect } from '../support/test';
import { languages, text } from '../support/words';

const SIZES = { phone: { width: 360, height: 780 }, desktop: { width: 900, height: 900 } };

interface Fixtures {
  mails: MailServer;
  /** A tenant that mails through the server. */
  addMailing: (options?: TenantOptions) => Promise<Tenant>;
}

const test = base.extend<Fixtures>({
  mails: async ({}, use) => {
    const mails = await MailServer.start();
    await use(mails);
    await mails.stop();
  },
  addMailing: async ({ addTenant, mails }, use) => {
    await use((options) => addTenant({ sections: through(mails.port), ...options }));
  },
});

for (const lang of languages) {
  test(`${lang}: the code and the notice can be read in every light`, async ({
    reset,
    addMailing,
    mails,
    page,
  }, info) => {
    const tenant = await addMailing();
    await reset.openAs(tenant, 'alice', { lang });
    await reset.sendCode();
    const code = await mails.arrived('alice@sandbox.example');
    const digits = await mails.code('alice@sandbox.example');
    expect(code.subject).toBe(text(lang, 'mail-code-subject', { code: digits, tenant: 'Contoso' }));
    expect(code.text).toContain(text(lang, 'mail-code-valid', { minutes: 10 }));
    await expectTold(code, lang);
    await look(page, code, lang, info.outputPath('code'));
    await reset.answer(digits);
    await reset.complete();
    const notice = await mails.arrived('alice@sandbox.example', 2);
    expect(notice.subject).toBe(text(lang, 'mail-done-subject', { tenant: 'Contoso' }));
    expect(notice.text).toContain(text(lang, 'mail-done-lead', { tenant: 'Contoso', account: 'alice' }));
    await expectTold(notice, lang);
    await look(page, notice, lang, info.outputPath('notice'));
  });
}

for (const lang of languages) {
  test(`${lang}: the mails of the other flows can be read in every light`, async ({
    reset,
    addMailing,
    mails,
    page,
  }, info) => {
    const tenant = await addMailing();
    const expectMail = async (address: string, count: number, kind: string, lead: Record<string, string>) => {
      const mail = await mails.arrived(address, count);
      expect(mail.subject).toBe(text(lang, `mail-${kind}-subject`, { tenant: 'Contoso' }));
      for (const body of [mail.text ?? '', mail.html || '']) {
        expect(body).toContain(text(lang, `mail-${kind}-lead`, { tenant: 'Contoso', ...lead }));
      }
      await expectTold(mail, lang);
      await look(page, mail, lang, info.outputPath(kind));
      return mail;
    };
    await reset.open(tenant, { lang, flow: 'user-name' });
    await reset.mailAddress.fill('alice@sandbox.example');
    await reset.button('user-name-submit').click();
    const told = await expectMail('alice@sandbox.example', 1, 'user-name', {});
    expect(told.text).toMatch(/^alice$/m);
    expect(told.html).toMatch(/class="names"[^>]*>alice</);

    await reset.openSignedIn(tenant, 'wanda', firstPassword, { lang, flow: 'change' });
    await reset.complete();
    for (const address of ['wanda@sandbox.example', 'home@kaczmarek.example']) {
      await expectMail(address, 1, 'changed', { account: 'wanda' });
    }

    await reset.openAs(tenant, 'frank', { lang, flow: 'unlock' });
    await reset.sendCode();
    const code = await mails.arrived('frank@sandbox.example');
    expect(code.text).toContain(text(lang, 'mail-code-lead-unlock', { tenant: 'Contoso' }));
    await reset.answer(await mails.code('frank@sandbox.example'));
    await expect(reset.heading).toHaveText(reset.text('unlocked-title'));
    await expectMail('frank@sandbox.example', 2, 'unlocked', { account: 'frank' });
  });
}

test('a user name and the notice of a change outlive the agent', async ({ reset, addTenant }) => {
  test.setTimeout(120_000);
  const down = await MailServer.start();
  const { port } = down;
  await down.stop();
  const tenant = await addTenant({ sections: through(port) });
  await reset.open(tenant, { flow: 'user-name' });
  await reset.mailAddress.fill('alice@sandbox.example');
  await reset.button('user-name-submit').click();
  await expect(reset.heading).toHaveText(reset.text('user-name-sent-title'));
  await reset.openSignedIn(tenant, 'bob', firstPassword, { flow: 'change' });
  await reset.complete();
  await tenant.kill();
  const up = await MailServer.start({}, port);
  await tenant.start();
  expect((await up.arrived('alice@sandbox.example', 1, 60_000)).text).toMatch(/^alice$/m);
  expect((await up.arrived('bob@sandbox.example', 1, 60_000)).subject).toBe(reset.text('mail-changed-subject'));
  await up.stop();
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
  test('the mail says that it was a phone', async ({ reset, addMailing, mails }) => {
    await reset.openAs(await addMailing(), 'alice');
    await reset.sendCode();
    expect((await mails.arrived('alice@sandbox.example')).text).toContain('Device: phone');
  });

  test('the notice of an unlock says so too', async ({ reset, addMailing, mails }) => {
    await reset.openAs(await addMailing(), 'frank', { flow: 'unlock' });
    await reset.sendCode();
    await reset.answer(await mails.code('frank@sandbox.example'));
    const notice = await mails.arrived('frank@sandbox.example', 2);
    expect(notice.text).toContain('Device: phone');
    expect(notice.html).toContain('<td>phone</td>');
  });
});

test.describe('on a tablet', () => {
  test.use({ viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true });
  test('the mail says that it was a tablet', async ({ reset, addMailing, mails }) => {
    await reset.openAs(await addMailing(), 'alice');
    await reset.sendCode();
    expect((await mails.arrived('alice@sandbox.example')).text).toContain('Device: tablet');
  });
});

test('a code goes to the address that was chosen, the notice to both', async ({ reset, addMailing, mails, page }) => {
  await reset.openAs(await addMailing(), 'wanda');
  const choices = page.locator('.choice');
  await expect(choices).toHaveCount(2);
  await expect(choices.nth(0)).toContainText('w••@s••.example');
  await choices.filter({ hasText: 'h••@k••.example' }).click();
  await reset.sendCode();
  await expect(page.getByText(reset.text('gate-mail-sent', { address: 'h••@k••.example' }))).toBeVisible();
  await reset.answer(await mails.code('home@kaczmarek.example'));
  expect(mails.to('wanda@sandbox.example')).toHaveLength(0);
  await reset.complete();
  for (const [address, count] of [
    ['home@kaczmarek.example', 2],
    ['wanda@sandbox.example', 1],
  ] as const) {
    const notice = await mails.arrived(address, count);
    expect(notice.subject).toBe(reset.text('mail-done-subject'));
  }
});

test('the code of one address is worth nothing at the gate of the other', async ({
  reset,
  addMailing,
  mails,
  page,
}) => {
  await reset.openAs(await addMailing(), 'wanda');
  await page.locator('.choice').first().click();
  await reset.sendCode();
  const other = await mails.code('wanda@sandbox.example');
  await reset.button('gate-other').click();
  await page.locator('.choice').last().click();
  await reset.sendCode();
  await mails.arrived('home@kaczmarek.example');
  await reset.answer(other);
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
});

test('a name with unusual characters is itself everywhere', async ({ reset, addMailing, mails, page }) => {
  const name = `Žąsų & <b>„Sūnūs“</b> 'שלום' 🌳 {{code}}`;
  await reset.openAs(await addMailing({ name }), 'alice');
  await reset.sendCode();
  const mail = await mails.arrived('alice@sandbox.example');
  const code = await mails.code('alice@sandbox.example');
  expect(mail.subject).toBe(text('en', 'mail-code-subject', { code, tenant: name }));
  expect(mail.text).toContain(name);
  const letter = await page.context().newPage();
  await letter.setContent(mail.html || '');
  await expect(letter.locator('.tenant')).toHaveText(name);
  await expect(letter.locator('b')).toHaveCount(0);
});

test('a mail server that is down is told at once, loses no notice and holds up no answer', async ({
  reset,
  addTenant,
  page,
}) => {
  test.setTimeout(120_000);
  const down = await MailServer.start();
  const { port } = down;
  await down.stop();
  const tenant = await addTenant({ sections: through(port) });
  await reset.openAs(tenant, 'bob');
  await expect.poll(() => tenant.logged().includes('the mail server takes no mail')).toBe(true);
  expect(tenant.logged()).toContain(`"port":${port}`);
  const asked = Date.now();
  await reset.chooseGate('mail');
  await reset.press(reset.button('gate-mail-send'));
  await reset.expectRefusal('reason-code-not-sent', {}, 'above');
  expect(Date.now() - asked).toBeLessThan(5_000);
  const up = await MailServer.start({}, port);
  await expect.poll(() => tenant.logged().includes('takes mail again'), { timeout: 40_000 }).toBe(true);
  await reset.sendCode();
  await reset.answer(await up.code('bob@sandbox.example', 1, 60_000));
  await expect(reset.password).toBeVisible();
  // Down again, and the agent is killed before it could deliver a notice.
  await up.stop();
  await reset.complete();
  await tenant.kill();
  const again = await MailServer.start({}, port);
  await tenant.start();
  const notice = await again.arrived('bob@sandbox.example', 1, 60_000);
  expect(notice.subject).toBe(reset.text('mail-done-subject'));
  await again.stop();
  await page.close();
});

/** The agent's sections before `[policy]`. */
function through(port: number): string {
  return [
    '[directory]',
    'type = "sandbox"',
    '[mail]',
    'type = "smtp"',
    'host = "localhost"',
    `port = ${port}`,
    'security = "none"',
    'from = "Contoso <reset@contoso.example>"',
  ].join('\n');
}

/** Expects time, device and advice in text and HTML, and headers of an automatic mail. */
async function expectTold(mail: ParsedMail, lang: (typeof languages)[number]): Promise<void> {
  for (const body of [mail.text ?? '', mail.html || '']) {
    expect(body).toContain(text(lang, 'mail-device-computer'));
    expect(body).toContain(text(lang, 'mail-when'));
    expect(body).toMatch(/\d\d:\d\d \(UTC[+\d]*\)/);
    expect(body).toContain('helpdesk@contoso.example');
    expect(body).toContain(text(lang, 'mail-automatic'));
    expect(body).not.toMatch(/https?:|href|src=/);
  }
  expect(mail.html).toContain(`<html lang="${lang}"`);
  expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
  expect(mail.headers.get('content-language')).toBe(lang);
  expect(mail.date).toBeDefined();
  expect(mail.messageId).toMatch(/@contoso\.example>$/);
}

/** Renders the HTML and audits it; it must not load anything from the network. */
async function look(page: Page, mail: ParsedMail, lang: string, folder: string): Promise<void> {
  const letter = await page.context().newPage();
  const requests: string[] = [];
  letter.on('request', (request) => requests.push(request.url()));
  await letter.setContent(mail.html || '');
  await expect(letter).toHaveTitle(mail.subject ?? '');
  for (const [size, viewport] of Object.entries(SIZES)) {
    await letter.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await letter.emulateMedia({ colorScheme });
      // The colours are the same in every language.
      const english = lang === 'en';
      if (english || colorScheme === 'light')
        await auditOnce(letter, `${lang}, ${size}, ${colorScheme}`, WCAG, english);
      await letter.screenshot({ path: `${folder}/${lang}.${size}.${colorScheme}.png`, fullPage: true });
      const over = await letter.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      expect(over, `${size} is too narrow`).toBe(false);
    }
  }
  expect(requests).toEqual([]);
  await letter.close();
}
