// The reset page as a person sees it: by labels, buttons and texts of its language.

import { type Locator, type Page, expect } from '@playwright/test';
import { addressOf, authenticatorCode, mailedCode } from './sandbox';
import { type Tenant, named } from './stack';
import { type Arguments, type Language, pattern, text } from './words';

export type GateKind = 'mail' | 'authenticator' | 'sms' | 'voice' | 'passkey' | 'recovery' | 'pass';

/**
 * A password that every rule of the sandbox accepts, and that was never used before. Only its
 * digits are random: letters could spell somebody's name.
 */
export function goodPassword(): string {
  return `Green kettle ${Math.random().toFixed(15).slice(2)}`;
}

/** Which page of a tenant, and in which language. */
export interface Opening {
  lang?: Language;
  /** At `localhost`, where there can be passkeys. */
  named?: boolean;
  flow?: 'change' | 'unlock' | 'user-name' | 'methods';
}

/** Where the portal is opened. */
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
      await this.page.evaluate(() => sessionStorage.clear());
    }
    await this.visit(tenant, options);
    await this.ready();
  }

  /** Opens it and waits for nothing. */
  async visit(tenant: Tenant, options: Opening = {}): Promise<void> {
    this.tenant = tenant;
    this.language = options.lang ?? 'en';
    const query = options.lang ? `?lang=${options.lang}` : '';
    await this.page.goto(`${address(tenant, options)}/${tenant.id}/${options.flow ?? ''}${query}`);
  }

  async ready(): Promise<void> {
    await expect(this.page.locator('#focus')).toBeEnabled();
  }

  /** A text of the page's language; the tenant's name and its helpdesk are known. */
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

  /** The field of the gate that is open, whichever it is. */
  get code(): Locator {
    return this.page.locator('input.code');
  }

  get password(): Locator {
    return this.field('password-new');
  }

  get repetition(): Locator {
    return this.field('password-repeat');
  }

  /** What helps to choose a password: a moment after the fields, and not there if it fails. */
  get help(): Locator {
    return this.page.locator('#quality');
  }

  /** What is said of the new password: its strength a moment after the last key, or a suggestion. */
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

  /** Presses a button or follows a link, as this person does. */
  async press(target: Locator): Promise<void> {
    await target.click();
  }

  /** Types into a field, as this person does, instead of what is in it. */
  async type(field: Locator, text: string): Promise<void> {
    await field.fill(text);
  }

  async identify(name: string): Promise<void> {
    await this.type(this.userName, name);
    await this.press(this.button('identify-submit'));
  }

  async chooseGate(kind: GateKind): Promise<void> {
    const name = new RegExp(`^${this.text(`gate-${kind}`)}`);
    // There may be two numbers to call.
    await this.press(this.page.getByRole('button', { name }).first());
  }

  /** Types the current password into its gate, and sends it. */
  async signIn(password: string): Promise<void> {
    await this.type(this.currentPassword, password);
    await this.press(this.button('gate-submit'));
  }

  /** Asks the browser for a passkey, where that is one of several ways. */
  async usePasskey(): Promise<void> {
    await this.chooseGate('passkey');
    await this.button('gate-passkey-use').click();
  }

  /** Asks for a code by mail and waits until it is on its way. */
  async sendCode(): Promise<void> {
    await this.press(this.button('gate-mail-send'));
    await expect(this.mailCode).toBeVisible();
  }

  /** Types a code into the gate that is open, and sends it. */
  async answer(code: string): Promise<void> {
    await this.type(this.code, code);
    await this.press(this.button('gate-submit'));
  }

  async setPassword(password: string, repetition = password): Promise<void> {
    await this.type(this.password, password);
    await this.type(this.repetition, repetition);
    await this.press(this.button('password-submit'));
  }

  /** From the gates to the new password, through the mail gate alone. */
  async passMailGate(login: string): Promise<void> {
    await this.sendCode();
    await this.answerMailedCode(login);
  }

  /** Types the code that was mailed last. */
  async answerMailedCode(login: string): Promise<void> {
    await this.answer(await mailedCode(this.page.request, this.tenant, addressOf(login)));
  }

  /** Through the authenticator's gate, once it is chosen. */
  async passAuthenticatorGate(login: string): Promise<void> {
    await this.answer(await authenticatorCode(this.page.request, this.tenant, login));
  }

  /** From a fresh page to the new password's form, with a mailed code. */
  async reachPassword(tenant: Tenant, login: string, options: Opening = {}): Promise<void> {
    await this.open(tenant, options);
    await this.identify(login);
    await this.passMailGate(login);
    await expect(this.password).toBeVisible();
  }

  /** What was refused and what to do are both told, and the focus is where it can be mended. */
  async expectRefusal(key: string, values: Arguments = {}, place?: 'field' | 'above'): Promise<void> {
    const alert = this.page.getByRole('alert').filter({ hasText: this.pattern(key, values) });
    await expect(alert).toBeVisible();
    await expect(alert).toContainText(this.pattern(`${key}.do`, values));
    if (place === 'field') await this.expectFieldInError();
    if (place === 'above') await expect(this.page.locator('#refusal')).toBeFocused();
  }

  /** The field on the screen is marked as wrong, described by the error, and has the focus. */
  async expectFieldInError(): Promise<void> {
    const field = this.page.locator('#focus');
    await expect(field).toBeFocused();
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(/\S/);
  }

  /** The agent has confirmed the new password. */
  async expectDone(): Promise<void> {
    // All that is shown, so that a failure says what was shown instead.
    await expect(this.page.locator('main')).toContainText(this.text('done-title'));
    await expect(this.heading).toHaveText(this.text('done-title'));
    await expect(this.heading).toBeFocused();
    await expect(this.page.getByText(this.text('done-lead'))).toBeVisible();
  }

  async expectNotDone(): Promise<void> {
    await expect(this.page.getByText(this.text('done-title'))).toHaveCount(0);
  }
}
