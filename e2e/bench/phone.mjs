// The reset page on an emulated slow phone (1.6 Mbit/s, 150 ms, 4 × CPU), compared with a static
// page in the same run. Reports ratios, because machines are shared and noisy. Prints medians of
// several cold loads, and the time from submitting the form to the sealed message.
import { createServer } from 'node:http';
import { chromium } from '@playwright/test';

const ROUNDS = Number(process.env.POSTERN_ROUNDS ?? 15);
const LIMITS = { firstPaint: 1.5, firstKey: 1.5, formReady: 2.7, sealed: 16 };
const PHONE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 200_000 };
const TRIVIAL =
  '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">' +
  '<title>Trivial</title><h1>Trivial</h1><p>A page with nothing in it.</p></html>';

const server = createServer((_, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(TRIVIAL);
});
await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
const trivial = `http://127.0.0.1:${server.address().port}/`;
// A page of another site, from which users follow a link.
const elsewhere = trivial.replace('127.0.0.1', 'localhost');
const reset = `${process.env.POSTERN_URL}/contoso/?lang=en`;

const browser = await chromium.launch({
  executablePath: process.env.POSTERN_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync', '--no-first-run'],
});

/**
 * Loads a page cold; returns first contentful paint, when the field took the first key, and when the
 * form could be sent, in ms.
 */
async function load(url, form, keys) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  // Users follow a link. The first page of a new window also includes the start of the browser's
  // own processes, which varies by more than the difference between the pages.
  await page.goto(elsewhere);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', PHONE);
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  if (form) {
    // Records both by the page's own clock, without polling.
    await page.addInitScript((keys) => {
      window.keys = 0;
      const count = ({ timeStamp }) => {
        window.firstKey ??= timeStamp;
        window.keys += 1;
      };
      document.addEventListener('input', count, { capture: true });
      new MutationObserver((_, observer) => {
        // As a finger does that waits for the field.
        if (keys && !window.firstKey) document.getElementById('focus')?.focus();
        if (document.documentElement.hasAttribute('data-started')) {
          window.formReady = performance.now();
          observer.disconnect();
        }
      }).observe(document, { subtree: true, childList: true, attributes: true });
    }, keys);
  }
  await page.goto(url, { waitUntil: keys ? 'commit' : 'load' });
  if (form) {
    const ready = page.waitForFunction(() => window.formReady !== undefined).then(() => true);
    while (keys && !(await Promise.race([ready, wait(20)]))) await session.send('Input.insertText', { text: 'a' });
    await ready;
    const [typed, taken] = await page.evaluate(() => [document.getElementById('focus').value.length, window.keys]);
    if (typed !== taken) throw new Error(`${taken} keys were taken, and ${typed} letters are left`);
  }
  const times = await page.evaluate(async () => {
    // Also reports a paint that came before the observer.
    const firstPaint = await new Promise((resolve) => {
      new PerformanceObserver((list, observer) => {
        const [paint] = list.getEntriesByName('first-contentful-paint');
        if (!paint) return;
        observer.disconnect();
        resolve(paint.startTime);
      }).observe({ type: 'paint', buffered: true });
    });
    return { firstPaint, firstKey: window.firstKey, formReady: window.formReady };
  });
  const sealed = form ? await seal(page) : undefined;
  await context.close();
  return { ...times, sealed };
}

/** Returns the time from the submission to the call of fetch, on the slowed processor, in ms. */
async function seal(page) {
  await page.fill('#focus', 'alice');
  return page.evaluate(
    () =>
      new Promise((done) => {
        let started;
        document.addEventListener('submit', () => (started = performance.now()), { capture: true });
        const fetch = window.fetch;
        window.fetch = (...parameters) => {
          done(performance.now() - started);
          return fetch(...parameters);
        };
        document.querySelector('#reset form').requestSubmit();
      }),
  );
}

const wait = (time) => new Promise((done) => setTimeout(done, time));
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const runs = { trivial: [], paint: [], key: [], form: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  runs.trivial.push(await load(trivial, false));
  // A separate load, because the observer of the form would delay the paint.
  runs.paint.push(await load(reset, false));
  // And one whose keys would delay the form.
  runs.key.push(await load(reset, true, true));
  runs.form.push(await load(reset, true, false));
}
await browser.close();
server.close();

const base = median(runs.trivial.map((run) => run.firstPaint));
const figures = {
  firstPaint: median(runs.paint.map((run) => run.firstPaint)),
  firstKey: median(runs.key.map((run) => run.firstKey)),
  formReady: median(runs.form.map((run) => run.formReady)),
};
const sealed = median(runs.form.map((run) => run.sealed));
const line = (name, value, limit) => console.log(`${name.padEnd(34)} ${value.padStart(22)}   limit ${limit}`);
console.log(`slow phone, median of ${ROUNDS} cold loads`);
line('trivial page, first paint', `${base.toFixed(0)} ms = 1`, '-');
line(
  'reset page, first paint',
  `${figures.firstPaint.toFixed(0)} ms = ${(figures.firstPaint / base).toFixed(2)}`,
  `${LIMITS.firstPaint}`,
);
line(
  'reset page, first key taken',
  `${figures.firstKey.toFixed(0)} ms = ${(figures.firstKey / base).toFixed(2)}`,
  `${LIMITS.firstKey}`,
);
line(
  'reset page, form ready to send',
  `${figures.formReady.toFixed(0)} ms = ${(figures.formReady / base).toFixed(2)}`,
  `${LIMITS.formReady}`,
);
line('submit to sealed', `${sealed.toFixed(1)} ms`, `${LIMITS.sealed} ms`);
