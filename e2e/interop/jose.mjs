// Tests the envelope against npm `jose`: each side opens the messages that the other seals. Started
// by ./run.

import { CompactEncrypt, calculateJwkThumbprint, compactDecrypt, exportJWK, generateKeyPair, importJWK } from 'jose';
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { constants, hkdfSync, KeyObject, privateDecrypt, randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';

const NOW = 1_800_000_000;
const EXPIRES = NOW + 300;
const TENANT = 'contoso';
const REPLY_HEADER = { alg: 'dir', enc: 'A256GCM', typ: 'postern-reply-1' };
// Sizes of a body, each with the padded sizes of a request and of a reply with it.
const BODIES = [
  [5, 256, 512],
  [237, 256, 512],
  [238, 512, 512],
  [600, 1024, 1024],
  [1005, 1024, 1024],
];

const program = spawn(process.env.POSTERN_INTEROP, { stdio: ['pipe', 'pipe', 'inherit'] });
const answers = createInterface({ input: program.stdout })[Symbol.asyncIterator]();

let failed = 0;
for (const bits of [2048, 3072, 4096]) {
  const { publicKey, privateKey } = await generateKeyPair('RSA-OAEP-256', { modulusLength: bits, extractable: true });
  const theirs = { jwk: await exportJWK(publicKey), privateKey };
  const ours = (await ask({ do: 'key', bits })).jwk;
  await check(`jose ${bits}: the kid is the RFC 7638 thumbprint`, async () => {
    assert.equal(ours.kid, await calculateJwkThumbprint(ours));
    assert.deepEqual([ours.kty, ours.use, ours.alg, ours.e], ['RSA', 'enc', 'RSA-OAEP-256', 'AQAB']);
  });
  for (const [length, requestBucket, replyBucket] of BODIES) {
    const body = cborBytes(length);
    const answer = cborBytes(length);
    const about = `jose ${bits}, a body of ${length}`;

    // Our browser's half, and jose as the agent.
    const sealed = await ask({ do: 'seal', jwk: theirs.jwk, tenant: TENANT, expires: EXPIRES, body: base64url(body) });
    let id;
    await check(`${about}: jose opens our request`, async () => {
      const { plaintext, protectedHeader } = await compactDecrypt(sealed.message, theirs.privateKey);
      assert.deepEqual(protectedHeader, requestHeader(await calculateJwkThumbprint(theirs.jwk)));
      assert.equal(plaintext.length, requestBucket);
      assert.deepEqual([...plaintext.subarray(0, 3)], [0x83, 0x01, 0x50]);
      id = plaintext.subarray(3, 19);
      assertPadded(plaintext.subarray(19), body);
    });
    await check(`${about}: our browser's half opens jose's reply`, async () => {
      const contentKey = unwrap(sealed.message, theirs.privateKey);
      const reply = await new CompactEncrypt(pad([0x82, 0x01], answer, replyBucket))
        .setProtectedHeader(REPLY_HEADER)
        .encrypt(replyKey(contentKey, id));
      const opened = await ask({ do: 'open_reply', request: sealed.request, message: reply });
      assert.equal(opened.body, base64url(answer));
    });
    await check(`${about}: our browser's half refuses jose's reply to another request`, async () => {
      const contentKey = unwrap(sealed.message, theirs.privateKey);
      const reply = await new CompactEncrypt(pad([0x82, 0x01], answer, replyBucket))
        .setProtectedHeader(REPLY_HEADER)
        .encrypt(replyKey(contentKey, randomBytes(16)));
      const opened = await ask({ do: 'open_reply', request: sealed.request, message: reply });
      assert.match(opened.error, /not written by the agent/);
    });

    // jose as the browser, and our agent's half.
    const contentKey = new Uint8Array(randomBytes(32));
    const ourId = new Uint8Array(randomBytes(16));
    const request = await new CompactEncrypt(pad([0x83, 0x01, 0x50, ...ourId], body, requestBucket))
      .setProtectedHeader(requestHeader(ours.kid))
      .setContentEncryptionKey(contentKey)
      .encrypt(await importJWK(ours, 'RSA-OAEP-256'));
    const open = { do: 'open', kid: ours.kid, tenant: TENANT, now: NOW, message: request, answer: base64url(answer) };
    const opened = await ask(open);
    await check(`${about}: our agent's half opens jose's request`, async () => {
      assert.deepEqual([opened.id, opened.body, opened.expires], [base64url(ourId), base64url(body), EXPIRES]);
    });
    await check(`${about}: jose opens our reply`, async () => {
      const { plaintext, protectedHeader } = await compactDecrypt(opened.reply, replyKey(contentKey, ourId));
      assert.deepEqual(protectedHeader, REPLY_HEADER);
      assert.equal(plaintext.length, replyBucket);
      assert.deepEqual([...plaintext.subarray(0, 2)], [0x82, 0x01]);
      assertPadded(plaintext.subarray(2), answer);
    });
    await check(`${about}: our agent's half refuses jose's request for another tenant`, async () => {
      assert.match((await ask({ ...open, tenant: 'fabrikam' })).error, /another tenant/);
    });
  }
}
program.stdin.end();
process.exitCode = failed === 0 ? 0 : 1;

async function ask(command) {
  program.stdin.write(`${JSON.stringify(command)}\n`);
  const { value, done } = await answers.next();
  assert(!done, 'the interop program has stopped');
  return JSON.parse(value);
}

async function check(name, body) {
  try {
    await body();
    console.log(`ok - ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok - ${name}\n${error.message}`);
  }
}

function requestHeader(kid) {
  return { alg: 'RSA-OAEP-256', enc: 'A256GCM', kid, typ: 'postern-1', tenant: TENANT, exp: EXPIRES };
}

// HKDF-SHA-256 (RFC 5869): the content key, salted with the request id.
function replyKey(contentKey, id) {
  return new Uint8Array(hkdfSync('sha256', contentKey, id, 'postern reply v1', 32));
}

// `jose` does not return the content key, so node's own OAEP unwraps it.
function unwrap(message, privateKey) {
  const key = KeyObject.from(privateKey);
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  return privateDecrypt({ key, padding, oaepHash: 'sha256' }, Buffer.from(message.split('.')[1], 'base64url'));
}

// Returns a CBOR byte string of random bytes, `length` bytes in total.
function cborBytes(length) {
  const head =
    length < 25
      ? [0x40 + length - 1]
      : length < 258
        ? [0x58, length - 2]
        : [0x59, (length - 3) >> 8, (length - 3) & 0xff];
  return Buffer.concat([Buffer.from(head), randomBytes(length - head.length)]);
}

function pad(head, body, bucket) {
  const bytes = new Uint8Array(bucket);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

function assertPadded(bytes, body) {
  assert.deepEqual(Buffer.from(bytes.subarray(0, body.length)), Buffer.from(body));
  assert(
    bytes.subarray(body.length).every((byte) => byte === 0),
    'the padding is not zero',
  );
}

function base64url(bytes) {
  return Buffer.from(bytes).toString('base64url');
}
