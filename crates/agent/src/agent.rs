//! The agent: a sealed message comes in, a sealed reply goes out.

use crate::config::Rules;
use crate::digest::sha256;
use crate::flow::ledger::{self, Good};
use crate::flow::outcome::{After, Fault, Outcome};
use crate::flow::{Flow, State};
use crate::gates::tries::{self, Limits};
use crate::locks::Locks;
use crate::mail::Mailer;
use crate::replay::{self, Memory, Seen};
use crate::store::StoreError;
use crate::{Authenticators, Clock, Random, Store, StoreKey, ambient};
use async_trait::async_trait;
use core::fmt;
use postern_directory::{Directory, Failure};
use postern_envelope::open::{EnvelopeKey, OpenError, Opened, Replier};
use postern_envelope::{Compact, PublicKey};
use postern_protocol::{FlowToken, Operation, Reason, Reply, Request, Step};
use postern_relay::{Answer, Ask, Handler, Metadata};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::Semaphore;

/// How many messages are worked on at the same time.
const AT_ONCE: u32 = 256;

/// How long the directory may take for one question.
pub(crate) const DIRECTORY_TIMEOUT: Duration = Duration::from_secs(20);

/// What an agent is made of.
pub struct Parts {
    /// Whose agent it is.
    pub tenant: Tenant,
    /// What it asks of a person.
    pub rules: Rules,
    /// The key that browsers seal to.
    pub key: EnvelopeKey,
    /// The key for its own disk.
    pub store_key: StoreKey,
    /// What it remembers.
    pub store: Store,
    /// Where accounts are.
    pub directory: Arc<dyn Directory>,
    /// Where the secrets of authenticators are.
    pub authenticators: Arc<dyn Authenticators>,
    /// How it sends mail.
    pub mailer: Mailer,
    /// Whether the directory is the sandbox, whose accounts and mails may be shown.
    pub sandbox: bool,
    /// The least time that an answer to a name takes in a `decoy` tenant, so that it does not
    /// tell whether there is an account.
    pub decoy_floor: Duration,
    /// The clock.
    pub clock: Clock,
    /// The randomness of codes, flows and tokens.
    pub random: Random,
}

/// Whose agent it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tenant {
    /// The tenant's name, as in addresses and envelopes.
    pub name: String,
    /// The name that people know it by.
    pub display_name: String,
    /// How to reach its helpdesk.
    pub helpdesk: String,
}

/// The agent.
#[derive(Clone)]
pub struct Agent(Arc<Inner>);

/// What every step of a flow can use.
pub(crate) struct Inner {
    pub parts: Parts,
    requests: Locks,
    flows: Locks,
    running: Semaphore,
    directory_up: AtomicBool,
}

/// What the steps need to know of a message besides its content.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    pub support_code: String,
    pub language: String,
}

impl Agent {
    /// Puts an agent together.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(Inner {
            parts,
            requests: Locks::default(),
            flows: Locks::default(),
            running: Semaphore::new(AT_ONCE as usize),
            directory_up: AtomicBool::new(true),
        }))
    }

    /// The key that browsers seal to.
    #[must_use]
    pub fn public_key(&self) -> &PublicKey {
        self.0.parts.key.public()
    }

    /// Forgets what has expired. To be called every minute or so.
    ///
    /// # Errors
    /// The store failed.
    pub async fn purge(&self) -> Result<(), StoreError> {
        let (now, limits) = (self.0.now(), self.0.limits());
        let purge = move |tables: &_| {
            replay::purge(tables, now)?;
            ledger::purge(tables, now)?;
            tries::purge(tables, limits, now)
        };
        self.0.parts.store.write(purge).await
    }

    /// Waits until no message is being worked on, and lets none in any more.
    pub async fn stop(&self) {
        let _all = self.0.running.acquire_many(AT_ONCE).await;
        self.0.running.close();
    }
}

#[async_trait]
impl Handler for Agent {
    async fn answer(&self, ask: Ask) -> Answer {
        let inner = Arc::clone(&self.0);
        // In a task of its own: whoever stops waiting for an answer stops no work half-way.
        let work = tokio::spawn(async move {
            let Ok(_running) = inner.running.acquire().await else {
                return Answer::NotAccepted;
            };
            match ask {
                Ask::Message { metadata, message } => inner.message(metadata, message).await,
                Ask::Sandbox { .. } => inner.sandbox(),
            }
        });
        work.await.unwrap_or_else(|error| {
            tracing::error!(%error, "a message was given up");
            Answer::NotAccepted
        })
    }

