//! The data directory: the agent's keys and the credentials of the relay, each in a file that only
//! its owner reads.
//!
//! | file | content |
//! |---|---|
//! | `envelope.key` | the RSA key that browsers seal to, PKCS#8 DER |
//! | `store.key` | the key for the agent's own disk, 32 bytes |
//! | `relay.secret` | the secret shown to the portal when connecting, 32 bytes |
//! | `package.key` | the tenant's package key, 32 bytes |
//! | `postern.redb` | the store |
//! | `agent.sock` | the socket for commands from this host, while the agent runs |
//! | `authenticators/`, `passkeys/`, `issued/` | methods kept by version 1, until their import |

mod method_files;

use core::fmt;
use postern_envelope::Secret;
use postern_envelope::open::EnvelopeKey;
use postern_envelope::package::{PackageKey, random};
use postern_host::files::{Readers, replace, sync_folder_of};
use postern_relay::embedded::Credentials;
use postern_store::{Store, StoreKey};
use std::path::{Path, PathBuf};

const ENVELOPE_KEY: &str = "envelope.key";
const STORE_KEY: &str = "store.key";
const RELAY_SECRET: &str = "relay.secret";
const PACKAGE_KEY: &str = "package.key";
const STORE: &str = "postern.redb";

/// An error with a file of the data directory.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {fault}", file = file.display())]
pub struct DataError {
    file: PathBuf,
    fault: String,
}

/// The data directory.
#[derive(Clone, Debug)]
pub struct Data {
    folder: PathBuf,
}

/// The keys of an enrolled agent.
#[derive(Debug)]
pub struct Keys {
    /// The key that browsers seal to.
    pub envelope: EnvelopeKey,
    /// The key for the agent's own disk.
    pub store: StoreKey,
    /// The credentials of the relay.
    pub credentials: Credentials,
}

impl Data {
    /// Returns the data directory at a path.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// Creates the directory if it is missing, so that enrolling fails before the code is used.
    ///
    /// # Errors
    /// It cannot be created, or an agent is enrolled here and is not to be replaced.
    pub fn prepare(&self, replace: bool) -> Result<(), DataError> {
        let mut builder = std::fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = builder.create(&self.folder);
        made.map_err(|error| fault(&self.folder, error))?;
        let present = self.folder.join(RELAY_SECRET);
        if present.exists() && !replace {
            let cause = "an agent is enrolled here already; --replace enrolls it anew";
            return Err(fault(&present, cause));
        }
        let probe = self.folder.join(".probe");
        write(&probe, b"")?;
        std::fs::remove_file(&probe).map_err(|error| fault(&probe, error))
    }

    /// Writes new credentials and a new envelope key, as returned by [`EnvelopeKey::generate`]. An
    /// existing store key is kept: methods are sealed under it.
    ///
    /// # Errors
    /// A file cannot be written, or a key cannot be made.
    pub fn enroll(
        &self,
        envelope_key: &Secret,
        credentials: &Credentials,
    ) -> Result<(), DataError> {
        let path = self.folder.join(STORE_KEY);
        if !path.exists() {
            let key = random(32).map_err(|error| fault(&path, error))?;
            write(&path, key.expose())?;
        }
        write(&self.folder.join(ENVELOPE_KEY), envelope_key.expose())?;
        let package_key = credentials.package_key.secret();
        write(&self.folder.join(PACKAGE_KEY), package_key.expose())?;
        write(&self.folder.join(RELAY_SECRET), credentials.secret.expose())
    }

    /// Reads the keys that [`Self::enroll`] wrote.
    ///
    /// # Errors
    /// A file is missing, malformed, or readable by others than its owner.
    pub fn keys(&self) -> Result<Keys, DataError> {
        let path = self.folder.join(ENVELOPE_KEY);
        let envelope = EnvelopeKey::from_pkcs8(&read(&path)?);
        let package_path = self.folder.join(PACKAGE_KEY);
        let package_bytes = read(&package_path)?;
        let found = package_bytes.expose().len();
        let package_key = PackageKey::new(package_bytes);
        Ok(Keys {
            envelope: envelope.map_err(|error| fault(&path, error))?,
            store: self.store_key()?,
            credentials: Credentials {
                secret: read(&self.folder.join(RELAY_SECRET))?,
                package_key: package_key.ok_or_else(|| wrong_length(&package_path, found))?,
            },
        })
    }

