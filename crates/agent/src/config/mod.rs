//! The agent's configuration.

pub mod rules;

pub use rules::{Gates, Rules, UnknownNames};
