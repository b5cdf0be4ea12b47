// `test` with what every journey needs: the portal, tenants of its own, the reset page. Whatever
// a journey does, the page must neither throw nor break its own policy.

import { test as base, expect } from '@playwright/test';
import { ResetPage } from './reset-page';
import { Portal, Tenant, type TenantOptions } from './stack';

interface Fixtures {
  /** The tenants of the demo. */
  contoso: Tenant;
  fabrikam: Tenant;
  /** A tenant of this test alone: one gate, unknown names are told. */
  tenant: Tenant;
  /** Adds a tenant of this test alone. */
  addTenant: (options?: TenantOptions) => Promise<Tenant>;
  reset: ResetPage;
}

export const test = base.extend<Fixtures, { portal: Portal }>({
  portal: [async ({}, use) => use(Portal.running()), { scope: 'worker' }],
  contoso: async ({ portal }, use) => use(Tenant.demo(portal, 'contoso')),
  fabrikam: async ({ portal }, use) => use(Tenant.demo(portal, 'fabrikam')),
  addTenant: async ({ portal }, use) => {
    const added: Tenant[] = [];
    await use(async (options) => {
      const tenant = await portal.add(options);
      added.push(tenant);
      return tenant;
    });
    await Promise.all(added.map((tenant) => tenant.kill()));
  },
  tenant: async ({ addTenant }, use) => use(await addTenant()),
  page: async ({ page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(String(error)));
    page.on('console', (message) => {
      if (/Content.Security.Policy|panicked/i.test(message.text())) faults.push(message.text());
    });
    await use(page);
    expect(faults, 'errors in the page').toEqual([]);
  },
  reset: async ({ page }, use) => use(new ResetPage(page)),
});

export { expect };