    /// Opens the store, and imports the methods that version 1 kept in separate files.
    ///
    /// # Errors
    /// The store cannot be used, another agent uses it, or one of those files cannot be imported.
    pub fn store(&self, key: &StoreKey) -> Result<Store, DataError> {
        let methods = method_files::read(&self.folder, key)?;
        let path = self.folder.join(STORE);
        let store = Store::open_importing(&path, &methods).map_err(|error| fault(&path, error))?;
        // A new store must survive a power failure before anything is renamed.
        sync_folder_of(&path).map_err(|error| fault(&self.folder, error))?;
        method_files::set_aside(&self.folder)?;
        Ok(store)
    }

    fn store_key(&self) -> Result<StoreKey, DataError> {
        let path = self.folder.join(STORE_KEY);
        let bytes = read(&path)?;
        let found = bytes.expose().len();
        StoreKey::new(bytes).ok_or_else(|| wrong_length(&path, found))
    }
}

fn wrong_length(path: &Path, found: usize) -> DataError {
    fault(path, format!("expected 32 bytes, found {found}"))
}

/// Reads a key of the agent's own.
fn read(path: &Path) -> Result<Secret, DataError> {
    if path.exists() {
        read_private(path)
    } else {
        Err(fault(path, "not there; `postern-agent enroll` makes it"))
    }
}

/// Reads a secret from a file that only its owner may read.
fn read_private(path: &Path) -> Result<Secret, DataError> {
    let bytes = std::fs::read(path).map_err(|error| fault(path, error))?;
    let secret = Secret::new(bytes);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let metadata = path.metadata().map_err(|error| fault(path, error))?;
        let mode = metadata.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            let cause = format!("others may read it: its mode is {mode:04o}, expected 0600");
            return Err(fault(path, cause));
        }
    }
    Ok(secret)
}

/// Reads a password from a file of one line that only its owner may read.
///
/// # Errors
/// The file cannot be read, or others may read it.
pub fn read_line(path: &Path) -> Result<Secret, DataError> {
    let secret = read_private(path)?;
    Ok(Secret::new(secret.expose().trim_ascii_end().to_vec()))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), DataError> {
    replace(path, bytes, Readers::Owner).map_err(|error| fault(path, error))
}

fn fault(file: &Path, fault: impl fmt::Display) -> DataError {
    DataError {
        file: file.to_owned(),
        fault: fault.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use postern_envelope::open::KeyBits;

    fn envelope_key() -> Secret {
        EnvelopeKey::generate(KeyBits::Rsa2048).unwrap()
    }

    fn credentials() -> Credentials {
        Credentials {
            secret: Secret::new(vec![1; 32]),
            package_key: PackageKey::new(Secret::new(vec![2; 32])).unwrap(),
        }
    }

    #[test]
    fn an_agent_is_enrolled_once_and_anew_only_when_told_to() {
        let folder = tempfile::tempdir().unwrap();
        let data = Data::at(&folder.path().join("data"));
        let missing = data.keys().unwrap_err().to_string();
        assert!(missing.ends_with("envelope.key: not there; `postern-agent enroll` makes it"));
        data.prepare(false).unwrap();
        data.enroll(&envelope_key(), &credentials()).unwrap();
        let keys = data.keys().unwrap();
        let refused = data.prepare(false).unwrap_err().to_string();
        assert!(refused.contains("enrolled here already"), "{refused}");

        let store_key = std::fs::read(data.folder.join(STORE_KEY)).unwrap();
        data.prepare(true).unwrap();
        data.enroll(&envelope_key(), &credentials()).unwrap();
        assert_ne!(data.keys().unwrap().envelope.kid(), keys.envelope.kid());
        assert_eq!(
            std::fs::read(data.folder.join(STORE_KEY)).unwrap(),
            store_key
        );
    }

    #[cfg(unix)]
    #[test]
    fn a_key_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let data = Data::at(folder.path());
        data.enroll(&envelope_key(), &credentials()).unwrap();
        for file in [ENVELOPE_KEY, STORE_KEY, RELAY_SECRET, PACKAGE_KEY] {
            let path = folder.path().join(file);
            let mode = |mode| std::fs::set_permissions(&path, PermissionsExt::from_mode(mode));
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            mode(0o640).unwrap();
            let refused = data.keys().unwrap_err().to_string();
            assert!(
                refused.ends_with("others may read it: its mode is 0640, expected 0600"),
                "{refused}"
            );
            mode(0o600).unwrap();
        }
        data.keys().unwrap();
    }
}
