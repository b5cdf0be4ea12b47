// The main job in Firefox and in WebKitGTK, by WebDriver: `cargo xtask browsers` starts a portal and
// passes its address in POSTERN_… variables. Playwright runs these tests, but drives neither browser:
// its own builds of them cannot be downloaded everywhere, and are not what people have.

import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { reporter } from '../support/browser';
import { target } from '../support/target';
import type { Options } from './support/test';

export default defineConfig<object, Options>({
  testDir: '.',
  outputDir: join(target, 'e2e/results-webdriver'),
  globalSetup: '../support/global-setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  // Browsers that draw windows, without a graphics card.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter,
  projects: [
    { name: 'Firefox', use: { engine: 'Firefox' } },
    { name: 'WebKit', use: { engine: 'WebKit' } },
  ],
});
