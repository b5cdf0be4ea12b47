// @ts-check
// `<postern-reset>`: mounts the reset into a page of another site, without a frame. That site pins
// the code that may run (script and WASM by their SRI values) and the key that messages are sealed
// to (the agent's key by its RFC 7638 thumbprint). If anything differs, nothing starts and the
// element shows the reason.
//
//   <postern-reset portal="https://reset.example" tenant="contoso" lang="en"
//     script-integrity="SCRIPT" wasm-integrity="WASM" key-thumbprint="KEY">
//     <a href="https://reset.example/contoso/">Reset your password</a>
//   </postern-reset>
//
// SCRIPT and WASM are SRI values (docs/EMBEDDING.md), KEY is a thumbprint. Several values separated
// by spaces may be pinned, for the time of a change. The content is shown where this script does
// not run.

/** The reason that nothing starts: the key of its text, and the attribute that the text names. */
class Refusal extends Error {
  /** @param {string} key */
  constructor(key, attribute = "") {
    super(key);
    this.attribute = attribute;
  }
}

/**
 * Matches one value, or several separated by spaces.
 *
 * @param {string} one
 */
const listOf = (one) => new RegExp(`^\\s*(${one})(\\s+(${one}))*\\s*$`);

/**
 * A hash in base64, of exactly its length. Browsers ignore a malformed value, and would then check
 * nothing.
 */
const INTEGRITY = listOf("sha256-[A-Za-z0-9+/]{43}=|sha384-[A-Za-z0-9+/]{64}|sha512-[A-Za-z0-9+/]{86}==");

