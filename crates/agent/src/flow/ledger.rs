//! Flows and their tokens in the store: a token can be used once, and only its hash is stored.

use super::Flow;
use crate::digest::sha256;
use postern_protocol::FlowToken;
use postern_store::store::{EPOCHS, FLOWS, StoreError, TOKENS, Table, Tables};
use postern_store::{Store, StoreKey};

/// The tokens that a request may present.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AcceptedTokens {
    /// The current token.
    Current,
    /// The current token or the one before, since the reply with the current one may have been
    /// lost.
    CurrentOrPrevious,
}

/// Returns the id of the flow that a token belongs to, for its lock. The token is not checked.
pub(crate) async fn flow_of(
    store: &Store,
    token: &FlowToken,
) -> Result<Option<[u8; 16]>, StoreError> {
    let value = store.read(TOKENS, sha256(&token.0).to_vec()).await?;
    Ok(value.and_then(|value| value.get(8..)?.try_into().ok()))
}

/// Returns the epoch of a subject, which is raised to end every flow of an account.
pub(crate) async fn epoch_of(store: &Store, subject: &[u8; 16]) -> Result<u64, StoreError> {
    let epoch = store.read(EPOCHS, subject.to_vec()).await?;
    let epoch = epoch.map(|epoch| minicbor::decode(&epoch)).transpose();
    Ok(epoch.map_err(StoreError::new)?.unwrap_or_default())
}

/// Reports whether nothing has ended a flow since it was taken.
pub(crate) fn is_current(tables: &Tables, flow: &Flow) -> Result<bool, StoreError> {
    Ok(flow.epoch == epoch(tables, flow)?)
}

/// Ends every other open flow of the account that a flow belongs to.
pub(crate) fn end_others(tables: &Tables, flow: &mut Flow) -> Result<(), StoreError> {
    flow.epoch = epoch(tables, flow)?.saturating_add(1);
    tables.put(EPOCHS, &*flow.subject, &flow.epoch)
}

/// Returns the flow of a valid token, which is used up. A flow of an earlier epoch is deleted,
/// unless it proves nothing yet and `keeps_unproven` is set: where it must not be revealed that a
/// name has an account, its flows continue like those of any other name.
pub(crate) fn take(
    tables: &Tables,
    key: &StoreKey,
    token: &FlowToken,
    accepted: AcceptedTokens,
    keeps_unproven: bool,
    now: u64,
) -> Result<Option<Flow>, StoreError> {
    let hash = sha256(&token.0);
    let Some(id) = read(tables, TOKENS, &hash, now)? else {
        return Ok(None);
    };
    let Some(sealed) = read(tables, FLOWS, &id, now)? else {
        return Ok(None);
    };
    let opened = key.open("flow", &id, &sealed).map_err(StoreError::new)?;
    let mut flow: Flow = minicbor::decode(opened.expose()).map_err(StoreError::new)?;
    let is = |kept: &Option<_>| *kept == Some(hash.into());
    let previous = accepted == AcceptedTokens::CurrentOrPrevious && is(&flow.previous);
    if !is(&flow.current) && !previous {
        return Ok(None);
    }
    let epoch = epoch(tables, &flow)?;
    if flow.is_open() && flow.epoch != epoch {
        if !(keeps_unproven && flow.proves_nothing()) {
            forget(tables, &flow)?;
            return Ok(None);
        }
        flow.epoch = epoch;
    }
    // The token presented becomes the previous one; any other is deleted.
    for other in [flow.current.take(), flow.previous.take()]
        .into_iter()
        .flatten()
    {
        if *other != hash {
            tables.remove(TOKENS, &*other)?;
        }
    }
    flow.previous = Some(hash.into());
    save(tables, key, &flow)?;
    Ok(Some(flow))
}

/// Stores a flow with its next token.
pub(crate) fn issue_token(
    tables: &Tables,
    key: &StoreKey,
    mut flow: Flow,
    token: &FlowToken,
) -> Result<(), StoreError> {
    let hash = sha256(&token.0);
    flow.current = Some(hash.into());
    // The token before lives as long: the flow may have been extended and this reply be lost.
    for token in [&hash[..]]
        .into_iter()
        .chain(flow.previous.as_ref().map(|hash| &hash[..]))
    {
        write(tables, TOKENS, token, flow.expires, &*flow.id)?;
    }
    save(tables, key, &flow)
}

