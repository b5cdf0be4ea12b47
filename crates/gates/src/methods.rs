//! The registered and issued methods of accounts: one sealed value for each kind and account, in
//! the store, so that they change in one transaction with the data that depends on them.

use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_store::store::{Import, StoreError, Table, Tables};
use postern_store::{Memory, StoreKey};

const NOT_SEALED: &str = "a method was not sealed by this agent for this account";

/// The sealed values of one kind.
#[derive(Clone)]
pub(crate) struct SealedMethods {
    pub(crate) memory: Memory,
    pub(crate) place: Place,
}

/// The place of a kind's values: their table, and the label under which they are sealed.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) table: Table,
    pub(crate) label: &'static str,
}

impl SealedMethods {
    /// Returns the value of an account, if it has one.
    pub(crate) async fn load(&self, anchor: Anchor) -> Result<Option<Secret>, StoreError> {
        let Memory { store, key, .. } = &self.memory;
        let name = self.place.name(key, anchor).to_vec();
        let sealed = store.read(self.place.table, name).await?;
        sealed
            .map(|sealed| self.place.open(key, anchor, &sealed))
            .transpose()
    }

    /// [`Self::load`] within a transaction.
    pub(crate) fn read(
        &self,
        tables: &Tables,
        anchor: Anchor,
    ) -> Result<Option<Secret>, StoreError> {
        let key = &self.memory.key;
        let sealed = tables.get_bytes(self.place.table, &self.place.name(key, anchor))?;
        sealed
            .map(|sealed| self.place.open(key, anchor, &sealed))
            .transpose()
    }

    /// Stores the value of an account in place of the one before.
    pub(crate) fn write(
        &self,
        tables: &Tables,
        anchor: Anchor,
        value: &Secret,
    ) -> Result<(), StoreError> {
        let (key, place) = (&self.memory.key, &self.place);
        let sealed = key.seal(place.label, &anchor.0, value.expose());
        let sealed = sealed.map_err(StoreError::new)?;
        tables.put_bytes(place.table, &place.name(key, anchor), &sealed)
    }

    /// Removes the value of an account; returns `false` if it had none.
    pub(crate) fn remove(&self, tables: &Tables, anchor: Anchor) -> Result<bool, StoreError> {
        let name = self.place.name(&self.memory.key, anchor);
        let present = tables.get_bytes(self.place.table, &name)?.is_some();
        tables.remove(self.place.table, &name)?;
        Ok(present)
    }
}

impl Place {
    /// Returns a sealed value, to be imported into the store as it is.
    pub(crate) fn import(self, key: &StoreKey, anchor: Anchor, sealed: Vec<u8>) -> Import {
        (self.table, self.name(key, anchor).to_vec(), sealed)
    }

    /// Opens a sealed value.
    pub(crate) fn open(
        self,
        key: &StoreKey,
        anchor: Anchor,
        sealed: &[u8],
    ) -> Result<Secret, StoreError> {
        let opened = key.open(self.label, &anchor.0, sealed);
        opened.map_err(|_| StoreError::new(NOT_SEALED))
    }

    fn name(self, key: &StoreKey, anchor: Anchor) -> [u8; 32] {
        key.hash("method", &[self.label.as_bytes(), &anchor.0])
    }
}
