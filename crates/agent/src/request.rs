//! One request, from sealed message to sealed reply: opened, marked, processed once, answered.

use crate::config::{Rules, UnknownNames};
use crate::context::RequestContext;
use crate::digest::sha256;
use crate::flow::ledger::{self, AcceptedTokens};
use crate::flow::outcome::{After, Fault, Outcome, add_name};
use crate::flow::steps::Steps;
use crate::flow::{Flow, State};
use crate::limits::networks::{Event, Networks};
use crate::limits::{Limits, tries};
use crate::locks::Locks;
use crate::replay::{ReplayStatus, SeenRequest};
use crate::scripted::{Scripted, ScriptedAnswers};
use postern_envelope::open::{EnvelopeKey, OpenError, Opened, Replier};
use postern_envelope::{Compact, RequestId};
use postern_protocol::{FlowKind, FlowToken, Operation, Reason, Reply, Request, Step};
use postern_relay::{Answer, Metadata};
use postern_store::Memory;
use postern_store::store::StoreError;
use std::sync::Arc;

/// The processing of messages.
pub(crate) struct Requests {
    pub memory: Memory,
    /// The tenant's name, as in envelopes.
    pub tenant: String,
    /// The key that browsers seal to.
    pub key: EnvelopeKey,
    pub rules: Arc<Rules>,
    pub limits: Limits,
    pub requests: Locks,
    pub flows: Locks,
    pub steps: Steps,
    /// The answers that the sandbox gives on request; `None` for a real directory.
    pub scripted: Option<ScriptedAnswers>,
}

/// The decision on a request, by the replay cache and the flow's token.
enum Admission {
    /// The request is processed.
    Process(Option<Flow>),
    /// The request was interrupted by a restart: only the state of its flow is reported.
    Resume(Option<Flow>),
    /// The request was answered before, with this sealed reply.
    Answered(Vec<u8>),
    /// The request id belongs to another envelope.
    OtherBytes,
}

