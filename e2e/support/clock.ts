// The clock of programs that a test starts: it runs at normal speed, and a test can move it
// forward. libfaketime is preloaded and reads the offset from a file; monotonic time (timers,
// timeouts) is not changed. The programs need no support for it.

import { existsSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The library of Debian's package `libfaketime`. */
const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

export class Clock {
  private readonly file = join(mkdtempSync(join(tmpdir(), 'postern-clock-')), 'ahead');
  // In seconds. The tests themselves may run with another clock (`cargo xtask test --at`).
  private ahead = Number.parseInt(process.env.FAKETIME ?? '0', 10);

  constructor() {
    if (!existsSync(LIBRARY)) throw new Error(`${LIBRARY} is not there; install the Debian package libfaketime`);
    this.write();
  }

  /** The environment variables that give a program this clock. */
  get environment(): NodeJS.ProcessEnv {
    const { FAKETIME: _, ...variables } = process.env;
    return {
      ...variables,
      LD_PRELOAD: LIBRARY,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
  }

  /** Moves the clock of all its programs forward. */
  advance(seconds: number): void {
    this.ahead += seconds;
    this.write();
  }

  private write(): void {
    // Replaced atomically, because programs read it whenever they read the clock.
    const next = `${this.file}.next`;
    writeFileSync(next, `+${this.ahead}`);
    renameSync(next, this.file);
  }
}
