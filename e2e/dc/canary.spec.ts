// The user's input is nowhere in the portal: not in its memory while the message is under way, and
// not in logs, files or relay frames.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { portal } from './support/environment';
import { expect, test } from './support/fixtures';
import { files, Look, memory, Secret, type Search } from './support/memory';
import { holdPassword } from './support/message';
import { Kind } from './support/wire';

// One after the other, because each test suspends the portal while it searches its memory.
test.describe.configure({ mode: 'default' });

test('name, code and password are nowhere in the portal', async ({ reset, addCorp, directory, mails }) => {
  test.slow();
  const { tenant, relay } = await addCorp();
  const password = `Kanarek-${randomBytes(12).toString('base64url')}-žlutý-7`;
  const random = () => randomBytes(9).toString('hex');
  // A login name may have at most 20 characters.
  const name = `k${random()}`;
  const address = `${random()}@${random()}.example`;
  const person = await directory.person({ name, mail: address });
  const before = await directory.keyVersion(person);
  const typed = [new Secret('password', password), new Secret('name', name), new Secret('address', address)];
  const searches: [string, Search][] = [];
  const search = (when: string, secrets: Secret[]) => {
    const found = memory(portal.id, secrets);
    searches.push([when, found]);
    expect(found.found, when).toEqual([]);
  };

  // The name and the code.
  await reset.openAs(tenant, name);
  await reset.sendCode();
  let code = await mails.code(address);
  for (let sent = 2; memory(portal.id, [new Secret('code', code)]).found.length > 0; sent += 1) {
    // Eight digits may be in memory by chance: take a code that is not there yet.
    await reset.button('gate-mail-resend').click();
    code = await mails.code(address, sent);
  }
  typed.push(new Secret('code', code));
  search('before the code', typed);
  let asked = relay.following(Kind.Ask);
  tenant.freeze();
  await reset.answer(code);
  await asked();
  search('with the code under way', typed);
  tenant.thaw();
  await expect(reset.password).toBeVisible();
  search('with the gate passed', typed);

  // The password.
  asked = relay.following(Kind.Ask);
  tenant.freeze();
  const route = await holdPassword(reset, password);
  const message = route.request().postData()!;
  await route.continue();
  await asked();
  search('with the password under way', typed);
  // The same search finds values that are there: the tenant, and the sealed message itself.
  const sealed = new Secret('message', message.split('.')[3]);
  sealed.forms.push(Buffer.from(message.split('.')[3], 'base64url'));
  const there = [new Secret('tenant', tenant.id), sealed];
  // In any order.
  const found = memory(portal.id, there).found.join();
  expect(found).toMatch(/tenant in /);
  expect(found).toMatch(/message in /);
  tenant.thaw();
  await reset.expectDone();
  expect(await directory.keyVersion(person)).toBe(before + 1);
  search('when it is done', typed);

  const onDisk = files(portal.folder, typed);
  expect(onDisk.found).toEqual([]);
  const frames = relay.bytes();
  expect(new Look(typed).in(frames)).toEqual([]);
  const opened = Buffer.concat(relay.frames.map((frame) => frame.payload));
  expect(new Look(typed).in(opened)).toEqual([]);
  for (const [when, { places, bytes }] of searches) {
    console.log(`${when}: ${places} regions, ${bytes} bytes of the portal's memory, nothing found`);
  }
  console.log(`${onDisk.places} files, ${onDisk.bytes} bytes, nothing found`);
  console.log(`${relay.frames.length} relay frames, ${frames.length} bytes, nothing found`);
});

test('the same look finds a secret where there is one', async () => {
  const canary = `Kanarek-${randomBytes(12).toString('base64url')}`;
  const secrets = ['UTF-8', 'base64'].map((form) => {
    const text = form === 'base64' ? Buffer.from(`x${canary}`).toString('base64') : canary;
    return { text, secret: new Secret(form, canary) };
  });
  // In a process that has it in its environment, as plain text or in base64.
  for (const { text, secret } of secrets) {
    const child = spawn('sleep', ['60'], { env: { CANARY: text } });
    await new Promise((resolve) => child.once('spawn', resolve));
    expect(memory(child.pid!, [secret]).found).not.toEqual([]);
    child.kill('SIGKILL');
  }
  // And in the portal itself, when it is sent unsealed in a request that does not end.
  const plain = [new Secret('plain', canary)];
  expect(memory(portal.id, plain).found).toEqual([]);
  const { hostname, port } = new URL(portal.url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /healthz HTTP/1.1\r\nhost: ${hostname}\r\nx-canary: ${canary}\r\n`);
  await expect.poll(() => memory(portal.id, plain).found).not.toEqual([]);
  socket.destroy();
});
