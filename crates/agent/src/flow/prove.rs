//! Gates: sending a code, checking an answer, counting the wrong ones.

use super::ledger;
use super::outcome::{Fault, Outcome};
use super::{Flow, OpenGate, Proving, State};
use crate::agent::Inner;
use crate::gates::Verdict;
use crate::gates::checker::{Checker, Mark};
use crate::gates::issued::Note;
use crate::gates::mail::{self, SentCode};
use crate::gates::sends::{self, Destination, Full};
use crate::gates::tries::Tries;
use crate::mail::Mail;
use crate::phone::{Message, words as phone_words};
use crate::request::Call;
use crate::words::Occasion;
use crate::{ambient, words};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::{Device, GateKind, Reason};

/// What became of an answer.
enum Answered {
    Right(State, Option<u16>),
    Wrong(State, Reason),
    Refused(Reason),
    Locked { until: u64 },
}

/// Why no code was sent.
enum NotSent {
    Locked { until: u64 },
    TooMany { until: u64 },
    TooSoon { until: u64 },
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
        let written = self.parts.store.write(move |tables| {
            let mut tries = Tries::read(tables, &after.subject, limits, now)?;
            if let Some(until) = tries.locked_until(limits) {
                return Ok(Err(NotSent::Locked { until }));
            }
            if let Some(until) = tries.sends_until(limits) {
                return Ok(Err(NotSent::TooMany { until }));
            }
            if let Some(until) = tries.pause_until(limits, now) {
                return Ok(Err(NotSent::TooSoon { until }));
            }
            match sends::count(tables, &to, limits, now)? {
                Err(Full::Destination { until }) => return Ok(Err(NotSent::TooMany { until })),
                Err(Full::Tenant { until }) => return Ok(Err(NotSent::TooSoon { until })),
                Ok(()) => {}
            }
            tries.sent(now);
            tries.write(tables, &after.subject)?;
            ledger::save(tables, &key, &after)?;
            Ok(Ok(()))
        });
        // Where no code is sent, another gate, or the last code, may still do.
        let reason = match written.await? {
            Ok(()) => {
                let queued = self.queue_code(call, &flow, gate, &code, until);
                let reason = (!queued).then_some(Reason::CodeNotSent);
                return Ok(Outcome::stands(flow, reason, now));
            }
            Err(NotSent::Locked { until }) => {
                return Ok(Outcome::over(before, Reason::Locked { until }));
            }
            Err(NotSent::TooMany { until }) => Reason::TooManyCodes { until },
            Err(NotSent::TooSoon { until }) => Reason::SentTooRecently {
                // Clocks that people read show minutes.
                until: until.next_multiple_of(60),
            },
        };
        Ok(Outcome::stands(before, Some(reason), now))
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
    fn queue_code(
        &self,
        call: &Call,
        flow: &Flow,
        gate: OpenGate,
        code: &Secret,
        until: u64,
    ) -> bool {
        let Some(phone) = self.parts.phones.of(gate.kind) else {
            return self.mail_code(call, flow, gate.address, code, until);
        };
        let digits = code.expose_str().unwrap_or_default();
        let words = self.parts.wording.words(&call.language);
        let tenant = &self.parts.tenant.display_name;
        let text = match gate.kind {
            GateKind::Voice => phone_words::code_call(words, tenant, digits),
            _ => phone_words::code_sms(words, tenant, digits, self.parts.phones.host.as_deref()),
        };
        let Some(number) = gate.address else {
            return true;
        };
        phone.send(Message {
            number,
            about: text.subject,
            text: Secret::new(text.body.into_bytes()),
            code: code.clone(),
            language: words::language(&call.language).code(),
            support_code: call.support_code.clone(),
        })
    }

    fn mail_code(
        &self,
        call: &Call,
        flow: &Flow,
        to: Option<String>,
        code: &Secret,
        until: u64,
    ) -> bool {
        let code = code.expose_str().unwrap_or_default();
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let occasion = self.occasion(call, flow.device);
        // What is left of the flow may be less than a code's life: no promise beyond it.
        let minutes = (until.saturating_sub(occasion.now) / 60).max(1);
        let letter = wording.code(tenant, occasion, flow.errand(), code, minutes);
        let mail = |to| Mail::new(to, &letter, &call.support_code, until);
        match to {
            Some(to) => self.parts.mailer.send(mail(to)),
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
        mut flow: Flow,
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
        let checker = self.checker(&flow, &proving, gate, typed).await?;
        let note = checker.note.clone();
        let (key, before) = (self.parts.store_key.clone(), flow.clone());
        let answered = self.parts.store.write(move |tables| {
            let subject = &before.subject;
            let mut tries = Tries::read(tables, subject, limits, now)?;
            if let Some(until) = tries.locked_until(limits) {
                return Ok(Answered::Locked { until });
            }
            let (verdict, mark) = checker.check(tables, now)?;
            match (verdict, proving.anchor) {
                (Verdict::Right, Some(_)) => {
                    checker.keep(tables, &mark)?;
                    let state = proving.pass(checker.gate.kind);
                    let passed = Flow {
                        state: state.clone(),
                        ..before
                    };
                    ledger::save(tables, &key, &passed)?;
                    let left = match (checker.gate.kind, mark) {
                        (GateKind::RecoveryCode, Mark::Spent(_, left)) => Some(left),
                        _ => None,
                    };
                    return Ok(Answered::Right(state, left));
                }
                (Verdict::Expired, _) => return Ok(Answered::Refused(Reason::CodeExpired)),
                (Verdict::Used, Some(_)) => return Ok(Answered::Refused(Reason::CodeUsed)),
                (Verdict::NoCode, _) => {}
                (Verdict::Right | Verdict::Used | Verdict::Wrong, _) => {
                    tries.wrong(now);
                    tries.write(tables, subject)?;
                    proving = proving.tried(checker.gate.id);
                }
            }
            let state = State::Proving(proving);
            let after = Flow {
                state: state.clone(),
                ..before
            };
            ledger::save(tables, &key, &after)?;
            Ok(match tries.locked_until(limits) {
                Some(until) => Answered::Locked { until },
                None => Answered::Wrong(
                    state,
                    Reason::WrongCode {
                        tries_left: tries.left(limits),
                    },
                ),
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
            Answered::Locked { until } => Outcome::over(flow, Reason::Locked { until }),
            Answered::Refused(reason) => Outcome::stands(flow, Some(reason), now),
            Answered::Wrong(state, reason) => {
                flow.state = state;
                Outcome::stands(flow, Some(reason), now)
            }
            Answered::Right(State::Proven(proven), left) => {
                let outcome = self.proven_for(call, flow, proven).await;
                outcome.with_codes_left(left)
            }
            Answered::Right(state, left) => {
                flow.state = state;
                Outcome::stands(flow, None, now).with_codes_left(left)
            }
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
        let mut note = None;
        if gate.kind.is_issued() {
            let issued = self.issued(gate.kind, anchor).await;
            note = issued.and_then(|issued| issued.note);
        }
        let mut asserted = None;
        if let (Some(passkeys), Some(challenge)) = (&self.parts.passkeys, &gate.challenge) {
            asserted = passkeys.check(&self.passkeys(anchor).await, challenge, typed);
        }
        let nobodys = ambient::bytes::<20>(&self.parts.random)?;
        Ok(Checker {
            key: self.parts.store_key.clone(),
            flow: *flow.id,
            anchor,
            methods: self.methods.clone(),
            random_secret: Secret::new(nobodys.to_vec()),
            note,
            asserted,
            typed: typed.clone(),
            gate,
        })
    }
}
