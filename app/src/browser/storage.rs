//! The flow token in the tab's session storage, so that a reload, or a tab that the phone
//! discarded, goes on where it was. Nothing else is ever kept (SECURITY.md weighs this).

use super::page;
use postern_protocol::FlowToken;

/// Keeps the token of the next request, or forgets it where the flow has ended.
pub fn keep(token: Option<FlowToken>) {
    let Some((storage, key)) = place() else {
        return;
    };
    let _may_be_full_or_forbidden = match token {
        Some(token) => storage.set_item(&key, &hex(token)),
        None => storage.remove_item(&key),
    };
}

/// The token that was kept.
pub fn kept() -> Option<FlowToken> {
    let (storage, key) = place()?;
    let text = storage.get_item(&key).ok()??;
    let mut token = [0; 16];
    if text.len() != 32 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in token.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(FlowToken(token))
}

fn place() -> Option<(web_sys::Storage, String)> {
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
