// @ts-check
// Appended to the wasm-bindgen script: one file, one SRI value. Starts the module and loads its chunks;
// if a file of the first step is missing or was modified in transit, shows that instead.
// `<postern-reset>` has the same elements in its shadow root. `cargo xtask site` puts before it `CHUNKS`,
// the files that a split point needs, and `PARTS`, the file that names all others, each with its SRI
// value.

/** @type {(point: string, callback: number, data: number) => Promise<void>} */
let loadChunks;
{
  const root = /** @type {PageRoot} */ (globalThis.posternRoot ?? document);
  const state = (root.host ?? document.documentElement).dataset;
  const link = /** @type {HTMLLinkElement} */ (root.getElementById("wasm"));
  /** @type {PageData} */
  const page = JSON.parse(/** @type {HTMLElement} */ (root.getElementById("page")).textContent);
  /** @type {(address: string | URL, integrity?: string) => Promise<Response>} */
  const checked = async (address, integrity) => {
    try {
      return await fetch(address, { integrity, credentials: "same-origin" });
    } catch (error) {
      // Where the portal serves a newer build by now, the module loads a fresh page.
      const { status } = await fetch(address, { method: "HEAD" }).catch(() => /** @type {{ status?: number }} */ ({}));
      page.outdated = status === 404;
      throw error;
    }
  };
  /** @type {(file: PinnedFile) => Promise<Response>} */
  const file = ([name, integrity]) => checked(new URL(name, import.meta.url), integrity);
  /** @type {Record<string, PinnedFile>} */
  let lists;
  /** @type {(name: string) => Promise<string>} */
  const list = async (name) => (await file(lists[name])).text();
  // The texts and the style of the later steps: fetched once, when the module asks for them.
  /** @type {Promise<boolean> | undefined} */
  let words;
  const fetchWords = () => (words ??= load().catch(() => Boolean((words = undefined))));
  const load = async () => {
    const parts = await (await file(PARTS)).json();
    Object.assign(CHUNKS, parts.chunks);
    lists = parts.lists;
    const style = list("style").catch(() => "");
    const response = await checked(page.later, page.laterIntegrity);
    Object.assign(page.words, await response.json());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(await style);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return true;
  };
  // The chunks: each file is fetched once, and again where it did not come.
  /** @type {Record<string, Promise<unknown>>} */
  const loaded = {};
  /** @type {(one: PinnedFile) => Promise<unknown>} */
  const chunk = (one) =>
    (loaded[one[0]] ??= WebAssembly.instantiateStreaming(file(one), { __wasm_split: wasm }).catch((error) => {
      delete loaded[one[0]];
      throw error;
    }));
  loadChunks = async (point, callback, data) => {
    const chunks = Promise.all(CHUNKS[point].map(chunk));
    const came = await chunks.then(() => 1).catch((error) => (console.error(error), 0));
    wasm.__indirect_function_table.get(callback)(data, came);
  };
  // Like wasm-bindgen's own start, without its fallback for servers that send another MIME type.
  const begin = async () => {
    const bytes = checked(link.href, link.integrity);
    const { instance, module } = await WebAssembly.instantiateStreaming(bytes, __wbg_get_imports());
    __wbg_finalize_init(instance, module);
    start(page, fetchWords, list, root);
    state.started = "";
  };
  // The form of the first step is open from the first paint on. What is sent before the module has
  // started is sent by it then.
  const form = /** @type {HTMLFormElement | null} */ (root.querySelector("#first form"));
  if (form) {
    const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
    button.disabled = false;
    form.onsubmit = (event) => {
      event.preventDefault();
      form.dataset.submitted = "";
      button.textContent = /** @type {string} */ (page.words["working-identify"]);
    };
  }
  // A link of the sandbox page begins a new flow, with a user name. The portal accepts no name elsewhere.
  if (page.name) {
    sessionStorage.clear();
    history.replaceState(null, "", `?lang=${page.language}`);
    /** @type {HTMLInputElement} */ (root.getElementById("focus")).value = page.name;
  }
  begin().catch((error) => {
    console.error(error);
    state.failed = "";
  });
  // The button that copies the support code: the last word of the text before it.
  root.addEventListener("click", async ({ target }) => {
    const { copied } = target.dataset;
    if (copied) {
      const line = /** @type {Element} */ (target.previousElementSibling).textContent;
      const label = target.textContent;
      await navigator.clipboard.writeText(/** @type {RegExpExecArray} */ (/\S+$/.exec(line))[0]);
      target.textContent = /** @type {HTMLElement} */ (root.getElementById("aside")).textContent = copied;
      setTimeout(() => (target.textContent = label), 3000);
    }
  });
}
