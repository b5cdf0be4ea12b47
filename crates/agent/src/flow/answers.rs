//! Gates: sending codes, checking answers, counting wrong ones.

use super::ledger;
use super::outcome::{Fault, Outcome};
use super::{Flow, OpenGate, Proving, State, WrongAnswer};
use crate::agent::AgentContext;
use crate::gates::Verdict;
use crate::gates::budget::{Budget, Requester, is_guessable};
use crate::gates::checker::{Checker, Consumption};
use crate::gates::issued::{Issued, Note};
use crate::gates::mail::{self, SentCode};
use crate::gates::pace::QueuedCode;
use crate::gates::sends::{self, Destination};
use crate::mail::Mail;
use crate::phone::{Message, words as phone_words};
use crate::request::RequestContext;
use crate::words;
use crate::words::Occasion;
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::{Device, GateKind, Reason};
use postern_store::system;

/// The number of wrong answers at a kind of gate that cannot be guessed after which the flow ends.
/// They never close an account's gates.
const MAX_WRONG_PER_FLOW: usize = 10;

/// The result of checking an answer.
enum AnswerOutcome {
    Right(Flow, Option<u16>),
    Wrong(Flow, Reason),
    Refused(Reason),
    FlowEnded,
}

/// The decision on a request for a code.
enum CodeDecision {
    /// The code is sent, except to addresses that have had their share: those with a time in
    /// `full`. `load_permille` is the load of the requester's networks, in thousandths of their
    /// share.
    Sent {
        load_permille: u32,
        full: Vec<Option<u64>>,
    },
    Refused(Reason),
}

