// A tab of a browser, as far as WebDriver and WebDriver BiDi can both drive it, and the programs that
// they need.

import { type ChildProcess, spawn } from 'node:child_process';

export interface Tab {
  goto(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Calls a function in the page, or in its frame once that was entered; it can refer to nothing outside itself. */
  run<P extends unknown[], R>(call: (...parameters: P) => R, ...parameters: P): Promise<R>;
  /** Clicks on a point of the page, or of its frame once that was entered. */
  click(at: Point): Promise<void>;
  /** Presses keys, one after the other. */
  press(keys: Key[]): Promise<void>;
  /** Goes into the only frame of the page. */
  enterFrame(): Promise<void>;
  /** Returns a PNG of what is seen. */
  picture(): Promise<Buffer>;
  close(): Promise<void>;
}

export interface Point {
  x: number;
  y: number;
}

/** A character, or several that are held down together. */
export type Key = string | string[];

export interface Browser {
  /**
   * Opens a tab that shares nothing with those before. The function runs in every page and frame: before
   * their own scripts if the protocol can do that, else once they are loaded.
   */
  open(first: () => void): Promise<Tab>;
  stop(): Promise<void>;
}

/** Starts a program that is killed when this process ends, for whatever reason. */
export function start(program: string, args: string[], variables: NodeJS.ProcessEnv = {}): ChildProcess {
  // With the machine's own clock, whatever the tests have: browsers hang under libfaketime.
  const { LD_PRELOAD: _, FAKETIME: __, ...inherited } = process.env;
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], {
    env: { ...inherited, LANG: 'en_GB.UTF-8', LANGUAGE: 'en_GB', ...variables },
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  // A program stops when nobody reads what it prints.
  child.stderr!.resume();
  return child;
}

/** Returns what matches a pattern in what a program prints into one of its outputs. */
export function printed(child: ChildProcess, output: 2 | 3, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let all = '';
    child.stdio[output]!.on('data', (text) => {
      all += text;
      const found = pattern.exec(all);
      if (found) resolve(found);
    });
    const failed = (why: unknown) => reject(new Error(`${child.spawnargs.join(' ')}: ${why}\n${all}`));
    child.once('error', failed);
    child.once('close', (code, signal) => failed(`ended, ${signal ?? code}`));
  });
}

/** Ends a program. */
export async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}

/** Returns the actions of a click, which have the same form in both protocols. */
export function clicking(at: Point): object[] {
  const actions = [
    { type: 'pointerMove', ...at, origin: 'viewport', duration: 0 },
    { type: 'pointerDown', button: 0 },
    { type: 'pointerUp', button: 0 },
  ];
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }];
}

/** Returns the actions of pressing keys. */
export function pressing(keys: Key[]): object[] {
  const actions = keys.flatMap((key) => {
    const held = [key].flat();
    return [
      ...held.map((value) => ({ type: 'keyDown', value })),
      ...held.toReversed().map((value) => ({ type: 'keyUp', value })),
    ];
  });
  return [{ type: 'key', id: 'keyboard', actions }];
}
