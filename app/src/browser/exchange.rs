//! Seals a request and sends it. [`super::answer`] opens the answer.

use super::{dom, page};
use gloo_net::http::{Request as Fetch, Response};
use leptos::prelude::set_timeout;
use postern_envelope::seal::{ReplyOpener, Wrapped};
use postern_envelope::{Compact, Secret};
use postern_protocol::{Operation, Request, encode};
use rand_core::OsRng;
use std::cell::RefCell;
use std::time::Duration;
use web_sys::{AbortController, AbortSignal};

/// The time after which a request expires and is aborted, in seconds.
const LIFETIME_SECONDS: u64 = 120;

/// The request header with the proof of work that a busy portal has asked for.
const PROOF: &str = "postern-proof";

thread_local! {
    /// A content key wrapped beforehand, so that submitting costs one AES-GCM.
    static WRAPPED: RefCell<Option<Wrapped>> = const { RefCell::new(None) };
}

/// A sealed message that was sent.
pub struct SentMessage {
    /// The message, to be sent once more with a proof of work.
    pub message: String,
    /// Opens the reply to it.
    pub opener: ReplyOpener,
    /// The portal's response, if one came.
    pub response: Option<Response>,
    /// The device was offline before anything was sent.
    pub was_offline: bool,
}

/// Wraps a content key for the next request.
pub fn prepare() {
    WRAPPED.with(|wrapped| {
        if wrapped.borrow().is_none() {
            *wrapped.borrow_mut() = wrap();
        }
    });
}

/// Seals a message and discards it: browsers compile WASM functions when they are first called,
/// and this moves that work to a time at which the user does not wait for it.
pub fn precompile() {
    let _discarded = seal(&Request {
        token: None,
        operation: Operation::Resume,
    })
    .map(|(message, _)| message.to_string());
    prepare();
}

/// Seals a request and sends it. None where it cannot be sealed: the page's data is damaged.
pub async fn send(request: &Request) -> Option<SentMessage> {
    let (message, opener) = seal(request)?;
    let message = message.to_string();
    // Read before anything is sent: a device that goes offline later may have sent the message.
    let was_offline = dom::is_offline();
    let response = post(&message, "").await;
    Some(SentMessage {
        message,
        opener,
        response,
        was_offline,
    })
}

/// Forgets the content key that was wrapped for a key of the agent's that has been replaced.
pub fn forget_wrapped() {
    WRAPPED.take();
}

fn wrap() -> Option<Wrapped> {
    Wrapped::new(&mut OsRng, &page::key()?).ok()
}

/// Seals a request under the content key that was wrapped beforehand, or under a new one.
fn seal(request: &Request) -> Option<(Compact, ReplyOpener)> {
    let body: Secret = encode(request);
    let wrapped = WRAPPED.with(RefCell::take).or_else(wrap)?;
    let expires = page::now() + LIFETIME_SECONDS;
    wrapped
        .seal(&mut OsRng, &page::tenant(), expires, &body)
        .ok()
}

/// Posts a sealed message, with a proof of work if there is one.
pub async fn post(message: &str, proof: &str) -> Option<Response> {
    let address = [
        &page::base(),
        "/api/",
        &page::tenant(),
        "/messages?lang=",
        &page::language(),
    ]
    .concat();
    let mut request = Fetch::post(&address)
        .header("content-type", "application/jose")
        .abort_signal(abort_after_timeout().as_ref());
    if !proof.is_empty() {
        request = request.header(PROOF, proof);
    }
    request.body(message).ok()?.send().await.ok()
}

/// Returns a signal that aborts a request once it has expired, so that a connection that hangs does
/// not block the page.
pub fn abort_after_timeout() -> Option<AbortSignal> {
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    let timeout = Duration::from_secs(LIFETIME_SECONDS);
    set_timeout(move || controller.abort(), timeout);
    Some(signal)
}
