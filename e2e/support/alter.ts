// Files that are modified in transit.

import type { Route } from '@playwright/test';

/** Answers a request with the portal's answer, cut to a length and then changed. */
export async function alter(route: Route, change: (body: Buffer) => void, length?: number): Promise<void> {
  const response = await route.fetch();
  const body = (await response.body()).subarray(0, length);
  change(body);
  const headers = { ...response.headers() };
  delete headers['content-encoding'];
  delete headers['content-length'];
  await route.fulfill({ status: 200, headers, body });
}
