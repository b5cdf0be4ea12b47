// Portal and agents as processes. `cargo xtask test` starts a portal and passes its address;
// otherwise one is started here. Tests add tenants of their own to it: each has its own agent,
// sandbox, mailbox and counters, so that tests do not affect each other.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import type { Clock } from './clock';
import { programs, target } from './target';

const run = promisify(execFile);
const site = join(target, 'site');

/** High limits for a portal whose tests send many requests from one network. */
export const UNHINDERED =
  '[throttle]\nnetwork_free = 100000\nnetwork_cap = 1000000\ntenant_free = 100000\ntenant_cap = 1000000';

/** The line of `[policy]` that allows every kind of gate. */
export const EVERY_GATE = 'gates = ["mail", "authenticator", "sms", "voice", "passkey", "recovery", "pass"]';

/** High limits in `[policy]` for a tenant that many tests share, all from one network. */
export const ONE_NETWORK =
  'network_tries = 60000\nnetwork_codes = 60000\nnetwork_names = 60000\nalarm_wrong_answers = 60000';

export interface TenantOptions {
  /** Its name in addresses. Default: a random one. */
  id?: string;
  name?: string;
  color?: string;
  /** Lines of the tenant's file at the portal, besides name, colour and helpdesk. */
  portal?: string;
  /** The tenant's own texts, by language. */
  texts?: Partial<Record<string, string>>;
  /** Its logos as SVG, by language; `all` is that of the others. */
  logos?: Record<string, string>;
  /** Lines of the agent's `[policy]`. */
  policy?: string;
  /** The sections that come before it. Default: the sandbox. */
  sections?: string;
  /** The address at which its agent connects to the portal. Default: the portal's own. */
  relay?: string;
  /** The size of its key in bits. Default: 2048, which is generated fastest. */
  keyBits?: number;
  /** Waits until its service is up. Default: true. */
  comesUp?: boolean;
}

export class Portal {
  constructor(
    readonly url: string,
    readonly folder: string,
    private readonly process?: ChildProcess,
    /** The clock of the portal and its agents, if it is not the tests' clock. */
    readonly clock?: Clock,
  ) {}

  /** The portal that was started for these tests. */
  static running(): Portal {
    const { POSTERN_URL, POSTERN_FOLDER } = process.env;
    if (!POSTERN_URL || !POSTERN_FOLDER) throw new Error('no portal was started');
    return new Portal(POSTERN_URL, POSTERN_FOLDER);
  }

  /** Starts another portal. */
  static async start(
    port: number,
    options: { folder?: string; settings?: string; clock?: Clock } = {},
  ): Promise<Portal> {
    const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'postern-'));
    mkdirSync(folder, { recursive: true });
    const config = join(folder, 'postern.toml');
    const lines = [
      `listen = "127.0.0.1:${port}"`,
      `data_directory = ${JSON.stringify(join(folder, 'portal'))}`,
      `assets_directory = ${JSON.stringify(site)}`,
      options.settings ?? '',
    ];
    writeFileSync(config, lines.join('\n'));
    const child = logged(join(folder, 'portal.log'), 'postern', ['--config', config, 'serve'], options.clock);
    const portal = new Portal(`http://127.0.0.1:${port}`, folder, child, options.clock);
    await until('the portal', () => answers(`${portal.url}/readyz`));
    if (child.exitCode !== null) throw new Error(`something else listens on port ${port}`);
    return portal;
  }

  /** Returns the errors of a portal for the tenants in a folder that it cannot load. */
  static async refusal(port: number, folder: string): Promise<string> {
    const config = join(folder, 'postern.toml');
    const lines = [
      `listen = "127.0.0.1:${port}"`,
      `data_directory = ${JSON.stringify(join(folder, 'portal'))}`,
      `assets_directory = ${JSON.stringify(site)}`,
    ];
    writeFileSync(config, lines.join('\n'));
    // This command loads the tenants as the portal does at its start, and then exits.
    const { stderr } = await run(join(programs, 'postern'), ['--config', config, 'tenant', 'list']);
    const told = stderr.split('\n').filter((line) => line.startsWith('{'));
    return told.map((line) => JSON.parse(line).fields.error).join('\n');
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Adds a tenant, enrolls its agent and starts it. */
  async add(options: TenantOptions = {}): Promise<Tenant> {
    const id = options.id ?? `t${randomBytes(6).toString('hex')}`;
    const name = options.name ?? 'Contoso';
    const folder = join(this.folder, id);
    mkdirSync(folder, { recursive: true });
    const helpdesk = `helpdesk@${name.toLowerCase().replace(/\W/g, '') || 'tenant'}.example`;
    const asked = [
      'tenant',
      'add',
      id,
      '--name',
      name,
      '--color',
      options.color ?? '#0a58a6',
      '--helpdesk-mail',
      helpdesk,
    ];
    const code = await this.command(asked);
    // Before the first request for the tenant, because the portal reads its files only once.
    const tenants = join(this.folder, 'portal', 'tenants');
    if (options.portal) appendFileSync(join(tenants, `${id}.toml`), options.portal);
    for (const [language, own] of Object.entries(options.texts ?? {})) {
      writeFileSync(join(tenants, `${id}.${language}.ftl`), own!);
    }
    const logos = Object.entries(options.logos ?? {}).map(([language, svg]) => {
      const file = `${id}.${language}.svg`;
      writeFileSync(join(tenants, file), svg);
      return language === 'all' ? `logo = "${file}"\n` : `logos.${language} = "${file}"\n`;
    });
    appendFileSync(join(tenants, `${id}.toml`), logos.join(''));
    const config = join(folder, 'agent.toml');
    const text = [
      `tenant = "${id}"`,
      `tenant_name = ${JSON.stringify(name)}`,
      `helpdesk = "${helpdesk}"`,
      `portal = "${options.relay ?? this.url}"`,
      `data_directory = ${JSON.stringify(join(folder, 'data'))}`,
      `key_bits = ${options.keyBits ?? 2048}`,
      options.sections ?? '[directory]\ntype = "sandbox"\n[mail]\ntype = "sandbox"',
      // Passkeys are bound to host names, and 127.0.0.1 is not one.
      `[passkeys]\norigins = ["${named(this.url)}"]`,
      '[policy]',
      options.policy ?? '',
      // No pauses, except in tests about the pause itself.
      options.policy?.includes('pause_seconds') ? '' : 'pause_seconds = 0',
    ];
    writeFileSync(config, text.join('\n'));
    const tenant = new Tenant(this, id, name, config);
    await tenant.command(['enroll'], { POSTERN_ENROLLMENT_CODE: code });
    await tenant.start(options.comesUp);
    return tenant;
  }

  /** Runs a command of the portal; returns its output. */
  async command(words: string[]): Promise<string> {
    const whole = ['--config', join(this.folder, 'postern.toml'), ...words];
    return (await run(join(programs, 'postern'), whole, { env: environment(this.clock) })).stdout.trim();
  }

  async stop(): Promise<void> {
    await ended(this.process, 'SIGTERM');
  }
}

