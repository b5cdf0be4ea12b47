// Functions that run in the page. Each is sent as its source, so it contains everything that it needs.

import type { Point } from './tab';

/** What a person has of the reset: on its own page, in a frame, or in `<postern-reset>`. */
export interface Seen {
  heading: string;
  /** Whether the first field can be typed into. */
  ready: boolean;
  text: string;
  /** What is announced as errors. */
  alert: string;
  /** The card's footer, with the support code. */
  footer: string;
  focus: { label: string; value: string; invalid: boolean; description: string; labelInView: boolean };
}

export function look(): Seen {
  const elements = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? [one, ...elements(one.shadowRoot)] : [one]));
  const words = (element?: Element | null) => (element as HTMLElement | null)?.innerText?.trim() ?? '';
  // What is drawn, whatever its style says: the two have differed in WebKit.
  const drawn = (element?: Element) => (element?.getClientRects().length ? element : null);
  const all = elements(document);
  const reset = all.find(({ id }) => id === 'reset');
  let focused = document.activeElement as HTMLInputElement | null;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement as HTMLInputElement;
  const described = focused?.getAttribute('aria-describedby')?.split(/\s+/) ?? [];
  const label = focused?.labels?.[0] ?? focused;
  return {
    heading: words(reset?.querySelector('h1')),
    ready: reset?.querySelector('#focus')?.matches(':enabled') ?? false,
    text: words(reset),
    alert: [...(reset?.querySelectorAll('[role=alert]') ?? [])].map(words).join(' '),
    footer: words(drawn(all.find((one) => one.matches('.trail')))),
    focus: {
      label: words(label),
      labelInView: (label?.getBoundingClientRect().top ?? 0) >= 0,
      value: focused?.value ?? '',
      invalid: focused?.getAttribute('aria-invalid') === 'true',
      description: described.map((id) => words(all.find((one) => one.id === id))).join(' '),
    },
  };
}

/**
 * Returns where a field or button can be clicked, by its label; nowhere before it is seen, enabled, and where
 * it was when it was asked for before.
 */
export function place(label: string): Point | null {
  const elements = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? [one, ...elements(one.shadowRoot)] : [one]));
  const named = (elements(document) as HTMLInputElement[]).find((one) => {
    if (!one.matches('input:enabled, button:enabled:not([aria-disabled=true])')) return false;
    // A choice has a second line.
    return (one.labels?.[0] ?? one).innerText.trim().split('\n')[0] === label;
  });
  if (!named) return null;
  named.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = named.getBoundingClientRect();
  const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  const where = `${label} ${x} ${y}`;
  const moved = document.body.dataset.place !== where;
  document.body.dataset.place = where;
  const hit = (named.getRootNode() as Document | ShadowRoot).elementFromPoint(x, y);
  return !moved && hit && named.contains(hit) ? { x, y } : null;
}

/** Begins to write down errors of scripts and violations of the Content-Security-Policy. */
export function record(): void {
  const faults: string[] = [];
  Object.assign(window, { faults });
  addEventListener('error', ({ message }) => faults.push(message));
  addEventListener('unhandledrejection', ({ reason }) => faults.push(String(reason)));
  addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
    faults.push(`${effectiveDirective}: ${blockedURI}`),
  );
  const { error } = console;
  console.error = (...words) => (faults.push(words.join(' ')), error(...words));
}

/** Returns what was written down since it was asked for last. */
export function recorded(): string[] {
  return (window as unknown as { faults: string[] }).faults.splice(0);
}

/** Reports whether the page shows its frame, which it hides until that has answered. */
export function showsFrame(): boolean {
  const frame = document.querySelector('iframe');
  return frame !== null && getComputedStyle(frame).visibility === 'visible';
}

/** Brings a point of the frame into view; returns where it is in the page. */
export function fromFrame({ x, y }: Point): Point {
  const frame = document.querySelector('iframe')!;
  scrollBy({ top: frame.getBoundingClientRect().top + y - innerHeight / 2, behavior: 'instant' });
  const { left, top } = frame.getBoundingClientRect();
  return { x: Math.round(left + x), y: Math.round(top + y) };
}
