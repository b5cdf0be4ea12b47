// Runs in a page that is in the frame of a site that its tenant allows: tells that site, and
// nobody else, how high the page is, and follows its theme.
const site = document.documentElement.dataset.frame;

const tellHeight = () => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  parent.postMessage({ postern: "height", height }, site);
};

const follow = (theme) => {
  const dark = { light: "not all", dark: "all" }[theme] ?? "(prefers-color-scheme: dark)";
  // The tokens come first in the style, and theirs is the first condition.
  const rules = [...document.styleSheets[0].cssRules];
  rules.find((rule) => rule instanceof CSSMediaRule).media.mediaText = dark;
  document.documentElement.style.colorScheme = theme || "light dark";
};

if (parent !== window) {
  // At once: browsers do not draw a frame, nor observe in it, that is not in sight yet.
  tellHeight();
  new ResizeObserver(tellHeight).observe(document.body);
  addEventListener("message", ({ origin, source, data }) => {
    if (origin === site && source === parent && data?.postern === "theme") follow(data.theme);
  });
}
