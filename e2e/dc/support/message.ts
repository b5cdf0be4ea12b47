// Intercepts the sealed messages of a page, to hold them and to send them again.

import type { Page, Request, Route } from '@playwright/test';
import type { ResetPage } from '../../support/reset-page';

/** An answer of the portal. */
export interface Answer {
  status: number;
  text: string;
}

/** The address of messages, with any query. */
const MESSAGES = /\/messages(\?|$)/;

/** Sends a password, and holds its message until the returned route is continued. */
export async function holdPassword(reset: ResetPage, password: string): Promise<Route> {
  let hold: (route: Route) => void;
  const held = new Promise<Route>((resolve) => (hold = resolve));
  await reset.page.route(MESSAGES, (route) => hold(route), { times: 1 });
  await reset.setPassword(password);
  return held;
}

/** Records every message that the page sends. */
export function keepAll(page: Page): Request[] {
  const kept: Request[] = [];
  page.on('request', (request) => {
    if (MESSAGES.test(request.url())) kept.push(request);
  });
  return kept;
}

/** Sends the same bytes of a message again, optionally to another tenant. */
export async function post(message: Request, url = message.url()): Promise<Answer> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/jose' },
    body: message.postData(),
  });
  return { status: answer.status, text: await answer.text() };
}
