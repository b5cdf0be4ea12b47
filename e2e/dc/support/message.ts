// Intercepts the sealed messages of a page, to hold them and to send them again.

import type { Page, Request, Route } from '@playwright/test';

/** An answer of the portal. */
export interface Answer {
  status: number;
  text: string;
}

/** The address of messages, with any query. */
const MESSAGES = /\/messages(\?|$)/;

/** Catches the next message that the page sends; it is held until its route is continued. */
export async function catchNext(page: Page): Promise<{ caught: Promise<Route> }> {
  let give: (route: Route) => void;
  const caught = new Promise<Route>((resolve) => (give = resolve));
  await page.route(MESSAGES, (route) => give(route), { times: 1 });
  return { caught };
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
