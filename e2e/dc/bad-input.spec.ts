// Errors in files and settings are reported clearly, change nothing, and show no secret.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dc, portal, programs } from './support/environment';
import { FIRST_PASSWORD } from './support/directory';
import { expect, test } from './support/fixtures';
import { Kind } from './support/wire';
import type { ResetPage } from '../support/reset-page';
import type { Tenant } from '../support/stack';

test('certificates of another authority: the service is down at step 1, and the log says why', async ({
  reset,
  addCorp,
}) => {
  const { tenant } = await addCorp({ caFile: dc.otherCaFile, comesUp: false });
  await expect.poll(() => tenant.logged()).toContain(`${dc.url}:636: I/O error: invalid peer certificate`);
  await expectDown(reset, tenant);
});

test('a wrong password of the agent: the service is down at step 1, the log says why, and the account is not locked out by it', async ({
  reset,
  addCorp,
  directory,
}, info) => {
  const service = await directory.person();
  await directory.fineGrained(service.dn, { lockout: 3 });
  const bindPasswordFile = info.outputPath('password');
  writeFileSync(bindPasswordFile, 'Wrong-2026-wrong', { mode: 0o600 });
  const bindName = `${service.name}@corp.example`;
  const { tenant, relay } = await addCorp({ bindName, bindPasswordFile, comesUp: false });
  await expect.poll(() => tenant.logged()).toContain('cannot sign in: wrong name or password');
  await expectDown(reset, tenant);
  expect(tenant.logged()).not.toContain('Wrong-2026');
  // Three wrong passwords lock this account, and every heartbeat asks the directory.
  const beats = () => relay.packages(Kind.Heartbeat).filter((frame) => frame.direction === 'out');
  await expect.poll(() => beats().length, { timeout: 30_000 }).toBeGreaterThan(4);
  expect(await directory.isLocked(service)).toBe(false);
  // The agent uses the correct one as soon as the file holds it.
  writeFileSync(bindPasswordFile, FIRST_PASSWORD);
  await expect.poll(() => tenant.service()).toBe('up');
});

async function expectDown(reset: ResetPage, tenant: Tenant): Promise<void> {
  expect(await tenant.service()).toBe('down');
  await reset.visit(tenant);
  await expect(reset.heading).toHaveText(reset.text('down-title'));
  await expect(reset.page.getByText(reset.text('problem-service-down.do'))).toBeVisible();
  await expect(reset.userName).toHaveCount(0);
}

/** A configuration of the agent that is correct except for its files. */
const AGENT = `tenant = "corp"
tenant_name = "Corp"
helpdesk = "helpdesk@corp.example"
portal = "${portal.url}"
data_directory = "DATA"

[directory]
type = "ldap"
url = "${dc.url}"
ca_file = "${dc.caFile}"
bind_name = "${dc.bindName}"
bind_password_file = "${dc.bindPasswordFile}"

[mail]
type = "smtp"
host = "localhost"
from = "Corp <reset@corp.example>"
`;

const PORTAL = `listen = "127.0.0.1:3399"
data_directory = "FOLDER/data"
assets_directory = "FOLDER"
`;

/** A secret that does not belong in the configuration: if it is there, no error may show it. */
const SECRET = 'Slaptas-2026-slaptas';

type Wrong = [what: string, from: string, to: string, says: RegExp];