export class Tenant {
  private agent?: ChildProcess;

  constructor(
    readonly portal: Portal,
    readonly id: string,
    readonly name: string,
    private readonly config: string,
  ) {}

  /** Returns a tenant of the demo, whose agent is already running. */
  static demo(portal: Portal, id: 'contoso' | 'fabrikam'): Tenant {
    return new Tenant(portal, id, id === 'contoso' ? 'Contoso' : 'Fabrikam', '');
  }

  get log(): string {
    return join(this.portal.folder, `${this.id}.log`);
  }

  get pid(): number | undefined {
    return this.agent?.pid;
  }

  logged(): string {
    return readFileSync(this.log, 'utf8');
  }

  /** Runs a command of the agent; returns its output. */
  async command(words: string[], variables: NodeJS.ProcessEnv = {}): Promise<string> {
    const env = { ...environment(this.portal.clock), ...variables };
    return (await run(join(programs, 'postern-agent'), ['--config', this.config, ...words], { env })).stdout;
  }

  async start(comesUp = true): Promise<void> {
    this.agent = logged(this.log, 'postern-agent', ['--config', this.config, 'run'], this.portal.clock);
    if (comesUp) await until(`the agent of ${this.id}`, async () => (await this.service()) === 'up');
  }

  /** Enrolls the agent again: it then has a new key, and its other data is unchanged. */
  async renewKey(): Promise<void> {
    const before = await keyOf(this);
    const code = await this.portal.command(['tenant', 'code', this.id]);
    await this.kill();
    await this.command(['enroll', '--replace'], { POSTERN_ENROLLMENT_CODE: code });
    await this.start();
    await until('the new key', async () => (await keyOf(this)).kid !== before.kid);
  }

  /** Returns the status of the service that the portal reports. */
  async service(): Promise<string> {
    const answer = await fetch(`${this.portal.url}/api/${this.id}/status`);
    return answer.ok ? ((await answer.json()) as { service: string }).service : '';
  }

  /** Kills the agent without a chance to shut down. */
  async kill(): Promise<void> {
    await ended(this.agent, 'SIGKILL');
  }

  /** Kills the agent, and waits until the portal reports it as down. */
  async takeDown(): Promise<void> {
    await this.kill();
    await expect.poll(() => this.service()).toBe('down');
  }

  /** Suspends the agent; its connections stay open. */
  freeze(): void {
    this.agent?.kill('SIGSTOP');
  }

  thaw(): void {
    this.agent?.kill('SIGCONT');
  }
}

/** Returns the key that a tenant's pages seal to. */
export async function keyOf(tenant: Tenant): Promise<{ kid: string; n: string; e: string }> {
  const answer = await fetch(`${tenant.portal.url}/api/${tenant.id}/keys`);
  return ((await answer.json()) as { keys: { kid: string; n: string; e: string }[] }).keys[0];
}

/** Returns a portal's address with the host name `localhost`, for which passkeys can be used. */
export function named(url: string): string {
  return url.replace('127.0.0.1', 'localhost');
}

/** Returns a free port of 127.0.0.1. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Waits until a condition is met, at most 20 seconds. */
export async function until(what: string, so: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (Date.now() < deadline) {
    if (await so().catch(() => false)) return;
    // The programs do not report to the process that starts them, so they are asked again and again.
    await setTimeout(25);
  }
  throw new Error(`${what} did not start; its log says why`);
}

async function answers(url: string): Promise<boolean> {
  return (await fetch(url)).ok;
}

function logged(file: string, program: string, args: string[], clock?: Clock): ChildProcess {
  const log = openSync(file, 'a');
  // The process is killed when this one ends, for whatever reason.
  const command = ['--pdeathsig', 'KILL', join(programs, program), ...args];
  const child = spawn('setpriv', command, { stdio: ['ignore', log, log], env: environment(clock) });
  closeSync(log);
  return child;
}

function environment(clock?: Clock): NodeJS.ProcessEnv {
  return clock?.environment ?? process.env;
}

async function ended(child: ChildProcess | undefined, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const end = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await end;
}
