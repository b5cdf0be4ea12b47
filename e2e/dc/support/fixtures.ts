// The fixtures of the journeys on the domain controller, besides the reset page.

import { expect, test as base } from '../../support/test';
import type { Tenant } from '../../support/stack';
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
  /** Goes from a new page to the new password's form, with the code from the mail. */
  reachPassword: (tenant: Tenant, visit?: Visit) => Promise<Arrival>;
}

/** How a person goes to the new password's form. */
export interface Visit {
  /** Default: a new person. */
  person?: Person;
  /** Default: the page of the test. */
  page?: ResetPage;
  lang?: Language;
}

/** A person at the new password's form, and the key version before anything was sent. */
export interface Arrival {
  person: Person;
  before: number;
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
  reachPassword: async ({ reset, directory, mails }, use) => {
    await use(async (tenant, { person: known, page = reset, lang } = {}) => {
      const person = known ?? (await directory.person());
      const before = await directory.keyVersion(person);
      await page.openAs(tenant, person.name, { lang });
      await passMailGate(page, mails, person.mail);
      await expect(page.password).toBeVisible();
      return { person, before };
    });
  },
});

/** A password that the domain accepts for every person. */
export const GOOD = 'Vasara-2026-prie-jūros';

/** Passes the mail gate with the next code that is mailed to an address. */
export async function passMailGate(reset: ResetPage, mails: MailServer, address: string): Promise<void> {
  const before = mails.codes(address).length;
  await reset.sendCode();
  await reset.answer(await mails.code(address, before + 1));
}

export { expect };
