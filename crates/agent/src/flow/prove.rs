//! Gates: sending a code, checking an answer, counting the wrong ones.

use super::ledger;
use super::outcome::{Fault, Outcome};
use super::{Flow, OpenGate, Proving, State, Wrong};
use crate::agent::Inner;
use crate::config::UnknownNames;
use crate::gates::Verdict;
use crate::gates::budget::{Budget, Who, is_guessable};
use crate::gates::checker::{Checker, Mark};
use crate::gates::issued::Note;
use crate::gates::mail::{self, SentCode};
use crate::gates::pace::Waiting;
use crate::gates::sends::{self, Destination};
use crate::mail::Mail;
use crate::phone::{Message, words as phone_words};
use crate::request::Call;
use crate::words::Occasion;
use crate::{ambient, words};
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
    /// It is sent, for a network that is so busy.
    Sent {
        busy: u32,
    },
    /// The destination has had its share, of which a `decoy` tenant tells nothing.
    Dropped,
    Refused(Reason),
}

impl Inner {
    /// Sends a code through a gate. A decoy does all of it but the sending.
    pub(crate) async fn send_code(
        &self,
        call: &Call,
        mut flow: Flow,
        proving: Proving,
        gate: u8,
    ) -> Result<Outcome, Fault> {
        let (now, limits) = (self.now(), self.limits());
        let Some(gate) = proving.gate(gate).cloned() else {
            return Ok(Outcome::over(flow, Reason::FlowExpired));
        };
        if proving.has_passed(gate.kind) {
            return Ok(Outcome::stands(flow, Some(Reason::CodeUsed), now));
        }
        if gate.kind == GateKind::Passkey {
            return self.challenge(flow, proving, gate.id);
        }
        if !gate.kind.sends() {
            return Ok(Outcome::over(flow, Reason::FlowExpired));
        }
        // Asked for a decoy too: what is broken is broken for everybody.
        if !self.can_send(&gate) {
            tracing::error!(kind = gate.kind.name(), "a code cannot be sent");
            return Ok(Outcome::stands(flow, Some(Reason::CodeNotSent), now));
        }
        let minutes = u64::from(self.parts.rules.code_minutes.get());
        let until = flow.expires.min(now + minutes * 60);
        let code = mail::make(&self.parts.random)?;
        let key = self.parts.store_key.clone();
        let sent = match &gate.address {
            Some(_) => SentCode::new(&key, &flow.id, gate.id, &code, until),
            None => SentCode::of_nothing(&self.parts.random, until)?,
        };
        let to = Destination::of(&key, gate.kind, gate.address.as_deref(), &flow.subject);
        let before = flow.clone();
        flow.state = State::Proving(proving.send(gate.id, sent));
        let after = flow.clone();
        let who = self.who(call, &after);
        let silent = self.parts.rules.unknown_names == UnknownNames::Decoy;
        let written = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &who, limits, now)?;
            if let Some(reason) = budget.waits()? {
                return Ok(Counted::Refused(reason));
            }
            let full = sends::full_until(tables, &to, limits, now)?;
            let full = full.filter(|_| !budget.is_known());
            if let (Some(until), false) = (full, silent) {
                return Ok(Counted::Refused(Reason::TooManyCodes {
                    until: until.next_multiple_of(60),
                }));
            }
            let busy = budget.sent(Some(to.name()))?;
            budget.write()?;
            ledger::save(tables, &key, &after)?;
            if full.is_some() {
                return Ok(Counted::Dropped);
            }
            sends::count(tables, &to, limits, now)?;
            Ok(Counted::Sent { busy })
        });
        // Where no code is sent, another gate, or the last code, may still do.
        let busy = match written.await? {
            Counted::Sent { busy } => busy,
            Counted::Dropped => {
                tracing::info!("a code is not sent: its destination has had its share");
                return Ok(Outcome::stands(flow, None, now));
            }
            Counted::Refused(reason) => return Ok(Outcome::stands(before, Some(reason), now)),
        };
        let code = Waiting {
            call: call.clone(),
            device: flow.device,
            errand: flow.errand(),
            gate,
            code,
            until,
            busy,
        };
        let reason = (!self.send_in_turn(code)).then_some(Reason::CodeNotSent);
        Ok(Outcome::stands(flow, reason, now))
    }

    /// Sends a code at the tenant's pace; `false` if what sends it did not take it. A decoy's is on
    /// nobody's way.
    fn send_in_turn(&self, code: Waiting) -> bool {
        if code.gate.address.is_none() {
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
    pub(super) fn who(&self, call: &Call, flow: &Flow) -> Who {
        Who::of(&self.parts.store_key, *flow.subject, &call.networks)
    }

    /// Gives out a challenge for a passkey. Nothing is sent, and a decoy's is like any other.
    fn challenge(&self, mut flow: Flow, proving: Proving, gate: u8) -> Result<Outcome, Fault> {
        let Some(passkeys) = &self.parts.passkeys else {
            return Ok(Outcome::over(flow, Reason::FlowExpired));
        };
        let now = self.now();
        let minutes = u64::from(self.parts.rules.code_minutes.get());
        let challenge = passkeys.challenge(flow.expires.min(now + minutes * 60))?;
        flow.state = State::Proving(proving.challenge(gate, challenge));
        Ok(Outcome::stands(flow, None, now))
    }

    /// Whether what a gate sends can be sent at present.
    fn can_send(&self, gate: &OpenGate) -> bool {
        let to = gate.address.as_deref();
        match self.parts.phones.of(gate.kind) {
            Some(phone) => phone.is_ready(to),
            None => gate.kind == GateKind::Mail && self.parts.mailer.is_ready(),
        }
    }

    /// Hands a code over to what sends it; `false` if it did not take it. To no address, a mail is
    /// written all the same.
    fn queue_code(&self, code: &Waiting) -> bool {
        let (call, gate) = (&code.call, &code.gate);
        let Some(phone) = self.parts.phones.of(gate.kind) else {
            return self.mail_code(code);
        };
        let digits = code.code.expose_str().unwrap_or_default();
        let words = self.parts.wording.words(&call.language);
        let tenant = &self.parts.tenant.display_name;
        let text = match gate.kind {
            GateKind::Voice => phone_words::code_call(words, tenant, digits),
            _ => phone_words::code_sms(words, tenant, digits, self.parts.phones.host.as_deref()),
        };
        let Some(number) = gate.address.clone() else {
            return true;
        };
        phone.send(Message {
            number,
            about: text.subject,
            text: Secret::new(text.body.into_bytes()),
            code: code.code.clone(),
            language: words::language(&call.language).code(),
            support_code: call.support_code.clone(),
        })
    }

    fn mail_code(&self, code: &Waiting) -> bool {
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let occasion = self.occasion(&code.call, code.device);
        let digits = code.code.expose_str().unwrap_or_default();
        // What is left of the flow may be less than a code's life: no promise beyond it.
        let minutes = (code.until.saturating_sub(occasion.now) / 60).max(1);
        let letter = wording.code(tenant, occasion, code.errand, digits, minutes);
        let mail = |to| Mail::new(to, &letter, &code.call.support_code, code.until);
        match &code.gate.address {
            Some(to) => self.parts.mailer.send(mail(to.clone())),
            None => self.parts.mailer.send_nothing(mail(String::new())),
        }
    }

    /// What a mail tells of the request that it belongs to.
    pub(crate) fn occasion<'a>(&self, call: &'a Call, device: Option<Device>) -> Occasion<'a> {
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
        call: &Call,
        flow: Flow,
        mut proving: Proving,
        gate: u8,
        typed: &Secret,
    ) -> Result<Outcome, Fault> {
        let (now, limits) = (self.now(), self.limits());
        let Some(gate) = proving.gate(gate).cloned() else {
            return Ok(Outcome::over(flow, Reason::FlowExpired));
        };
        if proving.has_passed(gate.kind) {
            return Ok(Outcome::stands(flow, Some(Reason::CodeUsed), now));
        }
        if gate.kind == GateKind::Password {
            return self.check_password(call, flow, proving, typed).await;
        }
        let checker = self.checker(&flow, &proving, gate, typed)?;
        let note = checker.issued.as_ref().and_then(|kept| kept.note.clone());
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
            match (verdict, proving.anchor) {
                (Verdict::Right, Some(_)) => {
                    checker.keep(tables, &mark)?;
                    budget.passed(kind, &after.wrong)?;
                    budget.write()?;
                    after.state = proving.pass(kind);
                    after.wrong.retain(|wrong| wrong.kind != kind);
                    ledger::save(tables, &key, &after)?;
                    let left = match (kind, mark) {
                        (GateKind::RecoveryCode, Mark::Spent(_, left)) => Some(left),
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
                    proving = proving.tried(checker.gate.id);
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
            Answered::Over => Outcome::over(flow, Reason::FlowExpired),
            Answered::Refused(reason) => Outcome::stands(flow, Some(reason), now),
            Answered::Wrong(flow, reason) => Outcome::stands(flow, Some(reason), now),
            Answered::Right(flow, left) => match flow.state.clone() {
                State::Proven(proven) => {
                    let outcome = self.proven_for(call, flow, proven).await;
                    outcome.with_codes_left(left)
                }
                _ => Outcome::stands(flow, None, now).with_codes_left(left),
            },
        })
    }

    fn checker(
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
            let found = self.parts.authenticators.secret(anchor);
            secret = found.unwrap_or_else(|error| {
                tracing::error!(%error, "an authenticator cannot be read");
                None
            });
        }
        let issued = gate
            .kind
            .is_issued()
            .then(|| self.issued(gate.kind, anchor));
        let passkeys = self.parts.passkeys.as_ref();
        let challenge = gate.challenge.as_ref();
        let asserted = passkeys
            .zip(challenge)
            .and_then(|(passkeys, challenge)| passkeys.check(anchor, challenge, typed));
        let nobodys = ambient::bytes::<20>(&self.parts.random)?;
        Ok(Checker {
            key: self.parts.store_key.clone(),
            flow: *flow.id,
            anchor,
            secret: secret.unwrap_or_else(|| Secret::new(nobodys.to_vec())),
            issued: issued.flatten(),
            asserted,
            typed: typed.clone(),
            gate,
        })
    }
}
