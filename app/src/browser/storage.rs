//! The flow token in the tab's session storage, so that a flow continues after a reload or after
//! the phone discarded the tab. Nothing else is ever stored (SECURITY.md discusses the trade-off).

use super::page;
use postern_protocol::FlowToken;

/// Stores the token of the next request, or removes it where the flow has ended.
pub fn store(token: Option<FlowToken>) {
    let Some((storage, key)) = entry() else {
        return;
    };
    let _may_be_full_or_forbidden = match token {
        Some(token) => storage.set_item(&key, &hex(token)),
        None => storage.remove_item(&key),
    };
}

/// Returns the token that was stored; none if there is none or it is malformed.
pub fn load() -> Option<FlowToken> {
    let (storage, key) = entry()?;
    let text = storage.get_item(&key).ok()??;
    let mut token = [0; 16];
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in token.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[index * 2..index * 2 + 2], 16).ok()?;
    }
    Some(FlowToken(token))
}

/// Returns the tab's storage and the key of this tenant's and flow kind's token.
fn entry() -> Option<(web_sys::Storage, String)> {
    let storage = leptos::prelude::window().session_storage().ok()??;
    let name = page::flow_kind().name();
    Some((storage, ["postern-", name, "-", &page::tenant()].concat()))
}

fn hex(token: FlowToken) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    token
        .0
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .map(|digit| char::from(DIGITS[usize::from(digit)]))
        .collect()
}
