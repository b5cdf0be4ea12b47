// `<postern-reset>`: mounts the reset into a page of another site, without a frame. That site pins
// what may run (script and WASM by their SRI values) and to whom is sealed (the agent's key by its
// RFC 7638 thumbprint). Where anything differs, nothing starts and the element says why.
//
//   <postern-reset portal="https://reset.example" tenant="contoso" lang="en"
//     script-integrity="sha384-…" wasm-integrity="sha384-…" key-thumbprint="…">
//     <a href="https://reset.example/contoso/">Reset your password</a>
//   </postern-reset>
//
// Several values with spaces between them may be pinned, for the time of a change. The content
// shows where this script does not run.

/** Why nothing starts: the key of a text, and what it names. */
class Refusal extends Error {
  constructor(key, attribute = "") {
    super(key);
    this.attribute = attribute;
  }
}

/** What each attribute has to look like. */
const ATTRIBUTES = {
  portal: /^https?:\/\/[^/?#]+\/?$/,
  tenant: /^[a-z0-9-]{1,32}$/,
  "script-integrity": /^\s*sha(256|384|512)-\S+/,
  "wasm-integrity": /^\s*sha(256|384|512)-\S+/,
  "key-thumbprint": /^\s*[\w-]{43}(\s|$)/,
};

const open = { credentials: "omit" };

const reached = async (address, options) => {
  try {
    return await fetch(address, { ...open, ...options });
  } catch {
    throw new Refusal("pin-unreachable");
  }
};

/** Whether a file is the pinned one; if not, whether it is another or none at all. */
const check = async (address, integrity, refusal) => {
  try {
    await fetch(address, { ...open, integrity });
  } catch {
    await reached(address);
    throw new Refusal(refusal);
  }
};

const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");

/** The RFC 7638 thumbprint, computed here: what the portal calls the key proves nothing. */
const thumbprint = async ({ e, kty, n }) => {
  const canonical = new TextEncoder().encode(JSON.stringify({ e, kty, n }));
  return base64url(await crypto.subtle.digest("SHA-256", canonical));
};

/** The modulus of the agent's key, if it is a pinned one. */
const pinnedKey = async (address, pins) => {
  const response = await reached(address, { cache: "no-store" });
  if (response.status === 503 || response.status === 403) throw new Refusal("pin-down");
  if (!response.ok) throw new Refusal("pin-setup", "tenant");
  const { keys } = await response.json();
  for (const key of keys) {
    // The page seals with this exponent alone.
    if (key.e === "AQAB" && pins.includes(await thumbprint(key))) return key.n;
  }
  throw new Refusal("pin-key");
};

const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

class PosternReset extends HTMLElement {
  static observedAttributes = ["data-failed"];
  #root;

  connectedCallback() {
    if (this.#root) return;
    this.#root = this.attachShadow({ mode: "open" });
    this.#wear({});
    onThemeChange(() => this.#follow());
    this.#start().catch((refusal) => this.#refuse(refusal));
  }

  /** The reset itself says by this that it could not start. */
  attributeChangedCallback() {
    this.#refuse(new Refusal("pin-start"));
  }

  async #start() {
    for (const [name, form] of Object.entries(ATTRIBUTES)) {
      if (!form.test(this.getAttribute(name) ?? "")) throw new Refusal("pin-setup", name);
    }
    // One reset a page: its script runs once.
    if (globalThis.posternRoot) throw new Refusal("pin-start");
    globalThis.posternRoot = this.#root;
    const base = new URL(this.getAttribute("portal")).origin;
    const api = `${base}/api/${this.getAttribute("tenant")}`;
    const language = this.#language;
    const response = await reached(`${api}/page?lang=${language}`, { cache: "no-store" });
    if (!response.ok) throw new Refusal("pin-setup", "tenant");
    const { script, wasm, words, later, trail, color, colorDark, now, tenant } = await response.json();
    const at = (address) => new URL(address, base).href;
    const pins = (name) => this.getAttribute(name).trim();
    const keys = pins("key-thumbprint").split(/\s+/);
    const [key] = await Promise.all([
      pinnedKey(`${api}/keys`, keys),
      check(at(script), pins("script-integrity"), "pin-script"),
      check(at(wasm), pins("wasm-integrity"), "pin-wasm"),
    ]);
    this.#wear({ "--brand": color, "--brand-dark": colorDark });
    // The reset takes another key later only if that one is pinned too.
    const page = { base, tenant, language, key, pins: keys, now, words, later: at(later) };
    this.#show(
      make("link", { id: "wasm", href: at(wasm), integrity: pins("wasm-integrity") }),
      make("data", { id: "page", hidden: true }, JSON.stringify(page)),
      this.#card(trail, make("div", { id: "reset", lang: language })),
    );
    const running = { type: "module", crossOrigin: "anonymous", integrity: pins("script-integrity"), src: at(script) };
    const element = make("script", running);
    element.onerror = () => this.#refuse(new Refusal("pin-start"));
    document.head.append(element);
  }

  /** The card, with what helps whoever is stuck under it: as the portal's own page has it. */
  #card({ copy, copied, contact }, reset) {
    const button = make("button", { type: "button", className: "link" }, copy);
    button.dataset.copied = copied;
    const [href, label] = contact ?? [];
    const trail = make(
      "div",
      { className: "trail", lang: reset.lang },
      make("p", { id: "help" }),
      make("span", { id: "support-code", className: "support-code" }),
      button,
      ...(contact ? [make("a", { href, target: "_blank" }, label)] : []),
    );
    const aside = make("p", { id: "aside", className: "visually-hidden", lang: reset.lang });
    aside.setAttribute("role", "status");
    const card = make("div", { id: "card", className: "card" }, reset, trail, aside);
    card.dataset.state = "";
    return card;
  }

  #refuse(refusal) {
    const known = refusal instanceof Refusal;
    if (!known) console.error(refusal);
    const key = known ? refusal.message : "pin-start";
    const text = (key) => WORDS[this.#language][key].replace("{attribute}", refusal.attribute);
    const said = make("div", { className: "refusal", lang: this.#language });
    said.setAttribute("role", "alert");
    said.append(make("p", {}, make("strong", {}, text(key))), make("p", {}, text(`${key}.do`)));
    this.#show(make("div", { className: "card" }, make("h1", { lang: this.#language }, text("embed-title")), said));
  }

  get #language() {
    return languageAround(this) ?? "en";
  }

  #show(...elements) {
    this.#root.replaceChildren(...elements);
  }

  /** The style, and the tenant's colours, as sheets: a strict policy allows no style elements. */
  #wear(colors) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    for (const [name, color] of Object.entries(colors)) {
      if (/^#[0-9a-f]{6}$/.test(color)) sheet.cssRules[0].style.setProperty(name, color);
    }
    this.#root.adoptedStyleSheets = [sheet];
    this.#follow();
  }

  #follow() {
    const theme = themeAround(this.parentElement ?? document.documentElement, this.getAttribute("theme") ?? undefined);
    const dark = { light: "not all", dark: "all" }[theme] ?? "(prefers-color-scheme: dark)";
    const rules = [...this.#root.adoptedStyleSheets[0].cssRules];
    rules.find((rule) => rule instanceof CSSMediaRule).media.mediaText = dark;
    rules[0].style.colorScheme = theme || "light dark";
  }
}

customElements.define("postern-reset", PosternReset);
