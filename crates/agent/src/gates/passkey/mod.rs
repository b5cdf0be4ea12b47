//! The passkey gate (WebAuthn): the challenges, what answers them, and how passkeys are registered.
//!
//! Every passkey is discoverable, and no challenge names the ones that would do: so a challenge is
//! the same for every account and for decoys, tells nobody which passkeys there are, and is small.

use crate::config::{ConfigError, PasskeyConfig};
use core::fmt;
use minicbor::{Decode, Encode};
use postern_envelope::Secret;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid, Webauthn, WebauthnBuilder, WebauthnError,
};

/// How many passkeys an account may have.
pub const MOST: usize = 10;

/// The longest offer, in bytes, so that its reply fits a message.
const LONGEST_OFFER: usize = 850;

/// What makes and checks passkeys.
#[derive(Debug)]
pub struct Passkeys(Webauthn);

/// A passkey of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The public key, and what else has to be known of it.
    pub passkey: Passkey,
    /// When it was added; that tells it from others of the account.
    pub added: u64,
}

/// A passkey could not be made or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The account has as many as it may have.
    #[error("the account has as many passkeys as it may have")]
    TooMany,
    /// Not the JSON that it has to be.
    #[error("not the answer of an authenticator")]
    Form,
    /// The library says what is wrong.
    #[error(transparent)]
    Refused(#[from] WebauthnError),
}

/// A challenge that was given out. Its state is the library's own, kept where the flow is: sealed,
/// on premises, and gone with the first answer. That is what the library asks of whoever keeps it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub(crate) struct Challenge {
    /// `PublicKeyCredentialRequestOptionsJSON`.
    #[n(0)]
    pub options: String,
    #[n(1)]
    state: String,
    /// Until when it is good.
    #[n(2)]
    pub until: u64,
}

/// The offer to register a passkey.
#[derive(Clone, Debug)]
pub struct Offer {
    /// `PublicKeyCredentialCreationOptionsJSON`.
    pub options: String,
    /// What [`Passkeys::finish`] needs of it; not to leave the agent.
    pub state: String,
}

/// A right answer, but for its counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asserted {
    /// The passkey's id.
    pub id: Vec<u8>,
    /// The signature counter that it shows.
    pub counter: u32,
}

impl Passkeys {
    /// What checks passkeys for these pages.
    ///
    /// # Errors
    /// An origin is not under the RP ID.
    pub fn new(config: &PasskeyConfig, tenant_name: &str) -> Result<Self, ConfigError> {
        let wrong = |error: WebauthnError| ConfigError::new("passkeys.origins", error);
        let mut origins = config.origins.iter().map(|origin| &origin.0);
        let first = origins.next().ok_or(WebauthnError::Configuration);
        let builder = WebauthnBuilder::new(config.rp_id(), first.map_err(wrong)?).map_err(wrong)?;
        let builder = origins.fold(builder, WebauthnBuilder::append_allowed_origin);
        let webauthn = builder.rp_name(tenant_name).build();
        Ok(Self(webauthn.map_err(wrong)?))
    }

    /// Makes a challenge: the same for every account, but for its random bytes.
    pub(crate) fn challenge(&self, until: u64) -> Result<Challenge, PasskeyError> {
        let (given, state) = self.0.start_discoverable_authentication()?;
        let mut options = value(&given.public_key)?;
        // Nothing is wanted of them: what an authenticator signs stays short.
        remove(&mut options, "extensions");
        Ok(Challenge {
            options: options.to_string(),
            state: value(&state)?.to_string(),
            until,
        })
    }

    /// Checks an answer to a challenge, against the passkeys of one account. The counter is still to
    /// be compared with the one that was seen last.
    pub(crate) fn check(
        &self,
        kept: &[Kept],
        challenge: &Challenge,
        answer: &Secret,
    ) -> Option<Asserted> {
        match self.assert(kept, challenge, answer) {
            Ok(asserted) => Some(asserted),
            Err(error) => {
                tracing::warn!(%error, "a passkey was not accepted");
                None
            }
        }
    }

    fn assert(
        &self,
        kept: &[Kept],
        challenge: &Challenge,
        answer: &Secret,
    ) -> Result<Asserted, PasskeyError> {
        let mut answer: Value = parsed(answer.expose_str().unwrap_or_default())?;
        // Sent once, where the standard has it twice: a message has little room.
        let id = answer["id"].clone();
        put(&mut answer, "rawId", id);
        put(&mut answer, "type", json!("public-key"));
        let answer: PublicKeyCredential = typed(answer)?;
        let id = answer.get_credential_id();
        let known = kept
            .iter()
            .find(|one| one.passkey.cred_id().as_slice() == id);
        let known = known.ok_or(WebauthnError::CredentialNotFound)?;
        let state: DiscoverableAuthentication = parsed(&challenge.state)?;
        let result =
            self.0
                .finish_discoverable_authentication_v2(&answer, state, &known.passkey)?;
        // The library asks for it by its policy; it is what makes one passkey enough.
        if !result.user_verified() {
            return Err(WebauthnError::UserNotVerified.into());
        }
        Ok(Asserted {
            id: id.to_vec(),
            counter: result.counter(),
        })
    }

    /// Offers to register a passkey for a person, who is known to the authenticator by `user`.
    ///
    /// # Errors
    /// The account has [`MOST`] already, or the library failed.
    pub fn begin(
        &self,
        user: [u8; 16],
        login_name: &str,
        display_name: &str,
        kept: &[Kept],
    ) -> Result<Offer, PasskeyError> {
        if kept.len() >= MOST {
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
        let mut options = value(&given.public_key)?;
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
        // So that an authenticator does not take the place of its own passkey. The agent refuses a
        // second one by itself; the oldest are left out where there is no room for them.
        while options.to_string().len() > LONGEST_OFFER {
            let excluded = options["excludeCredentials"].as_array_mut();
            if excluded.and_then(Vec::pop).is_none() {
                break;
            }
        }
        Ok(Offer {
            options: options.to_string(),
            state: value(&state)?.to_string(),
        })
    }

    /// Checks the answer to an offer: a new passkey.
    ///
    /// # Errors
    /// It is not the answer to this offer.
    pub fn finish(&self, state: &str, answer: &Secret) -> Result<Passkey, PasskeyError> {
        let mut answer: Value = parsed(answer.expose_str().unwrap_or_default())?;
        // The id that counts is the one in what was signed.
        put(&mut answer, "id", json!(""));
        put(&mut answer, "rawId", json!(""));
        put(&mut answer, "type", json!("public-key"));
        let answer: RegisterPublicKeyCredential = typed(answer)?;
        let state: PasskeyRegistration = parsed(state)?;
        Ok(self.0.finish_passkey_registration(&answer, &state)?)
    }
}

/// Whether a counter has gone on since it was seen last. Authenticators that do not count show zero.
pub(crate) const fn counter_advanced(counter: u32, last: u32) -> bool {
    counter > last || (counter == 0 && last == 0)
}

impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Challenge")
    }
}

fn value(of: &impl Serialize) -> Result<Value, PasskeyError> {
    serde_json::to_value(of).map_err(|_| PasskeyError::Form)
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, PasskeyError> {
    serde_json::from_str(text).map_err(|_| PasskeyError::Form)
}

fn typed<T: DeserializeOwned>(value: Value) -> Result<T, PasskeyError> {
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
