//! The agent's store: one `redb` file with a single writer, tables of CBOR values.
//!
//! | table | key | value |
//! |---|---|---|
//! | `replays` | request id | `replay.rs` of the agent: hash of the envelope, the sealed answer, expiry |
//! | `flows` | flow id | expiry (8 bytes), then the sealed flow |
//! | `tokens` | SHA-256 of a flow token | expiry (8 bytes), then the flow id |
//! | `tries` | keyed hash of an account or name | wrong answers, sent codes, by network and time |
//! | `networks` | keyed hash of a network; `tenant` | wrong answers, codes and names, by time |
//! | `sends` | keyed hash of a mailbox or number | sent codes, by time |
//! | `mails` | random name | a sealed mail that must survive a restart |
//! | `steps` | keyed hash of an account | the last authenticator time step that was used |
//! | `counters` | keyed hash of a passkey | the signature counter that was seen last |
//! | `spent` | keyed hash of an account and a kind | the issued codes that were used |
//! | `epochs` | keyed hash of an account | the number of changes of its password or methods |
//! | `held` | keyed hash of a method | the time from which it is accepted |
//! | `confirmed` | keyed hash of an account | the time of their last confirmation |
//! | `authenticators` | keyed hash of an account | the sealed secret of its authenticator |
//! | `issued` | keyed hash of an account and a kind | sealed: keyed hashes of issued codes |
//! | `passkeys` | keyed hash of an account | sealed: the public keys of its passkeys |

use core::fmt;
use minicbor::{Decode, Encode};
use redb::{
    Database, ReadableDatabase, ReadableTable, TableDefinition, TableError, TableHandle,
    WriteTransaction,
};
use std::path::Path;
use std::sync::Arc;

/// A table: bytes to bytes.
pub type Table = TableDefinition<'static, &'static [u8], &'static [u8]>;

/// A key and its bytes.
pub type Entry = (Vec<u8>, Vec<u8>);

/// A value from outside the store: its table, key and bytes.
pub type Import = (Table, Vec<u8>, Vec<u8>);

/// Requests that were seen.
pub const REPLAYS: Table = TableDefinition::new("replays");
/// Flows that have not expired.
pub const FLOWS: Table = TableDefinition::new("flows");
/// Current and previous tokens of flows.
pub const TOKENS: Table = TableDefinition::new("tokens");
/// Wrong answers and sent codes.
pub const TRIES: Table = TableDefinition::new("tries");
/// Wrong answers, sent codes and names, by network.
pub const NETWORKS: Table = TableDefinition::new("networks");
/// Codes sent, by destination.
pub const SENDS: Table = TableDefinition::new("sends");
/// Queued mails that must not be lost.
pub const MAILS: Table = TableDefinition::new("mails");
/// Authenticator time steps.
pub const STEPS: Table = TableDefinition::new("steps");
/// Signature counters of passkeys.
pub const COUNTERS: Table = TableDefinition::new("counters");
/// The number of changes of an account's password or methods.
pub const EPOCHS: Table = TableDefinition::new("epochs");
/// Methods that are held, that is, not accepted yet.
pub const HELD: Table = TableDefinition::new("held");
/// Recovery codes and passes that were used.
pub const SPENT: Table = TableDefinition::new("spent");

/// The times at which methods were last confirmed.
pub const CONFIRMED: Table = TableDefinition::new("confirmed");

/// Secrets of authenticators.
pub const AUTHENTICATORS: Table = TableDefinition::new("authenticators");
/// Recovery codes and passes.
pub const ISSUED: Table = TableDefinition::new("issued");
/// Public keys of passkeys.
pub const PASSKEYS: Table = TableDefinition::new("passkeys");

/// The version of the format. A file of an unknown version is not changed.
const VERSION: u8 = 2;
/// The version before, in which methods were separate files: `method_files.rs` of the agent.
const VERSION_WITHOUT_METHODS: u8 = 1;
const ABOUT: Table = TableDefinition::new("about");

/// The maximum number of values that one call of [`Tables::retain`] checks.
const RETAIN_BATCH: usize = 10_000;

/// The store failed, or holds data that this program did not write.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the store cannot be used: {0}")]
pub struct StoreError(String);

