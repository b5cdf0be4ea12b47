//! Chunks that do not come.

use leptos::wasm_split::SplitLoaderError;

/// A chunk did not come, or was altered on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

impl From<SplitLoaderError> for NotLoaded {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}
