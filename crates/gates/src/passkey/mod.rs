//! The passkey gate (WebAuthn): challenges, assertions, and the registration of passkeys.
//!
//! Every passkey is discoverable, and no challenge lists the accepted ones. So a challenge is the
//! same for every account and for decoys, does not reveal which passkeys exist, and is small.

mod gate;

pub use gate::PasskeyGate;
pub(crate) use gate::{PLACE, decode};

use core::fmt;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// The maximum number of passkeys of an account.
pub const MAX_PASSKEYS: usize = 10;

/// The maximum length of an offer, so that its reply fits a message.
const MAX_OFFER_BYTES: usize = 850;

/// The relying party, which registers and checks passkeys.
#[derive(Debug)]
pub struct RelyingParty(Webauthn);

/// A passkey of an account, as stored.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredPasskey {
    /// The public key and its properties.
    pub passkey: Passkey,
    /// The time at which it was added, in seconds since the Unix epoch, by which people distinguish
    /// it from others of the account.
    pub added: u64,
}

impl StoredPasskey {
    /// Returns the credential id.
    #[must_use]
    pub fn id(&self) -> &[u8] {
        self.passkey.cred_id()
    }
}

/// A passkey could not be made or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The account has [`MAX_PASSKEYS`] already.
    #[error("the account has as many passkeys as it may have")]
    TooMany,
    /// The tenant uses no passkeys.
    #[error("the tenant uses no passkeys")]
    Off,
    /// The JSON is not of the expected form.
    #[error("not the answer of an authenticator")]
    Form,
    /// An error of the WebAuthn library.
    #[error(transparent)]
    Refused(#[from] WebauthnError),
}

/// A challenge that was issued. Its state is the library's own. As the library requires of its
/// callers, it is kept safe: with the flow, sealed, on premises, and deleted with the first answer.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Challenge {
    /// `PublicKeyCredentialRequestOptionsJSON`.
    #[n(0)]
    pub options: String,
    #[n(1)]
    state: String,
    /// The time at which the challenge expires, in seconds since the Unix epoch.
    #[n(2)]
    pub until: u64,
}

/// The offer to register a passkey.
#[derive(Clone, Debug)]
pub struct Offer {
    /// `PublicKeyCredentialCreationOptionsJSON`.
    pub options: String,
    /// The state that [`RelyingParty::finish`] needs; it must not leave the agent.
    pub state: String,
}

/// A verified assertion, but for its counter.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Assertion {
    /// The passkey's id.
    pub id: Vec<u8>,
    /// The signature counter of the assertion.
    pub counter: u32,
}

impl RelyingParty {
    /// Creates the relying party with an RP ID and these origins.
    ///
    /// # Errors
    /// An origin is not under the RP ID, or there is none.
    pub fn new(rp_id: &str, origins: &[Url], tenant_name: &str) -> Result<Self, PasskeyError> {
        let (first, others) = origins.split_first().ok_or(WebauthnError::Configuration)?;
        let builder = WebauthnBuilder::new(rp_id, first)?;
        let builder = others
            .iter()
            .fold(builder, WebauthnBuilder::append_allowed_origin);
        Ok(Self(builder.rp_name(tenant_name).build()?))
    }

    /// Makes a challenge: the same for every account, but for its random bytes.
    fn challenge(&self, until: u64) -> Result<Challenge, PasskeyError> {
        let (given, state) = self.0.start_discoverable_authentication()?;
        let mut options = to_json(&given.public_key)?;
        // No extension is needed, and without them the data that an authenticator signs stays
        // short.
        remove(&mut options, "extensions");
        Ok(Challenge {
            options: options.to_string(),
            state: to_json(&state)?.to_string(),
            until,
        })
    }

    /// Checks an answer to a challenge against the passkeys of one account. The caller still has to
    /// compare the counter with the one seen last.
    fn check(
        &self,
        kept: &[StoredPasskey],
        challenge: &Challenge,
        answer: &Secret,
    ) -> Option<Assertion> {
        match self.verify_assertion(kept, challenge, answer) {
            Ok(assertion) => Some(assertion),
            Err(error) => {
                tracing::warn!(%error, "a passkey was not accepted");
                None
            }
        }
    }

