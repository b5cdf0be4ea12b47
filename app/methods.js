// Joined to the end of the wasm-bindgen script of `crates/qr`: shows one's methods, and what is
// needed of a new one. Loaded when somebody has signed in to them; `QR` (the module, with its SRI
// value) and `STYLE` are put before it by `cargo xtask site`. Headings, refusals and forms are the
// page's own; it tells a line for each thing, and is told back by `manage`.

const ADD = 0;
const REMOVE = 1;
const CONFIRM = 2;
// The kinds that can be added, by their numbers in the protocol.
const KINDS = { authenticator: 1, passkey: 4, recovery: 5 };
// White around a QR code, in its squares (ISO/IEC 18004).
const MARGIN = 4;

const { manage, words } = globalThis;
const page = JSON.parse(document.getElementById("page").textContent);
let drawing;

// By script, because the page's policy allows no style but its own.
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
// From now on the module calls this, before it has drawn the place.
globalThis.methods = (told) => requestAnimationFrame(() => mount(told));
mount(globalThis.told);

function mount(told) {
  const place = document.getElementById("methods");
  if (!place) return;
  const [head, ...lines] = told.split("\n");
  const [what, kind] = head.split("\t");
  const shown = { authenticator, recovery, passkey }[kind]?.(lines) ?? list(what, lines);
  place.replaceChildren(...shown);
}

// The methods: what the organisation keeps, what is the person's own, and what can be added.
function list(what, lines) {
  const of = (name) => lines.map((line) => line.split("\t")).filter(([one]) => one === name);
  const shown = [];
  if (what === "due") {
    const due = element("div", { className: "notice" });
    due.append(element("p", { textContent: words["methods-due"] }));
    due.append(button("secondary", "methods-due-confirm", () => manage(CONFIRM, 0)));
    shown.push(due);
  }
  const [own, kept, addable] = ["own", "kept", "add"].map(of);
  if (own.length || addable.length) {
    const section = group("methods-own", own.map(mine));
    if (!own.length) section.append(element("p", { textContent: words["methods-none"] }));
    const buttons = element("div", { className: "buttons" });
    for (const [, kind] of addable.filter(([, kind]) => can(kind))) {
      buttons.append(button("secondary", `methods-add-${kind}`, () => manage(ADD, KINDS[kind])));
    }
    section.append(buttons);
    shown.push(section);
  }
  if (kept.length) {
    const section = group("methods-kept", kept.map(item));
    section.append(element("p", { className: "quiet", textContent: words["methods-kept-hint"] }));
    shown.push(section);
  }
  return shown;
}

// Whether a kind can be added here.
function can(kind) {
  const allowed = document.featurePolicy?.allowsFeature("publickey-credentials-create") !== false;
  return kind in KINDS && (kind !== "passkey" || (allowed && !words["gate-passkey-why"]));
}

function group(key, items) {
  const section = element("section");
  section.append(element("h2", { textContent: words[key] }));
  if (items.length) {
    const all = element("ul", { className: "methods" });
    all.append(...items);
    section.append(all);
  }
  return section;
}

function item([, , kind, hint, left, from]) {
  const shown = element("li");
  const said = element("p");
  const added = kind === "passkey" && hint;
  const stands = left ? counted("methods-left", Number(left)) : added ? moment("methods-since", added) : hint;
  const detail = from ? moment("methods-from", from) : stands;
  said.append(element("strong", { textContent: called(kind) }), " ");
  said.append(element("span", { textContent: detail }));
  shown.append(said);
  return shown;
}

// One of the person's own: removed when they have said so twice.
function mine(line) {
  const [, id, kind] = line;
  const shown = item(line);
  const buttons = element("div", { className: "buttons" });
  const remove = button("link", "methods-remove", ask);
  remove.append(element("span", { className: "visually-hidden", textContent: `: ${called(kind)}` }));
  buttons.append(remove);
  shown.append(buttons);
  return shown;

  function ask() {
    const no = button("secondary", "methods-remove-no", () => {
      buttons.replaceChildren(remove);
      remove.focus();
    });
    const yes = button("secondary", "methods-remove-yes", () => manage(REMOVE, Number(id)));
    const sure = element("p", { id: `sure-${id}`, textContent: words["methods-remove-sure"] });
    for (const one of [yes, no]) one.setAttribute("aria-describedby", sure.id);
    buttons.replaceChildren(sure, yes, no);
    yes.focus();
  }
}

