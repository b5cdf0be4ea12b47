//! The contract that every relay engine keeps, and what each engine promises besides.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "in a test, to panic is to fail, and figures are wanted"
)]

mod embedded;
mod embedded_hostile;
mod embedded_portal;
mod harness;
mod suite;

suite::contract!(embedded_keeps, crate::embedded_portal::Portal);
