// @ts-check
// Shows the reset page in a frame on another site, which loads this script as `/embed.js`:
//
//   <div data-postern="https://reset.example/contoso/">
//     <a href="https://reset.example/contoso/">Reset your password</a>
//   </div>
//
// The link stays until the page in the frame has answered: it is the fallback where scripts or
// frames are not allowed.

/** The maximum height of a frame, in pixels. */
const MAX_HEIGHT = 20_000;

/** @param {HTMLElement} place */
const embed = (place) => {
  const address = new URL(
    place.dataset.postern || place.querySelector("a")?.href || "",
    /** @type {Location & string} */ (location),
  );
  if (!/^https?:$/.test(address.protocol) || address.origin === location.origin) return;
  const theme = () => themeAround(place, place.dataset.posternTheme);
  const language = languageAround(place);
  if (language) address.searchParams.set("lang", language);
  if (theme()) address.searchParams.set("theme", theme());
  address.searchParams.set("frame", location.origin);

  const frame = document.createElement("iframe");
  frame.title = WORDS[language ?? "en"]["embed-title"];
  frame.allow = `publickey-credentials-get ${address.origin}; clipboard-write ${address.origin}`;
  frame.referrerPolicy = "no-referrer";
  // Set as properties: a strict CSP forbids style attributes, but not these.
  const box = { display: "block", width: "100%", height: "0", border: "0", borderRadius: "1rem" };
  Object.assign(frame.style, { ...box, visibility: "hidden" });
  const tellTheme = () => {
    // Where both colour schemes agree, the browser draws no background behind the frame.
    frame.style.colorScheme = theme() || "light dark";
    // Until the page has answered, the frame may hold another origin's page.
    if (!frame.style.visibility) {
      /** @type {Window} */ (frame.contentWindow).postMessage({ postern: "theme", theme: theme() }, address.origin);
    }
  };
  tellTheme();
  onThemeChange(tellTheme);
  addEventListener("message", ({ origin, source, data }) => {
    if (origin !== address.origin || source !== frame.contentWindow || data?.postern !== "height") return;
    if (!(data.height > 0)) return;
    frame.style.height = `${Math.min(data.height, MAX_HEIGHT)}px`;
    if (frame.style.visibility) {
      frame.style.visibility = "";
      for (const other of [...place.childNodes]) if (other !== frame) other.remove();
    }
    tellTheme();
  });
  frame.src = address.href;
  place.append(frame);
};

const embedAll = () =>
  /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-postern]")).forEach(embed);
if (document.readyState === "loading") addEventListener("DOMContentLoaded", embedAll);
else embedAll();
