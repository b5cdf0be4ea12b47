// Joined to the end of the wasm-bindgen script: one file, one SRI value. Starts the module; if
// anything is missing or was changed on its way, says so instead.
{
  const checked = (address, integrity) => fetch(address, { integrity, credentials: "same-origin" });
  const wasm = document.getElementById("wasm");
  const page = JSON.parse(document.getElementById("page").textContent);
  const words = checked(page.words, page.wordsIntegrity).then((response) => response.json());
  // Called by the module at the new password: loads what helps to choose one (`quality.js`).
  globalThis.quality = (policy) => {
    globalThis.policy = policy;
    const script = document.createElement("script");
    script.type = "module";
    [script.src, script.integrity] = page.quality;
    document.head.append(script);
  };
  __wbg_init({ module_or_path: checked(wasm.href, wasm.integrity) })
    .then(async () => {
      start(await words);
      document.documentElement.dataset.started = "";
    })
    .catch((error) => {
      console.error(error);
      document.documentElement.dataset.failed = "";
    });
}