    async fn directory_up(&self) -> bool {
        let checked = self.0.asked(self.0.parts.directory.check()).await;
        let up = checked.is_ok();
        if self.0.directory_up.swap(up, Ordering::Relaxed) != up {
            match checked {
                Ok(()) => tracing::info!("the directory is reachable again"),
                Err(failure) => tracing::error!(cause = failure.cause, "the directory is down"),
            }
        }
        up
    }
}

impl fmt::Debug for Agent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Agent({})", self.0.parts.tenant.name)
    }
}

/// What the replay cache and the flow's token say of a request.
enum Begun {
    /// It is to be done.
    Go(Option<Flow>),
    /// It was begun before a restart: all there is to say is where its flow stands.
    Resume(Option<Flow>),
    /// It was answered before.
    Answered(Vec<u8>),
    /// Its id belongs to another envelope.
    OtherBytes,
}

impl Inner {
    pub(crate) fn now(&self) -> u64 {
        (self.parts.clock)()
    }

    pub(crate) fn limits(&self) -> Limits {
        Limits {
            tries: self.parts.rules.tries.get(),
            window: u64::from(self.parts.rules.lock_hours.get()) * 60 * 60,
        }
    }

    /// Asks the directory, and does not wait for ever.
    pub(crate) async fn asked<T>(
        &self,
        question: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        tokio::time::timeout(DIRECTORY_TIMEOUT, question)
            .await
            .unwrap_or_else(|_| {
                Err(Failure::new(
                    Reason::DirectoryUnreachable,
                    "no answer in time",
                ))
            })
    }

    #[tracing::instrument(skip_all, fields(support_code = %printable(&metadata.support_code)))]
    async fn message(&self, metadata: Metadata, message: Compact) -> Answer {
        let opened = match self
            .parts
            .key
            .open(&self.parts.tenant.name, self.now(), &message)
        {
            Ok(opened) => opened,
            Err(OpenError::Expired(replier)) => {
                tracing::warn!("expired before it was opened");
                return refusal(&replier, Reason::MessageExpired);
            }
            Err(error) => {
                tracing::warn!(%error, "not accepted");
                return Answer::NotAccepted;
            }
        };
        let Some(request) = postern_protocol::decode::<Request>(&opened.body) else {
            tracing::warn!("not a request of this version");
            return refusal(&opened.replier, Reason::VersionMismatch);
        };
        let call = Call {
            support_code: printable(&metadata.support_code),
            language: metadata.language,
        };
        let replier = opened.replier.clone();
        let digest = sha256(&minicbor::to_vec(&message).unwrap_or_default());
        self.request(&call, opened, digest, request)
            .await
            .unwrap_or_else(|fault| {
                tracing::error!(%fault, "a request failed");
                refusal(&replier, fault.reason())
            })
    }

    /// Does a request once, whatever happens to it on the way.
    async fn request(
        &self,
        call: &Call,
        opened: Opened,
        digest: [u8; 32],
        request: Request,
    ) -> Result<Answer, Fault> {
        let seen = Seen {
            id: opened.id,
            digest,
            expires: opened.expires,
        };
        let token = match request.operation {
            Operation::Identify { .. } => None,
            _ => request.token,
        };
        // First the request, then its flow, always in this order: each is worked on by one alone.
        let _request = self.requests.hold(seen.id.0).await;
        let _flow = match &token {
            Some(token) => match ledger::flow_of(&self.parts.store, token).await? {
                Some(flow) => Some(self.flows.hold(flow).await),
                None => None,
            },
            None => None,
        };
        let resume = matches!(request.operation, Operation::Resume);
        let name = operation_name(&request.operation);
        let (operation, flow) = match self.begin(seen, token, resume).await? {
            Begun::Go(flow) => (request.operation, flow),
            Begun::Resume(flow) => (Operation::Resume, flow),
            Begun::OtherBytes => {
                tracing::warn!("not accepted: another message had this request id");
                return Ok(Answer::NotAccepted);
            }
            Begun::Answered(bytes) => {
                tracing::info!(operation = name, "answered again");
                let message = minicbor::decode(&bytes).map_err(StoreError::new)?;
                return Ok(Answer::Reply { message });
            }
        };
        let outcome = self.flow(call, operation, flow).await?;
        let reason = outcome.reason.as_ref().map(Reason::code);
        tracing::info!(operation = name, reason, "answered");
        self.finish(seen, &opened.replier, outcome).await
    }

