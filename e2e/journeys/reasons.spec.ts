// Every reason that a user can be shown: its text, its advice, and the field that it is about. In
// every language, with an accessibility audit.

import { audit } from '../support/axe';
import { type ResetPage, goodPassword } from '../support/reset-page';
import { expect, test } from '../support/test';
import { type Arguments, languages } from '../support/words';

type Place = 'field' | 'above';

/** The reasons for names. */
const NAMES: [login: string, key: string, place: Place][] = [
  ['nobody', 'reason-user-not-found', 'field'],
  ['mia', 'reason-account-ambiguous', 'field'],
  ['carol', 'reason-account-disabled', 'above'],
  ['dave', 'reason-account-protected', 'above'],
  ['erin', 'reason-account-expired', 'above'],
  ['olga', 'reason-too-few-gates', 'above'],
];

/** The reasons for alice's passwords, one after the other in one flow. */
const PASSWORDS: [password: string, key: string, values?: Arguments][] = [
  ['K', 'reason-too-short', { minimum: 12, length: 1 }],
  ['Kettle 2', 'reason-too-short', { minimum: 12, length: 8 }],
  ['é'.repeat(300), 'reason-too-long', { maximum: 256, length: 300 }],
  ['onlysmallletters', 'reason-too-few-classes', { needed: 3, found: 1 }],
  ['smallletters9', 'reason-too-few-classes', { needed: 3, found: 2 }],
  ['My ALICE kettle 7', 'reason-contains-account-name'],
  ['My Novak kettle 7', 'reason-contains-display-name'],
  ['My kettle \u007f 2026', 'reason-forbidden-character'],
];

/** The reasons for any password of an account. */
const ACCOUNTS: [login: string, key: string, place: Place, values?: Arguments][] = [
  ['grace', 'reason-used-before', 'field', { remembered: 24 }],
  ['heidi', 'reason-too-young', 'above'],
  ['ivan', 'reason-filter', 'field'],
  ['judy', 'reason-history-or-filter', 'field'],
  ['ken', 'reason-directory-unreachable', 'above'],
  ['liam', 'reason-agent-lacks-right', 'above'],
  ['vera', 'reason-in-doubt', 'above'],
];

for (const lang of languages) {
  const look = async (reset: ResetPage, state: string) => {
    if (lang === 'en') await audit(reset.page, state);
  };

  test(`${lang}: what is said to a name`, async ({ reset, tenant }) => {
    await reset.open(tenant, { lang });
    for (const [login, key, place] of NAMES) {
      await test.step(key, async () => {
        await reset.identify(login);
        await reset.expectRefusal(key, {}, place);
        await expect(reset.userName).toHaveValue(login);
        await look(reset, key);
      });
    }
  });

  test(`${lang}: what is said to a password`, async ({ reset, tenant }) => {
    await reset.reachPassword(tenant, 'alice', { lang });
    for (const [password, key, values] of PASSWORDS) {
      await test.step(`${key} ${password.length}`, async () => {
        await reset.setPassword(password);
        await reset.expectRefusal(key, values, 'field');
        await look(reset, key);
      });
    }
    await reset.complete();
  });

  test(`${lang}: what the directory says`, async ({ reset, tenant }) => {
    for (const [login, key, place, values] of ACCOUNTS) {
      await test.step(key, async () => {
        await reset.reachPassword(tenant, login, { lang });
        await reset.setPassword(goodPassword());
        await reset.expectRefusal(key, values, place);
        await look(reset, key);
      });
    }
  });

  test(`${lang}: wrong codes are counted, then locked`, async ({ reset, tenant, page }) => {
    await reset.openAs(tenant, 'bob', { lang });
    await reset.chooseGate('authenticator');
    // The gates are unlocked when the oldest of the wrong codes is a day old.
    const before = Date.now();
    // The plural forms for these numbers: few and one, and two in Slovenian.
    for (const tries of [4, 3, 2, 1]) {
      await reset.answer('000000');
      // The last one says what comes after it.
      await reset.expectRefusal('reason-wrong-code', { tries }, 'field', tries === 1 ? 'last-try' : undefined);
      await expect(reset.appCode).toHaveValue('');
      if (tries === 4) await look(reset, 'reason-wrong-code');
    }
    await reset.answer('000000');
    await reset.expectRefusal('reason-locked', {}, 'above');
    await expectMoment(reset, before + DAY, Date.now() + DAY);
    await look(reset, 'reason-locked');
    // It is still locked after a reload.
    await reset.openAs(tenant, 'bob', { lang });
    await reset.chooseGate('authenticator');
    await reset.answer('000000');
    await reset.expectRefusal('reason-locked', {}, 'above');
    await expect(page.locator('#refusal')).not.toContainText('{');
  });
}

test('a password that is too young is told before it is typed, with its time', async ({ reset, tenant, page }) => {
  await reset.reachPassword(tenant, 'heidi');
  await expect(page.getByText(reset.pattern('rule-too-young'))).toBeVisible();
  const started = Date.now() + 20 * 60 * 60 * 1000;
  await expectMoment(reset, started - 60_000, started + 60_000);
  await audit(page, 'rule-too-young');
});

test('rules that cannot be read are told, and asking again goes on', async ({ reset, tenant, page }) => {
  await reset.openAs(tenant, 'pavel');
  await reset.passMailGate('pavel');
  await reset.expectRefusal('reason-policy-unreadable', {}, 'above');
  await expect(page.getByText(reset.pattern('support-code'))).toBeVisible();
  await audit(page, 'reason-policy-unreadable');
});

test('a support code stands where the helpdesk will ask for it, and in the agent’s log', async ({
  reset,
  tenant,
  page,
}) => {
  await reset.reachPassword(tenant, 'liam');
  await reset.setPassword(goodPassword());
  await reset.expectRefusal('reason-agent-lacks-right', {}, 'above');
  const shown = await page.locator('.support-code').innerText();
  const code = shown.split(/\s+/).at(-1)!;
  expect(code).toMatch(/^[\w-]{6,}$/);
  expect(tenant.logged()).toContain(code);
  expect(tenant.logged()).not.toContain('liam');
});

const DAY = 24 * 60 * 60 * 1000;

/** Expects a time between two others, in the page's language and the user's time zone. */
async function expectMoment(reset: ResetPage, first: number, last: number): Promise<void> {
  const possible = await reset.page.evaluate(
    ([language, first, last]) => {
      const shown = new Set<string>();
      for (let at = Math.floor(first / 60_000) * 60_000; at <= last; at += 60_000) {
        shown.add(
          new Date(at).toLocaleString(language === 'en' ? 'en-GB' : language, {
            dateStyle: 'long',
            timeStyle: 'short',
          }),
        );
      }
      return [...shown];
    },
    [reset.language, first, last] as const,
  );
  const text = await reset.page.locator('main').innerText();
  expect(
    possible.some((moment) => text.includes(moment)),
    `${text}\nshows one of ${possible}`,
  ).toBe(true);
}
