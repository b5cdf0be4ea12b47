// The reset page used without a mouse: every button and field is reached with Tab.

import { type Locator, type Page, expect } from '@playwright/test';
import { ResetPage } from './reset-page';

/** The maximum number of Tab presses to any element of any state. */
const MOST = 40;

export class KeyboardPage extends ResetPage {
  override async press(target: Locator): Promise<void> {
    await tabTo(this.page, target, MOST);
    await this.page.keyboard.press('Enter');
  }

  override async type(field: Locator, text: string): Promise<void> {
    await tabTo(this.page, field, MOST);
    await this.page.keyboard.press('Control+A');
    await this.page.keyboard.press('Delete');
    await this.page.keyboard.insertText(text);
  }
}

/** Presses Tab, at most `most` times, until an element has the focus; expects it to be visible. */
export async function tabTo(page: Page, place: Locator, most = 20): Promise<void> {
  await expect(place).toBeVisible();
  for (let stop = 0; stop < most; stop++) {
    if (await place.evaluate((element) => element === document.activeElement)) {
      await expectSeen(page);
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${place}`);
}

/** Expects the focused element to have an outline of at least two pixels. */
export async function expectSeen(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement!);
    const box = document.activeElement!.getBoundingClientRect();
    const who = document.activeElement!.outerHTML.slice(0, 80);
    return {
      who,
      outline: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2,
      box: box.width > 8 && box.height > 8,
    };
  });
  expect(shown).toEqual({ who: shown.who, outline: true, box: true });
}
