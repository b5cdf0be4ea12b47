//! The sealed message between a browser and the on-premises agent: JWE compact
//! (RFC 7516), RSA-OAEP-256 + A256GCM, around a padded CBOR payload.
//!
//! | user | feature | purpose |
//! |---|---|---|
//! | browser | `seal` | [`seal`]: seals a request, opens the reply |
//! | portal | `package` | carries [`Compact`] messages inside a [`package`], without opening them |
//! | agent | `open` | [`open`]: opens a request, seals the reply |
//!
//! Nothing here does I/O or reads a clock: the time is a parameter, and so is the randomness of
//! [`seal`]. [`open`] and [`package`] use the system's random source.

#![deny(missing_docs)]

mod compact;
mod header;
mod jwk;
#[cfg(feature = "open")]
pub mod open;
#[cfg(feature = "package")]
pub mod package;
mod payload;
#[cfg(feature = "seal")]
pub mod seal;
mod secret;

pub use compact::{Compact, MAX_COMPACT, Malformed};
pub use header::{REPLY_HEADER, REPLY_TYPE, REQUEST_TYPE, is_tenant_name};
pub use jwk::PublicKey;
pub use payload::{BUCKETS, MAX_BODY, PayloadError, REPLY_MINIMUM, RequestId};
pub use secret::Secret;

/// The label that separates the reply's key from every other use of the content key
/// (HKDF `info`, RFC 5869 section 3.2).
pub const REPLY_LABEL: &[u8] = b"postern reply v1";

/// The maximum time in seconds until a request's expiry. It bounds the agent's replay cache.
pub const MAX_LIFETIME: u64 = 10 * 60;
