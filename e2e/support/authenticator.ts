// An authenticator app: the codes of a secret in base32 (RFC 4648, RFC 6238).

import { createHmac } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

const STEP = 30_000;

/** The rest of a time step, in milliseconds, below which the code of the next step is awaited. */
const ROOM = 4_000;

/**
 * Returns the code of a secret. Each code is valid once; those of the previous and the next time
 * step are valid too. `ahead` is the number of steps from now.
 */
export async function appCode(secret: string, ahead = 0): Promise<string> {
  const left = STEP - (Date.now() % STEP);
  // A real wait: the agent reads the same clock, on which nothing but time brings the next step.
  if (left < ROOM) await setTimeout(left);
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / STEP) + ahead));
  const digest = createHmac('sha1', decoded(secret)).update(counter).digest();
  const offset = digest[digest.length - 1] & 15;
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function decoded(base32: string): Buffer {
  const letters = [...base32.replace(/\s/g, '')];
  const five = (letter: string) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const bytes = letters.map(five).join('').match(/.{8}/g)!;
  return Buffer.from(bytes.map((byte) => parseInt(byte, 2)));
}
