// The gates besides mail and authenticator: text messages, calls, recovery codes, passes; and
// accounts that have to pass two.

import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { audit, auditIn } from '../support/axe';
import { type ResetPage } from '../support/reset-page';
import { codeAtHand, mails, phonedCode } from '../support/sandbox';
import { EVERY_GATE } from '../support/stack';
import { expect, test } from '../support/test';
import { languages } from '../support/words';

const SAM = '+447700900012';
const VITO = '+441632960034';

test('a text message resets a password', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: 'gates = ["sms"]' });
  await reset.openAs(tenant, 'sam');
  await expect(reset.field('gate-sms-code')).toBeFocused();
  await expect(page.getByText(reset.text('gate-sms-sent', { address: '••• ••• •12' }))).toBeVisible();
  await expectDigits(reset);
  await audit(page, 'text message sent');
  await reset.answer('00000000');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
  const [message] = await mails(page.request, tenant, SAM);
  expect(message.subject).toBe(reset.text('phone-sms'));
  const code = await phonedCode(page.request, tenant, SAM);
  expect(message.text).toBe(reset.text('phone-sms-code', { code }));
  await reset.answer(code);
  await reset.complete();
});

test('a call tells a code, in the person’s language', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: 'gates = ["voice"]' });
  await page.clock.install();
  await reset.openAs(tenant, 'vito', { lang: 'cs' });
  await audit(page, 'call, nothing said');
  await reset.button('gate-voice-send').click();
  await expect(page.getByText(reset.text('gate-voice-sent', { address: '••• ••• •34' }))).toBeVisible();
  await expectDigits(reset);
  const first = await phonedCode(page.request, tenant, VITO);
  const [call] = await mails(page.request, tenant, VITO);
  expect(call.text).toBe(reset.text('phone-call-code', { digits: [...first].join(', ') }));
  const answered = page.waitForResponse('**/messages?*');
  await page.clock.runFor(10_000);
  await reset.button('gate-voice-resend').click();
  await answered;
  await expect.poll(() => phonedCode(page.request, tenant, VITO)).not.toBe(first);
  await reset.answer(await phonedCode(page.request, tenant, VITO));
  await reset.complete();
});

test('a recovery code is good once, however it is typed', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: EVERY_GATE });
  await reset.openAs(tenant, 'rita');
  await expect(reset.code).toHaveAccessibleDescription(new RegExp(reset.text('gate-recovery-hint')));
  await expectLetters(reset);
  await audit(page, 'recovery code');
  await reset.answer('7K3M-01PQ-ZX90-1ABC');
  await reset.expectRefusal('reason-wrong-code', { tries: 9 }, 'field');
  const code = await codeAtHand(page.request, tenant, 'rita', 'recovery');
  await reset.answer(code.toLowerCase().replaceAll('-', '').replaceAll('0', 'o').replaceAll('1', 'l'));
  await expect(page.getByRole('status').filter({ hasText: reset.text('codes-left', { left: 9 }) })).toBeVisible();
  await expect(reset.password).toBeFocused();
  await audit(page, 'recovery codes left');
  await reset.complete();

  await reset.openAs(tenant, 'rita');
  await reset.answer(code);
  await reset.expectRefusal('reason-code-used', {}, 'field');
  await reset.answer(await codeAtHand(page.request, tenant, 'rita', 'recovery'));
  await expect(page.getByText(reset.text('codes-left', { left: 8 }))).toBeVisible();
});

test('recovery codes are issued at the command line, and a new set replaces the old one', async ({
  reset,
  addTenant,
}) => {
  const tenant = await addTenant({ policy: EVERY_GATE });
  const issue = async () => (await tenant.command(['recovery', 'issue', 'alice'])).trim().split('\n');
  const [old, current] = [await issue(), await issue()];
  expect(new Set([...old, ...current]).size).toBe(20);
  await reset.openAs(tenant, 'alice');
  await reset.chooseGate('recovery');
  await reset.answer(old[0]);
  await reset.expectRefusal('reason-wrong-code', { tries: 9 }, 'field');
  await reset.answer(current[9]);
  await expect(reset.password).toBeVisible();
  expect(tenant.logged()).not.toContain(current[9]);
  await expect(tenant.command(['recovery', 'issue', 'nobody'])).rejects.toThrow('user_not_found');
});

