//! The replay cache: the requests seen, and the reply to each.

use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use postern_envelope::RequestId;
use postern_store::Store;
use postern_store::store::{REPLAYS, StoreError, Tables};

/// The time by which an entry outlives its envelope: a clock may be set back.
const MARGIN_SECONDS: u64 = 60 * 60;

/// A request that was seen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SeenRequest {
    /// The request id.
    pub id: RequestId,
    /// The SHA-256 of its whole envelope.
    pub digest: [u8; 32],
    /// The time at which its envelope expires, in seconds since the Unix epoch.
    pub expires: u64,
}

/// The status of a request in the cache.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReplayStatus {
    /// The request is new; [`SeenRequest::mark`] marks it as in progress.
    New,
    /// The request was begun and never answered: the agent was stopped meanwhile.
    Interrupted,
    /// The request was answered with this sealed reply.
    Answered(Vec<u8>),
    /// The request id was used by another envelope.
    OtherBytes,
}

#[derive(Encode, Decode)]
struct Entry {
    #[n(0)]
    digest: ByteArray<32>,
    /// The sealed reply; `None` while the request is in progress.
    #[n(1)]
    answer: Option<ByteVec>,
    #[n(2)]
    expires: u64,
}

impl SeenRequest {
    /// Looks up a request and marks a new one. The caller holds the request's lock.
    pub(crate) fn mark(&self, tables: &Tables) -> Result<ReplayStatus, StoreError> {
        let status = self.status(tables.get(REPLAYS, &self.id.0)?);
        if status == ReplayStatus::New {
            self.put(tables, None)?;
        }
        Ok(status)
    }

    /// Looks up a request that has expired. The caller holds the request's lock.
    pub(crate) async fn recall(&self, store: &Store) -> Result<ReplayStatus, StoreError> {
        let bytes = store.read(REPLAYS, self.id.0.to_vec()).await?;
        let entry = bytes.map(|bytes| minicbor::decode(&bytes)).transpose();
        Ok(self.status(entry.map_err(StoreError::new)?))
    }

    fn status(&self, entry: Option<Entry>) -> ReplayStatus {
        match entry {
            None => ReplayStatus::New,
            Some(entry) if *entry.digest != self.digest => ReplayStatus::OtherBytes,
            Some(Entry {
                answer: Some(answer),
                ..
            }) => ReplayStatus::Answered(answer.into()),
            Some(_) => ReplayStatus::Interrupted,
        }
    }

    /// Stores the sealed reply.
    pub(crate) fn record_answer(&self, tables: &Tables, answer: Vec<u8>) -> Result<(), StoreError> {
        self.put(tables, Some(answer.into()))
    }

    fn put(&self, tables: &Tables, answer: Option<ByteVec>) -> Result<(), StoreError> {
        let entry = Entry {
            digest: self.digest.into(),
            answer,
            expires: self.expires,
        };
        tables.put(REPLAYS, &self.id.0, &entry)
    }
}

/// Deletes requests whose envelopes can no longer be opened.
pub(crate) fn purge(tables: &Tables, now: u64) -> Result<(), StoreError> {
    tables.retain(REPLAYS, |bytes| {
        minicbor::decode::<Entry>(bytes)
            .is_ok_and(|entry| entry.expires.saturating_add(MARGIN_SECONDS) > now)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_is_new_once_and_forgotten_after_its_margin() {
        let store = Store::in_memory().unwrap();
        let seen = SeenRequest {
            id: RequestId([1; 16]),
            digest: [2; 32],
            expires: 1_000,
        };
        let other = SeenRequest {
            digest: [3; 32],
            ..seen
        };
        let mark = |seen: SeenRequest| store.write(move |tables| seen.mark(tables));
        assert_eq!(mark(seen).await.unwrap(), ReplayStatus::New);
        assert_eq!(mark(seen).await.unwrap(), ReplayStatus::Interrupted);
        store
            .write(move |tables| seen.record_answer(tables, vec![9]))
            .await
            .unwrap();
        assert_eq!(mark(seen).await.unwrap(), ReplayStatus::Answered(vec![9]));
        assert_eq!(mark(other).await.unwrap(), ReplayStatus::OtherBytes);
        store.write(|tables| purge(tables, 4_599)).await.unwrap();
        assert_eq!(mark(other).await.unwrap(), ReplayStatus::OtherBytes);
        store.write(|tables| purge(tables, 4_600)).await.unwrap();
        assert_eq!(mark(seen).await.unwrap(), ReplayStatus::New);
    }
}
