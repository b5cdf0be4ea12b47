// The browser of the tests: Debian's Chromium, without background traffic of its own. Most tests
// use its headless shell, which draws no window and takes a quarter less time; the journeys on the
// domain controller use the full browser.

import type { PlaywrightTestConfig } from '@playwright/test';

export const use: NonNullable<PlaywrightTestConfig['use']> = {
  browserName: 'chromium',
  // An explicit time zone, so that tests can check that times are shown in the user's zone.
  timezoneId: 'Europe/Vilnius',
  locale: 'en-GB',
  trace: 'off',
  // Most journeys do not wait for steps that give way to each other (motion.spec.ts does).
  contextOptions: { reducedMotion: 'reduce' },
  // An action that is not possible fails early, with a report of the page's state.
  actionTimeout: 20_000,
  launchOptions: {
    executablePath: process.env.POSTERN_CHROMIUM ?? '/usr/bin/chromium-headless-shell',
    // Without libfaketime, under which Chromium hangs: `test.ts` sets the clock of its pages.
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

/** The full Chromium. */
export const wholeBrowser: PlaywrightTestConfig['use'] = {
  ...use,
  launchOptions: { ...use.launchOptions, executablePath: '/usr/bin/chromium' },
};

function without(variables: NodeJS.ProcessEnv, left: string): Record<string, string> {
  const kept = Object.entries(variables).filter(([name]) => name !== left);
  return Object.fromEntries(kept) as Record<string, string>;
}

/** Writes a JSON report for xtask into a file, and a list to the terminal. */
export const reporter: PlaywrightTestConfig['reporter'] = process.env.POSTERN_REPORT
  ? [['list'], ['json', { outputFile: process.env.POSTERN_REPORT }]]
  : [['list']];
