//! Opens the answer to a message. It is trusted only if the agent sealed it.

use super::exchange::{self, SentMessage, abort_after_timeout, post, prepare, send};
use super::page::{self, NewKey};
use super::proof_of_work;
use crate::session::Unanswered;
use gloo_net::http::{Request as Fetch, Response};
use js_sys::JSON;
use postern_envelope::Compact;
use postern_envelope::seal::ReplyOpener;
use postern_protocol::{Operation, Problem, Reason, Reply, Request, decode};

/// No answer came, or only a part of it.
pub const NO_ANSWER: Unanswered = Unanswered::Problem(Problem::NoAnswer);

/// The response header that holds the support code.
const SUPPORT_CODE: &str = "postern-support-code";

/// The response header with a busy portal's challenge.
const CHALLENGE: &str = "postern-challenge";

/// The most proofs of work for one message: a challenge may expire while the tab is suspended.
const MAX_PROOFS: usize = 3;

/// The result of an exchange, with the portal's support code.
pub struct Outcome {
    pub answer: Result<Reply, Unanswered>,
    pub support_code: String,
}

/// Opens the answer to a request. Calls `busy` where the portal asks for work first. If the agent's
/// key was replaced meanwhile, fetches the new one and seals once more: a message that the agent
/// could not open has changed nothing.
pub async fn answer(
    mut request: Request,
    mut sent: Option<SentMessage>,
    busy: impl Fn(),
) -> Outcome {
    let mut resealed = false;
    loop {
        let mut outcome = match sent {
            Some(sent) => open(sent, &busy).await,
            None => unanswered(Unanswered::Problem(Problem::Malformed), String::new()),
        };
        match &outcome.answer {
            Err(Unanswered::Problem(Problem::NotAccepted)) if !resealed => {
                match renew_key().await {
                    NewKey::Taken => {
                        resealed = true;
                        sent = send(&request).await;
                        continue;
                    }
                    NewKey::NotPinned => outcome.answer = Err(Unanswered::KeyNotPinned),
                    NewKey::None => {}
                }
            }
            // Only the portal, which is not trusted, says that the first message was not opened. If
            // it was opened, its token is spent, and the agent knows the state of the flow.
            Ok(reply)
                if resealed
                    && reply.reason == Some(Reason::FlowExpired)
                    && !matches!(request.operation, Operation::Resume) =>
            {
                request.operation = Operation::Resume;
                sent = send(&request).await;
                continue;
            }
            // The first message was sent before the connection was lost.
            Err(Unanswered::Offline) if resealed => outcome.answer = Err(NO_ANSWER),
            _ => {}
        }
        prepare();
        return outcome;
    }
}

/// Fetches the agent's key from the portal.
async fn renew_key() -> NewKey {
    let address = [&page::base(), "/api/", &page::tenant(), "/keys"].concat();
    let request = Fetch::get(&address).abort_signal(abort_after_timeout().as_ref());
    let text = match request.send().await {
        Ok(response) if response.ok() => response.text().await.unwrap_or_default(),
        _ => return NewKey::None,
    };
    let new = page::renew_key(&JSON::parse(&text).unwrap_or_default());
    if new == NewKey::Taken {
        exchange::forget_wrapped();
    }
    new
}

/// Waits for the answer to a message, and does the work that a busy portal asks for first.
async fn open(sent: SentMessage, busy: &impl Fn()) -> Outcome {
    let SentMessage {
        message,
        opener,
        mut response,
        was_offline,
    } = sent;
    let mut proofs = MAX_PROOFS;
    let response = loop {
        let Some(received) = response else {
            let why = if was_offline {
                Unanswered::Offline
            } else {
                NO_ANSWER
            };
            return unanswered(why, String::new());
        };
        let challenge = received.headers().get(CHALLENGE);
        let Some(challenge) = challenge.filter(|_| proofs > 0 && !received.ok()) else {
            break received;
        };
        proofs -= 1;
        busy();
        let Some(proof) = proof_of_work::prove(&challenge).await else {
            break received;
        };
        response = post(&message, &proof).await;
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

async fn read(response: &Response, opener: &ReplyOpener) -> Result<Reply, Unanswered> {
    if !response.ok() {
        let problem = Problem::from_status(response.status()).unwrap_or(Problem::NoAnswer);
        return Err(Unanswered::Problem(problem));
    }
    let text = response.text().await.map_err(|_| NO_ANSWER)?;
    let compact = Compact::parse(text.as_bytes()).map_err(|_| Unanswered::NotFromAgent)?;
    let body = opener
        .open(&compact)
        .map_err(|_| Unanswered::NotFromAgent)?;
    decode(&body).ok_or(Unanswered::Problem(Problem::NotAccepted))
}

fn unanswered(why: Unanswered, support_code: String) -> Outcome {
    Outcome {
        answer: Err(why),
        support_code,
    }
}
