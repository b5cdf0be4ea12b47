//! Audit lines: log events with `audit = true`. They name an account by its anchor.

use postern_directory::Anchor;

/// Returns the name of an account in audit lines: its anchor in lower-case hexadecimal.
pub(crate) fn account_name(anchor: Anchor) -> String {
    base16ct::lower::encode_string(&anchor.0)
}
