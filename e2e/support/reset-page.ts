// The reset page as the user sees it: by labels, buttons and texts of its language.

import { type Locator, type Page, expect } from '@playwright/test';
import { type Mail, addressOf, authenticatorCode, mailedCode, mails } from './sandbox';
import { type Tenant, named } from './stack';
import { type Arguments, type Language, pattern, text } from './words';

export type GateKind = 'mail' | 'authenticator' | 'sms' | 'voice' | 'passkey' | 'recovery' | 'pass';

/**
 * Returns a password that complies with every rule of the sandbox, and was never used before. Only
 * its digits are random: letters could spell a user's name.
 */
export function goodPassword(): string {
  return `Green kettle ${Math.random().toFixed(15).slice(2)}`;
}

/** The page of a tenant to open, and its language. */
export interface Opening {
  lang?: Language;
  /** Opens it at `localhost`, where passkeys can be used. */
  named?: boolean;
  flow?: 'change' | 'unlock' | 'user-name' | 'methods';
}

/** Returns the address of the portal. */
function address(tenant: Tenant, options: Opening): string {
  return options.named ? named(tenant.portal.url) : tenant.portal.url;
}

export class ResetPage {
  tenant!: Tenant;
  language: Language = 'en';

  constructor(readonly page: Page) {}

  /** Opens a tenant's page as a new tab would, and waits until it can seal. */
  async open(tenant: Tenant, options: Opening = {}): Promise<void> {
    if (this.page.url().startsWith(address(tenant, options))) {
      // What is under way would store its token after this.
      await this.page.evaluate(() => (stop(), sessionStorage.clear()));
    }
    await this.visit(tenant, options);
    await this.ready();
  }

  /** Opens a tenant's page, and sends a user name. */
  async openAs(tenant: Tenant, name: string, options: Opening = {}): Promise<void> {
    await this.open(tenant, options);
    await this.identify(name);
  }

  /** Opens a flow that asks for the current password, and sends a user name and that password. */
  async openSignedIn(tenant: Tenant, name: string, password: string, options: Opening): Promise<void> {
    await this.openAs(tenant, name, options);
    await this.signIn(password);
  }

  /** Opens a tenant's page and does not wait until it can seal. */
  async visit(tenant: Tenant, options: Opening = {}): Promise<void> {
    this.tenant = tenant;
    this.language = options.lang ?? 'en';
    const query = options.lang ? `?lang=${options.lang}` : '';
    await this.page.goto(`${address(tenant, options)}/${tenant.id}/${options.flow ?? ''}${query}`);
  }

  async ready(): Promise<void> {
    // The page itself, or the `<postern-reset>` in it.
    await expect(this.page.locator('[data-started]')).toBeAttached();
    await expect(this.page.locator('#focus')).toBeEnabled();
  }

  /** Returns a text in the page's language; the tenant's name is filled in. */
  text(key: string, values: Arguments = {}): string {
    return text(this.language, key, { tenant: this.tenant.name, ...values });
  }

  pattern(key: string, values: Arguments = {}): RegExp {
    return pattern(this.language, key, { tenant: this.tenant.name, ...values });
  }

  get userName(): Locator {
    return this.field('identify-name');
  }

  get mailAddress(): Locator {
    return this.field('user-name-mail');
  }

  get currentPassword(): Locator {
    return this.field('gate-password');
  }

  get mailCode(): Locator {
    return this.field('gate-mail-code');
  }

  get appCode(): Locator {
    return this.field('gate-authenticator-code');
  }

  /** The code field of the current gate. */
  get code(): Locator {
    return this.page.locator('input.code');
  }

  get password(): Locator {
    return this.field('password-new');
  }

  get repetition(): Locator {
    return this.field('password-repeat');
  }

  /** The help with choosing a password: added after the fields, and missing if it fails to load. */
  get help(): Locator {
    return this.page.locator('#quality');
  }

  /** The announcement on the new password: its strength, after a second, or a suggestion. */
  get saidOfPassword(): Locator {
    return this.help.locator('> [role=status]').first();
  }

  get heading(): Locator {
    return this.page.getByRole('heading', { level: 1 });
  }

  field(key: string): Locator {
    return this.page.getByLabel(this.text(key), { exact: true });
  }

  button(key: string): Locator {
    return this.page.getByRole('button', { name: this.text(key), exact: true });
  }

  /** Presses a button or follows a link. */
  async press(target: Locator): Promise<void> {
    await target.click();
  }

  /** Replaces the contents of a field. */
  async type(field: Locator, text: string): Promise<void> {
    await field.fill(text);
  }

  async identify(name: string): Promise<void> {
    await this.type(this.userName, name);
    await this.press(this.button('identify-submit'));
  }

