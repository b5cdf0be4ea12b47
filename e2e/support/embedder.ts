// The site of a fictitious organisation that embeds the reset: another origin than the portal's,
// with a Content-Security-Policy of its own that allows only what is necessary.

import { createHash } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Tenant, keyOf } from './stack';

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

export interface FrameOptions {
  lang?: string;
  style?: string;
  integrity?: string;
  /** The portal's address. Default: the tenant's own. */
  url?: string;
}

/** Puts the portal's script and the frame's place into a site's page, with the strictest CSP. */
export async function showFrame(
  site: Embedder,
  tenant: Tenant,
  { lang, style, integrity, url = tenant.portal.url }: FrameOptions = {},
): Promise<void> {
  const address = `${url}/${tenant.id}/`;
  const pinned = integrity ?? (await integrityOf(`${url}/embed.js`));
  site.page = {
    lang,
    style,
    policy: `script-src ${url}; frame-src ${url}`,
    body:
      `<div data-postern="${address}"><a href="${address}">Reset your password</a></div>` +
      `<script src="${url}/embed.js" integrity="${pinned}" crossorigin="anonymous"></script>`,
  };
}

export interface ElementOptions {
  lang?: string;
  style?: string;
  /** Attributes that replace the correct ones. */
  attributes?: Record<string, string>;
  /** Values that precede the correct ones. */
  also?: Record<string, string>;
}

/** Puts `<postern-reset>` with its pins into a site's page, with the strictest CSP. */
export async function showElement(
  site: Embedder,
  tenant: Tenant,
  { lang = 'en', style, attributes = {}, also = {} }: ElementOptions = {},
): Promise<void> {
  const { url } = tenant.portal;
  const page = (await (await fetch(`${url}/api/${tenant.id}/page`)).json()) as { script: string; wasm: string };
  const pins: Record<string, string> = {
    portal: url,
    tenant: tenant.id,
    'script-integrity': await integrityOf(url + page.script),
    'wasm-integrity': await integrityOf(url + page.wasm),
    'key-thumbprint': (await keyOf(tenant)).kid,
  };
  for (const [name, value] of Object.entries(also)) pins[name] = `${value} ${pins[name]}`;
  const all = Object.entries({ ...pins, ...attributes }).map(([name, value]) => `${name}="${value}"`);
  const element = `${url}/postern-reset.js`;
  site.page = {
    lang,
    style,
    heading: '<p>Northwind Intranet</p>',
    policy: `script-src ${url} 'wasm-unsafe-eval'; connect-src ${url}`,
    body:
      `<postern-reset ${all.join(' ')}><a href="${url}/${tenant.id}/">Reset your password</a></postern-reset>` +
      `<script type="module" src="${element}" integrity="${await integrityOf(element)}" crossorigin="anonymous"></script>`,
  };
}
