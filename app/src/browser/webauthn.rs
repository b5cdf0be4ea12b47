//! The browser's interface to passkeys. The answer is JSON as in `AuthenticationResponseJSON` and
//! `RegistrationResponseJSON` (WebAuthn Level 3, section 5.1), reduced to what the agent needs,
//! because a message has little room.

use base64ct::{Base64UrlUnpadded, Encoding};
use js_sys::{Array, ArrayBuffer, Function, JSON, Object, Reflect, Uint8Array};
use leptos::prelude::{document, window};
use postern_envelope::Secret;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = get)]
    async fn get_credential(options: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["navigator", "credentials"], js_name = create)]
    async fn create_credential(options: &JsValue) -> Result<JsValue, JsValue>;
}

/// The reason that the browser gave no passkey. Browsers tell no more apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Cancelled, too late, or there is none on this device.
    Cancelled,
    /// No new one was made: cancelled, or too late.
    NotMade,
    /// The device has one for this account already.
    Known,
    /// The page's origin is not one that the passkey is for.
    Elsewhere,
    /// Anything else.
    Other,
}

impl Failure {
    /// Returns the Fluent key of its text.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cancelled => "passkey-cancelled",
            Self::NotMade => "passkey-not-made",
            Self::Known => "passkey-known",
            Self::Elsewhere => "passkey-elsewhere",
            Self::Other => "passkey-failed",
        }
    }
}

/// Reports whether the browser has passkeys.
pub fn is_supported() -> bool {
    !credential_class().is_undefined()
}

/// Reports whether a page in a frame may ask for a passkey. Elsewhere it always may.
pub fn may_get() -> bool {
    is_allowed("publickey-credentials-get")
}

/// Reports whether a page in a frame may make a new passkey. Elsewhere it always may.
pub fn may_create() -> bool {
    is_allowed("publickey-credentials-create")
}

/// Asks for a passkey, or for a new one, by the options that the agent wrote. Returns the answer as
/// JSON.
///
/// # Errors
///
/// The reason that there is none.
pub async fn ask(options: &str) -> Result<Secret, Failure> {
    let options = JSON::parse(options).map_err(|_| Failure::Other)?;
    let creates = !get(&options, "user").is_undefined();
    let public_key = Object::new();
    set(&public_key, "publicKey", &parse(&options, creates)?);
    let credential = if creates {
        create_credential(&public_key).await
    } else {
        get_credential(&public_key).await
    };
    let credential = credential.map_err(|error| {
        let name = get(&error, "name").as_string().unwrap_or_default();
        match &*name {
            "NotAllowedError" | "AbortError" if creates => Failure::NotMade,
            "NotAllowedError" | "AbortError" => Failure::Cancelled,
            "InvalidStateError" => Failure::Known,
            "SecurityError" => Failure::Elsewhere,
            _ => Failure::Other,
        }
    })?;
    answer(&credential, creates).ok_or(Failure::Other)
}

/// Writes the parts of a credential that the agent needs.
fn answer(credential: &JsValue, creates: bool) -> Option<Secret> {
    let fields: &[&str] = if creates {
        &["clientDataJSON", "attestationObject"]
    } else {
        &["clientDataJSON", "authenticatorData", "signature"]
    };
    let (answer, response) = (Object::new(), Object::new());
    if !creates {
        set(&answer, "id", &get(credential, "id"));
    }
    for field in fields {
        let bytes: ArrayBuffer = get(&get(credential, "response"), field).dyn_into().ok()?;
        let bytes = Uint8Array::new(&bytes).to_vec();
        let text = Base64UrlUnpadded::encode_string(&bytes);
        set(&response, field, &text.into());
    }
    set(&answer, "response", &response);
    let text = JSON::stringify(&answer).ok()?;
    Some(Secret::new(String::from(text).into_bytes()))
}

/// Reads the options from their JSON; by hand in browsers that have passkeys and no functions for it.
fn parse(options: &JsValue, creates: bool) -> Result<JsValue, Failure> {
    let name = if creates {
        "parseCreationOptionsFromJSON"
    } else {
        "parseRequestOptionsFromJSON"
    };
    let class = credential_class();
    if let Ok(parse) = get(&class, name).dyn_into::<Function>() {
        return parse.call1(&class, options).map_err(|_| Failure::Other);
    }
    decode(options, "challenge")?;
    let known = get(options, "excludeCredentials").dyn_into::<Array>();
    for one in known.unwrap_or_default() {
        decode(&one, "id")?;
    }
    if creates {
        decode(&get(options, "user"), "id")?;
    }
    Ok(options.clone())
}

/// Replaces a member in base64url by its bytes.
fn decode(object: &JsValue, member: &str) -> Result<(), Failure> {
    let text = get(object, member).as_string().ok_or(Failure::Other)?;
    let bytes = Base64UrlUnpadded::decode_vec(&text).map_err(|_| Failure::Other)?;
    set(object, member, &Uint8Array::from(&bytes[..]));
    Ok(())
}

fn is_allowed(feature: &str) -> bool {
    let policy = get(&document(), "featurePolicy");
    match get(&policy, "allowsFeature").dyn_into::<Function>() {
        Ok(allows) => allows
            .call1(&policy, &feature.into())
            .is_ok_and(|allowed| allowed.is_truthy()),
        // In browsers without it nothing tells; they refuse when they are asked.
        Err(_) => true,
    }
}

fn credential_class() -> JsValue {
    get(&window(), "PublicKeyCredential")
}

fn get(object: &JsValue, member: &str) -> JsValue {
    Reflect::get(object, &member.into()).unwrap_or_default()
}

fn set(object: &JsValue, member: &str, value: &JsValue) {
    let _plain_objects_take_it = Reflect::set(object, &member.into(), value);
}
