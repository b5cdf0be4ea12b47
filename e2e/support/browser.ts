// How tests start a browser: Debian's Chromium, with nothing of its own on the network.

import type { PlaywrightTestConfig } from '@playwright/test';

export const use: PlaywrightTestConfig['use'] = {
  browserName: 'chromium',
  // An explicit zone, so that moments are seen to be told in the person's own.
  timezoneId: 'Europe/Vilnius',
  locale: 'en-GB',
  trace: 'off',
  // What cannot be pressed fails soon, and says what was there instead.
  actionTimeout: 20_000,
  launchOptions: {
    executablePath: process.env.POSTERN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  },
};

/** What xtask counts goes into a file; what people read goes to the terminal. */
export const reporter: PlaywrightTestConfig['reporter'] = process.env.POSTERN_REPORT
  ? [['list'], ['json', { outputFile: process.env.POSTERN_REPORT }]]
  : [['list']];