    fn verify_assertion(
        &self,
        kept: &[StoredPasskey],
        challenge: &Challenge,
        answer: &Secret,
    ) -> Result<Assertion, PasskeyError> {
        let mut answer: Value = from_text(answer.expose_str().unwrap_or_default())?;
        // The id is sent once, where the standard has it twice: a message has little room.
        let id = answer["id"].clone();
        put(&mut answer, "rawId", id);
        put(&mut answer, "type", json!("public-key"));
        let answer: PublicKeyCredential = from_json(answer)?;
        let id = answer.get_credential_id();
        let known = kept
            .iter()
            .find(|one| one.passkey.cred_id().as_slice() == id);
        let known = known.ok_or(WebauthnError::CredentialNotFound)?;
        let state: DiscoverableAuthentication = from_text(&challenge.state)?;
        let result =
            self.0
                .finish_discoverable_authentication_v2(&answer, state, &known.passkey)?;
        // The library requires user verification by its policy; it is what makes one passkey
        // enough.
        if !result.user_verified() {
            return Err(WebauthnError::UserNotVerified.into());
        }
        Ok(Assertion {
            id: id.to_vec(),
            counter: result.counter(),
        })
    }

    /// Makes an offer to register a passkey for a person, whom the authenticator knows as `user`.
    ///
    /// # Errors
    /// The account has [`MAX_PASSKEYS`] already, or the library failed.
    pub fn begin(
        &self,
        user: [u8; 16],
        login_name: &str,
        display_name: &str,
        kept: &[StoredPasskey],
    ) -> Result<Offer, PasskeyError> {
        if kept.len() >= MAX_PASSKEYS {
            return Err(PasskeyError::TooMany);
        }
        let shown = if display_name.is_empty() {
            login_name
        } else {
            display_name
        };
        let ids = kept.iter().rev().map(|one| one.passkey.cred_id().clone());
        let (given, state) = self.0.start_passkey_registration(
            Uuid::from_bytes(user),
            login_name,
            shown,
            Some(ids.collect()),
        )?;
        let mut options = to_json(&given.public_key)?;
        remove(&mut options, "extensions");
        put(
            &mut options["authenticatorSelection"],
            "residentKey",
            json!("required"),
        );
        put(
            &mut options["authenticatorSelection"],
            "requireResidentKey",
            json!(true),
        );
        // Excluded, so that an authenticator does not replace its own passkey. The agent itself
        // refuses a second one; the oldest are left out where there is no room for them.
        while options.to_string().len() > MAX_OFFER_BYTES {
            let excluded = options["excludeCredentials"].as_array_mut();
            if excluded.and_then(Vec::pop).is_none() {
                break;
            }
        }
        Ok(Offer {
            options: options.to_string(),
            state: to_json(&state)?.to_string(),
        })
    }

    /// Checks the answer to an offer and returns the new passkey.
    ///
    /// # Errors
    /// The answer does not belong to this offer.
    pub fn finish(&self, state: &str, answer: &Secret) -> Result<Passkey, PasskeyError> {
        let mut answer: Value = from_text(answer.expose_str().unwrap_or_default())?;
        // The id that counts is the one in the signed data.
        put(&mut answer, "id", json!(""));
        put(&mut answer, "rawId", json!(""));
        put(&mut answer, "type", json!("public-key"));
        let answer: RegisterPublicKeyCredential = from_json(answer)?;
        let state: PasskeyRegistration = from_text(state)?;
        Ok(self.0.finish_passkey_registration(&answer, &state)?)
    }
}

/// Reports whether a counter has advanced since it was last seen. Authenticators that do not count
/// show zero.
const fn counter_advanced(counter: u32, last: u32) -> bool {
    counter > last || (counter == 0 && last == 0)
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Challenge")
    }
}

fn to_json(data: &impl Serialize) -> Result<Value, PasskeyError> {
    serde_json::to_value(data).map_err(|_| PasskeyError::Form)
}

fn from_text<T: DeserializeOwned>(text: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(text).map_err(|_| PasskeyError::Form)
}

fn from_json<T: DeserializeOwned>(value: Value) -> Result<T, PasskeyError> {
    serde_json::from_value(value).map_err(|_| PasskeyError::Form)
}

fn put(object: &mut Value, key: &str, value: Value) {
    if let Value::Object(object) = object {
        object.insert(key.to_owned(), value);
    }
}

fn remove(object: &mut Value, key: &str) {
    object
        .as_object_mut()
        .and_then(|object: &mut Map<_, _>| object.remove(key));
}

#[cfg(test)]
mod tests;
