//! One exchange with the agent: seal, send, open. What goes out is sealed; what comes back is
//! believed only if the agent wrote it.

use super::page::{self, NewKey};
use super::{dom, proof_of_work};
use crate::session::Unanswered;
use gloo_net::http::{Request as Fetch, Response};
use js_sys::JSON;
use leptos::prelude::set_timeout;
use postern_envelope::seal::{ReplyOpener, Wrapped};
use postern_envelope::{Compact, Secret};
use postern_protocol::{Operation, Problem, Reason, Reply, Request, decode, encode};
use rand_core::OsRng;
use std::cell::RefCell;
use std::time::Duration;
use web_sys::{AbortController, AbortSignal};

/// How long a request may be under way, in seconds.
const LIFETIME: u64 = 120;

/// No answer, or not all of it.
pub const NOTHING_CAME: Unanswered = Unanswered::Problem(Problem::NoAnswer);

/// The header in which the portal names the support code.
const SUPPORT_CODE: &str = "postern-support-code";

/// The header in which a busy portal asks for work, and the one in which it is shown.
const CHALLENGE: &str = "postern-challenge";
const PROOF: &str = "postern-proof";

/// How often work is done for one message: a challenge may expire in a tab that was left.
const PROOFS: usize = 3;

thread_local! {
    /// A content key wrapped beforehand, so that submitting costs one AES-GCM.
    static WRAPPED: RefCell<Option<Wrapped>> = const { RefCell::new(None) };
}

/// What came of an exchange, with the portal's support code.
pub struct Outcome {
    pub answer: Result<Reply, Unanswered>,
    pub support_code: String,
}

/// Wraps a content key for the next request.
pub fn prepare() {
    WRAPPED.with(|wrapped| {
        if wrapped.borrow().is_none() {
            *wrapped.borrow_mut() = wrap();
        }
    });
}

/// Seals something to nobody's use: browsers compile WASM functions when they are first called,
/// and that is better done before the person waits for it.
pub fn precompile() {
    let _thrown_away = seal(&Request {
        token: None,
        operation: Operation::Resume,
    })
    .map(|(message, _)| message.to_string());
    prepare();
}

/// Seals a request, sends it, opens the reply. Says `busy` where the portal asks for work first.
/// If the agent's key was replaced meanwhile, fetches the new one and seals once more: a message that
/// the agent could not open has changed nothing.
pub async fn exchange(mut request: Request, busy: impl Fn()) -> Outcome {
    let mut anew = false;
    loop {
        let mut outcome = submit(&request, &busy).await;
        match &outcome.answer {
            Err(Unanswered::Problem(Problem::NotAccepted)) if !anew => match renew_key().await {
                NewKey::Taken => {
                    anew = true;
                    continue;
                }
                NewKey::NotPinned => outcome.answer = Err(Unanswered::KeyNotPinned),
                NewKey::None => {}
            },
            // That the first message was not opened is the portal's word alone. If it was, its token
            // is spent, and the agent knows where the flow stands.
            Ok(reply)
                if anew
                    && reply.reason == Some(Reason::FlowExpired)
                    && !matches!(request.operation, Operation::Resume) =>
            {
                request.operation = Operation::Resume;
                continue;
            }
            // Something was sent before the connection went.
            Err(Unanswered::Offline) if anew => outcome.answer = Err(NOTHING_CAME),
            _ => {}
        }
        prepare();
        return outcome;
    }
}

async fn submit(request: &Request, busy: &impl Fn()) -> Outcome {
    match seal(request) {
        Some((message, opener)) => send(message.to_string(), opener, busy).await,
        None => unanswered(Unanswered::Problem(Problem::Malformed), String::new()),
    }
}

/// Asks the portal for the agent's key.
async fn renew_key() -> NewKey {
    let address = [&page::base(), "/api/", &page::tenant(), "/keys"].concat();
    let request = Fetch::get(&address).abort_signal(abort_after_timeout().as_ref());
    let text = match request.send().await {
        Ok(response) if response.ok() => response.text().await.unwrap_or_default(),
        _ => return NewKey::None,
    };
    let new = page::renew_key(&JSON::parse(&text).unwrap_or_default());
    if new == NewKey::Taken {
        WRAPPED.take();
    }
    new
}

fn wrap() -> Option<Wrapped> {
    Wrapped::new(&mut OsRng, &page::key()?).ok()
}

fn seal(request: &Request) -> Option<(Compact, ReplyOpener)> {
    let body: Secret = encode(request);
    let wrapped = WRAPPED.with(RefCell::take).or_else(wrap)?;
    wrapped
        .seal(&mut OsRng, &page::tenant(), page::now() + LIFETIME, &body)
        .ok()
}

async fn send(message: String, opener: ReplyOpener, busy: &impl Fn()) -> Outcome {
    // Asked before anything is sent: a device that loses its connection later may have sent it.
    let was_offline = dom::is_offline();
    let mut proof = String::new();
    let mut proofs = PROOFS;
    let response = loop {
        let Some(response) = post(&message, &proof).await else {
            let why = if was_offline {
                Unanswered::Offline
            } else {
                NOTHING_CAME
            };
            return unanswered(why, String::new());
        };
        let challenge = response.headers().get(CHALLENGE);
        let Some(challenge) = challenge.filter(|_| proofs > 0 && !response.ok()) else {
            break response;
        };
        proofs -= 1;
        busy();
        match proof_of_work::prove(&challenge).await {
            Some(done) => proof = done,
            None => break response,
        }
    };
    let support_code = response.headers().get(SUPPORT_CODE).unwrap_or_default();
    match read(&response, &opener).await {
        Ok(reply) => Outcome {
            answer: Ok(reply),
            support_code,
        },
        Err(why) => unanswered(why, support_code),
    }
}

/// Posts a sealed message, with a proof of work if there is one.
async fn post(message: &str, proof: &str) -> Option<Response> {
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

async fn read(response: &Response, opener: &ReplyOpener) -> Result<Reply, Unanswered> {
    if !response.ok() {
        let problem = Problem::from_status(response.status()).unwrap_or(Problem::NoAnswer);
        return Err(Unanswered::Problem(problem));
    }
    let text = response.text().await.map_err(|_| NOTHING_CAME)?;
    let compact = Compact::parse(text.as_bytes()).map_err(|_| Unanswered::NotFromAgent)?;
    let body = opener
        .open(&compact)
        .map_err(|_| Unanswered::NotFromAgent)?;
    decode(&body).ok_or(Unanswered::Problem(Problem::NotAccepted))
}

/// Gives up when no answer can come any more, so that a connection that hangs is not waited for.
fn abort_after_timeout() -> Option<AbortSignal> {
    let controller = AbortController::new().ok()?;
    let signal = controller.signal();
    set_timeout(move || controller.abort(), Duration::from_secs(LIFETIME));
    Some(signal)
}

fn unanswered(why: Unanswered, support_code: String) -> Outcome {
    Outcome {
        answer: Err(why),
        support_code,
    }
}
