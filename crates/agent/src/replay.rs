//! The replay cache: which requests were seen, and what each was answered.

use crate::Store;
use crate::store::{REPLAYS, StoreError, Tables};
use minicbor::bytes::{ByteArray, ByteVec};
use minicbor::{Decode, Encode};
use postern_envelope::RequestId;

/// How long an entry outlives its envelope, in seconds: a clock may be set back.
const MARGIN: u64 = 60 * 60;

/// A request as the cache names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen {
    /// Its id.
    pub id: RequestId,
    /// The SHA-256 of its whole envelope.
    pub digest: [u8; 32],
    /// When its envelope expires.
    pub expires: u64,
}

/// What the cache knows of a request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ReplayStatus {
    /// It is new, and now marked as in progress.
    New,
    /// It was taken up and never answered: the agent was stopped meanwhile.
    Interrupted,
    /// It was answered with this sealed reply.
    Answered(Vec<u8>),
    /// Its id was used by another envelope.
    OtherBytes,
}

#[derive(Encode, Decode)]
struct Entry {
    #[n(0)]
    digest: ByteArray<32>,
    /// The sealed reply; none while the request is in progress.
    #[n(1)]
    answer: Option<ByteVec>,
    #[n(2)]
    expires: u64,
}

impl Seen {
    /// Looks a request up and marks a new one. The caller holds the request's lock.
    pub(crate) fn mark(&self, tables: &Tables) -> Result<ReplayStatus, StoreError> {
        let memory = self.memory(tables.get(REPLAYS, &self.id.0)?);
        if memory == ReplayStatus::New {
            self.put(tables, None)?;
        }
        Ok(memory)
    }

    /// Looks up a request that is late by now. The caller holds the request's lock.
    pub(crate) async fn recall(&self, store: &Store) -> Result<ReplayStatus, StoreError> {
        let bytes = store.read(REPLAYS, self.id.0.to_vec()).await?;
        let entry = bytes.map(|bytes| minicbor::decode(&bytes)).transpose();
        Ok(self.memory(entry.map_err(StoreError::new)?))
    }

    fn memory(&self, entry: Option<Entry>) -> ReplayStatus {
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

    /// Keeps the answer.
    pub(crate) fn answered(&self, tables: &Tables, answer: Vec<u8>) -> Result<(), StoreError> {
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

/// Forgets requests whose envelopes can no longer be opened.
pub(crate) fn purge(tables: &Tables, now: u64) -> Result<(), StoreError> {
    tables.retain(REPLAYS, |bytes| {
        minicbor::decode::<Entry>(bytes)
            .is_ok_and(|entry| entry.expires.saturating_add(MARGIN) > now)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_is_new_once_and_forgotten_after_its_margin() {
        let store = Store::in_memory().unwrap();
        let seen = Seen {
            id: RequestId([1; 16]),
            digest: [2; 32],
            expires: 1_000,
        };
        let other = Seen {
            digest: [3; 32],
            ..seen
        };
        let mark = |seen: Seen| store.write(move |tables| seen.mark(tables));
        assert_eq!(mark(seen).await.unwrap(), ReplayStatus::New);
        assert_eq!(mark(seen).await.unwrap(), ReplayStatus::Interrupted);
        store
            .write(move |tables| seen.answered(tables, vec![9]))
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
