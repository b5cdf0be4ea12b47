// The field of the first step takes what is typed from the first paint on. The page that starts
// meanwhile takes nothing of it away: not the text, not the caret, not the focus.

import type { Page, Route } from '@playwright/test';
import { expect, test } from '../support/test';

/** The number of loads in which keys are pressed at random moments; 200 for a thorough run. */
const MOMENTS = Number(process.env.POSTERN_MOMENTS ?? 25);

/** Names with letters of the keyboards of all five languages. */
const NAMES = ['alice', 'žluťoučký.kůň', 'zażółć.gęślą', 'češnja.šum', 'ąžuolas.ėjo'];

/** Lets the module come after this time, in ms. */
async function delayModule(page: Page, time: () => number): Promise<void> {
  await page.route('**/*.wasm', async (route: Route) => {
    await new Promise((later) => setTimeout(later, time()));
    await route.continue();
  });
}

for (const [index, name] of NAMES.entries()) {
  test(`nothing that is typed while the page starts is lost: ${name}`, async ({ reset, tenant, page }) => {
    test.setTimeout(60_000 + MOMENTS * 3_000);
    // Reproducible: the same moments in every run (a linear congruential generator).
    let seed = index + 1;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return (seed / 2147483648) * below;
    };
    await delayModule(page, () => random(250));
    for (let moment = index; moment < MOMENTS; moment += NAMES.length) {
      await reset.visit(tenant);
      await reset.userName.focus();
      for (const letter of name) {
        await page.keyboard.insertText(letter);
        await page.waitForTimeout(random(60));
      }
      await reset.ready();
      await expect(reset.userName).toHaveValue(name);
      await expect(reset.userName).toBeFocused();
      expect(await caret(page)).toBe(name.length);
      // What is typed after the start stands behind it.
      await page.keyboard.insertText('x');
      await expect(reset.userName).toHaveValue(`${name}x`);
    }
  });
}

test('a composed letter that is begun before the start is finished after it', async ({ reset, tenant, page }) => {
  const module = held(page);
  const session = await page.context().newCDPSession(page);
  await module.hold();
  await reset.visit(tenant);
  await reset.userName.focus();
  await session.send('Input.imeSetComposition', { text: 'ˇ', selectionStart: 1, selectionEnd: 1 });
  module.release();
  await reset.ready();
  await session.send('Input.insertText', { text: 'č' });
  await expect(reset.userName).toHaveValue('č');
});

test('what a password manager fills in before the start stays', async ({ reset, tenant, page }) => {
  const module = held(page);
  await module.hold();
  await reset.visit(tenant);
  // As an extension does it: without focus or keys.
  await reset.userName.evaluate((field: HTMLInputElement) => {
    field.value = 'alice';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  module.release();
  await reset.ready();
  await expect(reset.userName).toHaveValue('alice');
  await reset.press(reset.button('identify-submit'));
  await reset.sendCode();
});

test('what is sent before the start is sent then, and the button says so', async ({ reset, tenant, page }) => {
  const module = held(page);
  await module.hold();
  await reset.visit(tenant);
  await reset.userName.fill('alice');
  await reset.userName.press('Enter');
  await expect(page.locator('#first button')).toHaveText(reset.text('working-identify'));
  module.release();
  await expect(reset.heading).toHaveText(reset.text('gates-title'));
});

test('an empty name that is sent before the start is refused then', async ({ reset, tenant, page }) => {
  const module = held(page);
  await module.hold();
  await reset.visit(tenant);
  await reset.press(reset.button('identify-submit'));
  module.release();
  await reset.expectFieldInError();
});

/** The module, which does not come before it is released. */
function held(page: Page): { hold(): Promise<void>; release(): void } {
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  return {
    async hold() {
      await page.route('**/*.wasm', async (route) => {
        await released;
        await route.continue();
      });
    },
    release,
  };
}

function caret(page: Page): Promise<number | null> {
  return page.locator('#focus').evaluate((field: HTMLInputElement) => field.selectionStart);
}
