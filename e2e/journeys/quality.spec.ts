// Hints: banned and breached passwords are refused on premises, the strength is shown while typing,
// and passphrases are suggested on demand. No input leaves the page for the hints.

import type { Page } from '@playwright/test';
import { audit, auditIn } from '../support/axe';
import { type ResetPage } from '../support/reset-page';
import { expect, test } from '../support/test';
import { languages } from '../support/words';

/** Passwords that the sandbox refuses, with their reasons. */
const REFUSED: [password: string, key: string][] = [
  ['Password1234', 'reason-banned-word-common'],
  ['Hesl0Hesl0-Heslo', 'reason-banned-word-common'],
  ['Postern-1234', 'reason-banned-word-organisation'],
  ['My-C0ntos0-kettle', 'reason-banned-word-name'],
  ['My-M@zur-kettle-7', 'reason-banned-word-name'],
  ['CorrectHorseBatteryStaple1', 'reason-known-from-breaches'],
];

for (const lang of languages) {
  test(`${lang}: banned words and breached passwords are refused, and told`, async ({ reset, tenant, page }) => {
    await reset.reachPassword(tenant, 'wilma', { lang });
    for (const [password, key] of REFUSED) {
      await test.step(`${key} ${password.length}`, async () => {
        await reset.setPassword(password);
        await reset.expectRefusal(key, {}, 'field');
        // The password is never shown.
        await expect(page.locator('main')).not.toContainText(password);
        if (lang === 'en') await audit(page, key);
      });
    }
    await reset.complete();
  });

  test(`${lang}: a passphrase is suggested, filled in and accepted`, async ({ reset, tenant, page }) => {
    await reachQuality(reset, tenant, 'nora', lang);
    await reset.button('passphrase-suggest').click();
    await expect(phrase(page)).toHaveText(/^[A-Z][a-z]{3,7}(-[a-z]{4,8}){3,}[0-9]$/);
    await expect(reset.button('passphrase-use')).toBeFocused();
    const first = await phrase(page).innerText();
    await reset.button('passphrase-another').click();
    await expect(phrase(page)).not.toHaveText(first);
    await expect(said(page)).toContainText(await phrase(page).innerText());
    await auditIn(lang, page, 'passphrase');
    const made = await phrase(page).innerText();
    await reset.button('passphrase-use').click();
    await expect(reset.password).toHaveValue(made);
    await expect(reset.repetition).toHaveValue(made);
    await expect(page.getByText(reset.text('passphrase-used'))).toBeVisible();
    // It complies with every rule of this account's own policy: at least 15 characters.
    await expect(page.locator('.rules li.met')).toHaveCount(5);
    await reset.button('password-submit').click();
    await reset.expectDone();
  });
}

test('common words are told while they are typed, by the agent’s own judgement', async ({ reset, tenant, page }) => {
  await reachQuality(reset, tenant, 'alice');
  const requests = recorded(page);
  for (const [typed, met] of [
    ['', false],
    ['Password1234', false],
    ['P@ssw0rd-2026', false],
    ['Slaptažodis1', false],
    ['N0vak-N0vak-kettle', false],
    ['My-Contoso-kettle', false],
    ['xy', false],
    ['green kettle', true],
    ['tři zlatí čápi', true],
  ] as const) {
    await reset.password.fill(typed);
    await expect(page.locator('#rule-words.met')).toHaveCount(met ? 1 : 0);
    await expect(page.locator('#rule-words')).toContainText(reset.text(met ? 'rule-kept' : 'rule-open'));
  }
  await expect(page.locator('#rules')).toContainText(reset.text('quality-later'));
  expect(requests()).toEqual([]);
});

