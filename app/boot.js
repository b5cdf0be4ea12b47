// Joined to the end of the wasm-bindgen script: one file, one SRI value. Starts the module, then
// each island; if anything is missing or was changed on its way, says so instead.
{
  const wasm = document.getElementById("wasm");
  const module = fetch(wasm.href, { integrity: wasm.integrity, credentials: "same-origin" });
  Promise.all([__wbg_init({ module_or_path: module }), import(import.meta.url)])
    .then(([, self]) => {
      hydrate();
      for (const island of document.querySelectorAll("leptos-island")) {
        self[island.dataset.component](island);
      }
      document.documentElement.dataset.started = "";
    })
    .catch(() => {
      document.documentElement.dataset.failed = "";
    });
}
