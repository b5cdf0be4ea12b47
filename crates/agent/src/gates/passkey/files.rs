//! Where passkeys are kept: one sealed file for each account, named by its anchor.

use crate::StoreKey;
use crate::files::{hex, replace};
use postern_directory::Anchor;
use serde::{Deserialize, Serialize};
use std::io::ErrorKind;
use std::path::PathBuf;
use webauthn_rs::prelude::{Passkey, WebauthnError};

/// What the sealed files are.
const KIND: &str = "passkeys";

/// Passkeys could not be read, written, made or checked.
#[derive(Debug, thiserror::Error)]
pub enum PasskeyError {
    /// The file system said no.
    #[error("the file of passkeys cannot be used: {0}")]
    File(#[from] std::io::Error),
    /// The file was not sealed under this agent's store key for this account.
    #[error("the file of passkeys was not sealed by this agent for this account")]
    Sealed,
    /// The random source failed.
    #[error("no randomness")]
    Random,
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

/// A passkey of an account.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The public key, and what else has to be known of it.
    pub passkey: Passkey,
    /// When it was added; that tells it from others of the account.
    pub added: u64,
}

/// The files in a folder, sealed under the agent's store key.
#[derive(Clone, Debug)]
pub struct PasskeyFiles {
    folder: PathBuf,
    key: StoreKey,
}

impl PasskeyFiles {
    /// The files in `folder`.
    #[must_use]
    pub fn new(folder: PathBuf, key: StoreKey) -> Self {
        Self { folder, key }
    }

    /// The passkeys of an account, in the order in which they were added.
    ///
    /// # Errors
    /// The file cannot be read, or is not this account's.
    pub fn read(&self, anchor: Anchor) -> Result<Vec<Kept>, PasskeyError> {
        let sealed = match std::fs::read(self.path(anchor)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            sealed => sealed?,
        };
        let opened = self.key.open(KIND, &anchor.0, &sealed);
        let opened = opened.map_err(|_| PasskeyError::Sealed)?;
        serde_json::from_slice(opened.expose()).map_err(|_| PasskeyError::Sealed)
    }

    /// Keeps these passkeys of an account in place of the ones before.
    ///
    /// # Errors
    /// The file cannot be written; the one before is kept.
    pub fn write(&self, anchor: Anchor, kept: &[Kept]) -> Result<(), PasskeyError> {
        let path = self.path(anchor);
        if kept.is_empty() {
            return match std::fs::remove_file(&path) {
                Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
                _ => Ok(()),
            };
        }
        let bytes = serde_json::to_vec(kept).map_err(|_| PasskeyError::Form)?;
        let sealed = self.key.seal(KIND, &anchor.0, &bytes);
        let sealed = sealed.map_err(|_| PasskeyError::Random)?;
        std::fs::create_dir_all(&self.folder)?;
        Ok(replace(&path, &sealed)?)
    }

    fn path(&self, anchor: Anchor) -> PathBuf {
        let name = hex(&anchor.0);
        self.folder.join(name)
    }
}