/// Writes a flow.
pub(crate) fn save(tables: &Tables, key: &StoreKey, flow: &Flow) -> Result<(), StoreError> {
    // A flow contains addresses and a name: wiped here, sealed on disk.
    let plain = minicbor::to_vec(flow).map(postern_envelope::Secret::new);
    let plain = plain.map_err(StoreError::new)?;
    let sealed = key.seal("flow", &*flow.id, plain.expose());
    let sealed = sealed.map_err(StoreError::new)?;
    write(tables, FLOWS, &*flow.id, flow.expires, &sealed)
}

/// Deletes a flow and its tokens.
pub(crate) fn forget(tables: &Tables, flow: &Flow) -> Result<(), StoreError> {
    for token in [&flow.current, &flow.previous].into_iter().flatten() {
        tables.remove(TOKENS, &**token)?;
    }
    tables.remove(FLOWS, &*flow.id)
}

/// Deletes flows and tokens that have expired.
pub(crate) fn purge(tables: &Tables, now: u64) -> Result<(), StoreError> {
    for table in [FLOWS, TOKENS] {
        tables.retain(table, |value| {
            expiry(value).is_some_and(|expires| expires > now)
        })?;
    }
    Ok(())
}

fn epoch(tables: &Tables, flow: &Flow) -> Result<u64, StoreError> {
    Ok(tables.get(EPOCHS, &*flow.subject)?.unwrap_or_default())
}

/// Returns a value without its expiry; `None` if it is missing or has expired.
fn read(
    tables: &Tables,
    table: Table,
    key: &[u8],
    now: u64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let value = tables.get_bytes(table, key)?;
    Ok(value.and_then(|value| {
        let live = expiry(&value).is_some_and(|expires| expires > now);
        live.then(|| value[8..].to_vec())
    }))
}

fn write(
    tables: &Tables,
    table: Table,
    key: &[u8],
    expires: u64,
    value: &[u8],
) -> Result<(), StoreError> {
    tables.put_bytes(table, key, &[&expires.to_be_bytes(), value].concat())
}

fn expiry(value: &[u8]) -> Option<u64> {
    value.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::super::State;
    use super::*;
    use postern_envelope::Secret;

    fn flow() -> Flow {
        Flow {
            id: [1; 16].into(),
            subject: [2; 16].into(),
            expires: 100,
            state: State::Done,
            current: None,
            previous: None,
            kind: None,
            device: None,
            extensions: 0,
            epoch: 0,
            wrong: Vec::new(),
            name_tries_key: None,
            name: None,
        }
    }

    /// A flow as written before epochs existed.
    #[derive(minicbor::Encode)]
    struct Before {
        #[n(0)]
        id: minicbor::bytes::ByteArray<16>,
        #[n(1)]
        subject: minicbor::bytes::ByteArray<16>,
        #[n(2)]
        expires: u64,
        #[n(3)]
        state: State,
    }

    #[test]
    fn a_flow_of_before_is_of_the_first_epoch() {
        let before = Before {
            id: [1; 16].into(),
            subject: [2; 16].into(),
            expires: 100,
            state: State::Done,
        };
        let bytes = minicbor::to_vec(&before).unwrap();
        let flow: Flow = minicbor::decode(&bytes).unwrap();
        assert_eq!((flow.epoch, flow.expires, flow.name), (0, 100, None));
    }

    #[tokio::test]
    async fn a_token_is_good_once_and_the_one_before_only_to_resume() {
        let store = Store::in_memory().unwrap();
        let key = StoreKey::new(Secret::new(vec![7; 32])).unwrap();
        let [a, b, c] = [1, 2, 3].map(|byte| FlowToken([byte; 16]));
        store
            .write(move |tables| {
                let take = |token, accepted, now| take(tables, &key, token, accepted, false, now);
                let (current, resume) =
                    (AcceptedTokens::Current, AcceptedTokens::CurrentOrPrevious);
                issue_token(tables, &key, flow(), &a)?;
                assert!(take(&b, resume, 0)?.is_none());
                assert!(take(&a, current, 100)?.is_none(), "expired");
                let flow = take(&a, current, 99)?.unwrap();
                assert!(take(&a, current, 99)?.is_none(), "used");
                issue_token(tables, &key, flow, &b)?;
                assert!(take(&a, current, 99)?.is_none(), "previous");
                let flow = take(&a, resume, 99)?.unwrap();
                assert!(take(&b, resume, 99)?.is_none(), "replaced by resuming");
                issue_token(tables, &key, flow, &c)?;
                let flow = take(&a, resume, 99)?.unwrap();
                forget(tables, &flow)?;
                assert!(take(&a, resume, 99)?.is_none(), "forgotten");
                Ok(())
            })
            .await
            .unwrap();
    }
}