test('a pass of the helpdesk is good once, and for those alone who may be reset', async ({
  reset,
  page,
  addTenant,
}) => {
  const tenant = await addTenant({ policy: EVERY_GATE });
  await reset.openAs(tenant, 'alice');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  const printed = await tenant.command(['pass', 'issue', 'alice', '--minutes', '5']);
  const [pass, , support] = printed.trim().split('\n');
  await reset.openAs(tenant, 'alice');
  await audit(page, 'choice with a pass');
  await reset.chooseGate('pass');
  await expectLetters(reset);
  await audit(page, 'pass');
  await reset.answer(pass);
  await reset.complete();
  // The log links its use to the support code of its issue, and does not contain the pass itself.
  expect(tenant.logged()).toContain(support.split(' ').at(-1));
  expect(tenant.logged()).not.toContain(pass);
  await reset.openAs(tenant, 'alice');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  for (const [login, reason] of [
    ['dave', 'account_protected'],
    ['carol', 'account_disabled'],
    ['nobody', 'user_not_found'],
  ]) {
    await expect(tenant.command(['pass', 'issue', login])).rejects.toThrow(reason);
  }
});

test('two confirmations are of different kinds', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: `${EVERY_GATE}\ngates_required = 2` });
  await reset.openAs(tenant, 'eva');
  await expect(page.getByText(reset.text('gates-position', { current: 1, total: 2 }))).toBeVisible();
  await expect(page.locator('.choice')).toHaveCount(7);
  await audit(page, 'every gate');
  await reset.chooseGate('voice');
  await reset.button('gate-other').click();
  await reset.chooseGate('recovery');
  await reset.answer(await codeAtHand(page.request, tenant, 'eva', 'recovery'));
  await expect(page.getByText(reset.text('gates-position', { current: 2, total: 2 }))).toBeVisible();
  await expect(page.getByText(reset.text('codes-left', { left: 9 }))).toBeVisible();
  await expect(page.locator('.choice')).toHaveCount(6);
  await reset.chooseGate('pass');
  await reset.answer(await codeAtHand(page.request, tenant, 'eva', 'pass'));
  await reset.complete();
});

test('members of a group need two confirmations where others need one', async ({ reset, page, tenant }) => {
  await reset.openAs(tenant, 'tina');
  await expect(page.getByText(reset.text('gates-position', { current: 1, total: 2 }))).toBeVisible();
  await reset.chooseGate('authenticator');
  await reset.passAuthenticatorGate('tina');
  await reset.passMailGate('tina');
  await reset.complete();
});

test('codes that are too old are told as such', async ({ reset, page, timed }) => {
  const tenant = await timed.addTenant({ policy: `${EVERY_GATE}\ncode_minutes = 1` });
  const [pass] = (await tenant.command(['pass', 'issue', 'sam', '--minutes', '1'])).trim().split('\n');
  await reset.openAs(tenant, 'sam');
  await reset.chooseGate('sms');
  await reset.button('gate-mail-send').click();
  await expect(reset.code).toBeVisible();
  const code = await phonedCode(page.request, tenant, SAM);
  await timed.pass(61);
  await reset.answer(code);
  await reset.expectRefusal('reason-code-expired', {}, 'above');
  await reset.chooseGate('pass');
  await reset.answer(pass);
  await reset.expectRefusal('reason-code-expired', {}, 'above');
  await audit(page, 'pass that is too old');
});

