// @ts-check
// Prepended to embed.js and element.js: detects the theme and the language of the page around an
// element.

/**
 * Returns `light` or `dark` by `color-scheme`; "" if both are allowed and the device decides.
 *
 * @param {Element} element
 * @param {string} [override]
 * @returns {"light" | "dark" | ""}
 */
const themeAround = (element, override) => {
  const scheme = override ?? getComputedStyle(element).colorScheme;
  const [light, dark] = ["light", "dark"].map((name) => scheme.split(" ").includes(name));
  if (light && dark) return "";
  return dark ? "dark" : "light";
};

/**
 * Calls `callback` when the page around may have changed its theme.
 *
 * @param {() => void} callback
 */
const onThemeChange = (callback) => {
  const watcher = new MutationObserver(callback);
  for (const element of [document.documentElement, document.body]) {
    watcher.observe(element, { attributes: true });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
};

/**
 * Returns the language around an element, if it is a supported one.
 *
 * @param {Element} element
 */
const languageAround = (element) => {
  const [code] = (element.closest("[lang]")?.lang ?? "").toLowerCase().split("-");
  return code in WORDS ? code : undefined;
};
