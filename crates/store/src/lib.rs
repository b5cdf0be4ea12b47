//! The agent's memory: tables on disk ([`store`]), the key that seals what is in them ([`key`]), and
//! the clock and the random source of everything that uses them ([`system`]); together,
//! [`Memory`].

#![deny(missing_docs)]

pub mod key;
mod memory;
pub mod store;
pub mod system;

pub use key::StoreKey;
pub use memory::Memory;
pub use store::{Store, StoreError, Tables};
pub use system::{Clock, NoRandom, Random, system_clock, system_random};