impl StoreError {
    /// Creates the error from its cause.
    pub fn new(cause: impl fmt::Display) -> Self {
        Self(cause.to_string())
    }
}

/// The agent's store.
#[derive(Clone)]
pub struct Store(Arc<Database>);

impl Store {
    /// Opens the store's file, or creates it, readable by its owner only.
    ///
    /// # Errors
    /// The file cannot be used, or another program holds it.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::open_importing(path, &[])
    }

    /// Opens the store's file. A file that is new, or of a version that kept no methods, imports
    /// these in the same transaction that raises its version; any other ignores them.
    pub fn open_importing(path: &Path, methods: &[Import]) -> Result<Self, StoreError> {
        let mut options = std::fs::OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path).map_err(StoreError::new)?;
        let database = Database::builder()
            .create_file(file)
            .map_err(StoreError::new)?;
        Self::from_database(database, methods)
    }

    /// Creates a store in memory, for tests.
    ///
    /// # Errors
    /// The library failed.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::with_backend(redb::backends::InMemoryBackend::new())
    }

    /// Creates a store on any back end, for tests of disk failures.
    ///
    /// # Errors
    /// The back end failed.
    pub fn with_backend(backend: impl redb::StorageBackend) -> Result<Self, StoreError> {
        let database = Database::builder()
            .create_with_backend(backend)
            .map_err(StoreError::new)?;
        Self::from_database(database, &[])
    }

    fn from_database(database: Database, methods: &[Import]) -> Result<Self, StoreError> {
        let transaction = database.begin_write().map_err(StoreError::new)?;
        let tables = Tables(transaction);
        match tables.get::<u8>(ABOUT, b"version")? {
            None | Some(VERSION_WITHOUT_METHODS) => {
                for (table, key, value) in methods {
                    tables.put_bytes(*table, key, value)?;
                }
                tables.put(ABOUT, b"version", &VERSION)?;
            }
            Some(VERSION) => {}
            Some(other) => {
                return Err(StoreError(format!(
                    "expected version {VERSION_WITHOUT_METHODS} or {VERSION}, found {other}"
                )));
            }
        }
        tables.0.commit().map_err(StoreError::new)?;
        Ok(Self(Arc::new(database)))
    }

    /// Runs one transaction: all of it is on disk when this returns `Ok`, nothing of it otherwise.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Tables) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let database = Arc::clone(&self.0);
        blocking(move || {
            let tables = Tables(database.begin_write().map_err(StoreError::new)?);
            let result = work(&tables)?;
            tables.0.commit().map_err(StoreError::new)?;
            Ok(result)
        })
        .await
    }

    /// Reads one value's bytes, as of the last commit.
    pub async fn read(&self, table: Table, key: Vec<u8>) -> Result<Option<Vec<u8>>, StoreError> {
        let database = Arc::clone(&self.0);
        blocking(move || {
            let transaction = database.begin_read().map_err(StoreError::new)?;
            let table = match transaction.open_table(table) {
                Ok(table) => table,
                Err(TableError::TableDoesNotExist(_)) => return Ok(None),
                Err(error) => return Err(StoreError::new(error)),
            };
            let value = table.get(&key[..]).map_err(StoreError::new)?;
            Ok(value.map(|value| value.value().to_vec()))
        })
        .await
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Store")
    }
}

/// The tables within one write transaction.
pub struct Tables(WriteTransaction);

impl Tables {
    /// Reads a CBOR value.
    pub fn get<T: for<'b> Decode<'b, ()>>(
        &self,
        table: Table,
        key: &[u8],
    ) -> Result<Option<T>, StoreError> {
        self.get_bytes(table, key)?
            .map(|bytes| minicbor::decode(&bytes).map_err(StoreError::new))
            .transpose()
    }

    /// Writes a CBOR value.
    pub fn put<T: Encode<()>>(
        &self,
        table: Table,
        key: &[u8],
        value: &T,
    ) -> Result<(), StoreError> {
        let bytes = minicbor::to_vec(value).map_err(StoreError::new)?;
        self.put_bytes(table, key, &bytes)
    }

