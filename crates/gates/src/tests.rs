//! What the tests of several gates share.

use crate::methods::Place;
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_store::store::{Table, Tables};
use postern_store::{Memory, Store, StoreKey, system_random};
use std::sync::Arc;

pub const ALICE: Anchor = Anchor([1; 16]);
pub const BOB: Anchor = Anchor([2; 16]);

/// Returns an empty memory with a key of its own.
pub fn memory(key: u8) -> Memory {
    Memory {
        store: Store::in_memory().unwrap(),
        key: StoreKey::new(Secret::new(vec![key; 32])).unwrap(),
        clock: Arc::new(|| 0),
        random: system_random(),
    }
}

/// Copies a sealed value to another place, as somebody who can write to the disk could.
pub async fn copy(memory: &Memory, from: (Place, Anchor), to: (Place, Anchor)) {
    let ((table, from_name), (to_table, to_name)) = (name(memory, from), name(memory, to));
    let copy = move |tables: &Tables| {
        let sealed = tables.get_bytes(table, &from_name)?.unwrap();
        tables.put_bytes(to_table, &to_name, &sealed)
    };
    memory.store.write(copy).await.unwrap();
}

fn name(memory: &Memory, (place, anchor): (Place, Anchor)) -> (Table, Vec<u8>) {
    let (table, name, _) = place.import(&memory.key, anchor, Vec::new());
    (table, name)
}