    /// Marks the request and takes its token, in one transaction.
    async fn begin(
        &self,
        seen: Seen,
        token: Option<FlowToken>,
        resume: bool,
    ) -> Result<Begun, Fault> {
        let (key, now) = (self.parts.store_key.clone(), self.now());
        let begun = self.parts.store.write(move |tables| {
            let take = |good| match &token {
                Some(token) => ledger::take(tables, &key, token, good, now),
                None => Ok(None),
            };
            Ok(match seen.mark(tables)? {
                Memory::New if resume => Begun::Go(take(Good::CurrentOrPrevious)?),
                Memory::New => Begun::Go(take(Good::Current)?),
                Memory::Interrupted => Begun::Resume(take(Good::CurrentOrPrevious)?),
                Memory::Answered(bytes) => Begun::Answered(bytes),
                Memory::OtherBytes => Begun::OtherBytes,
            })
        });
        Ok(begun.await?)
    }

    /// One step of a flow. What does not fit where the flow stands ends it.
    async fn flow(
        &self,
        call: &Call,
        operation: Operation,
        flow: Option<Flow>,
    ) -> Result<Outcome, Fault> {
        let flow = match (&operation, flow) {
            (Operation::Identify { name }, _) => return self.identify(name).await,
            (_, Some(flow)) => flow,
            (_, None) => return Ok(Outcome::refused(Reason::FlowExpired)),
        };
        match (operation, flow.state.clone()) {
            (Operation::Resume, State::Proven(proven)) => {
                Ok(self.new_password(flow, proven, None).await)
            }
            (Operation::Resume, _) => Ok(Outcome::stands(flow, None, self.now())),
            (Operation::SendCode { gate }, State::Proving(proving)) => {
                self.send_code(call, flow, proving, gate).await
            }
            (Operation::Answer { gate, code }, State::Proving(proving)) => {
                self.check_answer(flow, proving, gate, &code).await
            }
            (Operation::SetPassword { password }, State::Proven(proven)) => {
                self.set_password(call, flow, proven, password).await
            }
            _ => Ok(Outcome::over(flow, Reason::FlowExpired)),
        }
    }

    /// Seals the reply, and keeps it together with what becomes of the flow.
    async fn finish(
        &self,
        seen: Seen,
        replier: &Replier,
        outcome: Outcome,
    ) -> Result<Answer, Fault> {
        let token = match outcome.after {
            After::GoesOn(_) => Some(FlowToken(ambient::bytes(&self.parts.random)?)),
            _ => None,
        };
        // What the directory was told is said even if it cannot be written down.
        let must_be_said = outcome.step == Step::Done || outcome.reason == Some(Reason::InDoubt);
        let reply = Reply {
            token,
            step: outcome.step,
            reason: outcome.reason,
        };
        let sealed = replier.seal(&postern_protocol::encode(&reply));
        let message = sealed.map_err(|_| Fault::Seal)?;
        let bytes = minicbor::to_vec(&message).map_err(|_| Fault::Seal)?;
        let key = self.parts.store_key.clone();
        let written = self.parts.store.write(move |tables| {
            match (outcome.after, token) {
                (After::GoesOn(flow), Some(token)) => ledger::give(tables, &key, flow, &token)?,
                (After::GoesOn(flow) | After::Ended(flow), _) => {
                    ledger::save(tables, &key, &flow)?;
                }
                (After::Completed(flow), _) => {
                    tries::forget(tables, &flow.subject)?;
                    ledger::save(tables, &key, &flow)?;
                }
                (After::Forgotten(flow), _) => ledger::forget(tables, &flow)?,
                (After::None, _) => {}
            }
            seen.answered(tables, bytes)
        });
        match written.await {
            Err(error) if must_be_said => tracing::error!(%error, "an answer was not kept"),
            written => written?,
        }
        Ok(Answer::Reply { message })
    }
}

/// A sealed refusal outside every flow.
fn refusal(replier: &Replier, reason: Reason) -> Answer {
    let reply = Reply {
        token: None,
        step: Step::Identify,
        reason: Some(reason),
    };
    match replier.seal(&postern_protocol::encode(&reply)) {
        Ok(message) => Answer::Reply { message },
        Err(error) => {
            tracing::error!(%error, "a reply could not be sealed");
            Answer::NotAccepted
        }
    }
}

/// A support code as it may stand in a log, whoever wrote it.
fn printable(support_code: &str) -> String {
    let allowed = |character: &char| character.is_ascii_alphanumeric() || *character == '-';
    support_code.chars().filter(allowed).take(32).collect()
}

const fn operation_name(operation: &Operation) -> &'static str {
    match operation {
        Operation::Identify { .. } => "identify",
        Operation::SendCode { .. } => "send_code",
        Operation::Answer { .. } => "answer",
        Operation::SetPassword { .. } => "set_password",
        Operation::Resume => "resume",
    }
}