impl AgentContext {
    /// Sends a code through a gate. For a decoy, everything but the sending is done.
    pub(crate) async fn send_code(
        &self,
        call: &RequestContext,
        mut flow: Flow,
        proving: Proving,
        gate: u8,
    ) -> Result<Outcome, Fault> {
        let (now, limits) = (self.now(), self.limits());
        let Some(gate) = proving.gate(gate).cloned() else {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        };
        if proving.has_passed(gate.kind) {
            return Ok(Outcome::flow_continues(flow, Some(Reason::CodeUsed), now));
        }
        if gate.kind == GateKind::Passkey {
            return self.challenge(flow, proving, gate.id);
        }
        if !gate.kind.sends() {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        }
        // Checked for a decoy too: a server or gateway that fails is reported for every name alike.
        let uniform = proving.uniform;
        if !self.can_send(&gate, uniform) {
            tracing::error!(kind = gate.kind.name(), "a code cannot be sent");
            return Ok(Outcome::flow_continues(
                flow,
                Some(Reason::CodeNotSent),
                now,
            ));
        }
        let minutes = u64::from(self.parts.rules.code_minutes.get());
        let until = flow.expires.min(now + minutes * 60);
        let code = mail::make(&self.parts.random)?;
        let key = self.parts.store_key.clone();
        let sent = match &gate.address {
            Some(_) => SentCode::new(&key, &flow.id, gate.id, &code, until),
            None => SentCode::decoy(&self.parts.random, until)?,
        };
        let mut places: Vec<_> = gate.addresses().cloned().collect();
        let to = |place| Destination::of(&key, gate.kind, place, &flow.tries_key());
        let destinations: Vec<_> = match &places[..] {
            [] => vec![to(None)],
            places => places.iter().map(|place| to(Some(place))).collect(),
        };
        let before = flow.clone();
        flow.state = State::Proving(proving.with_sent_code(gate.id, sent));
        let after = flow.clone();
        let requester = self.requester(call, &after);
        let written = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &requester, limits, now)?;
            if let Some(reason) = budget.code_refusal()? {
                return Ok(CodeDecision::Refused(reason));
            }
            let mut full = Vec::new();
            for to in &destinations {
                full.push(sends::full_until(tables, to, budget.share(), limits, now)?);
            }
            // Reporting a full mailbox would reveal that there is one.
            if !uniform && let Some(Some(until)) = full.iter().min() {
                return Ok(CodeDecision::Refused(Reason::TooManyCodes {
                    until: until.next_multiple_of(60),
                }));
            }
            let load_permille = budget.record_sent(&destinations)?;
            budget.write()?;
            ledger::save(tables, &key, &after)?;
            for (to, _) in destinations
                .iter()
                .zip(&full)
                .filter(|(_, full)| full.is_none())
            {
                sends::count(tables, to, limits, now)?;
            }
            Ok(CodeDecision::Sent {
                load_permille,
                full,
            })
        });
        // If no code is sent, another gate or the last code may still be used.
        let load_permille = match written.await? {
            CodeDecision::Sent {
                load_permille,
                full,
            } => {
                let mut full = full.iter();
                places.retain(|_| full.next().is_some_and(Option::is_none));
                load_permille
            }
            CodeDecision::Refused(reason) => {
                return Ok(Outcome::flow_continues(before, Some(reason), now));
            }
        };
        let code = QueuedCode {
            call: call.clone(),
            device: flow.device,
            flow_kind: flow.kind(),
            kind: gate.kind,
            to: places,
            code,
            until,
            load_permille,
        };
        let reason = (!self.send_in_turn(code)).then_some(Reason::CodeNotSent);
        Ok(Outcome::flow_continues(flow, reason, now))
    }

    /// Sends a code at the tenant's pace; returns `false` if the mailer or gateway did not accept
    /// it. A decoy's code does not count towards the pace.
    fn send_in_turn(&self, code: QueuedCode) -> bool {
        if code.to.is_empty() {
            return self.queue_code(&code);
        }
        let max_per_minute = self.limits().codes_per_minute;
        match self.pace.admit_or_queue(code, max_per_minute, self.now()) {
            Some(code) => self.queue_code(&code),
            None => {
                self.send_waiting();
                true
            }
        }
    }

    /// Sends the queued codes that are due.
    pub(crate) fn send_waiting(&self) {
        let due = self
            .pace
            .take_due(self.limits().codes_per_minute, self.now());
        for code in due {
            if !self.queue_code(&code) {
                let support_code = &code.call.support_code;
                tracing::error!(support_code, "a code that waited was not sent");
            }
        }
    }

    /// Returns the requester under which the answers and codes of a flow are counted.
    pub(super) fn requester(&self, call: &RequestContext, flow: &Flow) -> Requester {
        Requester::of(&self.parts.store_key, flow.tries_key(), &call.networks)
    }

    /// Issues a passkey challenge. Nothing is sent, and a decoy's challenge is like any other.
    fn challenge(&self, mut flow: Flow, proving: Proving, gate: u8) -> Result<Outcome, Fault> {
        let Some(passkeys) = &self.parts.passkeys else {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        };
        let now = self.now();
        let minutes = u64::from(self.parts.rules.code_minutes.get());
        let challenge = passkeys.challenge(flow.expires.min(now + minutes * 60))?;
        flow.state = State::Proving(proving.with_challenge(gate, challenge));
        Ok(Outcome::flow_continues(flow, None, now))
    }

    /// Reports whether a gate's code can be sent at present: to its address or, for a uniform gate,
    /// to any address.
    fn can_send(&self, gate: &OpenGate, uniform: bool) -> bool {
        let to = gate.address.as_deref().filter(|_| !uniform);
        match self.parts.phones.of(gate.kind) {
            Some(phone) => phone.is_ready(to),
            None => gate.kind == GateKind::Mail && self.parts.mailer.is_ready(),
        }
    }

    /// Returns [`Reason::CodeNotSent`] if a mailed code still waits, because the mail server is
    /// broken and has accepted nothing since the code was requested. A decoy's code is treated in
    /// the same way.
    pub(crate) fn unsent_code_reason(&self, proving: &Proving, now: u64) -> Option<Reason> {
        let life = u64::from(self.parts.rules.code_minutes.get()) * 60;
        let waits = |gate: &OpenGate| {
            let sent = gate.sent.as_ref().filter(|sent| sent.is_valid(now));
            // The code was sent then or later: the end of the flow may have shortened its life.
            let failed = |sent: &SentCode| {
                let requested_at = sent.until.saturating_sub(life);
                self.parts.mailer.has_failed_since(requested_at)
            };
            gate.kind == GateKind::Mail && sent.is_some_and(failed)
        };
        let waits = proving.gates.iter().any(waits);
        waits.then_some(Reason::CodeNotSent)
    }

    /// Hands a code to the mailer or gateway; returns `false` if it was not accepted. Without an
    /// address, a mail is composed all the same.
    fn queue_code(&self, code: &QueuedCode) -> bool {
        let Some(phone) = self.parts.phones.of(code.kind) else {
            return self.mail_code(code);
        };
        let digits = code.code.expose_str().unwrap_or_default();
        let language = &code.call.language;
        let words = self.parts.wording.words(language);
        let tenant = &self.parts.tenant.display_name;
        let text = match code.kind {
            GateKind::Voice => phone_words::code_call(words, tenant, digits),
            _ => phone_words::code_sms(words, tenant, digits, self.parts.phones.host.as_deref()),
        };
        let send = |number: &String| {
            phone.send(Message {
                number: number.clone(),
                about: text.subject.clone(),
                text: Secret::from(&*text.body),
                code: code.code.clone(),
                language: words::language(language).code(),
                support_code: code.call.support_code.clone(),
            })
        };
        let taken = code.to.iter().map(send).filter(|taken| *taken);
        taken.count() > 0 || code.to.is_empty()
    }

    fn mail_code(&self, code: &QueuedCode) -> bool {
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let occasion = self.occasion(&code.call, code.device);
        let digits = code.code.expose_str().unwrap_or_default();
        // The flow may end before the code's lifetime does: the mail must not promise more.
        let minutes = (code.until.saturating_sub(occasion.now) / 60).max(1);
        let letter = wording.code(tenant, occasion, code.flow_kind, digits, minutes);
        let mail = |to| Mail::new(to, &letter, &code.call.support_code, code.until);
        if code.to.is_empty() {
            return self.parts.mailer.send_decoy(mail(String::new()));
        }
        let to = code.to.iter().cloned();
        let taken = to.map(|to| self.parts.mailer.send(mail(to)));
        taken.filter(|taken| *taken).count() > 0
    }

    /// Returns the details of the request that its mails mention.
    pub(crate) fn occasion<'a>(
        &self,
        call: &'a RequestContext,
        device: Option<Device>,
    ) -> Occasion<'a> {
        Occasion {
            language: &call.language,
            now: self.now(),
            device,
        }
    }

    /// Checks an answer. Checking and counting are one transaction, so that no two answers for one
    /// account, even in different flows, are checked against the same count.
    pub(crate) async fn check_answer(
        &self,
        call: &RequestContext,
        flow: Flow,
        mut proving: Proving,
        gate: u8,
        typed: &Secret,
    ) -> Result<Outcome, Fault> {
        let (now, limits) = (self.now(), self.limits());
        let Some(gate) = proving.gate(gate).cloned() else {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        };
        if proving.has_passed(gate.kind) {
            return Ok(Outcome::flow_continues(flow, Some(Reason::CodeUsed), now));
        }
        if gate.kind == GateKind::Password {
            return self.check_password(call, flow, proving, typed).await;
        }
        let checker = self.checker(&flow, &proving, gate, typed).await?;
        let note = checker.note.clone();
        let (key, before) = (self.parts.store_key.clone(), flow.clone());
        let requester = self.requester(call, &flow);
        let answered = self.parts.store.write(move |tables| {
            let kind = checker.gate.kind;
            let mut budget = Budget::read(tables, &requester, limits, now)?;
            if let Some(reason) = budget.answer_refusal(kind)? {
                return Ok(AnswerOutcome::Refused(reason));
            }
            let (verdict, consumption) = checker.check(tables, now)?;
            let mut after = before;
            // An account cannot pass a gate that it does not have, whatever is guessed.
            let owner = proving.anchor.filter(|_| checker.exists);
            match (verdict, owner) {
                (Verdict::Right, Some(_)) => {
                    checker.record_consumption(tables, &consumption)?;
                    budget.record_passed(kind, &after.wrong)?;
                    budget.write()?;
                    after.state = proving.pass(kind);
                    after.wrong.retain(|wrong| wrong.kind != kind);
                    ledger::save(tables, &key, &after)?;
                    let left = match (kind, consumption) {
                        (GateKind::RecoveryCode, Consumption::Spent(_, left)) => Some(left),
                        _ => None,
                    };
                    return Ok(AnswerOutcome::Right(after, left));
                }
                (Verdict::Expired, _) => return Ok(AnswerOutcome::Refused(Reason::CodeExpired)),
                (Verdict::Used, Some(_)) => return Ok(AnswerOutcome::Refused(Reason::CodeUsed)),
                (Verdict::NoCode, _) => {}
                (Verdict::Right | Verdict::Used | Verdict::Wrong, _) => {
                    budget.record_wrong(kind)?;
                    budget.write()?;
                    after.wrong.push(WrongAnswer { kind, at: now });
                    proving = proving.record_failure(checker.gate.id);
                }
            }
            let sent = proving.gate(checker.gate.id);
            let sent = sent.and_then(|gate| gate.sent.as_ref().map(SentCode::tries_left));
            let tries_left = if kind.sends() {
                sent.unwrap_or(mail::MAX_WRONG_ANSWERS).into()
            } else if is_guessable(kind) {
                budget.tries_left()
            } else {
                let left = MAX_WRONG_PER_FLOW.saturating_sub(after.wrong_count(kind));
                u16::try_from(left).unwrap_or_default()
            };
            after.state = State::Proving(proving);
            ledger::save(tables, &key, &after)?;
            Ok(match (budget.answer_refusal(kind)?, tries_left) {
                (Some(closed), _) => AnswerOutcome::Wrong(after, closed),
                (None, 0) if kind.sends() => AnswerOutcome::Wrong(after, Reason::CodeExpired),
                (None, 0) => AnswerOutcome::FlowEnded,
                (None, tries_left) => AnswerOutcome::Wrong(after, Reason::WrongCode { tries_left }),
            })
        });
        let answered = answered.await?;
        if let (AnswerOutcome::Right(..), Some(note)) = (&answered, note) {
            let Note {
                support_code,
                issued_by,
            } = note;
            tracing::info!(audit = true, issued_by, issue = support_code, "pass used");
        }
        Ok(match answered {
            AnswerOutcome::FlowEnded => Outcome::flow_ended(flow, Reason::FlowExpired),
            AnswerOutcome::Refused(reason) => Outcome::flow_continues(flow, Some(reason), now),
            AnswerOutcome::Wrong(flow, reason) => Outcome::flow_continues(flow, Some(reason), now),
            AnswerOutcome::Right(flow, left) => match flow.state.clone() {
                State::Proving(proving) if proving.must_reveal_own_gates() => {
                    let outcome = self.reveal(call, flow, proving).await;
                    outcome.with_codes_left(left)
                }
                State::Proven(proven) => {
                    let outcome = self.continue_after_gates(call, flow, proven).await;
                    outcome.with_codes_left(left)
                }
                _ => Outcome::flow_continues(flow, None, now).with_codes_left(left),
            },
        })
    }

    async fn checker(
        &self,
        flow: &Flow,
        proving: &Proving,
        gate: OpenGate,
        typed: &Secret,
    ) -> Result<Checker, Fault> {
        // A decoy reads the methods of an anchor that no account has, so that it takes as long.
        let anchor = Anchor(*proving.anchor.unwrap_or(flow.subject));
        let mut secret = None;
        if gate.kind == GateKind::Authenticator {
            let found = self.methods.authenticator(anchor).await;
            secret = found.unwrap_or_else(|error| {
                tracing::error!(%error, "an authenticator cannot be read");
                None
            });
        }
        let mut issued = None;
        if gate.kind.is_issued() {
            issued = self.issued(gate.kind, anchor).await;
        }
        let mut assertion = None;
        if let (Some(passkeys), Some(challenge)) = (&self.parts.passkeys, &gate.challenge) {
            assertion = passkeys.check(&self.passkeys(anchor).await, challenge, typed);
        }
        let exists = match gate.kind {
            GateKind::Authenticator => secret.is_some(),
            kind if kind.sends() => gate.address.is_some(),
            // If the account has none, no answer is right.
            _ => true,
        };
        let random_secret = Secret::new(system::bytes::<20>(&self.parts.random)?.to_vec());
        let id = match gate.kind {
            GateKind::Authenticator => secret.as_ref().unwrap_or(&random_secret).expose(),
            GateKind::Passkey => assertion
                .as_ref()
                .map_or(&[][..], |assertion| &assertion.id),
            _ => issued.as_ref().map_or(&[][..], Issued::id),
        };
        let held = self.is_always_required(gate.kind);
        let held = held.then(|| self.held_name(gate.kind, anchor, id));
        let note = issued.and_then(|issued| issued.note);
        Ok(Checker {
            held,
            key: self.parts.store_key.clone(),
            flow: *flow.id,
            anchor,
            methods: self.methods.clone(),
            random_secret,
            note,
            assertion,
            typed: typed.clone(),
            gate,
            exists,
        })
    }
}
