// @ts-check
// The sandbox page: shows times in the device's time zone and mails as people get them, copies codes,
// searches, and keeps the mailbox and the codes current.

/** The time between two refreshes, in milliseconds. */
const REFRESH_INTERVAL = 3000;

const language = document.documentElement.lang;
const locale =
  navigator.languages.find((one) => one.startsWith(language) && one.length > language.length) ??
  (language === "en" ? "en-GB" : language);
const seconds = new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "short" });

/** @type {(id: string) => HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/**
 * @template {HTMLElement} Kind
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {Kind[]}
 */
const all = (root, selector) => [.../** @type {NodeListOf<Kind>} */ (root.querySelectorAll(selector))];

/** The times at which codes are replaced by others, in milliseconds. */
const expiry = new WeakMap();

/**
 * Adds to new parts of the page what needs this script.
 *
 * @param {ParentNode} root
 */
const enliven = (root) => {
  for (const button of all(root, "[data-copy]")) button.hidden = false;
  for (const time of /** @type {HTMLTimeElement[]} */ (all(root, "time"))) time.textContent = localTime(time.dateTime);
  for (const left of all(root, "[data-seconds]")) {
    expiry.set(left, performance.now() + Number(left.dataset.seconds) * 1000);
  }
  for (const details of /** @type {HTMLDetailsElement[]} */ (all(root, "details.letter"))) {
    details.addEventListener("toggle", () => showLetter(details));
  }
};

/** @param {string} time */
const localTime = (time) => {
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return date.toLocaleString(locale, isToday ? { timeStyle: "medium" } : { dateStyle: "medium", timeStyle: "short" });
};

/**
 * Replaces the link to a mail by the mail, as high as it is.
 *
 * @param {HTMLDetailsElement} details
 */
const showLetter = (details) => {
  const link = details.querySelector("a");
  if (!link || !details.open) return;
  const frame = document.createElement("iframe");
  frame.title = /** @type {string} */ (link.textContent);
  // Without scripts; of the same origin, so that its height can be read.
  frame.setAttribute("sandbox", "allow-same-origin");
  const fit = () => {
    const content = frame.contentDocument?.documentElement;
    if (content) frame.style.height = `${content.offsetHeight}px`;
  };
  frame.addEventListener("load", fit);
  new ResizeObserver(fit).observe(details);
  frame.src = link.href;
  link.replaceWith(frame);
};

const countDown = () => {
  for (const left of all(document, "[data-seconds]")) {
    const rest = Math.ceil((expiry.get(left) - performance.now()) / 1000);
    left.textContent = seconds.format(Math.max(rest, 0));
  }
};

/** Takes over what is new in the page: codes, and mails. */
const refresh = async () => {
  const response = await fetch(location.href);
  if (!response.ok) return;
  const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
  for (const old of all(document, ".codes")) {
    const codes = fresh.getElementById(old.id);
    if (!codes || valuesIn(codes) === valuesIn(old)) continue;
    const index = all(old, "button").findIndex((button) => button === document.activeElement);
    old.replaceWith(codes);
    enliven(codes);
    all(codes, "button")[index]?.focus();
  }
  const mails = all(fresh, "#mails > article");
  for (const old of all(document, "#mails > article")) {
    if (!fresh.getElementById(old.id)) old.remove();
  }
  for (const mail of mails.reverse()) {
    if (document.getElementById(mail.id)) continue;
    byId("mails").prepend(mail);
    enliven(mail);
    byId("aside").textContent = /** @type {HTMLElement} */ (mail.querySelector("h3")).textContent;
  }
  countDown();
};

/** @param {ParentNode} codes */
const valuesIn = (codes) => {
  const values = all(codes, "code").map((code) => code.textContent);
  return values.join(" ");
};

let refreshing = false;
const refreshIfVisible = async () => {
  if (document.hidden || refreshing) return;
  refreshing = true;
  // Where the portal or the agent does not answer, the page stays as it is.
  await refresh().catch(() => {});
  refreshing = false;
};

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const search = () => {
  const wanted = plain(/** @type {HTMLInputElement} */ (byId("search-for")).value.trim());
  let found = 0;
  for (const entry of all(document, ".lists li")) {
    entry.hidden = !plain(/** @type {string} */ (entry.textContent)).includes(wanted);
    found += Number(!entry.hidden);
  }
  for (const section of all(document, ".lists section")) {
    section.hidden = !section.querySelector("li:not([hidden])");
  }
  const result = byId("search-result");
  result.textContent = found > 0 ? "" : /** @type {string} */ (result.dataset.none);
};

document.addEventListener("click", async ({ target }) => {
  const button = /** @type {Element} */ (target).closest("button");
  const copy = button?.dataset.copy;
  const copied = button?.dataset.copied;
  const label = button?.firstElementChild;
  if (!copy || !copied || !label) return;
  await navigator.clipboard.writeText(copy);
  const before = label.textContent;
  if (before === copied) return;
  label.textContent = byId("aside").textContent = copied;
  setTimeout(() => (label.textContent = before), 2000);
});

enliven(document);
countDown();
byId("search").hidden = false;
byId("search-for").addEventListener("input", search);
setInterval(countDown, 1000);
setInterval(refreshIfVisible, REFRESH_INTERVAL);
document.addEventListener("visibilitychange", refreshIfVisible);
