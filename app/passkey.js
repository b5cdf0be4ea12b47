// Asks the browser for a passkey, or for a new one. Loaded when the first one is asked for. Gives the
// answer to the module as JSON, of the standard's `toJSON()` what the agent needs, because a message
// has little room; or the key of a text, where there is no answer.

const parse = {
  get: (options) => PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? byHand(options),
  create: (options) => PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? byHand(options),
};

globalThis.passkey = (gate, options) => ask(options).then((answer) => answered(gate, answer));

async function ask(text) {
  const options = JSON.parse(text);
  const use = options.user ? "create" : "get";
  try {
    const { id, response } = await navigator.credentials[use]({ publicKey: parse[use](options) });
    const names = options.user ? ["attestationObject"] : ["authenticatorData", "signature"];
    const fields = ["clientDataJSON", ...names].map((name) => [name, encoded(response[name])]);
    return JSON.stringify({ ...(!options.user && { id }), response: Object.fromEntries(fields) });
  } catch (error) {
    console.warn(error.name);
    // Browsers say no more than that, whatever happened: cancelled, too late, or no passkey here.
    if (error.name === "NotAllowedError" || error.name === "AbortError") {
      return options.user ? "passkey-not-made" : "passkey-cancelled";
    }
    if (error.name === "InvalidStateError") return "passkey-known";
    return error.name === "SecurityError" ? "passkey-elsewhere" : "passkey-failed";
  }
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
