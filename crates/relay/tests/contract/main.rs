//! Tests the contract of every relay engine, and the further guarantees of each engine.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test that panics fails, and some tests print their figures"
)]

mod embedded;
mod embedded_hostile;
mod embedded_portal;
mod harness;
mod suite;

suite::contract!(embedded_keeps, crate::embedded_portal::Portal);
