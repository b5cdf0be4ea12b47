//! Methods in the layout of version 1 of the store: a sealed file for each account, beside the
//! store. They are imported into the store once, in the transaction that raises its version; then
//! their folders are renamed, so that nothing is lost if the power fails in between.

use super::{DataError, fault};
use postern_directory::Anchor;
use postern_host::files::sync_folder_of;
use postern_protocol::GateKind;
use postern_store::StoreKey;
use postern_store::store::Import;
use std::io::ErrorKind;
use std::path::Path;

/// The folders that are renamed after the import.
const FOLDERS: [&str; 3] = ["authenticators", "issued", "passkeys"];

/// The folders with the files of each kind.
const PLACES: [(&str, GateKind); 4] = [
    ("authenticators", GateKind::Authenticator),
    ("issued/recovery", GateKind::RecoveryCode),
    ("issued/pass", GateKind::HelpdeskPass),
    ("passkeys", GateKind::Passkey),
];

/// Reads every file without changing any.
///
/// # Errors
/// [`DataError`] names the first file that cannot be read or was not written by this agent.
pub(super) fn read(data: &Path, key: &StoreKey) -> Result<Vec<Import>, DataError> {
    let mut methods = Vec::new();
    for (place, kind) in PLACES {
        let folder = data.join(place);
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            entries => entries.map_err(|error| fault(&folder, error))?,
        };
        for entry in entries {
            let path = entry.map_err(|error| fault(&folder, error))?.path();
            // Left by an interrupted write; the file that it was to replace is still there.
            if path.extension().is_some_and(|extension| extension == "new") {
                continue;
            }
            let sealed = std::fs::read(&path).map_err(|error| fault(&path, error))?;
            let anchor = anchor_of(&path).ok_or_else(|| fault(&path, UNEXPECTED_NAME))?;
            let import = postern_gates::import_version_1(key, kind, anchor, sealed);
            methods.push(import.map_err(|error| fault(&path, error))?);
        }
    }
    Ok(methods)
}

/// Renames the folders after their files were imported into the store.
///
/// # Errors
/// [`DataError`] names the folder that cannot be renamed.
pub(super) fn set_aside(data: &Path) -> Result<(), DataError> {
    for name in FOLDERS {
        let folder = data.join(name);
        if !folder.exists() {
            continue;
        }
        let aside = data.join([name, ".migrated"].concat());
        if aside.exists() {
            return Err(fault(&folder, ALREADY_IMPORTED));
        }
        std::fs::rename(&folder, &aside).map_err(|error| fault(&folder, error))?;
        sync_folder_of(&folder).map_err(|error| fault(data, error))?;
        tracing::info!(
            folder = %aside.display(),
            "methods are kept in the store now; this folder is not needed any more"
        );
    }
    Ok(())
}

const UNEXPECTED_NAME: &str = "expected a file that is named by an account's anchor; \
                               move it elsewhere and start the agent again";

const ALREADY_IMPORTED: &str = "its files were taken into the store before, and are not read \
                                any more; move this folder elsewhere and start the agent again";

