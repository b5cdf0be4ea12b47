// Firefox by WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/), which Debian's Firefox speaks
// itself. Without geckodriver, which is no package and takes minutes to compile, and without
// Playwright, which sends commands that this Firefox does not know.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { type Browser, type Key, type Point, type Tab, clicking, end, pressing, printed, start } from './tab';

export async function startFirefox(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'postern-firefox-'));
  const firefox = start('firefox-esr', ['--headless', '--remote-debugging-port=0', '--profile', profile]);
  const [, address] = await printed(firefox, 2, /WebDriver BiDi listening on (ws:\S+)\n/);
  const session = await Session.connect(`${address}/session`);
  await session.ask('session.new', { capabilities: {} });
  return {
    open: async (first) => {
      // A user context has its own storage.
      const { userContext } = await session.ask<{ userContext: string }>('browser.createUserContext', {});
      const tab = await session.ask<{ context: string }>('browsingContext.create', { type: 'tab', userContext });
      const viewport = { width: 1024, height: 768 };
      await session.ask('browsingContext.setViewport', { context: tab.context, viewport });
      await session.ask('script.addPreloadScript', { functionDeclaration: `${first}`, contexts: [tab.context] });
      return new FirefoxTab(session, userContext, tab.context);
    },
    stop: async () => {
      await end(firefox);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

class FirefoxTab implements Tab {
  /** The page, or its frame once that was entered. */
  private current: string;

  constructor(
    private readonly session: Session,
    private readonly userContext: string,
    private readonly page: string,
  ) {
    this.current = page;
  }

  async goto(url: string): Promise<void> {
    this.current = this.page;
    await this.session.ask('browsingContext.navigate', { context: this.page, url, wait: 'complete' });
  }

  async reload(): Promise<void> {
    this.current = this.page;
    await this.session.ask('browsingContext.reload', { context: this.page, wait: 'complete' });
  }

  async run<P extends unknown[], R>(call: (...parameters: P) => R, ...parameters: P): Promise<R> {
    // As JSON, because the protocol has a notation of its own for values.
    const answer = await this.session.ask<Called>('script.callFunction', {
      functionDeclaration: `(given) => JSON.stringify((${call})(...JSON.parse(given)) ?? null)`,
      arguments: [{ type: 'string', value: JSON.stringify(parameters) }],
      target: { context: this.current },
      awaitPromise: false,
    });
    if (answer.type === 'exception') throw new Error(answer.exceptionDetails.text);
    return JSON.parse(answer.result.value);
  }

  async click(at: Point): Promise<void> {
    await this.session.ask('input.performActions', { context: this.current, actions: clicking(at) });
  }

  async press(keys: Key[]): Promise<void> {
    await this.session.ask('input.performActions', { context: this.current, actions: pressing(keys) });
  }

  async enterFrame(): Promise<void> {
    const tree = await this.session.ask<{ contexts: Context[] }>('browsingContext.getTree', { root: this.current });
    this.current = tree.contexts[0].children[0].context;
  }

  async picture(): Promise<Buffer> {
    const { data } = await this.session.ask<{ data: string }>('browsingContext.captureScreenshot', {
      context: this.page,
    });
    return Buffer.from(data, 'base64');
  }

  async close(): Promise<void> {
    await this.session.ask('browser.removeUserContext', { userContext: this.userContext });
  }
}

type Called =
  { type: 'success'; result: { value: string } } | { type: 'exception'; exceptionDetails: { text: string } };

interface Context {
  context: string;
  children: Context[];
}

interface Answer {
  id: number;
  error?: string;
  message?: string;
  result?: unknown;
}

/** Sends commands, each with a number by which its answer is found. */
class Session {
  private sent = 0;
  private readonly waiting = new Map<number, (answer: Answer) => void>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (text) => {
      const answer = JSON.parse(text.toString()) as Answer;
      this.waiting.get(answer.id)?.(answer);
      this.waiting.delete(answer.id);
    });
    socket.on('close', () => {
      for (const [id, answered] of this.waiting) answered({ id, error: 'Firefox has ended' });
    });
  }

  static async connect(address: string): Promise<Session> {
    const socket = new WebSocket(address);
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return new Session(socket);
  }

  ask<T>(method: string, params: object): Promise<T> {
    const id = ++this.sent;
    this.socket.send(JSON.stringify({ id, method, params }));
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ({ error, message = '', result }) => {
        if (error) reject(new Error(`${method}: ${error} ${message}`));
        else resolve(result as T);
      });
    });
  }
}
