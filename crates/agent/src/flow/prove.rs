//! Gates: sending a code, checking an answer, counting the wrong ones.

use super::ledger;
use super::outcome::{Fault, Outcome};
use super::{Flow, OpenGate, Proving, State};
use crate::agent::Inner;
use crate::gates::Verdict;
use crate::gates::checker::{Checker, Mark};
use crate::gates::issued::{Issued, Note};
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
        let uniform = proving.uniform;
        if !self.can_send(&gate, uniform) {
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
        let mut places: Vec<_> = gate.addresses().cloned().collect();
        let to = |place| Destination::of(&key, gate.kind, place, &flow.subject);
        let destinations: Vec<_> = match &places[..] {
            [] => vec![to(None)],
            places => places.iter().map(|place| to(Some(place))).collect(),
        };
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
            let mut open = Vec::new();
            for to in &destinations {
                open.push(sends::count(tables, to, limits, now)?);
            }
            if let Some(Err(full)) = open.iter().min_by_key(|one| one.is_err()) {
                match *full {
                    // That a mailbox is full would tell that there is one.
                    Full::Destination { .. } if uniform => {}
                    Full::Destination { until } => return Ok(Err(NotSent::TooMany { until })),
                    Full::Tenant { until } => return Ok(Err(NotSent::TooSoon { until })),
                }
            }
            tries.sent(now);
            tries.write(tables, &after.subject)?;
            ledger::save(tables, &key, &after)?;
            Ok(Ok(open))
        });
        // Where no code is sent, another gate, or the last code, may still do.
        let reason = match written.await? {
            Ok(open) => {
                let mut open = open.iter();
                places.retain(|_| open.next().is_some_and(Result::is_ok));
                let queued = self.queue_code(call, &flow, gate.kind, places, &code, until);
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

    /// Hands a code over to what sends it; `false` if it did not take it. To no address, a mail is
    /// written all the same.
    fn queue_code(
        &self,
        call: &Call,
        flow: &Flow,
        kind: GateKind,
        to: Vec<String>,
        code: &Secret,
        until: u64,
    ) -> bool {
        let Some(phone) = self.parts.phones.of(kind) else {
            return self.mail_code(call, flow, to, code, until);
        };
        let digits = code.expose_str().unwrap_or_default();
        let words = self.parts.wording.words(&call.language);
        let tenant = &self.parts.tenant.display_name;
        let text = match kind {
            GateKind::Voice => phone_words::code_call(words, tenant, digits),
            _ => phone_words::code_sms(words, tenant, digits, self.parts.phones.host.as_deref()),
        };
        let nowhere = to.is_empty();
        let send = |number| {
            phone.send(Message {
                number,
                about: text.subject.clone(),
                text: Secret::from(&*text.body),
                code: code.clone(),
                language: words::language(&call.language).code(),
                support_code: call.support_code.clone(),
            })
        };
        let taken = to.into_iter().map(send).filter(|taken| *taken);
        taken.count() > 0 || nowhere
    }

    fn mail_code(
        &self,
        call: &Call,
        flow: &Flow,
        to: Vec<String>,
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
        if to.is_empty() {
            return self.parts.mailer.send_nothing(mail(String::new()));
        }
        let taken = to.into_iter().map(|to| self.parts.mailer.send(mail(to)));
        taken.filter(|taken| *taken).count() > 0
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
            // What an account does not have it cannot pass, whatever is guessed.
            let owner = proving.anchor.filter(|_| checker.exists);
            match (verdict, owner) {
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
            Answered::Right(State::Proving(proving), left) if proving.is_to_be_revealed() => {
                let outcome = self.reveal(call, flow, proving).await;
                outcome.with_codes_left(left)
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
        let random_secret = Secret::new(ambient::bytes::<20>(&self.parts.random)?.to_vec());
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
