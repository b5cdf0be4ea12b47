// Searches for a secret in all memory of a process, as a core dump would contain it, and in every
// file of a folder.

import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The length of the pieces of a secret that are searched for, in bytes. */
const PIECE = 12;

/** The number of bytes per read. Reads overlap, so pieces across two reads are found too. */
const CHUNK = 16 * 1024 * 1024;

/** A secret in every form in which a program could hold it. */
export class Secret {
  readonly forms: Buffer[];

  constructor(
    readonly name: string,
    text: string,
  ) {
    const plain = Buffer.from(text);
    const wide = Buffer.from(text, 'utf16le');
    this.forms = [
      plain,
      Buffer.from([...text].reverse().join('')),
      wide,
      Buffer.from(wide).swap16(),
      Buffer.from(plain.toString('hex')),
      Buffer.from(encodeURIComponent(text)),
      ...[plain, wide].flatMap((bytes) => [...base64(bytes, 'base64'), ...base64(bytes, 'base64url')]),
    ];
  }
}

/** Returns the base64 digits that do not depend on neighbouring bytes, for each alignment. */
function base64(bytes: Buffer, alphabet: 'base64' | 'base64url'): Buffer[] {
  // A digit encodes 6 bits, so the digits depend on the number of bytes before them, modulo 3.
  return [0, 1, 2].map((before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString(alphabet);
    const [first, end] = [Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6)];
    return Buffer.from(digits.slice(first, end));
  });
}

/** Searches for every piece of 12 bytes of every form of some secrets, in one pass. */
export class Look {
  /** Holds 1 for every three bytes with which a piece begins. */
  private readonly begins = new Uint8Array(1 << 24);
  private readonly pieces = new Map<number, { piece: Buffer; name: string }[]>();

  constructor(secrets: Secret[]) {
    for (const { name, forms } of secrets) for (const form of forms) this.add(name, form);
  }

  private add(name: string, form: Buffer): void {
    const length = Math.min(PIECE, form.length);
    for (let at = 0; at + length <= form.length; at += 1) {
      const piece = form.subarray(at, at + length);
      const begin = piece.readUIntLE(0, 3);
      this.begins[begin] = 1;
      this.pieces.set(begin, [...(this.pieces.get(begin) ?? []), { piece, name }]);
    }
  }

  /** Returns the names of the secrets of which a piece is in these bytes. */
  in(bytes: Buffer): string[] {
    const found = new Set<string>();
    const { begins } = this;
    let begin = 0;
    for (let at = 0; at < bytes.length; at += 1) {
      begin = (begin >>> 8) | (bytes[at] << 16);
      if (begins[begin] === 0 || at < 2) continue;
      for (const { piece, name } of this.pieces.get(begin)!) {
        const here = bytes.subarray(at - 2, at - 2 + piece.length);
        if (!found.has(name) && piece.equals(here)) found.add(name);
      }
    }
    return [...found];
  }
}

/** The number of bytes and places that were searched, and the secrets that were found. */
export interface Search {
  bytes: number;
  places: number;
  found: string[];
}

/** Searches every readable region of a process, which is suspended meanwhile. */
export function memory(id: number, secrets: Secret[]): Search {
  const search: Search = { bytes: 0, places: 0, found: [] };
  const look = new Look(secrets);
  const overlap = 512;
  const buffer = Buffer.alloc(CHUNK + overlap);
  process.kill(id, 'SIGSTOP');
  const file = openSync(`/proc/${id}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${id}/maps`, 'utf8').trimEnd().split('\n')) {
      const [, from, to, rights, what] = /^(\w+)-(\w+) (\S+) \S+ \S+ \S+ *(.*)$/.exec(line)!;
      // The kernel's own pages, to which no program can write.
      if (!rights.startsWith('r') || what.startsWith('[v')) continue;
      search.places += 1;
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += CHUNK) {
        const length = read(file, buffer, Math.min(CHUNK + overlap, end - at), at, what);
        search.bytes += Math.min(length, CHUNK);
        note(look.in(buffer.subarray(0, length)), what || 'anonymous memory', search);
      }
    }
  } finally {
    closeSync(file);
    process.kill(id, 'SIGCONT');
  }
  return search;
}

/** Searches every file below a folder. */
export function files(folder: string, secrets: Secret[]): Search {
  const search: Search = { bytes: 0, places: 0, found: [] };
  const look = new Look(secrets);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    search.places += 1;
    search.bytes += bytes.length;
    note(look.in(bytes), path, search);
  }
  return search;
}

/** Reads a part of a region. */
function read(file: number, buffer: Buffer, length: number, at: number, what: string): number {
  try {
    return readSync(file, buffer, 0, length, at);
  } catch (error) {
    throw new Error(`${what} at ${at.toString(16)}, ${length} bytes: ${error}`);
  }
}

function note(names: string[], place: string, search: Search): void {
  search.found.push(...names.map((name) => `${name} in ${place}`));
}
