// `test` with the fixtures of every journey: the portal, tenants of its own, the reset page. In
// every journey, the page must neither throw nor violate its Content-Security-Policy.

import { test as base, expect } from '@playwright/test';
import { Clock } from './clock';
import { ResetPage } from './reset-page';
import { Portal, Tenant, type TenantOptions, UNHINDERED, freePort } from './stack';

interface Fixtures {
  /** The tenants of the demo. */
  contoso: Tenant;
  fabrikam: Tenant;
  /** A tenant for this test only: one gate, unknown names are reported. */
  tenant: Tenant;
  /** Adds a tenant for this test only. */
  addTenant: (options?: TenantOptions) => Promise<Tenant>;
  /** Tenants for this test only; `pass` moves their clock and that of their page forward. */
  timed: { addTenant: (options?: TenantOptions) => Promise<Tenant>; pass: (seconds: number) => Promise<void> };
  reset: ResetPage;
}

interface Portals {
  /** The portal that was started for all tests. */
  portal: Portal;
  /** A portal with a clock of its own, which can only be moved forward. */
  timedPortal: Portal;
}

export const test = base.extend<Fixtures, Portals>({
  browser: [
    async ({ browser }, use) => {
      const open = browser.newContext.bind(browser);
      browser.newContext = async (options) => {
        const context = await open(options);
        // If the tests have another clock (`cargo xtask test --at`), the pages have it too.
        if (process.env.FAKETIME) await context.clock.install();
        return context;
      };
      await use(browser);
    },
    { scope: 'worker' },
  ],
  portal: [async ({}, use) => use(Portal.running()), { scope: 'worker' }],
  timedPortal: [
    async ({}, use) => {
      const portal = await Portal.start(await freePort(), { settings: UNHINDERED, clock: new Clock() });
      await use(portal);
      await portal.stop();
    },
    { scope: 'worker' },
  ],
  contoso: async ({ portal }, use) => use(Tenant.demo(portal, 'contoso')),
  fabrikam: async ({ portal }, use) => use(Tenant.demo(portal, 'fabrikam')),
  addTenant: async ({ portal }, use) => withTenants(portal, use),
  timed: async ({ timedPortal, page }, use) => {
    await page.clock.install();
    const pass = async (seconds: number): Promise<void> => {
      timedPortal.clock!.advance(seconds);
      await page.clock.fastForward(seconds * 1000);
    };
    await withTenants(timedPortal, (addTenant) => use({ addTenant, pass }));
  },
  tenant: async ({ addTenant }, use) => use(await addTenant()),
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.stack ?? String(error)));
    page.on('console', (message) => {
      if (/Content.Security.Policy|panicked/i.test(message.text())) faults.push(message.text());
    });
    await use(page);
    expect(faults, 'errors in the page').toEqual([]);
  },
  reset: async ({ page }, use) => use(new ResetPage(page)),
});

export { expect };

/** Passes a function that adds tenants to a portal, and stops their agents afterwards. */
async function withTenants(portal: Portal, use: (add: Fixtures['addTenant']) => Promise<void>): Promise<void> {
  const added: Tenant[] = [];
  await use(async (options) => {
    const tenant = await portal.add(options);
    added.push(tenant);
    return tenant;
  });
  await Promise.all(added.map((tenant) => tenant.kill()));
}
