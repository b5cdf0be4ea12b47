// The steps give way to each other by view transitions, and by none where the user wants less motion.

import type { Page } from '@playwright/test';
import { expect, test } from '../support/test';

declare global {
  interface Window {
    transitions: number;
  }
}

/** Counts the view transitions of a page. */
async function count(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.transitions = 0;
    const start = document.startViewTransition.bind(document);
    document.startViewTransition = (update) => {
      window.transitions += 1;
      return start(update);
    };
  });
}

const counted = (page: Page): Promise<number> => page.evaluate(() => window.transitions);

test('each answer comes by a transition, and the whole reset works', async ({ reset, tenant, page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await count(page);
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  await reset.answer('00000000');
  await reset.expectRefusal('reason-wrong-code', { tries: 4 }, 'field');
  await reset.answerMailedCode('alice');
  await expect(reset.password).toBeFocused();
  await reset.complete();
  expect(await counted(page)).toBeGreaterThanOrEqual(4);
});

test('the rest of the page stands still and can be used meanwhile', async ({ reset, tenant, page }) => {
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await reset.open(tenant);
  await reset.identify('bob');
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
  const names = await page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => getComputedStyle(element).viewTransitionName !== 'none')
      .map((element) => element.id),
  );
  expect(names).toEqual(['card']);
});

test('nobody who wants less motion gets any', async ({ reset, tenant, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await count(page);
  await reset.reachPassword(tenant, 'alice');
  await reset.complete();
  expect(await counted(page)).toBe(0);
});
