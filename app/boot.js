// Joined to the end of the wasm-bindgen script: one file, one SRI value. Starts the module; if
// anything is missing or was changed on its way, says so instead.
{
  const wasm = document.getElementById("wasm");
  const module = fetch(wasm.href, { integrity: wasm.integrity, credentials: "same-origin" });
  __wbg_init({ module_or_path: module })
    .then(() => {
      start();
      document.documentElement.dataset.started = "";
    })
    .catch((error) => {
      console.error(error);
      document.documentElement.dataset.failed = "";
    });
}
