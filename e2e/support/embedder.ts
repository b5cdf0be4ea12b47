// The site of a fictitious organisation that embeds the reset: another origin than the portal's,
// with a Content-Security-Policy of its own that allows only what is necessary.

import { createHash } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface EmbedderPage {
  /** The contents of its `<main>`, after the heading. */
  body: string;
  lang?: string;
  /** Its own heading. */
  heading?: string;
  /** Its style, allowed by its hash. */
  style?: string;
  /** Further directives of its Content-Security-Policy. */
  policy?: string;
}

export class Embedder {
  page: EmbedderPage = { body: '' };

  private constructor(
    readonly origin: string,
    private readonly server: Server,
  ) {}

  /** Starts a site. Its default host differs from the portal's 127.0.0.1, so it is cross-site. */
  static async start(host: 'localhost' | '127.0.0.1' = 'localhost'): Promise<Embedder> {
    const server = createServer((_, answer) => {
      const { body, lang = 'en', heading = '<h1>Northwind Intranet</h1>', style = '', policy = '' } = embedder.page;
      const hash = createHash('sha256').update(style).digest('base64');
      answer.setHeader('content-type', 'text/html; charset=utf-8');
      answer.setHeader(
        'content-security-policy',
        `default-src 'none'; img-src 'self'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; ${policy}`,
      );
      answer.end(
        `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Intranet</title>` +
          `<meta name="viewport" content="width=device-width, initial-scale=1">` +
          `<style>${style}</style></head><body><main>${heading}${body}</main></body></html>`,
      );
    });
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    const embedder = new Embedder(`http://${host}:${(server.address() as AddressInfo).port}`, server);
    return embedder;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Returns the SRI value of the file at an address. */
export async function integrityOf(address: string): Promise<string> {
  const bytes = Buffer.from(await (await fetch(address)).arrayBuffer());
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`;
}