test('the strength is told in words, and announced when nobody types', async ({ reset, tenant, page }) => {
  await reachQuality(reset, tenant, 'alice');
  const requests = recorded(page);
  const strength = page.locator('.strength');
  await expect(strength).toBeHidden();
  for (const [typed, level] of [
    ['kettle', 'weak'],
    ['Password1234', 'weak'],
    ['aaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['qwertyuiopasdfghjkl', 'weak'],
    ['12.05.1987', 'weak'],
    // Strong by itself, but too short for the policy or with a name in it: no strength contradicts a rule.
    ['xK9$mQ2!vL7', 'weak'],
    ['xK9$mQ2!vL7p-N0vak', 'weak'],
    ['Green kettle 77', 'good'],
    ['Three blue swans on 1 pond', 'strong'],
  ] as const) {
    await reset.password.fill(typed);
    await expect(strength).toBeVisible();
    await expect(strength).toHaveText(reset.text(`strength-${level}`));
  }
  // The bar has a text beside it, and is hidden from screen readers.
  await expect(strength.locator('.bar')).toHaveAttribute('aria-hidden', 'true');
  await expect(said(page)).toHaveText(reset.text('strength-strong'));
  // Not announced at every key, so that typing is not interrupted.
  await page.evaluate(() => {
    const changes: string[] = [];
    const status = document.querySelector('#quality [role=status]')!;
    new MutationObserver(() => changes.push(status.textContent!)).observe(status, {
      characterData: true,
      childList: true,
      subtree: true,
    });
    Object.assign(window, { changes });
  });
  await reset.password.fill('');
  await reset.password.pressSequentially('Green kettle 77', { delay: 30 });
  await expect(said(page)).toHaveText(reset.text('strength-good'));
  expect(await page.evaluate(() => (window as unknown as { changes: string[] }).changes)).toHaveLength(1);
  await reset.password.fill('');
  await expect(strength).toBeHidden();
  expect(requests()).toEqual([]);
});

test('what helps is loaded at the new password and not before, and the words on a click', async ({
  reset,
  tenant,
  page,
}) => {
  const requests = recorded(page);
  await reset.openAs(tenant, 'alice');
  await reset.sendCode();
  const helps = () => requests().filter((url) => /\/(strength|common|words)-[^/]*$/.test(url));
  expect(helps()).toEqual([]);
  await reset.answerMailedCode('alice');
  await expect(reset.help).toBeVisible();
  const names = () => helps().map((url) => url.replace(/.*\/([a-z-]*)-[0-9a-f]{16}\.(\w+)$/, '$1.$2'));
  expect(names().sort()).toEqual(['common.txt', 'strength.wasm']);
  await reset.button('passphrase-suggest').click();
  await expect(phrase(page)).not.toBeEmpty();
  expect(names().at(-1)).toBe('words-en.txt');
  // A further phrase needs no request.
  const before = requests().length;
  await reset.button('passphrase-another').click();
  await reset.button('passphrase-use').click();
  expect(requests()).toHaveLength(before);
});

for (const part of ['strength-*.wasm', 'common-*.txt']) {
  test(`a flipped byte in ${part} is not run, and the reset works without it`, async ({ reset, tenant, page }) => {
    await page.route(`**/assets/${part}`, async (route) => {
      const response = await route.fetch();
      const body = await response.body();
      body[body.length - 1] ^= 1;
      await route.fulfill({ response, body });
    });
    const answered = page.waitForResponse(`**/assets/${part}`);
    await reset.reachPassword(tenant, 'alice');
    await answered;
    await expect(page.getByText(reset.text('quality-not-loaded'))).toBeVisible();
    await expect(reset.button('passphrase-suggest')).toHaveCount(0);
    await reset.setPassword('Password1234');
    await reset.expectRefusal('reason-banned-word-common', {}, 'field');
    await reset.complete();
  });
}

test('words that were changed on their way are not used, and that is told', async ({ reset, tenant, page }) => {
  await page.route('**/assets/words-*', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${await response.text()}\nevil` });
  });
  await reachQuality(reset, tenant, 'alice');
  await reset.button('passphrase-suggest').click();
  await expect(page.getByText(reset.text('passphrase-failed'))).toBeVisible();
  await expect(phrase(page)).toBeHidden();
  await page.unroute('**/assets/words-*');
  await reset.button('passphrase-suggest').click();
  await expect(phrase(page)).not.toBeEmpty();
});

test('a passphrase is reached, changed and filled in by keyboard alone', async ({ reset, tenant, page }) => {
  await reachQuality(reset, tenant, 'alice');
  await reset.password.focus();
  await tabTo(page, reset.text('passphrase-suggest'));
  await page.keyboard.press('Enter');
  await expect(reset.button('passphrase-use')).toBeFocused();
  const first = await phrase(page).innerText();
  await tabTo(page, reset.text('passphrase-another'));
  await page.keyboard.press('Space');
  await expect(phrase(page)).not.toHaveText(first);
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(reset.password).toHaveValue(await phrase(page).innerText());
  await reset.repetition.focus();
  await page.keyboard.press('Enter');
  await reset.expectDone();
});

test('after a refusal and after a start from the beginning the help is there once', async ({ reset, tenant, page }) => {
  await reachQuality(reset, tenant, 'grace');
  await reset.button('passphrase-suggest').click();
  await reset.button('passphrase-use').click();
  await reset.button('password-submit').click();
  await reset.expectRefusal('reason-used-before', { remembered: 24 }, 'field');
  // The refused password stays, with its suggestion, and the rule that it breaks is marked.
  await expect(reset.password).toHaveValue(await phrase(page).innerText());
  await expect(page.locator('#rules .broken')).toHaveText(reset.pattern('rule-history', { history: 24 }));
  await reset.password.press('End');
  await reset.password.pressSequentially('!');
  await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  await expect(page.locator('#rules .broken')).toHaveCount(0);
  await reset.startAgain();
  await reset.identify('alice');
  await reset.passMailGate('alice');
  await expect(reset.help).toBeVisible();
  await expect(reset.help).toHaveCount(1);
  await expect(page.locator('#rule-words')).toHaveCount(1);
  await reset.password.fill('Password1234');
  await expect(page.locator('.strength')).toHaveText(reset.text('strength-weak'));
});

test('letters with diacritics are counted as the directory counts them', async ({ reset, tenant, page }) => {
  await reachQuality(reset, tenant, 'alice');
  for (const [typed, classes] of [
    ['čłėß', 1],
    ['čŁ', 2],
    ['İẞĖ', 1],
    ['ǆª', 1],
    ['漢字', 1],
    ['č漢', 2],
    ['čŁ1', 3],
    ['č漢1', 3],
    ['ǅ', 1],
    ['č €', 1],
  ] as const) {
    await reset.password.fill(typed);
    await expect(page.locator('#rule-classes.met'), typed).toHaveCount(classes >= 3 ? 1 : 0);
    await reset.password.fill(`${typed}-kettle-kettle`);
    // The suffix adds a lower-case letter and a special character.
    await expect(page.locator('#rule-classes.met'), typed).toHaveCount(/[Łİẞ1漢ǅ]/.test(typed) ? 1 : 0);
  }
});

async function reachQuality(
  reset: ResetPage,
  tenant: Parameters<ResetPage['open']>[0],
  login: string,
  lang?: (typeof languages)[number],
): Promise<void> {
  await reset.reachPassword(tenant, login, lang ? { lang } : {});
  await expect(reset.help).toBeVisible();
}

function phrase(page: Page) {
  return page.locator('#passphrase');
}

function said(page: Page) {
  return page.locator('#quality [role=status]').first();
}

/** Records the addresses that the page requests from now on. */
function recorded(page: Page): () => string[] {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  return () => requests;
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let count = 0; count < 12; count += 1) {
    await page.keyboard.press('Tab');
    if (
      (await page
        .locator(':focus')
        .innerText()
        .catch(() => '')) === name
    )
      return;
  }
  throw new Error(`${name} is not reached by Tab`);
}
