//! The methods of version 1 of the store, which were sealed files beside it.

use crate::{authenticator, issued, passkey};
use postern_directory::Anchor;
use postern_protocol::GateKind;
use postern_store::StoreKey;
use postern_store::store::{Import, StoreError};

/// Returns the sealed value of a file, to be imported into the store as it is.
///
/// # Errors
/// The value was not sealed for this account, or cannot be decoded.
pub fn import_version_1(
    key: &StoreKey,
    kind: GateKind,
    anchor: Anchor,
    sealed: Vec<u8>,
) -> Result<Import, StoreError> {
    let place = match kind {
        GateKind::Authenticator => authenticator::PLACE,
        GateKind::Passkey => passkey::PLACE,
        _ => issued::place(kind),
    };
    let opened = place.open(key, anchor, &sealed)?;
    match kind {
        GateKind::Authenticator => {}
        GateKind::Passkey => drop(passkey::decode(&opened)?),
        _ => drop(issued::decode(&opened)?),
    }
    Ok(place.import(key, anchor, sealed))
}