// A new passkey: the script that asks the browser for it shows itself (`passkey.js`).
function passkey([options]) {
  globalThis.passkey(`0\n${options}`);
  return [element("div", { id: "passkey" })];
}

// The text of a key with its time, which is told in seconds.
function moment(key, seconds) {
  const own = navigator.languages.find((one) => one.startsWith(page.language) && one.length > 2);
  const language = own ?? (page.language === "en" ? "en-GB" : page.language);
  const format = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
  return words[key].replace("{time}", format.format(Number(seconds) * 1000));
}

// A new authenticator: its picture, and its key to be typed where nothing can be scanned.
function authenticator([address]) {
  const picture = element("div", { className: "qr" });
  // Where it cannot be drawn there is the key.
  draw(address, picture).catch(console.error);
  const here = element("a", { href: address, textContent: words["methods-authenticator-open"] });
  const way = element("p");
  way.append(here);
  const secret = new URL(address).searchParams.get("secret") ?? "";
  const key = element("output", { className: "kept", textContent: secret.match(/.{1,4}/g)?.join(" ") });
  const [buttons, told] = doing([["methods-copy", () => copy(secret, key)]]);
  return [
    element("p", { textContent: words["methods-authenticator-lead"] }),
    picture,
    way,
    element("p", { textContent: words["methods-authenticator-key"] }),
    key,
    buttons,
    told,
  ];
}

async function draw(address, place) {
  drawing ??= __wbg_init({
    module_or_path: fetch(new URL(QR[0], import.meta.url), {
      integrity: QR[1],
      credentials: "same-origin",
    }),
  });
  await drawing;
  const [size, path] = qr(address).split(/ (.*)/s);
  const wide = Number(size) + 2 * MARGIN;
  const all = { viewBox: `${-MARGIN} ${-MARGIN} ${wide} ${wide}`, role: "img" };
  const svg = drawn("svg", { ...all, "aria-label": words["methods-authenticator-picture"] });
  const [x, y, width, height] = [-MARGIN, -MARGIN, wide, wide];
  // Black on white in every theme: many apps read nothing else.
  svg.append(drawn("rect", { x, y, width, height, fill: "#fff" }), drawn("path", { d: path }));
  place.replaceChildren(svg);
}

function drawn(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

// New recovery codes: shown once, to be copied, saved or printed.
function recovery(codes) {
  const all = element("ol", { className: "kept codes" });
  all.append(...codes.map((code) => element("li", { textContent: code })));
  const text = [words["methods-recovery-file"], "", ...codes, ""].join("\r\n");
  const [buttons, told] = doing([
    ["methods-copy", () => copy(codes.join("\n"), all)],
    ["methods-save", () => save(text)],
    ["methods-print", () => (print(), "")],
  ]);
  const title = element("p", { className: "printed", textContent: words["methods-recovery-file"] });
  return [
    element("p", { textContent: words["methods-recovery-lead"] }),
    title,
    all,
    buttons,
    told,
  ];
}

// Buttons, and the place where it is told what they did.
function doing(all) {
  const told = element("p", { className: "told", role: "status" });
  const buttons = element("div", { className: "buttons" });
  for (const [key, act] of all) {
    buttons.append(button("secondary", key, async () => (told.textContent = await act())));
  }
  return [buttons, told];
}

async function copy(text, shown) {
  try {
    await navigator.clipboard.writeText(text);
    return words["methods-copied"];
  } catch {
    getSelection().selectAllChildren(shown);
    return words["methods-not-copied"];
  }
}

function save(text) {
  const href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const download = `${page.tenant}-recovery-codes.txt`;
  element("a", { href, download }).click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
  return words["methods-saved"];
}

// What a kind of method is called.
function called(kind) {
  return words[`methods-${kind}`] ?? words[`gate-${kind}`];
}

// The text of a number: a template is [argument, {category: form}].
function counted(key, count) {
  const [argument, forms] = words[key];
  const form = (count === 0 && forms.zero) || forms[new Intl.PluralRules(page.language).select(count)];
  return form.replace(`{${argument}}`, count);
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

function button(className, key, act) {
  const made = element("button", { type: "button", className, textContent: words[key] });
  made.addEventListener("click", act);
  return made;
}
