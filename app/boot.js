// Joined to the end of the wasm-bindgen script: one file, one SRI value. Starts the module; if
// anything is missing or was changed on its way, says so instead. `<postern-reset>` has the same
// elements in a root of its own.
{
  const checked = (address, integrity) => fetch(address, { integrity, credentials: "same-origin" });
  const root = globalThis.posternRoot ?? document;
  const state = (root.host ?? document.documentElement).dataset;
  const wasm = root.getElementById("wasm");
  const page = JSON.parse(root.getElementById("page").textContent);
  const words = checked(page.words, page.wordsIntegrity).then((response) => response.json());
  __wbg_init({ module_or_path: checked(wasm.href, wasm.integrity) })
    .then(async () => {
      start(await words, root);
      state.started = "";
    })
    .catch((error) => {
      console.error(error);
      state.failed = "";
    });
}