test('a gateway gets the message, and its failure is told', async ({ reset, page, addTenant }) => {
  await page.clock.install();
  const asked: { authorization?: string; body: { to: string; text: string } }[] = [];
  let status = 202;
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const server: Server = createServer((request, answer) => {
    let body = '';
    request.on('data', (part) => (body += part));
    request.on('end', () => {
      asked.push({ authorization: request.headers.authorization, body: JSON.parse(body) });
      answer.writeHead(status).end();
      arrive();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const sections = [
      '[directory]\ntype = "sandbox"\n[mail]\ntype = "sandbox"\n[sms]',
      `url = "http://127.0.0.1:${port}/messages"`,
      'headers = { Content-Type = "application/json", X-Language = "{language}" }',
      `body = '{"to": "{number}", "text": "{text}"}'`,
    ];
    const tenant = await addTenant({ policy: 'gates = ["sms"]', sections: sections.join('\n') });
    await reset.openAs(tenant, 'sam', { lang: 'lt' });
    await arrived;
    expect(asked).toHaveLength(1);
    const { to, text } = asked[0].body;
    const code = /\d{8}/.exec(text)![0];
    expect([to, text]).toEqual([SAM, reset.text('phone-sms-code', { code })]);
    await reset.answer(code);
    await expect(reset.password).toBeVisible();

    status = 503;
    await reset.openAs(tenant, 'sam');
    // The page does not wait for the gateway; after it has failed, the next request is refused.
    await expect(reset.code).toBeVisible();
    await expect.poll(() => tenant.logged().includes('message not sent')).toBe(true);
    await page.clock.runFor(10_000);
    await reset.button('gate-mail-resend').click();
    await reset.expectRefusal('reason-code-not-sent', {}, 'above');
    for (const secret of [SAM, code]) expect(tenant.logged()).not.toContain(secret);
  } finally {
    server.close();
  }
});

test('unknown names have every gate too', async ({ reset, page, addTenant }) => {
  const tenant = await addTenant({ policy: `${EVERY_GATE}\nunknown_names = "decoy"\ngates_required = 2` });
  const seen = new Set<string>();
  for (const name of ['zed', 'ZED', 'carol', 'nobody', 'zoe']) {
    await reset.openAs(tenant, name);
    await expect(page.getByText(reset.text('gates-position', { current: 1, total: 2 }))).toBeVisible();
    seen.add((await page.locator('.choices').allInnerTexts()).join('\n'));
  }
  expect([...seen]).toHaveLength(1);
});

for (const lang of languages) {
  test(`${lang}: what cannot be sent, what is used, and how many are left`, async ({ reset, page, addTenant }) => {
    const tenant = await addTenant({ policy: EVERY_GATE });
    await reset.openAs(tenant, 'ned', { lang });
    await reset.chooseGate('sms');
    await reset.button('gate-mail-send').click();
    await reset.expectRefusal('reason-code-not-sent', {}, 'above');
    await auditIn(lang, page, 'reason-code-not-sent');
    const codes = (await tenant.command(['recovery', 'issue', 'alice'])).trim().split('\n');
    // Every plural form, down to zero.
    for (const [place, code] of codes.entries()) {
      await reset.openAs(tenant, 'alice', { lang });
      await reset.chooseGate('recovery');
      if (place === 1) {
        await reset.answer(codes[0]);
        await reset.expectRefusal('reason-code-used', {}, 'field');
      }
      await reset.answer(code);
      await expect(page.getByText(reset.text('codes-left', { left: 9 - place }))).toBeVisible();
    }
  });
}

async function expectDigits(reset: ResetPage): Promise<void> {
  await expect(reset.code).toHaveAttribute('inputmode', 'numeric');
  await expect(reset.code).toHaveAttribute('autocomplete', 'one-time-code');
}

/** Expects a field for codes with letters, without capitalisation, wide enough for the longest. */
async function expectLetters(reset: ResetPage): Promise<void> {
  await expect(reset.code).toHaveAttribute('inputmode', 'text');
  await expect(reset.code).toHaveAttribute('autocomplete', 'off');
  await expect(reset.code).toHaveAttribute('autocapitalize', 'none');
  await reset.code.fill('WWWW-WWWW-WWWW-WWWW');
  const over = await reset.code.evaluate((field) => field.scrollWidth - field.clientWidth);
  expect(over, 'the field is wide enough').toBeLessThanOrEqual(0);
  await reset.code.fill('');
}
