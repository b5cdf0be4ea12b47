// `cargo xtask screens`: screenshots of every state, into `screens` in cargo's target folder.

import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { reporter, use } from './support/browser';
import { target } from './support/target';

export default defineConfig({
  testDir: 'screens',
  outputDir: join(target, 'e2e/screens'),
  globalSetup: './support/global-setup.ts',
  globalTeardown: './screens/index.ts',
  fullyParallel: true,
  workers: 2,
  timeout: 300_000,
  expect: { timeout: 10_000 },
  reporter,
  use,
});
