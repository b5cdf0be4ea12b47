// Reads the mailbox and the codes from the sandbox page.

import type { APIRequestContext } from '@playwright/test';
import type { Tenant } from './stack';

export interface Mail {
  subject: string;
  to: string;
  text: string;
}

/** Returns the mails to an address, newest first. */
export async function mails(request: APIRequestContext, tenant: Tenant, address: string): Promise<Mail[]> {
  const html = await page(request, tenant);
  const found = [...html.matchAll(/<article [^>]*class="mail"[^>]*>([\s\S]*?)<\/article>/g)].map(([, mail]) => ({
    subject: inner(mail, 'h3'),
    to: inner(mail, 'p'),
    text: inner(mail, 'pre'),
  }));
  return found.filter((mail) => mail.to.split(/[\s,]+/).includes(address));
}

/** Returns the code in the newest mail to an address that contains one. */
export async function mailedCode(request: APIRequestContext, tenant: Tenant, address: string): Promise<string> {
  for (const mail of await mails(request, tenant, address)) {
    const code = /\b\d{8}\b/.exec(mail.subject);
    if (code) return code[0];
  }
  throw new Error(`no code was mailed to ${address}`);
}

/** Returns the code in the newest text message or call to a number. */
export async function phonedCode(request: APIRequestContext, tenant: Tenant, number: string): Promise<string> {
  for (const { text } of await mails(request, tenant, number)) {
    const code = /\b\d(?:(?:, )?\d){7}\b/.exec(text);
    if (code) return code[0].replace(/\D/g, '');
  }
  throw new Error(`no code was sent to ${number}`);
}

/** Returns the next recovery code, or the pass, of an account. */
export async function codeAtHand(
  request: APIRequestContext,
  tenant: Tenant,
  login: string,
  kind: 'recovery' | 'pass',
): Promise<string> {
  return current(await page(request, tenant), login, kind);
}

/** Returns the code that an account's authenticator shows now. */
export async function authenticatorCode(request: APIRequestContext, tenant: Tenant, login: string): Promise<string> {
  return current(await page(request, tenant), login, 'authenticator');
}

/** An answer of the agent that can be requested, with the link that leads to it. */
export interface Answer {
  /** The code of the reason: the login name of its account. */
  code: string;
  /** The step that gives it, such as `new-password`. */
  step: string;
  /** The link, relative to the tenant's address. */
  link: string;
}

/** Returns every answer, in the order of the page. */
export async function answers(request: APIRequestContext, tenant: Tenant, lang: string): Promise<Answer[]> {
  const html = await page(request, tenant, lang);
  const groups = [...html.matchAll(/<section [^>]*aria-labelledby="at-([^"]+)"[^>]*>([\s\S]*?)<\/section>/g)];
  return groups.flatMap(([, step, group]) =>
    [...group.matchAll(/<li id="answer-(\w+)">[\s\S]*?href="([^"]+)"/g)].map(([, code, link]) => {
      return { code, step, link: link.replaceAll('&amp;', '&') };
    }),
  );
}

/** Returns the mail address of a scripted account. */
export function addressOf(login: string): string {
  return `${login}@sandbox.example`;
}

/** Returns the code of a kind that an account can use now. */
function current(html: string, login: string, kind: string): string {
  const [, codes = ''] = html.split(`id="codes-${login}"`);
  const [own] = codes.split('</li>');
  const [, code = ''] = own.split(`data-kind="${kind}"`);
  if (!code) throw new Error(`${login} has no code of the kind ${kind}`);
  return inner(code, 'code');
}

async function page(request: APIRequestContext, tenant: Tenant, lang = 'en'): Promise<string> {
  const answer = await request.get(`${tenant.portal.url}/${tenant.id}/sandbox?lang=${lang}`);
  if (!answer.ok()) throw new Error(`the sandbox page answers ${answer.status()}`);
  return answer.text();
}

function inner(html: string, tag: string): string {
  return plain(new RegExp(`<${tag}[^>]*>([\\s\\S]*?)</${tag}>`).exec(html)?.[1] ?? '');
}

function plain(html: string): string {
  const text = html.replace(/<!--[\s\S]*?-->|<[^>]*>/g, '').replace(/[\u2066-\u2069]/g, '');
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
    .trim();
}

/** The initial password of every account of the sandbox, which its page shows. */
export const firstPassword = 'Sandbox teapot 1';
