// Chromium's virtual authenticator: a device with passkeys, and a user who is present or not.

import { type CDPSession, type Page, expect } from '@playwright/test';
import type { ResetPage } from './reset-page';
import { firstPassword } from './sandbox';
import type { Tenant } from './stack';

interface Credential {
  credentialId: string;
  isResidentCredential: boolean;
  rpId: string;
  privateKey: string;
  userHandle?: string;
  signCount: number;
}

export class Authenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** Attaches a device with a sensor, whose owner is present and is recognised. */
  static async attach(page: Page): Promise<Authenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    return new Authenticator(session, authenticatorId);
  }

  /** Sets whether the sensor recognises the user. */
  async recognises(isUserVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified });
  }

  /** Sets whether the user touches it. */
  async isTouched(enabled: boolean): Promise<void> {
    await this.session.send('WebAuthn.setAutomaticPresenceSimulation', {
      authenticatorId: this.authenticatorId,
      enabled,
    });
  }

  async passkeys(): Promise<Credential[]> {
    const { authenticatorId } = this;
    return (await this.session.send('WebAuthn.getCredentials', { authenticatorId })).credentials as Credential[];
  }

  /** Replaces its passkeys. */
  async holds(passkeys: Credential[]): Promise<void> {
    const { authenticatorId } = this;
    await this.session.send('WebAuthn.clearCredentials', { authenticatorId });
    for (const credential of passkeys) {
      await this.session.send('WebAuthn.addCredential', { authenticatorId, credential });
    }
  }
}

/** Signs in to the user's methods at `localhost`, with the password and a mailed code. */
export async function signIn(reset: ResetPage, tenant: Tenant, login: string): Promise<void> {
  await reset.openSignedIn(tenant, login, firstPassword, { named: true, flow: 'methods' });
  await reset.passMailGate(login);
  await expect(reset.heading).toHaveText(reset.text('methods-title'));
}

/** Registers a passkey of the attached device for an account. */
export async function register(reset: ResetPage, tenant: Tenant, login: string): Promise<void> {
  await signIn(reset, tenant, login);
  await reset.button('methods-add-passkey').click();
  await reset.button('methods-passkey-use').click();
  await expect(reset.page.getByText(reset.text('methods-added'))).toBeVisible();
}
