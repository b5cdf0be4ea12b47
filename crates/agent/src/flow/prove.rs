//! Gates: sending a code, checking an answer, counting the wrong ones.

use super::ledger;
use super::outcome::{Fault, Outcome};
use super::{Flow, OpenGate, Proving, State, Wrong};
use crate::agent::AgentContext;
use crate::gates::Verdict;
use crate::gates::budget::{Budget, Who, is_guessable};
use crate::gates::checker::{Checker, Consumption};
use crate::gates::issued::{Issued, Note};
use crate::gates::mail::{self, SentCode};
use crate::gates::pace::Waiting;
use crate::gates::sends::{self, Destination};
use crate::mail::Mail;
use crate::phone::{Message, words as phone_words};
use crate::request::RequestContext;
use crate::words::Occasion;
use crate::{system, words};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::{Device, GateKind, Reason};

/// How many wrong answers of a kind that cannot be guessed end a flow. They close no account.
const FLOW_TRIES: usize = 10;

/// What became of an answer.
enum Answered {
    Right(Flow, Option<u16>),
    Wrong(Flow, Reason),
    Refused(Reason),
    Over,
}

/// What became of a code.
enum Counted {
    /// It is sent, for a network that is so busy, but to the places that have had their share.
    Sent {
        busy: u32,
        full: Vec<Option<u64>>,
    },
    Refused(Reason),
}

