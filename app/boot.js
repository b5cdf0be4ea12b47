// Joined to the end of the wasm-bindgen script: one file, one SRI value. Starts the module; if
// anything is missing or was changed on its way, says so instead.
{
  const checked = (address, integrity) => fetch(address, { integrity, credentials: "same-origin" });
  const wasm = document.getElementById("wasm");
  const page = JSON.parse(document.getElementById("page").textContent);
  const words = checked(page.words, page.wordsIntegrity).then((response) => response.json());
  __wbg_init({ module_or_path: checked(wasm.href, wasm.integrity) })
    .then(async () => {
      start(await words);
      document.documentElement.dataset.started = "";
    })
    .catch((error) => {
      console.error(error);
      document.documentElement.dataset.failed = "";
    });
  // The button beside a support code, which ends the text before it.
  document.addEventListener("click", async ({ target }) => {
    const { copied } = target.dataset;
    if (copied) {
      const line = target.previousElementSibling.textContent;
      const label = target.textContent;
      await navigator.clipboard.writeText(/\S+$/.exec(line)[0]);
      target.textContent = document.getElementById("aside").textContent = copied;
      setTimeout(() => (target.textContent = label), 3000);
    }
  });
}