  async chooseGate(kind: GateKind): Promise<void> {
    const name = new RegExp(`^\\s*${this.text(`gate-${kind}`)}`);
    // There may be two phone numbers. What is rare is folded.
    const gate = this.page.locator('.choice').filter({ hasText: name }).first();
    await expect(gate).toBeAttached();
    if (!(await gate.isVisible())) await this.press(this.page.locator('.more summary'));
    await this.press(gate);
  }

  /** Enters the current password into its gate, and sends it. */
  async signIn(password: string): Promise<void> {
    await this.type(this.currentPassword, password);
    await this.press(this.button('gate-submit'));
  }

  /** Chooses the gate of the passkey among several, and asks the browser for it. */
  async usePasskey(): Promise<void> {
    await this.chooseGate('passkey');
    await this.button('gate-passkey-use').click();
  }

  /**
   * Has a code mailed, and waits until the page asks for it. Where there is only one address, and the
   * tenant does not hide it, the code is mailed without a click.
   */
  async sendCode(): Promise<void> {
    const send = this.button('gate-mail-send');
    await expect(send.or(this.mailCode)).toBeVisible();
    if (await send.isVisible()) await this.press(send);
    await expect(this.mailCode).toBeVisible();
  }

  /** Starts again after a gate was passed: the page asks first. */
  async startAgain(): Promise<void> {
    await this.press(this.button('start-again'));
    await this.press(
      this.page.locator('#leaving').getByRole('button', { name: this.text('start-again'), exact: true }),
    );
  }

  /** Types a code into the current gate, and sends it. */
  async answer(code: string): Promise<void> {
    await this.type(this.code, '');
    await this.code.pressSequentially(code);
    await this.press(this.button('gate-submit'));
  }

  async setPassword(password: string, repetition = password): Promise<void> {
    await this.type(this.password, password);
    await this.type(this.repetition, repetition);
    await this.press(this.button('password-submit'));
  }

  /** Sets a password, and expects the agent to confirm it. */
  async complete(password = goodPassword()): Promise<void> {
    await this.setPassword(password);
    await this.expectDone();
  }

  /** Passes the mail gate. */
  async passMailGate(login: string): Promise<void> {
    await this.sendCode();
    await this.answerMailedCode(login);
  }

  /** Enters the code that was mailed last, and sends it. */
  async answerMailedCode(login: string): Promise<void> {
    await this.answer(await mailedCode(this.page.request, this.tenant, addressOf(login)));
  }

  /** Passes the authenticator gate, which was already chosen. */
  async passAuthenticatorGate(login: string): Promise<void> {
    await this.answer(await authenticatorCode(this.page.request, this.tenant, login));
  }

  /** Goes from a new page to the new password's form, with a mailed code. */
  async reachPassword(tenant: Tenant, login: string, options: Opening = {}): Promise<void> {
    await this.openAs(tenant, login, options);
    await this.passMailGate(login);
    // The focus comes one frame after the field: what is typed elsewhere before would lose it.
    await expect(this.password).toBeFocused();
  }

  /** Expects a refusal with its advice, and the focus on the field in error or on the refusal. */
  async expectRefusal(
    key: string,
    values: Arguments = {},
    place?: 'field' | 'above',
    advice = `${key}.do`,
  ): Promise<void> {
    const alert = this.page.getByRole('alert').filter({ hasText: this.pattern(key, values) });
    await expect(alert).toBeVisible();
    await expect(alert).toContainText(this.pattern(advice, values));
    if (place === 'field') await this.expectFieldInError();
    if (place === 'above') await expect(this.page.locator('#refusal')).toBeFocused();
  }

  /** Expects a field, that of the step unless another is named, to be marked as invalid, described and focused. */
  async expectFieldInError(field = this.page.locator('#focus')): Promise<void> {
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/\S/);
  }

  /** Expects the result page: the agent has confirmed the new password. */
  async expectDone(): Promise<void> {
    // The whole content, so that a failure reports what was shown instead.
    await expect(this.page.locator('main')).toContainText(this.text('done-title'));
    await expect(this.heading).toHaveText(this.text('done-title'));
    await expect(this.heading).toBeFocused();
    await expect(this.page.getByText(this.text('done-lead'))).toBeVisible();
  }

  async expectNotDone(): Promise<void> {
    await expect(this.page.getByText(this.text('done-title'))).toHaveCount(0);
  }

  /** Expects an account of the sandbox to have this number of mails. The agent mails after its answer. */
  async expectMails(login: string, count: number): Promise<void> {
    await expect.poll(async () => (await this.mails(login)).length).toBe(count);
  }

  /** Returns the number of mails that told an account of the sandbox that its password was reset. */
  async noticesTo(login: string): Promise<number> {
    return (await this.mails(login)).filter((mail) => mail.subject === this.text('mail-done-subject')).length;
  }

  private async mails(login: string): Promise<Mail[]> {
    return mails(this.page.request, this.tenant, addressOf(login));
  }
}
