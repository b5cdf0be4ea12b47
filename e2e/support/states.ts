// The states of the page, flow by flow, for the tests of every state and for the screenshots. Every
// new state has to be added here.

import type { BrowserContext } from '@playwright/test';
import { type GateKind, ResetPage, goodPassword } from './reset-page';
import { type Answer, addressOf, answers, codeAtHand, firstPassword } from './sandbox';
import { EVERY_GATE, type Tenant, type TenantOptions } from './stack';
import { expect } from './test';
import { Authenticator } from './virtual-key';
import type { Arguments, Language } from './words';

/** The page and the tenants that a way uses. */
export interface Visitor {
  reset: ResetPage;
  lang: Language;
  context: BrowserContext;
  addTenant: (options?: TenantOptions) => Promise<Tenant>;
}

/** Goes from state to state, and yields the name of each when it is reached. */
type Way = (visitor: Visitor) => AsyncGenerator<string>;

/** The arguments that the sandbox uses for a reason. */
const NUMBERS: Record<string, Arguments> = {
  'reason-wrong-code': { tries: 3 },
  'reason-wrong-password': { tries: 2 },
  'reason-too-short': { minimum: 12, length: 8 },
  'reason-too-long': { maximum: 256, length: 300 },
  'reason-too-few-classes': { needed: 3, found: 2 },
  'reason-used-before': { remembered: 24 },
  'reason-password-elsewhere': { place: 'https://passwords.example/' },
};

/** Answers with texts of their own where they are given: the prefixes of their keys. */
const PREFIXES: Record<string, string> = {
  'reason-sent-too-recently': 'unsent-',
  'reason-too-many-codes': 'unsent-',
  'reason-too-many-from-network': 'gate-',
};

/** Goes to every answer of some steps, by the links of the sandbox page. */
function answersAt(...steps: string[]): Way {
  return async function* ({ reset, lang, addTenant }) {
    const tenant = await addTenant();
    // Sets language and tenant.
    await reset.open(tenant, { lang });
    for (const answer of await answers(reset.page.request, tenant, lang)) {
      if (!steps.includes(answer.step)) continue;
      await reset.page.goto(`${tenant.portal.url}/${tenant.id}/${answer.link}`);
      await reset.ready();
      await expect(reset.userName).toHaveValue(answer.code);
      await reset.press(reset.button('identify-submit'));
      await goTo(reset, answer);
      const key = `reason-${answer.code.replaceAll('_', '-')}`;
      if (answer.step === 'unlock') await expect(reset.heading).toHaveText(reset.text('not-locked-title'));
      else await reset.expectRefusal((PREFIXES[key] ?? '') + key, NUMBERS[key]);
      yield key;
    }
  };
}

/** Goes on from the user name to the step that gives an answer. */
async function goTo(reset: ResetPage, { code, step }: Answer): Promise<void> {
  switch (step) {
    case 'user-name':
    // The code is sent without a click.
    case 'send-code':
      return;
    case 'current-password':
      return reset.signIn(firstPassword);
    case 'code':
    case 'unlock':
      return reset.passMailGate(code);
    case 'new-password':
      await reset.passMailGate(code);
      if (code === 'policy_unreadable') return;
      // The focus comes one frame after the field: what is typed elsewhere before would lose it.
      await expect(reset.password).toBeFocused();
      return reset.setPassword(goodPassword());
    case 'methods':
      await reset.signIn(firstPassword);
      await reset.passMailGate(code);
      await reset.press(reset.button('methods-add-authenticator'));
      if (code === 'method_not_added') await reset.answer('000000');
      return;
    default:
      throw new Error(`no way to the step ${step}`);
  }
}

