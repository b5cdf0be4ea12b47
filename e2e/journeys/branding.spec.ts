// A tenant with its own colours, its own texts, and its own host name.

import { type IncomingMessage, request as httpRequest } from 'node:http';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from '../support/axe';
import { Portal, freePort } from '../support/stack';
import { expect, test } from '../support/test';
import { text } from '../support/words';

test.describe('words', () => {
  const texts = {
    en: 'identify-name-hint = The name on your Northwind card\nhelp-lead = Call 555 before you read on.\n',
    lt: 'reason-user-not-found = Tokio vardo nežinome.\nreason-wrong-code = { $tries ->\n    [one] Dar { $tries } bandymas.\n    [few] Dar { $tries } bandymai.\n   *[other] Dar { $tries } bandymų.\n  }\n',
  };

  test('a tenant’s own words are on the page before and after it has started, and on no other tenant’s', async ({
    reset,
    addTenant,
    page,
    tenant,
  }) => {
    const own = await addTenant({ texts });
    const html = await (await page.request.get(`${own.portal.url}/${own.id}/?lang=en`)).text();
    expect(html).toContain('The name on your Northwind card');
    await reset.open(own);
    await expect(page.getByText('The name on your Northwind card')).toBeVisible();
    await page.goto(`${own.portal.url}/${own.id}/help?lang=en`);
    await expect(page.getByText('Call 555 before you read on.')).toBeVisible();
    await reset.open(tenant);
    await expect(page.getByText(reset.text('identify-name-hint'))).toBeVisible();
  });

  test('refusals too, by the plurals of the language; what is to be done stays', async ({ reset, addTenant, page }) => {
    const own = await addTenant({ texts });
    await reset.openAs(own, 'nobody-of-this-name', { lang: 'lt' });
    const alert = page.getByRole('alert').filter({ hasText: 'Tokio vardo nežinome.' });
    await expect(alert).toContainText(text('lt', 'reason-user-not-found.do'));
    await reset.identify('frank');
    await reset.sendCode();
    for (const said of ['Dar 4 bandymai.', 'Dar 3 bandymai.', 'Dar 2 bandymai.', 'Dar 1 bandymas.']) {
      await reset.answer('00000000');
      await expect(page.getByRole('alert').filter({ hasText: said })).toBeVisible();
    }
  });

  test('those that are loaded at the new password too', async ({ reset, addTenant }) => {
    const own = await addTenant({ texts: { en: 'passphrase-suggest = Northwind suggests\n' } });
    await reset.reachPassword(own, 'alice');
    await expect(reset.page.getByRole('button', { name: 'Northwind suggests' })).toBeVisible();
  });

  for (const [name, own, says] of [
    ['contoso.en.ftl', 'no-such-text = x\n', /no-such-text: there is no text with this key/],
    [
      'contoso.en.ftl',
      'mail-when = At\n',
      /mail-when: there is no text with this key that can be changed here; expected a key of app\.ftl, /,
    ],
    ['contoso.en.ftl', 'identify-title = { $nmae }\n', /identify-title: expected no argument, found \$nmae/],
    [
      'contoso.lt.ftl',
      'reason-wrong-code = { $tries ->\n   *[few] x\n  }\n',
      /reason-wrong-code: expected the default form \*\[other\], and besides it only \[0\] \[one\] \[few\]/,
    ],
    ['contoso.cs.ftl', 'identify-title = Dobrý\nidentify-lead { den\n', /line 2/],
    ['contoso.de.ftl', '', /en, cs, pl, sl, lt/],
  ] as const) {
    test(`${name} with ${JSON.stringify(own)} makes this tenant alone unavailable, and the log says why`, async () => {
      const said = await refusal({ 'contoso.toml': 'name = "Contoso"\n', [name]: own });
      expect(said).toContain(name);
      expect(said).toMatch(says);
    });
  }
});

