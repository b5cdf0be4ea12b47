// Journeys in a real browser. `cargo xtask test` starts a stack and runs them.

import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { reporter, use } from './support/browser';
import { target } from './support/target';

export default defineConfig({
  testDir: 'journeys',
  outputDir: join(target, 'e2e/results'),
  snapshotPathTemplate: '{testDir}/snapshots/{arg}{ext}',
  globalSetup: './support/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter,
  use,
});
