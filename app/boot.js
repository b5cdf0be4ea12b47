// Joined to the end of the wasm-bindgen script: one file, one SRI value. Starts the module; if
// anything is missing or was changed on its way, says so instead. `<postern-reset>` has the same
// elements in a root of its own.
{
  const checked = (address, integrity) => fetch(address, { integrity, credentials: "same-origin" });
  const root = globalThis.posternRoot ?? document;
  const state = (root.host ?? document.documentElement).dataset;
  const wasm = root.getElementById("wasm");
  const page = JSON.parse(root.getElementById("page").textContent);
  // Why passkeys cannot be used here, if they cannot: as a text of their gate. Not in the pages of
  // others, whose origin is not theirs.
  const why = page.base ? "passkey-elsewhere" : globalThis.PublicKeyCredential ? "" : "passkey-old";
  // The words of the steps after the first: fetched once, when the module asks for them.
  let words;
  const later = () =>
    (words ??= checked(page.later, page.laterIntegrity)
      .then((response) => response.json())
      .then((more) => Boolean(Object.assign(page.words, more, { "gate-passkey-why": more[why] })))
      .catch(() => Boolean((words = undefined))));
  // Called by the module: each loads what is shown by a script of its own (`quality.js`,
  // `methods.js`, `passkey.js`), which then takes its place.
  for (const name of ["quality", "methods", "passkey"]) {
    globalThis[name] = (told) => {
      const file = page[name] ?? (!why && page.words[name]);
      // Not in the pages of others.
      if (!file) return;
      Object.assign(globalThis, { told, manage, words: page.words });
      const script = document.createElement("script");
      script.type = "module";
      [script.src, script.integrity] = file;
      // A password can be chosen without help.
      if (name !== "quality") script.onerror = () => (state.failed = "");
      document.head.append(script);
    };
  }
  // Called by the module when a password is set: leads on to one's methods, where that is a link
  // away.
  globalThis.showMethodsLink = () =>
    requestAnimationFrame(() => {
      const way = root.querySelector('.flows [href^="methods"]')?.cloneNode(true);
      const hint = document.createElement("p");
      hint.append(page.words["done-methods"], " ", way);
      if (way) root.querySelector(".done")?.append(hint);
    });
  // As wasm-bindgen's own start, without its ways around servers that send another type.
  const begin = async () => {
    const bytes = checked(wasm.href, wasm.integrity);
    const { instance, module } = await WebAssembly.instantiateStreaming(bytes, __wbg_get_imports());
    __wbg_finalize_init(instance, module);
    start(page, later, root);
    state.started = "";
  };
  begin().catch((error) => {
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
