// WebKitGTK by WebDriver (https://www.w3.org/TR/webdriver2/): Debian's WebKitWebDriver, which starts
// WebKit's MiniBrowser, on a virtual screen.

import { freePort, until } from '../../support/stack';
import { fromFrame } from './in-page';
import { type Browser, type Key, type Point, type Tab, clicking, end, pressing, printed, start } from './tab';

export async function startWebKit(): Promise<Browser> {
  const screen = start('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
  const [display] = await printed(screen, 3, /\d+(?=\n)/);
  const port = await freePort();
  const driver = start('WebKitWebDriver', [`--port=${port}`], {
    DISPLAY: `:${display}`,
    GDK_BACKEND: 'x11',
    // Without a graphics card, OpenGL takes half as much time again.
    WEBKIT_SKIA_ENABLE_CPU_RENDERING: '1',
  });
  const address = `http://127.0.0.1:${port}`;
  await until('WebKitWebDriver', async () => (await fetch(`${address}/status`)).ok);
  return {
    // Each session is a MiniBrowser of its own, which keeps nothing.
    open: async (first) => {
      const { sessionId } = await ask<{ sessionId: string }>('POST', `${address}/session`, { capabilities: {} });
      return new WebKitTab(`${address}/session/${sessionId}`, first);
    },
    stop: async () => {
      await end(driver);
      await end(screen);
    },
  };
}

class WebKitTab implements Tab {
  private inFrame = false;

  constructor(
    private readonly session: string,
    private readonly first: () => void,
  ) {}

  async goto(url: string): Promise<void> {
    this.inFrame = false;
    await this.post('url', { url });
    await this.run(this.first);
  }

  async reload(): Promise<void> {
    this.inFrame = false;
    await this.post('refresh');
    await this.run(this.first);
  }

  async run<P extends unknown[], R>(call: (...parameters: P) => R, ...args: P): Promise<R> {
    return this.post('execute/sync', { script: `return (${call})(...arguments)`, args });
  }

  async click(at: Point): Promise<void> {
    if (!this.inFrame) return this.post('actions', { actions: clicking(at) });
    // WebKit takes every point as one of the page itself.
    await this.post('frame', { id: null });
    const inPage = await this.run(fromFrame, at);
    await this.post('actions', { actions: clicking(inPage) });
    await this.post('frame', { id: 0 });
  }

  async press(keys: Key[]): Promise<void> {
    await this.post('actions', { actions: pressing(keys) });
  }

  async enterFrame(): Promise<void> {
    await this.post('frame', { id: 0 });
    await this.run(this.first);
    this.inFrame = true;
  }

  async picture(): Promise<Buffer> {
    return Buffer.from(await ask<string>('GET', `${this.session}/screenshot`), 'base64');
  }

  async close(): Promise<void> {
    await ask('DELETE', this.session);
  }

  private post<T>(command: string, parameters: object = {}): Promise<T> {
    return ask('POST', `${this.session}/${command}`, parameters);
  }
}

async function ask<T>(method: string, address: string, parameters?: object): Promise<T> {
  const answer = await fetch(address, { method, body: parameters && JSON.stringify(parameters) });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${new URL(address).pathname}: ${value.error}: ${value.message}`);
  return value;
}