const WRONG_AGENTS: Wrong[] = [
  ['an unknown key', 'helpdesk =', 'helpdesc =', /FILE: helpdesc: unknown field/],
  ['a missing key', 'tenant = "corp"\n', '', /FILE: missing field `tenant`/],
  ['a wrong type', '"corp"', '7', /FILE: tenant: invalid type: integer `7`/],
  ['a bad name', '"corp"', '"Co rp"', /FILE: tenant: expected 1 to 32 characters of a-z, 0-9 and -, found "Co rp"/],
  ['a portal without TLS', portal.url, 'http://portal.example', /FILE: portal: expected https:\/\/ unless/],
  [
    'a key of 1024 bits',
    'portal =',
    'key_bits = 1024\nportal =',
    /FILE: key_bits: expected 2048, 3072 or 4096, found 1024/,
  ],
  ['LDAP without TLS', 'ldaps://', 'ldap://', /FILE: directory.url: expected ldaps:\/\//],
  ['an unknown directory', '"ldap"', '"nis"', /FILE: directory.type: expected "sandbox" or "ldap", found "nis"/],
  [
    'a secret where its file belongs',
    'bind_password_file =',
    `bind_password = "${SECRET}"\n#`,
    /FILE: directory.bind_password: unknown field/,
  ],
  ['no mail section', '[mail]', '[post]', /FILE: mail: expected the section \[mail\]/],
  ['a sender that is none', '<reset@corp.example>', '<reset>', /FILE: mail.from: expected an address/],
  ['not TOML', '[mail]', '[mail', /FILE: TOML parse error at line \d+/],
  ['no authority', dc.caFile, 'FOLDER/none.pem', /ca_file: FOLDER\/none.pem/],
  ['an authority that is no certificate', dc.caFile, 'FOLDER/agent.toml', /ca_file: FILE: it holds no certificate/],
  ['no password file', dc.bindPasswordFile, 'FOLDER/none', /bind_password_file: FOLDER\/none/],
  [
    'a password file that others may read',
    dc.bindPasswordFile,
    'FOLDER/open',
    /bind_password_file: FOLDER\/open: others may read it: its mode is 0644, expected 0600/,
  ],
  ['an empty password file', dc.bindPasswordFile, 'FOLDER/empty', /bind_password_file: FOLDER\/empty: it is empty/],
];

for (const [what, from, to, says] of WRONG_AGENTS) {
  test(`an agent does not start with ${what}, and says where`, async ({ shared }, info) => {
    const folder = info.outputPath();
    const file = join(folder, 'agent.toml');
    writeFileSync(join(folder, 'empty'), '', { mode: 0o600 });
    writeFileSync(join(folder, 'open'), SECRET, { mode: 0o644 });
    // The data directory of an enrolled agent.
    const data = join(portal.folder, shared.tenant.id, 'data');
    const text = AGENT.replace('DATA', data).replace(from, to).replaceAll('FOLDER', folder);
    writeFileSync(file, text);
    const told = await refusal('postern-agent', ['--config', file, 'run']);
    expect(told.replaceAll(file, 'FILE').replaceAll(folder, 'FOLDER')).toMatch(says);
    expect(told).not.toContain(SECRET);
  });
}

const WRONG_PORTALS: Wrong[] = [
  ['an unknown key', 'listen', 'listn', /FILE: .*listn/s],
  ['a wrong type', '"127.0.0.1:3399"', '3399', /FILE: .*listen/s],
  ['no address', '127.0.0.1:3399', 'here', /FILE: .*listen/s],
  ['an open address without TLS', '127.0.0.1', '0.0.0.0', /FILE: listen is 0.0.0.0:3399, which is not loopback/],
  [
    'a time that is too short',
    'listen',
    'answer_seconds = 1\nlisten',
    /FILE: answer_seconds: expected 5 to 120, found 1/,
  ],
  ['not TOML', 'listen =', 'listen', /FILE: TOML parse error at line 1/],
  ['no assets', 'assets_directory = "FOLDER"', 'assets_directory = "FOLDER/none"', /FOLDER\/none/],
];

for (const [what, from, to, says] of WRONG_PORTALS) {
  test(`a portal does not start with ${what}, and says where`, async ({}, info) => {
    const folder = info.outputPath();
    const file = join(folder, 'postern.toml');
    writeFileSync(file, PORTAL.replace(from, to).replaceAll('FOLDER', folder));
    const told = await refusal('postern', ['--config', file, 'serve']);
    expect(told.replaceAll(file, 'FILE').replaceAll(folder, 'FOLDER')).toMatch(says);
  });
}

test('variables are named as keys are', async ({}, info) => {
  const folder = info.outputPath();
  const [agent, server] = [join(folder, 'agent.toml'), join(folder, 'postern.toml')];
  writeFileSync(agent, AGENT.replace('DATA', folder));
  writeFileSync(server, PORTAL.replaceAll('FOLDER', folder));
  for (const [program, words, variable, value, says] of [
    ['postern-agent', ['--config', agent, 'run'], 'POSTERN_AGENT_TENNANT', 'x', 'unknown variable, expected one of'],
    ['postern-agent', ['--config', agent, 'run'], 'POSTERN_AGENT_POLICY_TRIES', 'many', 'expected a whole number'],
    [
      'postern',
      ['--config', server, 'serve'],
      'POSTERN_ANSWER_SECONDS',
      'soon',
      'expected a whole number, found \"soon\"',
    ],
    ['postern', ['--config', server, 'serve'], 'POSTERN_LISTEN', 'here', 'an IP address and a port'],
  ] as const) {
    const told = await refusal(program, [...words], { [variable]: value });
    expect(told).toMatch(new RegExp(`${variable}: .*${says}`));
  }
});

test('files that are not there or not text are named', async ({}, info) => {
  const none = info.outputPath('none.toml');
  const bytes = info.outputPath('bytes.toml');
  writeFileSync(bytes, Buffer.from([0xff, 0xfe, 0x00]));
  for (const file of [none, bytes]) {
    for (const [program, verb] of [
      ['postern', 'serve'],
      ['postern-agent', 'run'],
    ]) {
      const told = await refusal(program, ['--config', file, verb]);
      expect(told).toContain(`${file}: `);
    }
  }
});

test('an agent that is not enrolled says so', async ({}, info) => {
  const folder = info.outputPath();
  const file = join(folder, 'agent.toml');
  writeFileSync(file, AGENT.replace('DATA', folder));
  const told = await refusal('postern-agent', ['--config', file, 'run']);
  expect(told).toContain('enroll');
});

/** Runs a program until it exits, at most 10 s; expects the exit code 1, and returns its output. */
async function refusal(program: string, words: string[], variables: Record<string, string> = {}): Promise<string> {
  const env = { PATH: process.env.PATH, ...variables };
  const child = spawn(join(programs, program), words, { env, timeout: 10_000 });
  let told = '';
  child.stdout.on('data', (chunk) => (told += chunk));
  child.stderr.on('data', (chunk) => (told += chunk));
  const [code] = (await once(child, 'close')) as [number | null];
  expect(code).toBe(1);
  return told;
}