export const WAYS: Record<string, Way> = {
  reset: async function* ({ reset, lang, addTenant }) {
    await reset.open(await addTenant(), { lang });
    yield 'user name';
    await reset.identify('');
    await reset.expectFieldInError();
    yield 'an error beside the field';
    await reset.identify('bob');
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
    yield 'choice of a gate';
    await reset.chooseGate('authenticator');
    await expect(reset.appCode).toBeVisible();
    yield 'authenticator';
    await reset.press(reset.button('gate-other'));
    await reset.chooseGate('mail');
    yield 'mail, nothing sent';
    await reset.sendCode();
    yield 'mail, code sent';
    await reset.answer('00000000');
    await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
    yield 'a wrong code';
    await reset.answerMailedCode('bob');
    await expect(reset.help).toBeVisible();
    yield 'new password';
    await reset.type(reset.password, 'Bob kettle');
    await reset.type(reset.repetition, 'Bob');
    await expect(reset.saidOfPassword).toHaveText(reset.text('strength-weak'));
    yield 'hints';
    await reset.press(reset.button('passphrase-suggest'));
    await expect(reset.saidOfPassword).toContainText(reset.text('passphrase-title'));
    yield 'a suggested passphrase';
    await reset.press(reset.button('passphrase-use'));
    await expect(reset.saidOfPassword).toHaveText(reset.text('strength-strong'));
    yield 'a passphrase taken';
    await reset.setPassword('x'.repeat(300));
    await reset.expectRefusal('reason-too-long', { maximum: 256, length: 300 }, 'field');
    yield 'a refused password';
    await reset.complete();
    yield 'done';
  },

  gates: async function* ({ reset, lang, addTenant }) {
    const tenant = await addTenant({ policy: `${EVERY_GATE}\ngates_required = 2` });
    await reset.openAs(tenant, 'eva', { lang });
    await expect(reset.page.locator('.choice')).toHaveCount(7);
    yield 'every gate';
    for (const kind of ['sms', 'voice', 'recovery', 'pass'] as GateKind[]) {
      await reset.chooseGate(kind);
      if (kind === 'sms' || kind === 'voice') {
        yield `${kind}, nothing sent`;
        await reset.press(reset.button(kind === 'sms' ? 'gate-mail-send' : 'gate-voice-send'));
      }
      await expect(reset.code).toBeVisible();
      yield kind;
      await reset.press(reset.button('gate-other'));
    }
    await reset.chooseGate('pass');
    await reset.answer(await codeAtHand(reset.page.request, tenant, 'eva', 'pass'));
    await expect(reset.page.getByText(reset.text('gates-position', { current: 2, total: 2 }))).toBeVisible();
    // The gate whose code was sent last is shown.
    await reset.press(reset.button('gate-other'));
    yield 'the second gate';
    await reset.chooseGate('recovery');
    await reset.answer(await codeAtHand(reset.page.request, tenant, 'eva', 'recovery'));
    await expect(reset.help).toBeVisible();
    yield 'recovery codes left';
  },

  waiting: async function* ({ reset, lang, addTenant }) {
    const tenant = await addTenant();
    // The page's clock is moved forward instead of waiting.
    await reset.page.clock.install();
    await reset.openAs(tenant, 'alice', { lang });
    await reset.sendCode();
    await reset.page.clock.runFor(10_500);
    await expect(reset.button('gate-mail-resend')).toBeVisible();
    yield 'help after ten seconds';
    await reset.answer('00000000');
    await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
    await reset.page.clock.runFor(13 * 60_000);
    await expect(reset.button('session-extend')).toBeVisible();
    yield 'the flow ends soon';
  },

  change: async function* ({ reset, lang, addTenant }) {
    const tenant = await addTenant();
    await reset.open(tenant, { lang, flow: 'change' });
    yield 'user name';
    await reset.identify('alice');
    await expect(reset.currentPassword).toBeFocused();
    yield 'the current password';
    await reset.signIn('not the password');
    await reset.expectRefusal('reason-wrong-password', { tries: 2 }, 'field');
    yield 'a wrong password';
    await reset.signIn(firstPassword);
    await expect(reset.help).toBeVisible();
    yield 'the new password';
    await reset.page.reload();
    await expect(reset.help).toBeVisible();
    await expect(reset.currentPassword).toBeVisible();
    yield 'both passwords, after a reload';
    await reset.type(reset.currentPassword, firstPassword);
    await reset.complete();
    yield 'done';
  },

  unlock: async function* ({ reset, lang, addTenant }) {
    const tenant = await addTenant();
    await reset.open(tenant, { lang, flow: 'unlock' });
    yield 'user name';
    await reset.identify('frank');
    await reset.passMailGate('frank');
    await expect(reset.heading).toHaveText(reset.text('unlocked-title'));
    yield 'unlocked';
    await reset.openAs(tenant, 'alice', { lang, flow: 'unlock' });
    await reset.passMailGate('alice');
    await expect(reset.heading).toHaveText(reset.text('not-locked-title'));
    yield 'not locked';
  },

  methods: async function* ({ reset, lang, addTenant }) {
    const { page } = reset;
    const tenant = await addTenant({ policy: 'gates = ["mail", "authenticator", "recovery", "passkey"]' });
    const device = await Authenticator.attach(page);
    await reset.open(tenant, { lang, flow: 'methods', named: true });
    yield 'user name';
    await reset.identify('alice');
    await reset.signIn(firstPassword);
    await reset.passMailGate('alice');
    await expect(reset.heading).toHaveText(reset.text('methods-title'));
    yield 'to be confirmed';
    await reset.press(reset.button('methods-due-confirm'));
    await expect(page.getByText(reset.text('methods-confirmed'))).toBeVisible();
    yield 'confirmed';
    await reset.press(reset.button('methods-add-authenticator'));
    await expect(page.locator('.qr svg')).toBeVisible();
    yield 'a new authenticator';
    await reset.answer('000000');
    await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
    yield 'a wrong code';
    await reset.press(reset.button('methods-give-up'));
    await reset.press(reset.button('methods-add-recovery'));
    await expect(page.locator('.codes li')).toHaveCount(10);
    yield 'recovery codes';
    await reset.press(reset.button('methods-kept-them'));
    await reset.expectRefusal('recovery-not-kept', {}, 'above');
    yield 'recovery codes, not kept yet';
    await reset.press(reset.button('methods-copy'));
    await reset.press(reset.button('methods-kept-them'));
    await expect(page.getByText(reset.text('methods-added'))).toBeVisible();
    await reset.press(reset.button('methods-add-passkey'));
    await expect(reset.heading).toHaveText(reset.text('methods-title-passkey'));
    yield 'a new passkey';
    await device.recognises(false);
    await reset.press(reset.button('methods-passkey-use'));
    await expect(page.getByText(reset.text('passkey-not-made'))).toBeVisible();
    yield 'no passkey was made';
    await device.recognises(true);
    await reset.press(reset.button('methods-passkey-use'));
    await expect(page.getByText(reset.text('methods-added'))).toBeVisible();
    yield 'a passkey and recovery codes';
    await reset.press(
      page
        .locator('.methods li', { has: page.getByRole('button') })
        .last()
        .getByRole('button'),
    );
    await expect(reset.button('methods-remove-yes')).toBeFocused();
    yield 'really remove';
    await reset.press(reset.button('methods-done'));
    await expect(reset.heading).toHaveText(reset.text('methods-finished-title'));
    yield 'finished';

    await reset.openAs(tenant, 'alice', { lang, named: true });
    await reset.chooseGate('passkey');
    yield 'the gate of a passkey';
    await device.recognises(false);
    await reset.press(reset.button('gate-passkey-use'));
    await expect(page.getByText(reset.text('passkey-cancelled'))).toBeVisible();
    yield 'cancelled';
    // Opened at 127.0.0.1, which is not among the agent's origins.
    await reset.openAs(tenant, 'alice', { lang });
    await reset.chooseGate('passkey');
    await reset.press(reset.button('gate-passkey-use'));
    await expect(page.getByText(reset.text('passkey-elsewhere'))).toBeVisible();
    yield 'not at this address';
  },

  'user name': async function* ({ reset, lang, addTenant }) {
    await reset.open(await addTenant(), { lang, flow: 'user-name' });
    yield 'address';
    await reset.type(reset.mailAddress, addressOf('alice'));
    await reset.press(reset.button('user-name-submit'));
    await expect(reset.heading).toHaveText(reset.text('user-name-sent-title'));
    yield 'sent';
  },

  'answers to a name': answersAt('user-name'),
  'answers at the gates': answersAt('send-code', 'code', 'current-password'),
  'answers to a password': answersAt('new-password'),
  'other answers': answersAt('unlock', 'methods'),

  'on the way': async function* ({ reset, lang, addTenant, context }) {
    const { page } = reset;
    const tenant = await addTenant();
    await reset.reachPassword(tenant, 'heidi', { lang });
    await expect(page.getByText(reset.pattern('rule-too-young'))).toBeVisible();
    await expect(reset.help).toBeVisible();
    yield 'too young, told before';
    await reset.open(tenant, { lang });
    await context.setOffline(true);
    await reset.identify('alice');
    await reset.expectRefusal('offline');
    yield 'offline';
    await context.setOffline(false);
    await page.route('**/messages?*', (route) =>
      route.fulfill({ status: 429, contentType: 'application/problem+json', body: '{}' }),
    );
    await reset.press(reset.button('try-again'));
    await reset.expectRefusal('problem-too-many-requests');
    yield 'too many requests';
    await page.unroute('**/messages?*');
    await page.route('**/messages?*', (route) =>
      route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' }),
    );
    await reset.press(reset.button('try-again'));
    await reset.expectRefusal('not-from-agent');
    yield 'not from the agent';
    await page.unroute('**/messages?*');
    await reset.reachPassword(tenant, 'alice', { lang });
    await page.route('**/messages?*', (route) => route.abort());
    await reset.setPassword(goodPassword());
    await reset.expectRefusal('unconfirmed');
    yield 'unconfirmed';
    await page.unroute('**/messages?*');
    await reset.press(reset.button('check-again'));
    await expect(page.getByText(reset.text('unchanged'))).toBeVisible();
    await expect(reset.help).toBeVisible();
    yield 'unchanged';
    await reset.openAs(tenant, 'alice', { lang });
    await reset.sendCode();
    // The page does not know any more when it asked for its code.
    await page.reload();
    await expect(reset.mailCode).toBeVisible();
    const other = new ResetPage(await context.newPage());
    await other.openAs(tenant, 'alice', { lang });
    await other.sendCode();
    await other.page.close();
    await expect(page.getByText(reset.pattern('gate-other-tab-before'))).toBeVisible();
    yield 'a newer code in another tab';
  },

  'other pages': async function* ({ reset, lang, addTenant }) {
    const { page } = reset;
    const tenant = await addTenant({ color: '#7a2048' });
    await reset.openAs(tenant, 'alice', { lang });
    await reset.sendCode();
    const { url } = tenant.portal;
    await page.goto(`${url}/${tenant.id}/sandbox?lang=${lang}`);
    yield 'sandbox';
    await page.goto(`${url}/${tenant.id}/help?lang=${lang}`);
    yield 'help';
    await page.goto(`${url}/nobody/?lang=${lang}`);
    yield 'no such organisation';
    await page.goto(`${url}/${tenant.id}/nothing?lang=${lang}`);
    yield 'no such page';
    const without = await addTenant({ portal: 'entitled = false\n', comesUp: false });
    await reset.visit(without, { lang });
    yield 'not entitled';
    await page.route('**/*.wasm', (route) => route.abort());
    await reset.visit(tenant, { lang });
    await expect(page.locator('html')).toHaveAttribute('data-failed', '');
    yield 'the start failed';
    await page.unroute('**/*.wasm');
    await tenant.takeDown();
    await reset.visit(tenant, { lang });
    yield 'the service is down';
  },
};