impl AgentContext {
    /// Sends a code through a gate. A decoy does all of it but the sending.
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
        // Asked for a decoy too: what is broken is broken for everybody.
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
        let to = |place| Destination::of(&key, gate.kind, place, &flow.counted());
        let destinations: Vec<_> = match &places[..] {
            [] => vec![to(None)],
            places => places.iter().map(|place| to(Some(place))).collect(),
        };
        let before = flow.clone();
        flow.state = State::Proving(proving.send(gate.id, sent));
        let after = flow.clone();
        let who = self.who(call, &after);
        let written = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &who, limits, now)?;
            if let Some(reason) = budget.waits()? {
                return Ok(Counted::Refused(reason));
            }
            let mut full = Vec::new();
            for to in &destinations {
                full.push(sends::full_until(tables, to, budget.share(), limits, now)?);
            }
            // That a mailbox is full would tell that there is one.
            if !uniform && let Some(Some(until)) = full.iter().min() {
                return Ok(Counted::Refused(Reason::TooManyCodes {
                    until: until.next_multiple_of(60),
                }));
            }
            let busy = budget.sent(&destinations)?;
            budget.write()?;
            ledger::save(tables, &key, &after)?;
            for (to, _) in destinations
                .iter()
                .zip(&full)
                .filter(|(_, full)| full.is_none())
            {
                sends::count(tables, to, limits, now)?;
            }
            Ok(Counted::Sent { busy, full })
        });
        // Where no code is sent, another gate, or the last code, may still do.
        let busy = match written.await? {
            Counted::Sent { busy, full } => {
                let mut full = full.iter();
                places.retain(|_| full.next().is_some_and(Option::is_none));
                busy
            }
            Counted::Refused(reason) => {
                return Ok(Outcome::flow_continues(before, Some(reason), now));
            }
        };
        let code = Waiting {
            call: call.clone(),
            device: flow.device,
            flow_kind: flow.kind(),
            kind: gate.kind,
            to: places,
            code,
            until,
            busy,
        };
        let reason = (!self.send_in_turn(code)).then_some(Reason::CodeNotSent);
        Ok(Outcome::flow_continues(flow, reason, now))
    }

    /// Sends a code at the tenant's pace; `false` if what sends it did not take it. A decoy's is on
    /// nobody's way.
    fn send_in_turn(&self, code: Waiting) -> bool {
        if code.to.is_empty() {
            return self.queue_code(&code);
        }
        let most = self.limits().codes_per_minute;
        match self.pace.at_once(code, most, self.now()) {
            Some(code) => self.queue_code(&code),
            None => {
                self.send_waiting();
                true
            }
        }
    }

    /// Sends the codes whose turn has come.
    pub(crate) fn send_waiting(&self) {
        let due = self.pace.due(self.limits().codes_per_minute, self.now());
        for code in due {
            if !self.queue_code(&code) {
                let support_code = &code.call.support_code;
                tracing::error!(support_code, "a code that waited was not sent");
            }
        }
    }

    /// Who answers and asks in a flow, as far as it is counted.
    pub(super) fn who(&self, call: &RequestContext, flow: &Flow) -> Who {
        Who::of(&self.parts.store_key, flow.counted(), &call.networks)
    }

    /// Gives out a challenge for a passkey. Nothing is sent, and a decoy's is like any other.
    fn challenge(&self, mut flow: Flow, proving: Proving, gate: u8) -> Result<Outcome, Fault> {
        let Some(passkeys) = &self.parts.passkeys else {
            return Ok(Outcome::flow_ended(flow, Reason::FlowExpired));
        };
        let now = self.now();
        let minutes = u64::from(self.parts.rules.code_minutes.get());
        let challenge = passkeys.challenge(flow.expires.min(now + minutes * 60))?;
        flow.state = State::Proving(proving.challenge(gate, challenge));
        Ok(Outcome::flow_continues(flow, None, now))
    }

    /// Whether what a gate sends can be sent at present; of a uniform one, to anybody.
    fn can_send(&self, gate: &OpenGate, uniform: bool) -> bool {
        let to = gate.address.as_deref().filter(|_| !uniform);
        match self.parts.phones.of(gate.kind) {
            Some(phone) => phone.is_ready(to),
            None => gate.kind == GateKind::Mail && self.parts.mailer.is_ready(),
        }
    }

    /// Tells whoever looks again that a mailed code still waits, because the mail server does not
    /// work and took nothing since it was asked for. The same for a decoy's.
    pub(crate) fn not_sent(&self, proving: &Proving, now: u64) -> Option<Reason> {
        let life = u64::from(self.parts.rules.code_minutes.get()) * 60;
        let waits = |gate: &OpenGate| {
            let sent = gate.sent.as_ref().filter(|sent| sent.is_good(now));
            // Sent then or later: the end of a flow may have shortened its life.
            let failed = |sent: &SentCode| {
                let asked = sent.until.saturating_sub(life);
                self.parts.mailer.has_failed_since(asked)
            };
            gate.kind == GateKind::Mail && sent.is_some_and(failed)
        };
        let waits = proving.gates.iter().any(waits);
        waits.then_some(Reason::CodeNotSent)
    }

    /// Hands a code over to what sends it; `false` if it did not take it. To no place, a mail is
    /// written all the same.
    fn queue_code(&self, code: &Waiting) -> bool {
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

    fn mail_code(&self, code: &Waiting) -> bool {
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let occasion = self.occasion(&code.call, code.device);
        let digits = code.code.expose_str().unwrap_or_default();
        // What is left of the flow may be less than a code's life: no promise beyond it.
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

    /// What a mail tells of the request that it belongs to.
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

    /// Checks an answer. Checking and counting are one transaction: no two answers for one
    /// account, in whatever flows, are checked on the same count.
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
        let who = self.who(call, &flow);
        let answered = self.parts.store.write(move |tables| {
            let kind = checker.gate.kind;
            let mut budget = Budget::read(tables, &who, limits, now)?;
            if let Some(reason) = budget.closed(kind)? {
                return Ok(Answered::Refused(reason));
            }
            let (verdict, mark) = checker.check(tables, now)?;
            let mut after = before;
            // What an account does not have it cannot pass, whatever is guessed.
            let owner = proving.anchor.filter(|_| checker.exists);
            match (verdict, owner) {
                (Verdict::Right, Some(_)) => {
                    checker.keep(tables, &mark)?;
                    budget.passed(kind, &after.wrong)?;
                    budget.write()?;
                    after.state = proving.pass(kind);
                    after.wrong.retain(|wrong| wrong.kind != kind);
                    ledger::save(tables, &key, &after)?;
                    let left = match (kind, mark) {
                        (GateKind::RecoveryCode, Consumption::Spent(_, left)) => Some(left),
                        _ => None,
                    };
                    return Ok(Answered::Right(after, left));
                }
                (Verdict::Expired, _) => return Ok(Answered::Refused(Reason::CodeExpired)),
                (Verdict::Used, Some(_)) => return Ok(Answered::Refused(Reason::CodeUsed)),
                (Verdict::NoCode, _) => {}
                (Verdict::Right | Verdict::Used | Verdict::Wrong, _) => {
                    budget.wrong(kind)?;
                    budget.write()?;
                    after.wrong.push(Wrong { kind, at: now });
                    proving = proving.record_failure(checker.gate.id);
                }
            }
            let sent = proving.gate(checker.gate.id);
            let sent = sent.and_then(|gate| gate.sent.as_ref().map(SentCode::left));
            let tries_left = if kind.sends() {
                sent.unwrap_or(mail::TRIES).into()
            } else if is_guessable(kind) {
                budget.left()
            } else {
                let left = FLOW_TRIES.saturating_sub(after.wrong_of(kind));
                u16::try_from(left).unwrap_or_default()
            };
            after.state = State::Proving(proving);
            ledger::save(tables, &key, &after)?;
            Ok(match (budget.closed(kind)?, tries_left) {
                (Some(closed), _) => Answered::Wrong(after, closed),
                (None, 0) if kind.sends() => Answered::Wrong(after, Reason::CodeExpired),
                (None, 0) => Answered::Over,
                (None, tries_left) => Answered::Wrong(after, Reason::WrongCode { tries_left }),
            })
        });
        let answered = answered.await?;
        if let (Answered::Right(..), Some(note)) = (&answered, note) {
            let Note {
                support_code,
                issued_by,
            } = note;
            tracing::info!(audit = true, issued_by, issue = support_code, "pass used");
        }
        Ok(match answered {
            Answered::Over => Outcome::flow_ended(flow, Reason::FlowExpired),
            Answered::Refused(reason) => Outcome::flow_continues(flow, Some(reason), now),
            Answered::Wrong(flow, reason) => Outcome::flow_continues(flow, Some(reason), now),
            Answered::Right(flow, left) => match flow.state.clone() {
                State::Proving(proving) if proving.is_to_be_revealed() => {
                    let outcome = self.reveal(call, flow, proving).await;
                    outcome.with_codes_left(left)
                }
                State::Proven(proven) => {
                    let outcome = self.proven_for(call, flow, proven).await;
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
        // A decoy asks for what it cannot have, so that it takes as long.
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
        let mut asserted = None;
        if let (Some(passkeys), Some(challenge)) = (&self.parts.passkeys, &gate.challenge) {
            asserted = passkeys.check(&self.passkeys(anchor).await, challenge, typed);
        }
        let exists = match gate.kind {
            GateKind::Authenticator => secret.is_some(),
            kind if kind.sends() => gate.address.is_some(),
            // Without any nothing is right.
            _ => true,
        };
        let random_secret = Secret::new(system::bytes::<20>(&self.parts.random)?.to_vec());
        let id = match gate.kind {
            GateKind::Authenticator => secret.as_ref().unwrap_or(&random_secret).expose(),
            GateKind::Passkey => asserted.as_ref().map_or(&[][..], |asserted| &asserted.id),
            _ => issued.as_ref().map_or(&[][..], Issued::id),
        };
        let held = self.demands(gate.kind);
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
            asserted,
            typed: typed.clone(),
            gate,
            exists,
        })
    }
}
