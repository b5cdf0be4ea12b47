// Joined to the end of the wasm-bindgen script: one file, one SRI value. Starts the module; if
// anything is missing or was changed on its way, says so instead. `<postern-reset>` has the same
// elements in a root of its own.
{
  const checked = (address, integrity) => fetch(address, { integrity, credentials: "same-origin" });
  const root = globalThis.posternRoot ?? document;
  const state = (root.host ?? document.documentElement).dataset;
  const wasm = root.getElementById("wasm");
  const page = JSON.parse(root.getElementById("page").textContent);
  // The words of the steps after the first: fetched once, when the module asks for them.
  let words;
  const later = () =>
    (words ??= checked(page.later, page.laterIntegrity)
      .then((response) => response.json())
      .then((more) => Boolean(Object.assign(page.words, more)))
      .catch(() => Boolean((words = undefined))));
  // Not in the pages of others: they have none of the scripts that are loaded on demand.
  const load = ([src, integrity], onload, onerror) =>
    document.head.append(Object.assign(document.createElement("script"), { type: "module", src, integrity, onload, onerror }));
  // Called by the module: each loads what is shown by a script of its own (`quality.js`,
  // `methods.js`), which then takes its place.
  for (const name of ["quality", "methods"]) {
    globalThis[name] = (told) => {
      if (!page[name]) return;
      Object.assign(globalThis, { told, manage, words: page.words });
      // A password can be chosen without help.
      load(page[name], null, () => name === "methods" && (state.failed = ""));
    };
  }
  // Called by the module at a passkey's gate: why passkeys cannot be used here, if they cannot.
  globalThis.passkeys = (use) =>
    use === "answer"
      ? answer
      : !page.passkey || document.featurePolicy?.allowsFeature(`publickey-credentials-${use}`) === false
        ? "passkey-elsewhere"
        : globalThis.PublicKeyCredential
          ? ""
          : "passkey-old";
  // Asks the browser for one, by a script that puts itself in the place of this (`passkey.js`).
  let answer;
  globalThis.answered = (gate, said) => manage(3, gate, (answer = said));
  globalThis.passkey = (gate, options) =>
    load(page.passkey, () => passkey(gate, options), () => answered(gate, "passkey-failed"));
  // Called by the module when a password is set: leads on to one's methods, where that is a link
  // away.
  globalThis.leadOn = () =>
    requestAnimationFrame(() => {
      const way = root.querySelector('.errands [href^="methods"]')?.cloneNode(true);
      const hint = document.createElement("p");
      hint.append(page.words["done-methods"], " ", way);
      if (way) root.querySelector(".done")?.append(hint);
    });
  __wbg_init({ module_or_path: checked(wasm.href, wasm.integrity) })
    .then(() => {
      start(page, later, root);
      state.started = "";
    })
    .catch((error) => {
      console.error(error);
      state.failed = "";
    });
  // The button beside a support code, which ends the text before it.
  root.addEventListener("click", async ({ target }) => {
    const { copied } = target.dataset;
    if (copied) {
      const line = target.previousElementSibling.textContent;
      const label = target.textContent;
      await navigator.clipboard.writeText(/\S+$/.exec(line)[0]);
      target.textContent = root.getElementById("aside").textContent = copied;
      setTimeout(() => (target.textContent = label), 3000);
    }
  });
}