/** The format of each attribute. */
const ATTRIBUTES = {
  portal: /^https?:\/\/[^/?#]+\/?$/,
  tenant: /^[a-z0-9-]{1,32}$/,
  "script-integrity": INTEGRITY,
  "wasm-integrity": INTEGRITY,
  "key-thumbprint": listOf("[\\w-]{43}"),
};

/** @type {RequestInit} */
const withoutCredentials = { credentials: "omit" };

/** @type {(address: string, options?: RequestInit) => Promise<Response>} */
const fetchOrRefuse = async (address, options) => {
  try {
    return await fetch(address, { ...withoutCredentials, ...options });
  } catch {
    throw new Refusal("pin-unreachable");
  }
};

/**
 * Throws a refusal unless a file is the pinned one; an unreachable file has its own refusal.
 *
 * @param {string} address
 * @param {string} integrity
 * @param {string} refusal
 */
const check = async (address, integrity, refusal) => {
  try {
    await fetch(address, { ...withoutCredentials, integrity });
  } catch {
    await fetchOrRefuse(address);
    throw new Refusal(refusal);
  }
};

/** @param {ArrayBuffer} bytes */
const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(
    /[+/=]/g,
    (sign) => /** @type {Record<string, string>} */ ({ "+": "-", "/": "_" })[sign] ?? "",
  );

/**
 * Returns the RFC 7638 thumbprint, computed here: the portal's own statement proves nothing.
 *
 * @param {JsonWebKey} key
 */
const thumbprint = async ({ e, kty, n }) => {
  const canonical = new TextEncoder().encode(JSON.stringify({ e, kty, n }));
  return base64url(await crypto.subtle.digest("SHA-256", canonical));
};

/**
 * Returns the modulus of the first pinned key. Throws a refusal if no key is pinned.
 *
 * @type {(address: string, pins: string[]) => Promise<string>}
 */
const pinnedKey = async (address, pins) => {
  const response = await fetchOrRefuse(address, { cache: "no-store" });
  if (response.status === 503 || response.status === 403) throw new Refusal("pin-down");
  if (!response.ok) throw new Refusal("pin-setup", "tenant");
  const { keys } = await response.json();
  for (const key of keys) {
    // The page seals only with this exponent.
    if (key.e === "AQAB" && pins.includes(await thumbprint(key))) return key.n;
  }
  throw new Refusal("pin-key");
};

/**
 * Makes an element with these properties and children.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} properties
 * @param {(Node | string)[]} children
 */
const make = (name, properties, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

class PosternReset extends HTMLElement {
  static observedAttributes = ["data-failed"];
  /** @type {PosternRoot} */
  #root;

  connectedCallback() {
    if (this.#root) return;
    this.#root = /** @type {PosternRoot} */ (this.attachShadow({ mode: "open" }));
    this.#applyStyle({});
    onThemeChange(() => this.#followTheme());
    this.#start().catch((refusal) => this.#refuse(refusal));
  }

  /** Called when the reset could not start: `boot.js` then sets the attribute. */
  attributeChangedCallback() {
    this.#refuse(new Refusal("pin-start"));
  }

  async #start() {
    for (const [name, form] of Object.entries(ATTRIBUTES)) {
      if (!form.test(this.getAttribute(name) ?? "")) throw new Refusal("pin-setup", name);
    }
    // Only one reset per page: its script runs once.
    if (globalThis.posternRoot) throw new Refusal("pin-start");
    globalThis.posternRoot = this.#root;
    const base = new URL(/** @type {string} */ (this.getAttribute("portal"))).origin;
    const api = `${base}/api/${this.getAttribute("tenant")}`;
    const language = this.#language;
    const response = await fetchOrRefuse(`${api}/page?lang=${language}`, {
      cache: "no-store",
    });
    if (!response.ok) throw new Refusal("pin-setup", "tenant");
    /** @type {ElementPage} */
    const { script, wasm, words, later, footer, signIn, color, colorDark, now, tenant } = await response.json();
    /** @type {(address: string) => string} */
    const at = (address) => new URL(address, base).href;
    /** @type {(name: string) => string} */
    const pins = (name) => /** @type {string} */ (this.getAttribute(name)).trim();
    const keys = pins("key-thumbprint").split(/\s+/);
    const [key] = await Promise.all([
      pinnedKey(`${api}/keys`, keys),
      check(at(script), pins("script-integrity"), "pin-script"),
      check(at(wasm), pins("wasm-integrity"), "pin-wasm"),
    ]);
    this.#applyStyle({ "--brand": color, "--brand-dark": colorDark });
    // The reset accepts another key later only if that one is pinned too.
    const page = {
      base,
      tenant,
      language,
      key,
      pins: keys,
      now,
      words,
      later: at(later),
      signIn,
    };
    this.#show(
      make("link", {
        id: "wasm",
        href: at(wasm),
        integrity: pins("wasm-integrity"),
      }),
      make("data", { id: "page", hidden: true }, JSON.stringify(page)),
      this.#card(
        footer,
        make(
          "div",
          { id: "reset", lang: language },
          ...["above", "below"].map((id) => make("div", { id, className: "contents" })),
        ),
      ),
    );
    const running = {
      type: "module",
      crossOrigin: "anonymous",
      integrity: pins("script-integrity"),
      src: at(script),
    };
    const element = make("script", running);
    element.onerror = () => this.#refuse(new Refusal("pin-start"));
    document.head.append(element);
  }

  /**
   * Returns the card with its footer, as in the portal's own page (`app/src/pages/flow.rs`).
   *
   * @param {CardFooter} footer
   * @param {HTMLElement} reset
   */
  #card({ copy, copied, contact }, reset) {
    const button = make("button", { type: "button", className: "link" }, copy);
    button.dataset.copied = copied;
    const [href, label] = /** @type {[href: string, label: string]} */ (contact ?? []);
    // The portal's answer is not pinned: its address must not be a `javascript:` URL.
    const linked = /^(https:|mailto:)/i.test(href);
    const trail = make(
      "div",
      { className: "trail", lang: reset.lang },
      make("p", { id: "help" }),
      make("span", { id: "support-code", className: "support-code" }),
      button,
      ...(linked ? [make("a", { href, target: "_blank" }, label)] : []),
    );
    const aside = make("p", {
      id: "aside",
      className: "visually-hidden",
      lang: reset.lang,
    });
    aside.setAttribute("role", "status");
    const card = make("div", { id: "card", className: "card" }, reset, trail, aside);
    card.dataset.state = "";
    return card;
  }

  /** @param {unknown} refusal */
  #refuse(refusal) {
    const known = refusal instanceof Refusal;
    if (!known) console.error(refusal);
    const key = known ? refusal.message : "pin-start";
    /** @type {(key: string) => string} */
    const text = (key) => WORDS[this.#language][key].replace("{attribute}", /** @type {Refusal} */ (refusal).attribute);
    const message = make("div", { className: "refusal", lang: this.#language });
    message.setAttribute("role", "alert");
    message.append(make("p", {}, make("strong", {}, text(key))), make("p", {}, text(`${key}.do`)));
    this.#show(make("div", { className: "card" }, make("h1", { lang: this.#language }, text("embed-title")), message));
  }

  get #language() {
    return languageAround(this) ?? "en";
  }

  /** @param {HTMLElement[]} elements */
  #show(...elements) {
    this.#root.replaceChildren(...elements);
  }

  /**
   * Sets the style and the tenant's colours as a sheet: a strict CSP allows no style elements.
   *
   * @param {Record<string, string>} colors
   */
  #applyStyle(colors) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    for (const [name, color] of Object.entries(colors)) {
      if (/^#[0-9a-f]{6}$/.test(color))
        /** @type {CSSStyleRule} */ (sheet.cssRules[0]).style.setProperty(name, color);
    }
    this.#root.adoptedStyleSheets = [sheet];
    this.#followTheme();
  }

  #followTheme() {
    const theme = themeAround(this.parentElement ?? document.documentElement, this.getAttribute("theme") ?? undefined);
    const dark =
      /** @type {Record<string, string>} */ ({ light: "not all", dark: "all" })[theme] ??
      "(prefers-color-scheme: dark)";
    const rules = [...this.#root.adoptedStyleSheets[0].cssRules];
    /** @type {CSSMediaRule} */ (rules.find((rule) => rule instanceof CSSMediaRule)).media.mediaText = dark;
    /** @type {CSSStyleRule} */ (rules[0]).style.colorScheme = theme || "light dark";
  }
}

customElements.define("postern-reset", PosternReset);
