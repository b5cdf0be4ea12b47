// The fixtures of the journeys on the domain controller, besides the reset page.

import { expect, test as base } from '../../support/test';
import type { ResetPage } from '../../support/reset-page';
import type { Language } from '../../support/words';
import { corp, type Corp, type Options } from './corp';
import { Directory, type Person } from './directory';
import { mailServer } from './environment';
import { MailServer } from '../../support/mail-server';

interface Shared {
  directory: Directory;
  mails: MailServer;
  /** A tenant on the domain controller that journeys share and do not change. */
  shared: Corp;
}

interface Own {
  /** Adds a tenant on the domain controller for this test only. */
  addCorp: (options?: Options) => Promise<Corp>;
}

export const test = base.extend<Own, Shared>({
  directory: [
    async ({}, use) => {
      const directory = await Directory.open();
      await use(directory);
      await directory.close();
    },
    { scope: 'worker' },
  ],
  mails: [
    async ({}, use) => {
      const mails = await MailServer.start({ cert: mailServer.certificate, key: mailServer.key });
      await use(mails);
      await mails.stop();
    },
    { scope: 'worker' },
  ],
  shared: [
    async ({ portal, mails }, use) => {
      const shared = await corp(portal, mails);
      await use(shared);
      await shared.stop();
    },
    { scope: 'worker' },
  ],
  addCorp: async ({ portal, mails }, use) => {
    const added: Corp[] = [];
    await use(async (options) => {
      const one = await corp(portal, mails, options);
      added.push(one);
      return one;
    });
    await Promise.all(added.map((one) => one.stop()));
  },
});

/** A password that the domain accepts for every person. */
export const GOOD = 'Vasara-2026-prie-jūros';

/** Goes from a new page to the new password's form, with the code from the mail. */
export async function reachPassword(
  reset: ResetPage,
  { tenant }: Pick<Corp, 'tenant'>,
  mails: MailServer,
  person: Person,
  options: { lang?: Language } = {},
): Promise<void> {
  const before = mails.codes(person.mail).length;
  await reset.open(tenant, options);
  await reset.identify(person.name);
  await reset.sendCode();
  await reset.answer(await mails.code(person.mail, before + 1));
  await expect(reset.password).toBeVisible();
}

/** Kills an agent with SIGKILL, and waits until the portal reports it as down. */
export async function kill({ tenant }: Pick<Corp, 'tenant'>): Promise<void> {
  await tenant.kill();
  await expect.poll(() => tenant.service()).toBe('down');
}

export { expect };
