// Asks the browser for a passkey, or for a new one, and shows the button for it. Loaded when the first
// one is asked for. What the browser answers goes where the module reads its fields, as JSON: of the
// standard's `toJSON()` what the agent needs, because a message has little room.

const CHALLENGE = 3;
const ANSWER = 4;
const CONFIRM = 5;

const { manage, words } = globalThis;
// How long a challenge is waited for, in milliseconds: less than it is good.
const GOOD = 240_000;
// A challenge is on its way: it goes on to the browser.
let wanted = false;

// From now on the module calls this, before it has drawn the place.
globalThis.passkey = (told) => requestAnimationFrame(() => mount(told));
mount(globalThis.told);

// Told are the gate, 0 for a new passkey, and below it the options, if there are any yet.
function mount(told) {
  const place = document.getElementById("passkey");
  if (!place || words["gate-passkey-why"]) return;
  // In a frame that the browser does not let, or that the page around does not.
  if (document.featurePolicy?.allowsFeature("publickey-credentials-get") === false) {
    place.textContent = words["passkey-elsewhere"];
    return;
  }
  const [, gate, options] = /^(\d+)\n(.*)$/.exec(told);
  const kind = gate === "0" ? "methods-passkey" : "gate-passkey";
  const lead = Object.assign(document.createElement("p"), { textContent: words[`${kind}-lead`] });
  const said = Object.assign(document.createElement("p"), { role: "status" });
  const button = Object.assign(document.createElement("button"), {
    // What is told beside the form moves the focus here.
    id: "focus",
    type: "button",
    className: "primary",
    textContent: words[`${kind}-use`],
    onclick: use,
  });
  place.replaceChildren(said, lead, button);
  const given = Date.now();
  if (wanted && options) use();

  async function use() {
    if (button.ariaDisabled) return;
    said.textContent = said.className = "";
    button.ariaDisabled = "true";
    button.textContent = words["working-passkey"];
    // One that nobody answered in time is asked for anew.
    wanted = gate !== "0" && (!options || Date.now() - given > GOOD);
    if (wanted) {
      manage(CHALLENGE, Number(gate));
      // Where none comes, it is said above, and the button is there for another try.
      setTimeout(ready, 1000);
      return;
    }
    const answer = await ask(options);
    if (answer.startsWith("{")) {
      button.id = "";
      place.append(Object.assign(document.createElement("input"), { id: "focus", type: "hidden", value: answer }));
      manage(gate === "0" ? CONFIRM : ANSWER, Number(gate));
      return;
    }
    // Nothing was refused: a quiet word, and every way stays open.
    said.className = "notice";
    said.textContent = words[answer];
    ready();
    button.focus();
  }

  function ready() {
    button.ariaDisabled = null;
    button.textContent = words[`${kind}-use`];
  }
}

// The answer as JSON; or the key of a text, where there is none.
async function ask(text) {
  const options = JSON.parse(text);
  const use = options.user ? "create" : "get";
  try {
    const { id, response } = await navigator.credentials[use]({ publicKey: parse(use, options) });
    const names = options.user ? ["attestationObject"] : ["authenticatorData", "signature"];
    const fields = ["clientDataJSON", ...names].map((name) => [name, encoded(response[name])]);
    return JSON.stringify({ ...(!options.user && { id }), response: Object.fromEntries(fields) });
  } catch ({ name }) {
    // Browsers say no more than that, whatever happened: cancelled, too late, or no passkey here.
    if (name === "NotAllowedError" || name === "AbortError") {
      return options.user ? "passkey-not-made" : "passkey-cancelled";
    }
    if (name === "InvalidStateError") return "passkey-known";
    return name === "SecurityError" ? "passkey-elsewhere" : "passkey-failed";
  }
}

function parse(use, options) {
  const name = use === "get" ? "parseRequestOptionsFromJSON" : "parseCreationOptionsFromJSON";
  return PublicKeyCredential[name]?.(options) ?? byHand(options);
}

// For browsers that have passkeys and not the functions that read their options.
function byHand(options) {
  const { challenge, user, excludeCredentials: known = [] } = options;
  const read = {
    ...options,
    challenge: decoded(challenge),
    excludeCredentials: known.map((one) => ({ ...one, id: decoded(one.id) })),
  };
  return user ? { ...read, user: { ...user, id: decoded(user.id) } } : read;
}

function decoded(text) {
  const plain = text.replace(/[-_]/g, (sign) => ({ "-": "+", _: "/" })[sign]);
  return Uint8Array.from(atob(plain), (sign) => sign.charCodeAt(0));
}

function encoded(bytes) {
  const text = btoa(String.fromCharCode(...new Uint8Array(bytes)));
  return text.replace(/[+/=]/g, (sign) => ({ "+": "-", "/": "_" })[sign] ?? "");
}