test.describe('colours', () => {
  test('both themes are in the tenant’s colours, and can be read', async ({ reset, addTenant, page }) => {
    const own = await addTenant({ color: '#5b2a86', portal: 'color_dark = "#d9b8ff"\n' });
    await reset.open(own);
    const button = reset.button('identify-submit');
    await page.emulateMedia({ colorScheme: 'light' });
    await expect(button).toHaveCSS('background-color', 'rgb(91, 42, 134)');
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect(button).toHaveCSS('background-color', 'rgb(217, 184, 255)');
    await page.emulateMedia({ colorScheme: null });
    await audit(page, 'in its own colours');
    await reset.identify('bob');
    await expect(reset.heading).toHaveText(reset.text('gates-title'));
    await audit(page, 'gates in its own colours');
  });

  for (const [lines, says] of [
    ['color = "#0b5cad"', /color: expected a contrast of at least 7:1, found 6\.7:1 for white on #0b5cad/],
    [
      'color_dark = "#5b2a86"',
      /color_dark: expected a contrast of at least 7:1, found 1\.6:1 for #5b2a86 on the dark theme's #1c2027/,
    ],
    ['color = "blue"', /color: expected a colour as #rrggbb, found "blue"/],
    ['frame_origins = ["http://intranet.contoso.example"]', /frame_origins: expected https:\/\//],
    ['frame_origins = ["https://intranet.contoso.example/"]', /frame_origins: .*nothing after it/],
    ['frame_origins = ["*"]', /frame_origins: /],
    ['hosts = ["https://reset.contoso.example"]', /hosts: .*without https:\/\//],
  ] as const) {
    test(`${lines} makes this tenant alone unavailable, and the log says why`, async () => {
      const said = await refusal({ 'contoso.toml': `name = "Contoso"\n${lines}\n` });
      expect(said).toContain('contoso.toml');
      expect(said).toMatch(says);
    });
  }
});

test.describe('logos', () => {
  const svg = (width: number, height: number): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}"><rect width="${width}" height="${height}"/></svg>`;

  test('a wordmark keeps its proportions, and the name is not repeated beside it', async ({
    reset,
    addTenant,
    page,
  }) => {
    const own = await addTenant({ name: 'Northwind', logos: { all: svg(180, 40), cs: svg(40, 40) } });
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 320, height: 640 },
    ]) {
      await page.setViewportSize(viewport);
      await reset.open(own);
      const logo = page.locator('.logo');
      await expect(logo).toBeVisible();
      const { width, height } = (await logo.boundingBox())!;
      expect(width / height).toBeCloseTo(180 / 40, 1);
      expect(height).toBe(40);
      await expect(page.getByRole('banner')).toHaveText('Northwind');
      await expect(page.locator('.organisation')).toHaveCSS('clip-path', 'inset(50%)');
      await audit(page, 'with a wordmark');
    }
  });

  test('a language has its own logo; a mark stands beside the name', async ({ reset, addTenant, page }) => {
    const own = await addTenant({ name: 'Northwind', logos: { all: svg(180, 40), cs: svg(40, 40) } });
    await reset.open(own, { lang: 'cs' });
    const logo = page.locator('.logo');
    await expect(logo).toHaveAttribute('src', `/${own.id}/logo?lang=cs`);
    expect((await logo.boundingBox())!).toMatchObject({ width: 40, height: 40 });
    await expect(page.locator('.organisation')).toHaveText('Northwind');
    const answer = await page.request.get(`${own.portal.url}/${own.id}/logo?lang=cs`);
    expect(await answer.text()).toBe(svg(40, 40));
    expect(answer.headers()['content-security-policy']).toContain("default-src 'none'");
  });

  test('an extremely wide logo stays within its place', async ({ reset, addTenant, page }) => {
    const own = await addTenant({ logos: { all: svg(2000, 40) } });
    await page.setViewportSize({ width: 320, height: 640 });
    await reset.open(own);
    const { width } = (await page.locator('.logo').boundingBox())!;
    expect(width).toBeLessThanOrEqual(192);
  });

  for (const [lines, says] of [
    ['logo = "missing.svg"', /logo: .*missing\.svg/],
    ['logo = "contoso.gif"', /logo: .*expected an \.svg or \.png file/],
    ['logos = { de = "contoso.svg" }', /logos: expected one of the languages en, cs, pl, sl, lt, found "de"/],
  ] as const) {
    test(`${lines} makes this tenant alone unavailable, and the log says why`, async () => {
      const said = await refusal({ 'contoso.toml': `name = "Contoso"\n${lines}\n` });
      expect(said).toContain('contoso.toml');
      expect(said).toMatch(says);
    });
  }
});

test.describe('host names', () => {
  test('a tenant’s own host leads to its page, and to no other tenant’s', async ({
    addTenant,
    tenant,
    reset,
    page,
  }) => {
    const host = `reset-${Math.random().toString(36).slice(2)}.localhost`;
    const own = await addTenant({ name: 'Northwind', portal: `hosts = ["${host}"]\n` });
    const { port } = new URL(own.portal.url);
    const ask = (path: string, name = host) => asked(Number(port), path, name);
    for (const name of [host, host.toUpperCase(), `${host}:${port}`, `${host}:443`]) {
      expect(await ask('/?lang=lt', name), name).toMatchObject({ status: 307, location: `/${own.id}/?lang=lt` });
    }
    expect((await ask(`/${own.id}/`)).status).toBe(200);
    const others = [
      `/${tenant.id}/`,
      `/${tenant.id}/help`,
      `/${tenant.id}/change`,
      `/api/${tenant.id}/keys`,
      `/api/${tenant.id}/status`,
      `/${tenant.id}/logo`,
    ];
    const hidden = `/%${tenant.id.charCodeAt(0).toString(16)}${tenant.id.slice(1)}/`;
    for (const path of [...others, hidden]) expect((await ask(path)).status, path).toBe(404);
    expect(await ask(`/${tenant.id}`)).toMatchObject({ location: '/not-found/' });
    // At the portal's own host nothing has changed, and a host of no tenant is not found.
    for (const id of [tenant.id, own.id]) expect((await ask(`/${id}/`, '127.0.0.1')).status).toBe(200);
    expect((await ask('/', 'stranger.example')).status).toBe(404);
    // A complete reset in a browser.
    await page.goto(`http://${host}:${port}/`);
    await expect(page).toHaveURL(`http://${host}:${port}/${own.id}/`);
    reset.tenant = own;
    await reset.identify('alice');
    await reset.passMailGate('alice');
    await reset.complete();
  });

  test('a host that two tenants claim is the first one’s, and the log says why', async () => {
    const claim = 'hosts = ["reset.example"]\n';
    const said = await refusal({ 'a.toml': `name = "A"\n${claim}`, 'b.toml': `name = "B"\n${claim}` });
    expect(said).toMatch(/b\.toml: hosts: reset\.example already belongs to the tenant a/);
  });
});

/** Returns the errors of the portal for these tenants. */
async function refusal(files: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-'));
  const tenants = join(folder, 'portal', 'tenants');
  mkdirSync(tenants, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(tenants, name), content);
  return Portal.refusal(await freePort(), folder);
}

interface Asked {
  status: number;
  location?: string;
}

/** Sends a request to the portal with another host name, as a proxy does. */
function asked(port: number, path: string, host: string): Promise<Asked> {
  return new Promise((resolve, reject) => {
    const done = (answer: IncomingMessage) => {
      answer.resume();
      resolve({ status: answer.statusCode!, location: answer.headers.location });
    };
    httpRequest({ host: '127.0.0.1', port, path, headers: { host }, agent: false }, done).on('error', reject).end();
  });
}
