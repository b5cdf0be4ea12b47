// `cargo xtask screens`: pictures of every state, into target/screens, to be looked at.

import { defineConfig } from '@playwright/test';
import { reporter, use } from './support/browser';

export default defineConfig({
  testDir: 'screens',
  outputDir: '../target/e2e/screens',
  globalSetup: './support/global-setup.ts',
  globalTeardown: './screens/index.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 300_000,
  expect: { timeout: 10_000 },
  reporter,
  use,
});
