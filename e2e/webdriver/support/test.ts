// `test` with a tab of the browser under test. In every test, the page must neither throw nor violate its
// Content-Security-Policy.

import type { Tenant } from '../../support/stack';
import { expect, test as base } from '../../support/test';
import { startFirefox } from './firefox';
import { record } from './in-page';
import { Reset } from './reset';
import type { Browser, Tab } from './tab';
import { startWebKit } from './webkit';

export interface Options {
  engine: 'Firefox' | 'WebKit';
}

interface Workers extends Options {
  /** The browser under test. */
  started: Browser;
}

interface Fixtures {
  tab: Tab;
  /** The reset of a tenant in that tab. */
  of: (tenant: Tenant) => Reset;
}

export const test = base.extend<Fixtures, Workers>({
  engine: ['Firefox', { option: true, scope: 'worker' }],
  started: [
    async ({ engine }, use) => {
      const browser = await { Firefox: startFirefox, WebKit: startWebKit }[engine]();
      await use(browser);
      await browser.stop();
    },
    { scope: 'worker' },
  ],
  tab: async ({ started }, use, info) => {
    const tab = await started.open(record);
    await use(tab);
    if (info.status !== info.expectedStatus) {
      await info.attach('page', { body: await tab.picture(), contentType: 'image/png' });
    }
    await tab.close();
  },
  of: async ({ tab, request }, use) => {
    const opened: Reset[] = [];
    await use((tenant) => {
      opened.push(new Reset(tab, tenant, request));
      return opened.at(-1)!;
    });
    for (const reset of opened) expect(await reset.faults(), 'errors in the page').toEqual([]);
  },
});

export { expect };
