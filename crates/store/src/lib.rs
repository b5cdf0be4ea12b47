//! The agent's memory: tables on disk ([`store`]), the key that seals what is in them ([`key`]), and
//! the random source of everything that uses them ([`random`]); together with the clock, [`Memory`].

#![deny(missing_docs)]

pub mod key;
mod memory;
pub mod random;
pub mod store;

pub use key::StoreKey;
pub use memory::Memory;
pub use postern_host::{Clock, system_clock};
pub use random::{NoRandom, Random, system_random};
pub use store::{Store, StoreError, Tables};
