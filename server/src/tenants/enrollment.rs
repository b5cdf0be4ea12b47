//! Enrollment: the one-time codes, and the records of enrolled agents.
//!
//! The program writes `tenants/<id>.agent` (the hash of the agent's secret, the package key and the
//! thumbprint of the key that browsers seal to) and `tenants/<id>.code` (the hash of the enrollment
//! code), readable by its user only.

use super::{TenantError, Tenants, file_error, malformed};
use base64ct::{Base64, Encoding};
use postern_envelope::Secret;
use postern_envelope::package::{PackageKey, random};
use postern_host::files::{self, Readers};
use postern_relay::embedded::{secret_hash, secret_matches};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::PoisonError;

/// The lifetime of an enrollment code, in seconds.
pub const CODE_LIFETIME_SECONDS: u64 = 24 * 60 * 60;

/// The portal's record of an enrolled agent.
#[derive(Debug)]
pub struct EnrolledAgent {
    /// SHA-256 of the relay secret.
    pub secret_hash: [u8; 32],
    /// The tenant's package key.
    pub package_key: PackageKey,
    /// The thumbprint of the agent's envelope key, once it is known: no other key is accepted until
    /// an agent enrolls again.
    pub kid: Option<String>,
}

impl Tenants {
    /// Creates a new one-time code; the previous one becomes void.
    ///
    /// # Errors
    /// [`TenantError`]
    pub fn new_code(&self, id: &str, now: u64) -> Result<Secret, TenantError> {
        if self.get(id).is_none() {
            return Err(TenantError::Unknown(id.to_owned()));
        }
        self.make_code(id, now)
    }

    pub(super) fn make_code(&self, id: &str, now: u64) -> Result<Secret, TenantError> {
        let code = random(20).map_err(|_| TenantError::Random)?;
        let code = base64ct::Base64UrlUnpadded::encode_string(code.expose());
        let code = Secret::new(code.into_bytes());
        let entry = StoredCode {
            sha256: Base64::encode_string(&secret_hash(&code)),
            expires: now + CODE_LIFETIME_SECONDS,
        };
        self.store(id, "code", &entry)?;
        Ok(code)
    }

    /// Reports whether this is the tenant's enrollment code. A code is valid once: its file is
    /// removed.
    pub fn take_code(&self, id: &str, code: &Secret, now: u64) -> bool {
        let file = self.file(id, "code");
        let Some(stored) = read_private::<StoredCode>(&file) else {
            return false;
        };
        let matches = read_hash(&stored.sha256).is_some_and(|hash| secret_matches(code, &hash));
        // Of two concurrent agents, only one succeeds in removing the file.
        matches && stored.expires > now && fs::remove_file(&file).is_ok()
    }

