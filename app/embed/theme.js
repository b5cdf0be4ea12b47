// Joined to the front of embed.js and element.js: which theme and language the page around an
// element has.

/** `light` or `dark` as `color-scheme` says; "" where both are right and the device decides. */
const themeAround = (element, wish) => {
  const scheme = wish ?? getComputedStyle(element).colorScheme;
  const [light, dark] = ["light", "dark"].map((name) => scheme.split(" ").includes(name));
  if (light && dark) return "";
  return dark ? "dark" : "light";
};

/** Calls back when the page around may have changed its theme. */
const onThemeChange = (look) => {
  const watcher = new MutationObserver(look);
  for (const element of [document.documentElement, document.body]) {
    watcher.observe(element, { attributes: true });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
};

/** The language around an element, if it is one of ours. */
const languageAround = (element) => {
  const [code] = (element.closest("[lang]")?.lang ?? "").toLowerCase().split("-");
  return code in WORDS ? code : undefined;
};
