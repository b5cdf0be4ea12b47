// The time of programs that a test starts: it passes as everywhere, and a test can move it forward.
// libfaketime is loaded before them and asks a file how far ahead they are; what counts passed time
// (timers, patience) is left alone. The programs themselves know nothing of it.

import { existsSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Debian's package `libfaketime` puts what is loaded. */
const LIBRARY = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';

export class Clock {
  private readonly file = join(mkdtempSync(join(tmpdir(), 'postern-clock-')), 'ahead');
  private ahead = 0;

  constructor() {
    if (!existsSync(LIBRARY)) throw new Error(`${LIBRARY} is not there; install the Debian package libfaketime`);
    this.write();
  }

  /** The variables under which a program goes by this clock. */
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

  /** Moves the time of all its programs forward. */
  advance(seconds: number): void {
    this.ahead += seconds;
    this.write();
  }

  private write(): void {
    // Whole at any moment: it is read whenever a program looks at the clock.
    const next = `${this.file}.next`;
    writeFileSync(next, `+${this.ahead}`);
    renameSync(next, this.file);
  }
}