    /// Stores the record of an agent; the previous agent becomes void.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn enroll(&self, id: &str, enrolled: &EnrolledAgent) -> Result<(), TenantError> {
        let _guard = self
            .agent_lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        self.store_agent(id, enrolled)
    }

    fn store_agent(&self, id: &str, enrolled: &EnrolledAgent) -> Result<(), TenantError> {
        let entry = StoredAgent {
            secret_sha256: Base64::encode_string(&enrolled.secret_hash),
            package_key: Base64::encode_string(enrolled.package_key.secret().expose()),
            kid: enrolled.kid.clone(),
        };
        self.store(id, "agent", &entry)
    }

    /// Reports whether an agent is still the enrolled one, by the hash of its secret and the
    /// thumbprint of the key that browsers are to seal to. A record without a thumbprint takes that
    /// of the first agent that presents its secret.
    pub fn accept_agent(&self, id: &str, secret_hash: &[u8; 32], kid: &str) -> bool {
        let _guard = self
            .agent_lock
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        let Some(mut enrolled) = self.enrolled_agent(id) else {
            return false;
        };
        if enrolled.secret_hash != *secret_hash {
            return false;
        }
        match &enrolled.kid {
            Some(pinned) if pinned == kid => true,
            Some(pinned) => {
                tracing::error!(
                    tenant = id,
                    kid,
                    pinned,
                    "the agent has another envelope key than it enrolled with and is refused: \
                     if that is intended, enroll it again with `postern tenant code`"
                );
                false
            }
            None => {
                enrolled.kid = Some(kid.to_owned());
                let stored = self.store_agent(id, &enrolled);
                if let Err(error) = &stored {
                    tracing::error!(tenant = id, %error, "the agent's key could not be stored");
                }
                stored.is_ok()
            }
        }
    }

    /// Reports whether the agent with this hash of its secret is no longer the tenant's: another
    /// has enrolled, or the record was removed. False if the record cannot be read.
    pub fn is_void(&self, id: &str, secret_hash: &[u8; 32]) -> bool {
        match self.enrolled_agent(id) {
            Some(enrolled) => enrolled.secret_hash != *secret_hash,
            None => matches!(self.file(id, "agent").try_exists(), Ok(false)),
        }
    }

    /// Returns the record of the tenant's agent.
    pub fn enrolled_agent(&self, id: &str) -> Option<EnrolledAgent> {
        let stored = read_private::<StoredAgent>(&self.file(id, "agent"))?;
        let key = Base64::decode_vec(&stored.package_key).ok()?;
        Some(EnrolledAgent {
            secret_hash: read_hash(&stored.secret_sha256)?,
            package_key: PackageKey::new(Secret::new(key))?,
            kid: stored.kid,
        })
    }

    fn store(&self, id: &str, ending: &str, entry: &impl Serialize) -> Result<(), TenantError> {
        let file = self.file(id, ending);
        let text = toml::to_string(entry).map_err(|cause| malformed(&file, cause))?;
        let text = Secret::new(text.into_bytes());
        files::replace(&file, text.expose(), Readers::Owner)
            .map_err(|cause| file_error(&file, cause))
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredCode {
    sha256: String,
    expires: u64,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredAgent {
    secret_sha256: String,
    package_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
}

fn read_hash(text: &str) -> Option<[u8; 32]> {
    Base64::decode_vec(text).ok()?.try_into().ok()
}

fn read_private<T: for<'de> Deserialize<'de>>(file: &Path) -> Option<T> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            if error.kind() != ErrorKind::NotFound {
                tracing::error!(file = %file.display(), %error, "unreadable");
            }
            return None;
        }
    };
    let parsed = toml::from_str(&text);
    drop(Secret::new(text.into_bytes()));
    if parsed.is_err() {
        // The parser's message is not logged: it would quote the file, which holds a key.
        tracing::error!(file = %file.display(), "not in the format that this program writes");
    }
    parsed.ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::config;
    use super::*;

    #[test]
    fn an_enrollment_code_is_good_once_and_for_a_day() {
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        let code = tenants.add("contoso", &config("Contoso"), 1000).unwrap();
        assert!(!tenants.take_code("contoso", &Secret::from("guess"), 1000));
        assert!(!tenants.take_code("contoso", &code, 1000 + CODE_LIFETIME_SECONDS));
        assert!(tenants.take_code("contoso", &code, 1001));
        assert!(!tenants.take_code("contoso", &code, 1001));
    }

    #[test]
    fn what_an_agent_left_is_read_again_and_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        tenants.add("contoso", &config("Contoso"), 0).unwrap();
        assert!(tenants.enrolled_agent("contoso").is_none());
        let package_key = PackageKey::generate().unwrap();
        let record = EnrolledAgent {
            secret_hash: [7; 32],
            package_key: package_key.clone(),
            kid: None,
        };
        tenants.enroll("contoso", &record).unwrap();
        let read = tenants.enrolled_agent("contoso").unwrap();
        assert_eq!(read.secret_hash, [7; 32]);
        assert_eq!(
            read.package_key.secret().expose(),
            package_key.secret().expose()
        );
        let file = directory.path().join("tenants/contoso.agent");
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn the_first_key_of_an_agent_is_pinned_until_another_enrolls() {
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        tenants.add("contoso", &config("Contoso"), 0).unwrap();
        let enroll = |secret_hash, kid: Option<&str>| {
            let enrolled = EnrolledAgent {
                secret_hash,
                package_key: PackageKey::generate().unwrap(),
                kid: kid.map(str::to_owned),
            };
            tenants.enroll("contoso", &enrolled).unwrap();
        };
        let accepted = |hash, kid| tenants.accept_agent("contoso", &hash, kid);
        assert!(!accepted([1; 32], "one"), "none has enrolled");
        enroll([1; 32], None);
        assert!(!accepted([2; 32], "two"), "another secret pins nothing");
        assert!(accepted([1; 32], "one") && accepted([1; 32], "one"));
        assert!(!accepted([1; 32], "two"), "another key");
        enroll([2; 32], Some("two"));
        assert!(accepted([2; 32], "two"));
        assert!(!accepted([2; 32], "one"), "pinned at enrollment");
        assert!(!accepted([1; 32], "two"), "the agent before is void");
    }
}
