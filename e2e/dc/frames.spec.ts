// The traffic over the relay: its size, and that nothing in it is readable.

import { Look, Secret } from './support/memory';
import { expect, GOOD, test } from './support/fixtures';
import { keepAll } from './support/message';
import { Kind, kindOf } from './support/wire';

/** The largest message of an ordinary reset, in bytes. */
const MOST = 1024;

test('every relay message of an ordinary reset has at most 1,024 bytes, and none can be read', async ({
  reset,
  addCorp,
  mails,
  reachPassword,
}) => {
  const { tenant, relay } = await addCorp();
  relay.forget();
  const { person } = await reachPassword(tenant);
  const code = await mails.code(person.mail);
  await reset.complete(GOOD);
  const sizes = (kind: Kind) => relay.packages(kind).map((frame) => frame.payload.length);
  const [asks, answers] = [sizes(Kind.Ask), sizes(Kind.Answer)];
  expect(asks).toHaveLength(4);
  expect(answers).toHaveLength(4);
  expect(Math.max(...asks, ...answers)).toBeLessThanOrEqual(MOST);
  console.log(`relay messages, RSA-3072: to the agent ${asks.join(', ')} bytes`);
  console.log(`  from the agent ${answers.join(', ')} bytes`);
  // Every binary frame is a package, in which only version, kind, id and expiry are not sealed.
  const binary = relay.frames.filter((frame) => frame.opcode === 2);
  expect(binary.every((frame) => kindOf(frame) !== undefined)).toBe(true);
  const bytes = Buffer.concat(relay.frames.map((frame) => frame.payload));
  const texts = [person.name, person.mail, code, GOOD, tenant.id, 'RSA-OAEP-256', 'set_password'];
  expect(new Look(texts.map((text) => new Secret(text, text))).in(bytes)).toEqual([]);
});

test('passwords of 1 to 64 characters make messages of one size', async ({
  reset,
  addCorp,
  directory,
  page,
  reachPassword,
}) => {
  test.slow();
  const { tenant, relay } = await addCorp();
  const { person, before } = await reachPassword(tenant);
  const messages = keepAll(page);
  relay.forget();
  // One class of characters only, so that every password is refused and the next can be sent.
  const lengths = Array.from({ length: 64 }, (_, place) => place + 1);
  for (const letter of ['x', 'ž']) {
    for (const length of lengths) {
      const answered = page.waitForResponse(/\/messages/);
      await reset.setPassword(letter.repeat(length));
      await (await answered).finished();
      // The page moves the focus once it has opened the answer; what is typed before would be torn apart.
      await reset.expectFieldInError();
    }
  }
  expect(messages).toHaveLength(128);
  const one = (sizes: number[]) => {
    expect(new Set(sizes).size).toBe(1);
    return sizes[0];
  };
  const posted = one(messages.map((message) => message.postData()!.length));
  const asked = one(relay.packages(Kind.Ask).map((frame) => frame.payload.length));
  const answered = one(relay.packages(Kind.Answer).map((frame) => frame.payload.length));
  console.log(
    `passwords of 1 to 64 characters, in ASCII and in two bytes each: ` +
      `${posted} bytes posted, ${asked} asked, ${answered} answered, every time`,
  );
  expect(await directory.keyVersion(person)).toBe(before);
});
