//! What the programs take from the machine they run on: the clock ([`clock`]), files that are
//! written atomically ([`files`]), and the certificate authorities that a file names
//! ([`authorities`]).

#![deny(missing_docs)]

pub mod authorities;
pub mod clock;
pub mod files;

pub use clock::{Clock, system_clock};