impl Requests {
    #[tracing::instrument(skip_all, fields(support_code = %printable(&metadata.support_code)))]
    pub(crate) async fn answer(&self, metadata: Metadata, message: Compact) -> Answer {
        let now = self.memory.now();
        let opened = match self.key.open(&self.tenant, now, &message) {
            Ok(opened) => opened,
            Err(OpenError::Expired { id, replier }) => {
                let late = self.answer_late(id, &message).await;
                let received_at = metadata.received_at.cast_signed();
                let received_ago = now.cast_signed().saturating_sub(received_at);
                return late.unwrap_or_else(|| {
                    tracing::warn!(
                        received_ago,
                        "expired before it was opened; do the clocks agree?"
                    );
                    refusal(&replier, Reason::MessageExpired)
                });
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
        let call = RequestContext {
            support_code: printable(&metadata.support_code),
            language: metadata.language,
            networks: metadata.networks,
        };
        let replier = opened.replier.clone();
        self.process_once(&call, opened, digest_of(&message), request)
            .await
            .unwrap_or_else(|fault| {
                tracing::error!(%fault, "a request failed");
                refusal(&replier, fault.reason())
            })
    }

    /// Returns the answer to a message that has expired and was seen before; `None` if it is new.
    /// Whoever carries messages must not be able to make a processed request look unprocessed by
    /// sending it again too late.
    async fn answer_late(&self, id: RequestId, message: &Compact) -> Option<Answer> {
        let seen = SeenRequest {
            id,
            digest: digest_of(message),
            expires: 0,
        };
        let _request = self.requests.hold(id.0).await;
        match seen.recall(&self.memory.store).await {
            Ok(ReplayStatus::New) => None,
            Ok(ReplayStatus::Answered(bytes)) => {
                tracing::info!("late, and answered again");
                let message = minicbor::decode(&bytes).ok();
                Some(message.map_or(Answer::NotAccepted, |message| Answer::Reply { message }))
            }
            Ok(ReplayStatus::Interrupted | ReplayStatus::OtherBytes) => {
                tracing::warn!("not accepted: late, and begun before");
                Some(Answer::NotAccepted)
            }
            Err(error) => {
                tracing::error!(%error, "a late message was not looked up");
                Some(Answer::NotAccepted)
            }
        }
    }

    /// Processes a request at most once, even if it is sent again or interrupted.
    async fn process_once(
        &self,
        call: &RequestContext,
        opened: Opened,
        digest: [u8; 32],
        request: Request,
    ) -> Result<Answer, Fault> {
        let seen = SeenRequest {
            id: opened.id,
            digest,
            expires: opened.expires,
        };
        let token = match request.operation {
            Operation::Identify { .. } => None,
            _ => request.token,
        };
        // Locks the request, then its flow, then the account, always in this order, so that each is
        // processed by one task at a time.
        let _request = self.requests.hold(seen.id.0).await;
        let _flow = match &token {
            Some(token) => match ledger::flow_of(&self.memory.store, token).await? {
                Some(flow) => Some(self.flows.hold(flow).await),
                None => None,
            },
            None => None,
        };
        let resume = matches!(request.operation, Operation::Resume | Operation::Extend);
        let with_name = matches!(request.operation, Operation::Resume);
        let name = operation_name(&request.operation);
        // Counted before the name is examined, so that it reveals nothing of names.
        let looks_up = matches!(request.operation, Operation::Identify { .. });
        let networks = looks_up.then(|| Networks::of(&self.memory.key, &call.networks));
        let (admission, reveal_unknown) = self.admit(seen, token, resume, networks).await?;
        let (operation, flow) = match admission {
            Admission::Process(flow) => (request.operation, flow),
            Admission::Resume(flow) => (Operation::Resume, flow),
            Admission::OtherBytes => {
                tracing::warn!("not accepted: another message had this request id");
                return Ok(Answer::NotAccepted);
            }
            Admission::Answered(bytes) => {
                tracing::info!(operation = name, "answered again");
                let message = minicbor::decode(&bytes).map_err(StoreError::new)?;
                return Ok(Answer::Reply { message });
            }
        };
        let _account = match &flow {
            Some(flow) if changes_the_account(&operation, flow) => {
                Some(self.flows.hold(*flow.subject).await)
            }
            _ => None,
        };
        let outcome = self.execute(call, operation, flow, reveal_unknown).await?;
        let reason = outcome.reason.as_ref().map(Reason::code);
        tracing::info!(operation = name, reason, "answered");
        self.finish(seen, &opened.replier, outcome, with_name).await
    }

    /// Executes an operation, or answers as the sandbox's script for the account says.
    async fn execute(
        &self,
        call: &RequestContext,
        operation: Operation,
        flow: Option<Flow>,
        reveal_unknown: bool,
    ) -> Result<Outcome, Fault> {
        let scripted = self.scripted.as_ref().zip(flow.as_ref());
        let scripted = scripted
            .and_then(|(scripted, flow)| scripted.course(&operation, flow, self.memory.now()));
        match scripted {
            None => self.steps.run(call, operation, flow, reveal_unknown).await,
            Some(Scripted::Outcome(outcome)) => Ok(*outcome),
            Some(Scripted::Instead(operation, reason)) => {
                let outcome = self.steps.run(call, operation, flow, reveal_unknown);
                Ok(Outcome {
                    reason: Some(reason),
                    ..outcome.await?
                })
            }
        }
    }

    /// Marks the request and takes its token, in one transaction. Also returns whether an unknown
    /// name may be reported: not in a `decoy` tenant, nor to networks that have looked up too many
    /// names.
    async fn admit(
        &self,
        seen: SeenRequest,
        token: Option<FlowToken>,
        resume: bool,
        looks_up: Option<Networks>,
    ) -> Result<(Admission, bool), Fault> {
        let (key, now) = (self.memory.key.clone(), self.memory.now());
        let keeps_unproven = self.rules.unknown_names == UnknownNames::Decoy;
        let limits = self.limits;
        let admission = self.memory.store.write(move |tables| {
            let take = |accepted| match &token {
                Some(token) => ledger::take(tables, &key, token, accepted, keeps_unproven, now),
                None => Ok(None),
            };
            let status = seen.mark(tables)?;
            let mut reveal_unknown = !keeps_unproven;
            if let (ReplayStatus::New, Some(networks)) = (&status, looks_up) {
                let spent = networks.spent_until(tables, Event::Name, limits, now)?;
                reveal_unknown &= spent.is_none();
                networks.count(tables, Event::Name, limits, now)?;
            }
            let admission = match status {
                ReplayStatus::New if resume => {
                    Admission::Process(take(AcceptedTokens::CurrentOrPrevious)?)
                }
                ReplayStatus::New => Admission::Process(take(AcceptedTokens::Current)?),
                ReplayStatus::Interrupted => {
                    Admission::Resume(take(AcceptedTokens::CurrentOrPrevious)?)
                }
                ReplayStatus::Answered(bytes) => Admission::Answered(bytes),
                ReplayStatus::OtherBytes => Admission::OtherBytes,
            };
            Ok((admission, reveal_unknown))
        });
        Ok(admission.await?)
    }

    /// Seals the reply, and stores it together with the change to the flow. With `with_name` the
    /// reply contains the name that the flow began with.
    async fn finish(
        &self,
        seen: SeenRequest,
        replier: &Replier,
        outcome: Outcome,
        with_name: bool,
    ) -> Result<Answer, Fault> {
        let (token, name) = match &outcome.after {
            After::Continues(flow) => (
                Some(FlowToken(self.memory.random_bytes()?)),
                flow.name.clone().filter(|_| with_name),
            ),
            _ => (None, None),
        };
        // A write to the directory is reported even if the reply cannot be stored.
        let must_reply = matches!(outcome.step, Step::Done | Step::Unlocked)
            || outcome.reason == Some(Reason::InDoubt);
        let mut reply = Reply {
            token,
            step: outcome.step,
            reason: outcome.reason,
            codes_left: outcome.codes_left,
            next: outcome.next,
            name: None,
        };
        add_name(&mut reply, name);
        let sealed = replier.seal(&postern_protocol::encode(&reply));
        let message = sealed.map_err(|_| Fault::Seal)?;
        let bytes = minicbor::to_vec(&message).map_err(|_| Fault::Seal)?;
        let (key, now) = (self.memory.key.clone(), self.memory.now());
        let written = self.memory.store.write(move |tables| {
            match (outcome.after, token) {
                (After::Continues(flow), Some(token)) => {
                    ledger::issue_token(tables, &key, flow, &token)?;
                }
                (After::Continues(flow) | After::Ended(flow), _) => {
                    ledger::save(tables, &key, &flow)?;
                }
                (After::Completed(mut flow), _) => {
                    // A person who changes a password has proven only that they know it. And where
                    // tries are counted by the name, deleting them would reveal that the name has
                    // an account.
                    if flow.kind() != FlowKind::Change && flow.name_tries_key.is_none() {
                        tries::forget(tables, &flow.subject, now)?;
                    }
                    // Gates passed under the old password do not count for the new one.
                    if matches!(flow.state, State::Done) {
                        ledger::end_others(tables, &mut flow)?;
                    }
                    ledger::save(tables, &key, &flow)?;
                }
                (After::InDoubt(mut flow), _) => {
                    ledger::end_others(tables, &mut flow)?;
                    ledger::save(tables, &key, &flow)?;
                }
                (After::Forgotten(flow), _) => ledger::forget(tables, &flow)?,
                (After::None, _) => {}
            }
            seen.record_answer(tables, bytes)
        });
        match written.await {
            Err(error) if must_reply => tracing::error!(%error, "an answer was not kept"),
            written => written?,
        }
        Ok(Answer::Reply { message })
    }
}

/// Reports whether an operation changes the account's password or its methods. Such operations on
/// one account run one after the other, because the first ends the account's other flows.
fn changes_the_account(operation: &Operation, flow: &Flow) -> bool {
    use Operation::{ChangePassword, SetPassword};
    let sets = matches!(operation, SetPassword { .. } | ChangePassword { .. });
    sets || matches!(flow.state, State::ManagingMethods(_))
}

/// Returns the digest that distinguishes a message from every other with its request id.
fn digest_of(message: &Compact) -> [u8; 32] {
    // Writing to a `Vec` cannot fail.
    sha256(&minicbor::to_vec(message).unwrap_or_default())
}

/// Returns a sealed refusal that belongs to no flow.
fn refusal(replier: &Replier, reason: Reason) -> Answer {
    let reply = Reply {
        token: None,
        step: Step::Identify,
        reason: Some(reason),
        codes_left: None,
        next: None,
        name: None,
    };
    match replier.seal(&postern_protocol::encode(&reply)) {
        Ok(message) => Answer::Reply { message },
        Err(error) => {
            tracing::error!(%error, "a reply could not be sealed");
            Answer::NotAccepted
        }
    }
}

/// Returns a support code in a form that is safe in a log, whoever wrote it.
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
        Operation::Extend => "extend",
        Operation::ChangePassword { .. } => "change_password",
        Operation::AddMethod { .. } => "add_method",
        Operation::ConfirmMethod { .. } => "confirm_method",
        Operation::RemoveMethod { .. } => "remove_method",
        Operation::ConfirmMethods => "confirm_methods",
    }
}
