// How tests start a browser: Debian's Chromium, with nothing of its own on the network. Most use its
// headless shell, which draws no window and needs a quarter less time; the journeys on the domain
// controller use all of it.

import type { PlaywrightTestConfig } from '@playwright/test';

export const use: NonNullable<PlaywrightTestConfig['use']> = {
  browserName: 'chromium',
  // An explicit zone, so that moments are seen to be told in the person's own.
  timezoneId: 'Europe/Vilnius',
  locale: 'en-GB',
  trace: 'off',
  // What cannot be pressed fails soon, and says what was there instead.
  actionTimeout: 20_000,
  launchOptions: {
    executablePath: process.env.POSTERN_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    // Not libfaketime, under which it hangs: `test.ts` gives its pages the clock of the tests.
    env: without(process.env, 'LD_PRELOAD'),
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

/** Chromium with its window, as people have it. */
export const wholeBrowser: PlaywrightTestConfig['use'] = {
  ...use,
  launchOptions: { ...use.launchOptions, executablePath: '/usr/bin/chromium' },
};

function without(variables: NodeJS.ProcessEnv, left: string): Record<string, string> {
  const kept = Object.entries(variables).filter(([name]) => name !== left);
  return Object.fromEntries(kept) as Record<string, string>;
}

/** What xtask counts goes into a file; what people read goes to the terminal. */
export const reporter: PlaywrightTestConfig['reporter'] = process.env.POSTERN_REPORT
  ? [['list'], ['json', { outputFile: process.env.POSTERN_REPORT }]]
  : [['list']];
