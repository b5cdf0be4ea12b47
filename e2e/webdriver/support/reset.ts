// The reset as people use it: they read it, click on what has a label, and type.

import { type APIRequestContext, expect } from '@playwright/test';
import { goodPassword } from '../../support/reset-page';
import { addressOf, authenticatorCode, mailedCode } from '../../support/sandbox';
import type { Tenant } from '../../support/stack';
import { type Arguments, pattern, text } from '../../support/words';
import { type Seen, look, place, recorded, showsFrame } from './in-page';
import type { Point, Tab } from './tab';

/** The control key of WebDriver. */
const CONTROL = '\uE009';

/** Looks ten times a second. */
const often = { intervals: [50, 100] };

/** What is expected to be seen: values, or matchers for them. */
type Expected = { [Name in keyof Seen]?: unknown };

export class Reset {
  private readonly earlier: string[] = [];

  constructor(
    private readonly tab: Tab,
    private readonly tenant: Tenant,
    private readonly request: APIRequestContext,
  ) {}

  /** Opens the tenant's page, or another one with its reset. */
  async open(address = `${this.tenant.portal.url}/${this.tenant.id}/`): Promise<void> {
    await this.tab.goto(address);
  }

  /** Opens a page of another site that has the reset in a frame. */
  async openFramed(address: string): Promise<void> {
    await this.tab.goto(address);
    await expect.poll(() => this.tab.run(showsFrame), often).toBe(true);
    await this.tab.enterFrame();
  }

  async reload(): Promise<void> {
    this.earlier.push(...(await this.tab.run(recorded)));
    await this.tab.reload();
  }

  /** Returns the errors of the page's scripts, and the violations of its policy. */
  async faults(): Promise<string[]> {
    return [...this.earlier.splice(0), ...(await this.tab.run(recorded))];
  }

  text(key: string, values: Arguments = {}): string {
    return text('en', key, { tenant: this.tenant.name, ...values });
  }

  pattern(key: string, values: Arguments = {}): RegExp {
    return pattern('en', key, { tenant: this.tenant.name, ...values });
  }

  /** Waits until the reset looks like this. */
  async expect(seen: Expected): Promise<void> {
    await expect.poll(() => this.tab.run(look), often).toMatchObject(seen);
  }

  /** Waits until a text is in the reset. */
  async expectText(text: string): Promise<void> {
    await this.expect({ text: expect.stringContaining(text) });
  }

  /** Waits until a field is there and has the focus. */
  async expectField(key: string): Promise<void> {
    await this.expect({ focus: { label: this.text(key) } });
  }

  /** Clicks on a field or button. */
  async press(key: string): Promise<void> {
    const label = this.text(key);
    let at: Point | null = null;
    const found = async () => (at = await this.tab.run(place, label));
    await expect.poll(found, { ...often, message: `where “${label}” is` }).not.toBeNull();
    await this.tab.click(at!);
  }

  /** Replaces the contents of a field. */
  async type(key: string, text: string): Promise<void> {
    await this.press(key);
    await this.expectField(key);
    await this.tab.press([[CONTROL, 'a'], ...text]);
    await this.expect({ focus: { value: text } });
  }

  async identify(name: string): Promise<void> {
    await this.expect({ ready: true });
    await this.type('identify-name', name);
    await this.press('identify-submit');
  }

  /** Passes the gate of the mailed code, which a first gate with only one address sends without a click. */
  async passMailGate(login: string, position: 'first' | 'second' = 'first'): Promise<void> {
    if (position === 'second') await this.press('gate-mail-send');
    await this.expectField('gate-mail-code');
    await this.answer('gate-mail-code', await mailedCode(this.request, this.tenant, addressOf(login)));
  }

  /** Chooses the gate of the authenticator, and passes it. */
  async passAuthenticatorGate(login: string): Promise<void> {
    await this.press('gate-authenticator');
    await this.expectField('gate-authenticator-code');
    await this.answer('gate-authenticator-code', await authenticatorCode(this.request, this.tenant, login));
  }

  /** Types a code into the field of a gate, and sends it. */
  async answer(field: string, code: string): Promise<void> {
    await this.type(field, code);
    await this.press('gate-submit');
  }

  async setPassword(password = goodPassword()): Promise<void> {
    await this.type('password-new', password);
    await this.type('password-repeat', password);
    await this.press('password-submit');
  }

  /** Expects a refusal at a field, which keeps its contents and the focus. */
  async expectRefused(field: string, value: string, reason: string, values: Arguments = {}): Promise<void> {
    const why = expect.stringMatching(this.pattern(reason, values));
    const focus = { label: this.text(field), labelInView: true, value, invalid: true, description: why };
    await this.expect({ alert: why, focus });
    await this.expect({ alert: expect.stringMatching(this.pattern(`${reason}.do`, values)) });
  }

  /** Expects the result: the agent has confirmed the new password. */
  async expectDone(): Promise<void> {
    const title = this.text('done-title');
    await this.expect({
      heading: title,
      focus: { label: title },
      text: expect.stringContaining(this.text('done-lead')),
    });
  }
}