/// Returns the account of a file, whose name is its anchor in hexadecimal.
fn anchor_of(path: &Path) -> Option<Anchor> {
    let name = path.file_name()?.to_str()?;
    let mut anchor = [0; 16];
    let decoded = base16ct::lower::decode(name, &mut anchor).ok()?;
    (decoded.len() == 16).then_some(Anchor(anchor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::account_name;
    use crate::data::Data;
    use postern_envelope::Secret;
    use postern_gates::{AuthenticatorGate, Issued, IssuedCodes, PasskeyGate, Registration};
    use postern_store::{Memory, Store, system_random};
    use redb::{Database, TableDefinition};
    use std::fs;
    use std::path::PathBuf;
    use std::sync::Arc;

    const ALICE: Anchor = Anchor([0xa1; 16]);
    const BOB: Anchor = Anchor([0xb2; 16]);

    /// A data directory as version 1 left it.
    struct Old {
        folder: tempfile::TempDir,
        issued: Issued,
    }

    impl Old {
        /// Alice has an authenticator and recovery codes, Bob a pass; one write was interrupted.
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let database = Database::create(folder.path().join("postern.redb")).unwrap();
            let transaction = database.begin_write().unwrap();
            let about = TableDefinition::<&[u8], &[u8]>::new("about");
            let version = minicbor::to_vec(1_u8).unwrap();
            let mut table = transaction.open_table(about).unwrap();
            table.insert(&b"version"[..], &version[..]).unwrap();
            drop(table);
            transaction.commit().unwrap();
            let memory = memory(Store::in_memory().unwrap());
            let make = |kind, anchor| {
                let codes = IssuedCodes::new(memory.clone(), kind, 16, None);
                codes.make(anchor, 1).unwrap()
            };
            let (issued, _) = make(GateKind::RecoveryCode, ALICE);
            let (pass, _) = make(GateKind::HelpdeskPass, BOB);
            let old = Self { folder, issued };
            old.write(
                "authenticators",
                "authenticator",
                ALICE,
                b"12345678901234567890",
            );
            let bytes = minicbor::to_vec(&old.issued).unwrap();
            old.write("issued/recovery", "recovery", ALICE, &bytes);
            old.write(
                "issued/pass",
                "pass",
                BOB,
                &minicbor::to_vec(&pass).unwrap(),
            );
            old.write("passkeys", "passkeys", BOB, b"[]");
            fs::write(old.path("issued/pass", ALICE).with_extension("new"), "half").unwrap();
            old
        }

        /// Writes a file as version 1 did.
        fn write(&self, place: &str, kind: &str, anchor: Anchor, plain: &[u8]) {
            let sealed = key().seal(kind, &anchor.0, plain).unwrap();
            fs::create_dir_all(self.folder.path().join(place)).unwrap();
            fs::write(self.path(place, anchor), sealed).unwrap();
        }

        fn path(&self, place: &str, anchor: Anchor) -> PathBuf {
            self.folder.path().join(place).join(account_name(anchor))
        }

        fn open(&self) -> Store {
            Data::at(self.folder.path()).store(&key()).unwrap()
        }

        async fn assert_taken_over(&self, store: Store) {
            let memory = memory(store);
            let authenticators = AuthenticatorGate::new(memory.clone(), "Contoso");
            let secret = authenticators.secret(ALICE).await.unwrap();
            assert_eq!(secret, Some(Secret::from("12345678901234567890")));
            let of = |kind| IssuedCodes::new(memory.clone(), kind, 16, None);
            let issued = of(GateKind::RecoveryCode).load(ALICE).await.unwrap();
            assert_eq!(issued.as_ref(), Some(&self.issued));
            let pass = of(GateKind::HelpdeskPass).load(BOB).await.unwrap();
            assert!(pass.is_some());
            let none = of(GateKind::HelpdeskPass).load(ALICE).await.unwrap();
            assert!(none.is_none(), "what was cut off is none");
            let passkeys = PasskeyGate::new(memory, None).stored(BOB).await;
            assert!(passkeys.unwrap().is_empty());
            for name in FOLDERS {
                assert!(!self.folder.path().join(name).exists(), "{name}");
                let aside = self.folder.path().join([name, ".migrated"].concat());
                assert!(aside.exists(), "{name}");
            }
        }
    }

    fn memory(store: Store) -> Memory {
        Memory {
            store,
            key: key(),
            clock: Arc::new(|| 0),
            random: system_random(),
        }
    }

    fn key() -> StoreKey {
        StoreKey::new(Secret::new(vec![7; 32])).unwrap()
    }

    #[tokio::test]
    async fn methods_in_files_are_taken_into_the_store_once() {
        let old = Old::new();
        old.assert_taken_over(old.open()).await;
        // Started again, it finds nothing to do, and what was removed stays removed.
        let memory_of_it = memory(old.open());
        let store = memory_of_it.store.clone();
        let authenticators = AuthenticatorGate::new(memory_of_it, "Contoso");
        let remove = move |tables: &_| authenticators.remove(tables, ALICE, None);
        assert!(store.write(remove).await.unwrap());
        drop(store);
        let authenticators = AuthenticatorGate::new(memory(old.open()), "Contoso");
        assert!(authenticators.secret(ALICE).await.unwrap().is_none());
    }

    #[tokio::test]
    async fn a_new_store_takes_them_in_as_well() {
        let old = Old::new();
        fs::remove_file(old.folder.path().join("postern.redb")).unwrap();
        old.assert_taken_over(old.open()).await;
    }

    #[tokio::test]
    async fn a_power_cut_at_any_step_loses_nothing() {
        // After reading: nothing has changed.
        let old = Old::new();
        read(old.folder.path(), &key()).unwrap();
        old.assert_taken_over(old.open()).await;
        // After the transaction: the folders are still there.
        let old = Old::new();
        let methods = read(old.folder.path(), &key()).unwrap();
        let path = old.folder.path().join("postern.redb");
        drop(Store::open_importing(&path, &methods).unwrap());
        old.assert_taken_over(old.open()).await;
        // After the first folder was renamed.
        let old = Old::new();
        let methods = read(old.folder.path(), &key()).unwrap();
        let path = old.folder.path().join("postern.redb");
        drop(Store::open_importing(&path, &methods).unwrap());
        let (from, to) = ("authenticators", "authenticators.migrated");
        fs::rename(old.folder.path().join(from), old.folder.path().join(to)).unwrap();
        old.assert_taken_over(old.open()).await;
    }

    #[test]
    fn a_file_that_cannot_be_opened_stops_the_start_and_changes_nothing() {
        for (place, kind) in PLACES {
            for (sealed_as, plain) in [("another kind", &b"x"[..]), (kind.name(), b"\xff")] {
                if kind == GateKind::Authenticator && sealed_as == kind.name() {
                    // Any bytes are a secret.
                    continue;
                }
                let old = Old::new();
                old.write(place, sealed_as, BOB, plain);
                let path = old.path(place, BOB);
                let before = fs::read(old.folder.path().join("postern.redb")).unwrap();
                let refused = Data::at(old.folder.path()).store(&key()).unwrap_err();
                let refused = refused.to_string();
                let begins = format!("{}: ", path.display());
                assert!(refused.starts_with(&begins), "{refused}");
                assert!(path.exists());
                let after = fs::read(old.folder.path().join("postern.redb")).unwrap();
                assert_eq!(before, after);
            }
        }
        let old = Old::new();
        let stray = old.folder.path().join("passkeys/notes.txt");
        fs::write(&stray, "x").unwrap();
        let refused = Data::at(old.folder.path()).store(&key()).unwrap_err();
        assert!(refused.to_string().contains("notes.txt: expected a file"));
    }

    #[tokio::test]
    async fn folders_that_come_back_from_a_backup_are_not_taken_in_again() {
        let old = Old::new();
        drop(old.open());
        old.write("authenticators", "authenticator", BOB, b"another");
        let refused = Data::at(old.folder.path()).store(&key()).unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("were taken into the store before")
        );
    }
}
