// Every state × five languages × light and dark × phone and desktop.

import type { Page } from '@playwright/test';
import { WAYS } from '../support/states';
import { test } from '../support/test';
import { type Language, languages } from '../support/words';
import { folder } from './index';

const SIZES = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } };

for (const lang of languages) {
  for (const [place, [way, states]] of Object.entries(WAYS).entries()) {
    test(`${lang}: ${way}`, async ({ reset, page, context, addTenant }) => {
      let count = 0;
      for await (const state of states({ reset, lang, context, addTenant })) {
        await picture(page, lang, `${letter(place)}${String(count++).padStart(2, '0')} ${way} ${state}`);
      }
    });
  }

  test.describe('without scripts', () => {
    test.use({ javaScriptEnabled: false });
    test(`${lang}: without scripts`, async ({ reset, tenant, page }) => {
      await reset.visit(tenant, { lang });
      await picture(page, lang, `${letter(Object.keys(WAYS).length)}00 no scripts`);
    });
  });
}

/** Returns the letter that sorts the screenshots of a way in the order of `WAYS`. */
function letter(place: number): string {
  return String.fromCharCode('a'.charCodeAt(0) + place);
}

async function picture(page: Page, lang: Language, state: string): Promise<void> {
  for (const [size, viewport] of Object.entries(SIZES)) {
    await page.setViewportSize(viewport);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const name = `${state.replace(/\W+/g, '-')}.${lang}.${size}.${colorScheme}.png`;
      await page.screenshot({ path: `${folder}/${name}`, fullPage: true, animations: 'disabled' });
    }
  }
}
