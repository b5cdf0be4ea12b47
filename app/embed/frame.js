// @ts-check
// Runs in a page that is in a frame of a site that its tenant allows: sends the page's height to
// that site only, and follows its theme.
const site = /** @type {string} */ (document.documentElement.dataset.frame);

const tellHeight = () => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  parent.postMessage({ postern: "height", height }, site);
};

/** @param {string} theme */
const follow = (theme) => {
  const dark =
    /** @type {Record<string, string>} */ ({ light: "not all", dark: "all" })[theme] ?? "(prefers-color-scheme: dark)";
  // The design tokens come first in the style, so the first media rule is theirs.
  const rules = [...document.styleSheets[0].cssRules];
  /** @type {CSSMediaRule} */ (rules.find((rule) => rule instanceof CSSMediaRule)).media.mediaText = dark;
  document.documentElement.style.colorScheme = theme || "light dark";
};

if (parent !== window) {
  // Sent at once: browsers neither draw nor observe in a frame that is not visible yet.
  tellHeight();
  new ResizeObserver(tellHeight).observe(document.body);
  addEventListener("message", ({ origin, source, data }) => {
    if (origin === site && source === parent && data?.postern === "theme") follow(data.theme);
  });
}
