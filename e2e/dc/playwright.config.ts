// The journeys on a real Active Directory domain controller. `cargo xtask journeys-dc` starts the
// domain controller and the portal, and passes their addresses in POSTERN_… variables.

import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { reporter, wholeBrowser } from '../support/browser';
import { target } from '../support/target';

export default defineConfig({
  testDir: '.',
  outputDir: join(target, 'e2e/results-dc'),
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter,
  use: wholeBrowser,
  projects: [
    { name: 'dc', testIgnore: '**/directory-down.spec.ts' },
    // Suspends the domain controller for all tests, so it runs after all others.
    { name: 'dc-down', testMatch: '**/directory-down.spec.ts', dependencies: ['dc'] },
  ],
});