    /// Reads bytes.
    pub fn get_bytes(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, StoreError> {
        let table = self.0.open_table(table).map_err(StoreError::new)?;
        let value = table.get(key).map_err(StoreError::new)?;
        Ok(value.map(|value| value.value().to_vec()))
    }

    /// Reads every key and its bytes.
    pub fn all(&self, table: Table) -> Result<Vec<Entry>, StoreError> {
        let table = self.0.open_table(table).map_err(StoreError::new)?;
        let entries = table.iter().map_err(StoreError::new)?;
        entries
            .map(|entry| {
                let (key, value) = entry.map_err(StoreError::new)?;
                Ok((key.value().to_vec(), value.value().to_vec()))
            })
            .collect()
    }

    /// Writes bytes.
    pub fn put_bytes(&self, table: Table, key: &[u8], value: &[u8]) -> Result<(), StoreError> {
        let mut table = self.0.open_table(table).map_err(StoreError::new)?;
        table.insert(key, value).map_err(StoreError::new)?;
        Ok(())
    }

    /// Removes a value.
    pub fn remove(&self, table: Table, key: &[u8]) -> Result<(), StoreError> {
        let mut table = self.0.open_table(table).map_err(StoreError::new)?;
        table.remove(key).map_err(StoreError::new)?;
        Ok(())
    }

    /// Deletes the values for which `keep` returns `false`. Checks at most `RETAIN_BATCH` values,
    /// beginning where the last call stopped, since everything waits for the store's one writer.
    pub fn retain(&self, table: Table, keep: impl Fn(&[u8]) -> bool) -> Result<(), StoreError> {
        let place = ["next of ", table.name()].concat();
        let first = self.get_bytes(ABOUT, place.as_bytes())?.unwrap_or_default();
        let next = {
            let mut table = self.0.open_table(table).map_err(StoreError::new)?;
            let mut from = table.range(&first[..]..).map_err(StoreError::new)?;
            let next = from
                .nth(RETAIN_BATCH)
                .transpose()
                .map_err(StoreError::new)?;
            let next = next.map(|(key, _)| key.value().to_vec());
            drop(from);
            let keep = |_: &[u8], value: &[u8]| keep(value);
            match &next {
                Some(next) => table.retain_in(&first[..]..&next[..], keep),
                None => table.retain_in(&first[..].., keep),
            }
            .map_err(StoreError::new)?;
            next
        };
        match next {
            Some(next) => self.put_bytes(ABOUT, place.as_bytes(), &next),
            None => self.remove(ABOUT, place.as_bytes()),
        }
    }
}

/// Runs work that waits for the disk on a thread that may block.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, StoreError> + Send + 'static,
) -> Result<T, StoreError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) => Err(StoreError::new(error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_transaction_that_fails_leaves_nothing() {
        let store = Store::in_memory().unwrap();
        let failed = store
            .write(|tables| {
                tables.put(TRIES, b"key", &1_u8)?;
                Err::<(), _>(StoreError::new("no"))
            })
            .await;
        assert!(failed.is_err());
        assert_eq!(store.read(TRIES, b"key".to_vec()).await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_large_table_is_purged_in_several_goes() {
        let store = Store::in_memory().unwrap();
        let work = |tables: &Tables| {
            let count = u32::try_from(RETAIN_BATCH).unwrap() * 2 + 10;
            for key in 0..count {
                tables.put_bytes(TRIES, &key.to_be_bytes(), &[u8::from(key % 10 == 0)])?;
            }
            let mut left = Vec::new();
            for _ in 0..4 {
                tables.retain(TRIES, |value| value == [1])?;
                left.push(tables.all(TRIES)?.len());
            }
            assert_eq!(left, [11_010, 2010, 2001, 2001]);
            Ok(())
        };
        store.write(work).await.unwrap();
    }

    #[tokio::test]
    async fn a_file_is_its_owners_alone_and_held_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("postern.redb");
        let store = Store::open(&path).unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = path.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        assert!(Store::open(&path).is_err());
        drop(store);
        assert!(Store::open(&path).is_ok());
    }

    #[test]
    fn a_file_of_another_version_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("postern.redb");
        let database = Database::create(&path).unwrap();
        let tables = Tables(database.begin_write().unwrap());
        tables.put(ABOUT, b"version", &9_u8).unwrap();
        tables.0.commit().unwrap();
        drop(database);
        let error = Store::open(&path).unwrap_err();
        assert!(error.to_string().contains("found 9"), "{error}");
    }
}
