// Looking for a secret in everything that a process has in its memory, as a core dump would show
// it, and in every file of a folder.

import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The shortest piece of a secret that is looked for, in bytes. */
const PIECE = 12;

/** How much is read at once. Pieces that lie across two reads are found too. */
const CHUNK = 16 * 1024 * 1024;

/** A secret in every form in which a program could hold it, and in pieces. */
export class Secret {
  readonly needles = new Map<string, Buffer>();

  constructor(readonly name: string, text: string) {
    const plain = Buffer.from(text);
    const reversed = Buffer.from([...text].reverse().join(''));
    const wide = Buffer.from(text, 'utf16le');
    this.add('UTF-8', plain);
    this.add('reversed', reversed);
    this.add('UTF-16LE', wide);
    this.add('UTF-16BE', Buffer.from(wide).swap16());
    this.add('hex', Buffer.from(plain.toString('hex')));
    this.add('percent', Buffer.from(encodeURIComponent(text)));
    for (const [name, bytes] of [['UTF-8', plain], ['UTF-16LE', wide]] as const) {
      // What base64 makes of it depends on how many bytes are before it: 0, 1 or 2 of three.
      for (const before of [0, 1, 2]) {
        const whole = Buffer.concat([Buffer.alloc(before), bytes]);
        for (const alphabet of ['base64', 'base64url'] as const) {
          const sure = whole.toString(alphabet).replace(/=+$/, '');
          // The first and the last digits depend on the neighbours.
          this.add(`${alphabet} of ${name}`, Buffer.from(sure.slice(before + 1, -2)));
        }
      }
    }
  }

  private add(form: string, bytes: Buffer): void {
    const length = Math.min(PIECE, bytes.length);
    for (let at = 0; at + length <= bytes.length; at += 1) {
      const piece = bytes.subarray(at, at + length);
      this.needles.set(piece.toString('latin1'), piece);
    }
  }

  /** Whether any piece of it, in any form, is in these bytes. */
  in(bytes: Buffer): boolean {
    for (const piece of this.needles.values()) if (bytes.includes(piece)) return true;
    return false;
  }
}

/** What was looked through, and which secrets were found there. */
export interface Search {
  bytes: number;
  places: number;
  found: string[];
}

/** Looks through every readable region of a process, which stands still meanwhile. */
export function memory(id: number, secrets: Secret[]): Search {
  const search: Search = { bytes: 0, places: 0, found: [] };
  const overlap = 512;
  const buffer = Buffer.alloc(CHUNK + overlap);
  process.kill(id, 'SIGSTOP');
  const file = openSync(`/proc/${id}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${id}/maps`, 'utf8').trimEnd().split('\n')) {
      const [, from, to, rights, what] = /^(\w+)-(\w+) (\S+) \S+ \S+ \S+ *(.*)$/.exec(line)!;
      // The kernel's own pages cannot be read, and no program can write there.
      if (!rights.startsWith('r') || what === '[vvar]' || what === '[vvar_vclock]') continue;
      search.places += 1;
      const end = Number.parseInt(to, 16);
      for (let at = Number.parseInt(from, 16); at < end; at += CHUNK) {
        const length = readSync(file, buffer, 0, Math.min(CHUNK + overlap, end - at), at);
        search.bytes += Math.min(length, CHUNK);
        look(buffer.subarray(0, length), secrets, what || 'anonymous', search);
      }
    }
  } finally {
    closeSync(file);
    process.kill(id, 'SIGCONT');
  }
  return search;
}

/** Looks through every file below a folder. */
export function files(folder: string, secrets: Secret[]): Search {
  const search: Search = { bytes: 0, places: 0, found: [] };
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = readFileSync(path);
    search.places += 1;
    search.bytes += bytes.length;
    look(bytes, secrets, path, search);
  }
  return search;
}

function look(bytes: Buffer, secrets: Secret[], place: string, search: Search): void {
  for (const secret of secrets) {
    if (secret.in(bytes)) search.found.push(`${secret.name} in ${place}`);
  }
}
