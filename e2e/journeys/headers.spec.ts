// The portal's answers to requests of every kind: strict headers on all, clear problems for bad
// input, and no effect of it.

import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { expect, test } from '../support/test';
import { text } from '../support/words';

const ALWAYS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

const NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

test('pages carry the strictest policy, with the hash of exactly their style', async ({ request, contoso }) => {
  for (const path of ['/contoso/', '/contoso/sandbox', '/contoso/?lang=lt', '/nobody/', '/no/such/page']) {
    const answer = await request.get(contoso.portal.url + path);
    const headers = answer.headers();
    expect(headers, path).toMatchObject({ ...ALWAYS, 'cache-control': 'no-store' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers.vary).toContain('accept-language');
    const html = await answer.text();
    const styles = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(([, style]) => style);
    expect(styles).toHaveLength(1);
    const hash = createHash('sha256').update(styles[0]).digest('base64');
    // The sandbox page shows mails in frames.
    const frames = path.endsWith('/sandbox') ? "frame-src 'self'; " : '';
    expect(headers['content-security-policy'], path).toBe(
      `default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'sha256-${hash}'; img-src 'self'; ` +
        `connect-src 'self'; ${frames}base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    // Nothing inline that the CSP would block: no handlers, no style attributes, no code.
    expect(html).not.toMatch(/\son\w+=/);
    expect(html).not.toMatch(/<[^>]+\sstyle=/);
    for (const [, attributes] of html.matchAll(/<script([^>]*)>/g)) {
      if (attributes.includes('application/json')) continue;
      expect(attributes).toMatch(/type="module"/);
      expect(attributes).toMatch(/integrity="sha384-[\w+/]{64}"/);
    }
    expect(html).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/);
  }
});

test('everything else carries a policy that allows nothing', async ({ request, contoso }) => {
  const { url } = contoso.portal;
  for (const path of [
    '/api/contoso/status',
    '/api/contoso/keys',
    '/api/nobody/status',
    '/healthz',
    '/readyz',
    '/contoso/logo',
    '/assets/nothing.js',
  ]) {
    const headers = (await request.get(url + path)).headers();
    expect(headers, path).toMatchObject({ ...ALWAYS, 'content-security-policy': NOTHING });
  }
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE']) {
    const headers = await raw(url, '/contoso/', { method });
    expect(headers.status, method).toBe(405);
    expect(headers.headers, method).toMatchObject(ALWAYS);
  }
});

test('assets are kept for ever, checked by their hash, and compressed', async ({ request, contoso }) => {
  const html = await (await request.get(`${contoso.portal.url}/contoso/`)).text();
  const named = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"(?:[^>]*integrity="([^"]+)")?/g)];
  expect(named.length).toBeGreaterThanOrEqual(3);
  for (const [, path, integrity] of named) {
    const answer = await request.get(contoso.portal.url + path, { headers: { 'accept-encoding': 'br' } });
    expect(answer.headers(), path).toMatchObject({
      ...ALWAYS,
      'content-security-policy': NOTHING,
      'cache-control': 'public, max-age=31536000, immutable',
      'content-encoding': 'br',
    });
    if (integrity) {
      expect(
        `sha384-${createHash('sha384')
          .update(await answer.body())
          .digest('base64')}`,
      ).toBe(integrity);
    }
    const type = { js: 'text/javascript', wasm: 'application/wasm', svg: 'image/svg+xml' }[path.split('.').at(-1)!]!;
    expect(answer.headers()['content-type']).toContain(type);
  }
});

test('no answer sets a cookie', async ({ request, contoso }) => {
  const { url } = contoso.portal;
  for (const path of ['/contoso/', '/contoso/sandbox', '/nobody/', '/api/contoso/keys', '/healthz']) {
    expect((await request.get(url + path)).headers()['set-cookie']).toBeUndefined();
  }
});

test('a tenant’s address without its slash leads to the page', async ({ contoso }) => {
  const answer = await raw(contoso.portal.url, '/contoso?lang=lt');
  expect([answer.status, answer.headers.location]).toEqual([308, '/contoso/?lang=lt']);
});

const JOSE = 'application/jose';
const PROBLEMS: [
  what: string,
  path: string,
  status: number,
  code: string,
  type: string | undefined,
  body: string | Buffer,
][] = [
  ['an unknown tenant', '/api/nobody/messages', 404, 'tenant_unknown', JOSE, 'a.b.c.d.e'],
  ['no media type', '/api/contoso/messages', 415, 'unsupported_media_type', undefined, 'a.b.c.d.e'],
  ['JSON', '/api/contoso/messages', 415, 'unsupported_media_type', 'application/json', '{}'],
  ['a form', '/api/contoso/messages', 415, 'unsupported_media_type', 'application/x-www-form-urlencoded', 'name=alice'],
  ['an empty body', '/api/contoso/messages', 400, 'malformed', JOSE, ''],
  ['one part', '/api/contoso/messages', 400, 'malformed', JOSE, 'abc'],
  ['four parts', '/api/contoso/messages', 400, 'malformed', JOSE, 'a.b.c.d'],
  ['six parts', '/api/contoso/messages', 400, 'malformed', JOSE, 'a.b.c.d.e.f'],
  ['empty parts', '/api/contoso/messages', 400, 'malformed', JOSE, '....'],
  ['parts that are not base64url', '/api/contoso/messages', 400, 'malformed', JOSE, 'a+.b/.c=.d .e'],
  ['what is not UTF-8', '/api/contoso/messages', 400, 'malformed', JOSE, Buffer.from([0xff, 0xfe, 0x2e, 0xc3, 0x28])],
  ['NUL', '/api/contoso/messages', 400, 'malformed', JOSE, '\0'],
  ['4,097 bytes', '/api/contoso/messages', 413, 'too_large', JOSE, 'a'.repeat(4097)],
  ['a megabyte', '/api/contoso/messages', 413, 'too_large', JOSE, 'a'.repeat(1 << 20)],
];

for (const [what, path, status, code, type, body] of PROBLEMS) {
  test(`${what} is answered with ${status} ${code}`, async ({ contoso }) => {
    const answer = await raw(contoso.portal.url, path, {
      method: 'POST',
      body,
      headers: type ? { 'content-type': type } : {},
    });
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject({
      ...ALWAYS,
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    });
    const problem = JSON.parse(answer.body);
    expect(problem).toMatchObject({ type: 'about:blank', status, code });
    expect(problem.title).toBeTruthy();
    expect(problem.support_code).toBe(answer.headers['postern-support-code']);
  });
}

test('messages are taken by POST alone', async ({ contoso }) => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE']) {
    const answer = await raw(contoso.portal.url, '/api/contoso/messages', { method });
    expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, 'POST']);
    expect(answer.headers).toMatchObject(ALWAYS);
  }
});

test('HEAD answers as GET does, without a body', async ({ contoso }) => {
  for (const path of ['/contoso/', '/contoso/sandbox', '/nobody/', '/api/contoso/status', '/healthz']) {
    const [head, get] = await Promise.all(['HEAD', 'GET'].map((method) => raw(contoso.portal.url, path, { method })));
    expect([path, head.status, head.body]).toEqual([path, get.status, '']);
    expect(head.headers['content-security-policy']).toBe(get.headers['content-security-policy']);
  }
});

const ODD_PATHS = [
  '/..%2f/',
  '/..%2f..%2fetc%2fpasswd/',
  '/%2e%2e/',
  '/assets/../postern.toml',
  '/assets/..%2f..%2fpostern.toml',
  '/assets/manifest.json/..',
  '/%00/',
  '/%ff%fe/',
  '/contoso%00/',
  '/contoso/%ff',
  '/contoso/%00',
  '/contoso/words/%ff',
  '/contoso%20/',
  `/${'a'.repeat(33)}/`,
  `/${'a'.repeat(4000)}/`,
  '/%3Cscript%3Ealert(1)%3C%2Fscript%3E/',
  '//evil.example/',
  '/contoso//',
  '/contoso/..',
  '/contoso/nothing',
  '/api/',
  '/api/contoso/',
  '/api/..%2fcontoso/status',
  '/relay/',
  '/%F0%9F%94%91/',
];

for (const path of ODD_PATHS) {
  test(`the odd address ${path.slice(0, 50)} finds nothing and gives nothing back`, async ({ contoso }) => {
    const answer = await raw(contoso.portal.url, path);
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
    expect(answer.headers).toMatchObject(ALWAYS);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.body).not.toContain('<script>alert');
    expect(answer.body).not.toMatch(/root:|data_directory/);
  });
}

test('an organisation is found in capital letters too, and a page that it does not have leads to its own', async ({
  page,
  contoso,
}) => {
  const { url } = contoso.portal;
  const named = new URL(`/${contoso.id}/`, url);
  expect((await page.goto(`${url}/${contoso.id.toUpperCase()}/?lang=en`))!.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('en', 'page-title'));
  for (const path of ['nothing', 'a/b/c']) {
    expect((await page.goto(`${named}${path}?lang=en`))!.status()).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('en', 'not-found-title'));
    await page.getByRole('link', { name: text('en', 'page-title') }).click();
    await expect(page).toHaveURL(`${named}?lang=en`);
  }
});

test('what is not UTF-8 in an address gets the page that says so', async ({ page, contoso }) => {
  const answer = await page.goto(`${contoso.portal.url}/contoso/%ff?lang=en`);
  expect(answer!.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(text('en', 'not-found-title'));
});

test('an odd name without its slash leads nowhere else', async ({ contoso }) => {
  for (const path of ['/%2f%2fevil.example', '/..%2f', '/..%2f..', '/%5cevil.example', '/%0d%0aset-cookie:%20a=b']) {
    const answer = await raw(contoso.portal.url, path);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect([undefined, '/not-found/']).toContain(answer.headers.location);
  }
});

for (const query of [
  '?lang=xx',
  '?lang=',
  '?lang=EN',
  '?lang=en-GB',
  '?lang=%ff',
  '?lang=lt&lang=cs',
  '?lang',
  '?x=y',
  `?lang=${'l'.repeat(3000)}`,
  '?lang=%3Cscript%3E',
  '?%',
]) {
  test(`the odd query ${query.slice(0, 40)} still gives the page, in a language that it has`, async ({ contoso }) => {
    const answer = await raw(contoso.portal.url, `/contoso/${query}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatch(/<html lang="(en|cs|pl|sl|lt)"/);
    expect(answer.body).not.toContain('<script>"');
  });
}

test('nothing of what was sent is in the portal’s log', async ({ contoso, request }) => {
  const { readFileSync } = await import('node:fs');
  await request.post(`${contoso.portal.url}/api/contoso/messages`, {
    headers: { 'content-type': JOSE },
    data: 'canary-body.b.c.d.e',
  });
  await request.get(`${contoso.portal.url}/canary-tenant/?lang=canary-query`);
  const log = readFileSync(`${contoso.portal.folder}/portal.log`, 'utf8');
  expect(log).not.toContain('canary');
  for (const line of log.trim().split('\n')) expect(() => JSON.parse(line)).not.toThrow();
});

interface Raw {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Sends a request without normalising its path. */
function raw(
  url: string,
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const asked = httpRequest(
      { hostname, port, path, method: options.method ?? 'GET', headers: options.headers, agent: false },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(parts).toString() }),
        );
        answer.on('error', reject);
      },
    );
    // A server may refuse and close while the rest of the request is still being sent.
    asked.on('error', reject);
    asked.end(options.body);
  });
}
