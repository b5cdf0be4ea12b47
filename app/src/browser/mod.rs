//! Access to the browser: the page's data, the document, sealing and sending, storage, timers.

pub mod answer;
pub mod dom;
pub mod exchange;
pub mod letters;
pub mod page;
mod proof_of_work;
pub mod storage;
pub mod waiting;
pub mod webauthn;
