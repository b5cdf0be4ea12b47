// Joined to the end of the wasm-bindgen script of `crates/quality`: shows what it says of a new
// password, and suggests passphrases. Loaded when the new password is asked for; `FILES` (the
// module and the lists, with their SRI values) and `STYLE` are put before it by `cargo xtask site`.
// The password is looked at here and goes nowhere.

const LEVELS = ["weak", "fair", "good", "strong"];
// How long nobody types before the strength is announced, in milliseconds.
const QUIET = 1000;

const { words } = globalThis;
const page = JSON.parse(document.getElementById("page").textContent);
const checked = ([name, integrity]) =>
  fetch(new URL(name, import.meta.url), { integrity, credentials: "same-origin" });
let common;
let phrases;
let quality;

// Where anything is missing or was changed on its way, the page works without this help.
load().catch(console.error);

async function load() {
  [common] = await Promise.all([
    checked(FILES.common).then((response) => response.text()),
    __wbg_init({ module_or_path: checked(FILES.wasm) }),
  ]);
  // By script, because the page's policy allows no style but its own.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(STYLE);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  // From now on the module calls this, before it has drawn the fields.
  globalThis.quality = (policy) => requestAnimationFrame(() => mount(policy));
  mount(globalThis.told);
}

function mount(policy) {
  const field = document.getElementById("focus");
  const repeat = document.getElementById("repeat");
  if (!repeat || document.getElementById("quality")) return;
  const organisation = document.querySelector(".organisation").textContent;
  quality?.free();
  quality = new Quality(policy, [organisation, page.tenant].join("\n"), common);
  const judge = quality;

  const rule = element("li", { id: "rule-words" });
  const kept = element("span", { className: "visually-hidden" });
  rule.append(words["quality-words"], kept);
  const rules = document.querySelector("#rules .rules");
  // What is checked later comes last; history is named there only where it is checked.
  rules.insertBefore(rule, rules.querySelector(".later"));
  rules.append(element("li", { className: "later", textContent: words["quality-later"] }));

  const strength = element("p", { className: "strength", hidden: true });
  const word = element("span");
  strength.append(element("span", { className: "bar", ariaHidden: "true" }), word);
  const said = element("p", { className: "visually-hidden", role: "status" });
  const phrase = element("output", { id: "passphrase" });
  const box = element("div", { className: "suggestion", hidden: true });
  const told = element("p", { className: "told", role: "status" });
  const suggest = button("link", "passphrase-suggest", another);
  const use = button("secondary", "passphrase-use", fill);
  const buttons = element("div", { className: "buttons" });
  buttons.append(use, button("link", "passphrase-another", another));
  box.append(
    element("p", { className: "rules-title", textContent: words["passphrase-title"] }),
    phrase,
    element("p", { className: "hint", textContent: words["passphrase-lead"] }),
    buttons,
  );
  const all = element("div", { id: "quality" });
  all.append(strength, said, suggest, box, told);
  document.getElementById("field-error").after(all);

  let timer;
  field.form.addEventListener("input", look);
  // The fields are emptied when they are sent, which no input event says.
  field.form.addEventListener("submit", () => setTimeout(sent));
  look();

  // Says what there is to say of what was typed, and keeps nothing of it.
  function look() {
    const typed = field.value !== "";
    const seen = judge.look(field.value);
    const level = LEVELS[seen & 3];
    const met = typed && seen < 4;
    rule.className = met ? "met" : "";
    kept.textContent = ` (${words[met ? "quality-kept" : "quality-open"]})`;
    strength.hidden = !typed;
    strength.dataset.level = level;
    word.textContent = words[`strength-${level}`];
    clearTimeout(timer);
    const text = typed ? words[`strength-${level}`] : "";
    timer = setTimeout(() => (said.textContent = text), QUIET);
  }

  // Suggests another passphrase. The words are fetched when somebody wants the first one.
  async function another() {
    phrases ??= checked(FILES.phrases[page.language]).then((response) => response.text());
    const made = await phrases.then((list) => judge.suggest(list)).catch(() => undefined);
    told.textContent = made ? "" : words["passphrase-failed"];
    if (!made) {
      phrases = undefined;
      return;
    }
    phrase.value = made;
    // What was typed just before has nothing more to be said of it.
    clearTimeout(timer);
    said.textContent = `${words["passphrase-title"]}: ${made}`;
    if (box.hidden) {
      box.hidden = false;
      suggest.hidden = true;
      use.focus();
    }
  }

  // Puts the phrase into both fields, as if it had been typed.
  function fill() {
    for (const one of [field, repeat]) {
      one.value = phrase.value;
      one.dispatchEvent(new Event("input", { bubbles: true }));
    }
    told.textContent = words["passphrase-used"];
  }

  function sent() {
    look();
    if (field.value !== "") return;
    box.hidden = true;
    phrase.value = "";
    suggest.hidden = false;
    told.textContent = "";
  }
}

function element(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}

function button(className, key, act) {
  const made = element("button", { type: "button", className, textContent: words[key] });
  made.addEventListener("click", act);
  return made;
}
