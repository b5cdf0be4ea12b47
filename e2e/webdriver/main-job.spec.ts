// The main job in each browser: a forgotten password is reset, on the reset's own page and on the page of
// another site.

import { Embedder, showElement, showFrame } from '../support/embedder';
import { addressOf, mails } from '../support/sandbox';
import { Altered } from './support/altered';
import { expect, test } from './support/test';

test('a mailed code resets a password; a reload goes on where it was', async ({ of, tenant, request }) => {
  const reset = of(tenant);
  await reset.open();
  await reset.expect({ heading: reset.text('page-title') });
  await reset.identify('alice');
  await reset.expectField('gate-mail-code');
  await reset.reload();
  await reset.passMailGate('alice');
  await reset.expectField('password-new');
  await reset.reload();
  await reset.expectField('password-new');
  // Of the part that is loaded last.
  await reset.expectText(reset.text('passphrase-suggest'));
  await reset.setPassword();
  await reset.expectDone();
  const [notice] = await mails(request, tenant, addressOf('alice'));
  expect(notice.subject).toBe(reset.text('mail-done-subject'));
});

test('a refused name, code and password say why, and what was typed is corrected in its field', async ({
  of,
  tenant,
}) => {
  const reset = of(tenant);
  await reset.open();
  await reset.identify('nobody');
  await reset.expectRefused('identify-name', 'nobody', 'reason-user-not-found');
  await reset.expect({ footer: expect.stringMatching(reset.pattern('support-code')) });
  await reset.identify('grace');
  await reset.expectField('gate-mail-code');
  await reset.expect({ footer: '' });
  await reset.answer('gate-mail-code', '00000000');
  await reset.expectRefused('gate-mail-code', '', 'reason-wrong-code', { tries: 4 });
  await reset.passMailGate('grace');
  await reset.expectField('password-new');
  await reset.setPassword('too short');
  await reset.expectRefused('password-new', 'too short', 'reason-too-short', { minimum: 12, length: 9 });
  // Only the directory knows this rule.
  await reset.setPassword('Green kettle 1234');
  await reset.expectRefused('password-new', 'Green kettle 1234', 'reason-used-before', { remembered: 24 });
});

test('two gates of different kinds are asked for where two are required', async ({ of, addTenant }) => {
  const tenant = await addTenant({ name: 'Fabrikam', color: '#7a2048', policy: 'gates_required = 2' });
  const reset = of(tenant);
  await reset.open();
  await reset.identify('bob');
  await reset.expectText(reset.text('gates-position', { current: 1, total: 2 }));
  await reset.passAuthenticatorGate('bob');
  await reset.expectText(reset.text('gates-position', { current: 2, total: 2 }));
  await reset.passMailGate('bob', 'second');
  await reset.expectField('password-new');
  await reset.setPassword();
  await reset.expectDone();
});

test('a part of the app that was altered on its way does not run', async ({ of, tenant }) => {
  const altered = await Altered.start(tenant.portal.url, /\/assets\/later-/);
  const reset = of(tenant);
  await reset.open(`${altered.url}/${tenant.id}/`);
  await reset.identify('alice');
  await reset.expect({ alert: expect.stringContaining(reset.text('problem-no-answer')) });
  expect(await reset.faults()).not.toEqual([]);
  await altered.stop();
  await reset.open();
  await reset.identify('alice');
  await reset.expectField('gate-mail-code');
});

for (const [where, show, open] of [
  ['in a frame', showFrame, 'openFramed'],
  ['as <postern-reset>', showElement, 'open'],
] as const) {
  test(`a whole reset on the page of another site, ${where}`, async ({ of, addTenant }) => {
    const site = await Embedder.start();
    const tenant = await addTenant({ name: 'Northwind', portal: `frame_origins = ["${site.origin}"]\n` });
    const reset = of(tenant);
    await show(site, tenant);
    await reset[open](site.origin);
    await reset.identify('alice');
    await reset.passMailGate('alice');
    await reset.expectField('password-new');
    await reset.setPassword();
    await reset.expectDone();
    await site.stop();
  });
}
