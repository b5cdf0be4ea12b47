//! Gates: sending a code, checking an answer, counting the wrong ones.

use super::ledger;
use super::outcome::{Fault, Outcome};
use super::{Flow, OpenGate, Proving, State};
use crate::agent::Inner;
use crate::gates::mail::{self, SentCode};
use crate::gates::sends::{self, Destination, Full};
use crate::gates::tries::Tries;
use crate::gates::{Code, Verdict, authenticator};
use crate::mail::Mail;
use crate::request::Call;
use crate::store::STEPS;
use crate::{ambient, words};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::{GateKind, Reason};

/// What became of an answer.
enum Answered {
    Right(State),
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
        if gate.kind != GateKind::Mail {
            return Ok(Outcome::over(flow, Reason::FlowExpired));
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
                self.mail_code(call, gate.address, &code, minutes);
                return Ok(Outcome::stands(flow, None, now));
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

    /// Mails a code; to no address, the mail is written all the same.
    fn mail_code(&self, call: &Call, to: Option<String>, code: &Secret, minutes: u64) {
        let code = code.expose_str().unwrap_or_default();
        let tenant = &self.parts.tenant.display_name;
        let text = words::code_mail(&call.language, tenant, code, minutes);
        let mail = |to| Mail {
            to,
            subject: text.subject,
            text: text.body,
            support_code: call.support_code.clone(),
        };
        match to {
            Some(to) => self.parts.mailer.send(mail(to)),
            None => self.parts.mailer.send_nothing(mail(String::new())),
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
            return self.check_password(flow, proving, typed).await;
        }
        let checker = self.checker(&flow, &proving, gate, typed)?;
        let (key, before) = (self.parts.store_key.clone(), flow.clone());
        let answered = self.parts.store.write(move |tables| {
            let subject = &before.subject;
            let mut tries = Tries::read(tables, subject, limits, now)?;
            if let Some(until) = tries.locked_until(limits) {
                return Ok(Answered::Locked { until });
            }
            let last_used = tables.get(STEPS, &checker.step_key)?;
            let (verdict, step) = checker.check(last_used, now);
            match (verdict, proving.anchor) {
                (Verdict::Right, Some(_)) => {
                    if let Some(step) = step {
                        tables.put(STEPS, &checker.step_key, &step)?;
                    }
                    let state = proving.pass(checker.gate.kind);
                    let passed = Flow {
                        state: state.clone(),
                        ..before
                    };
                    ledger::save(tables, &key, &passed)?;
                    return Ok(Answered::Right(state));
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
        Ok(match answered.await? {
            Answered::Locked { until } => Outcome::over(flow, Reason::Locked { until }),
            Answered::Refused(reason) => Outcome::stands(flow, Some(reason), now),
            Answered::Wrong(state, reason) => {
                flow.state = state;
                Outcome::stands(flow, Some(reason), now)
            }
            Answered::Right(State::Proven(proven)) => self.proven_for(call, flow, proven).await,
            Answered::Right(state) => {
                flow.state = state;
                Outcome::stands(flow, None, now)
            }
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
        let nobodys = ambient::bytes::<20>(&self.parts.random)?;
        Ok(Checker {
            key: self.parts.store_key.clone(),
            flow: *flow.id,
            step_key: self.parts.store_key.hash("step", &[&anchor.0]),
            secret: secret.unwrap_or_else(|| Secret::new(nobodys.to_vec())),
            typed: Code::parse(typed),
            gate,
        })
    }
}

/// All that it takes to check one answer.
struct Checker {
    key: crate::StoreKey,
    flow: [u8; 16],
    gate: OpenGate,
    /// Where the account's last used time step is kept; nothing is there for a decoy.
    step_key: [u8; 32],
    /// The authenticator's secret; a random one where there is none.
    secret: Secret,
    typed: Option<Code>,
}

impl Checker {
    /// The verdict and, for an authenticator, the time step that is used now.
    fn check(&self, last_used: Option<u64>, now: u64) -> (Verdict, Option<u64>) {
        let Some(typed) = &self.typed else {
            return (Verdict::NoCode, None);
        };
        match self.gate.kind {
            GateKind::Authenticator => authenticator::check(&self.secret, typed, last_used, now),
            GateKind::Password => (Verdict::NoCode, None),
            GateKind::Mail => {
                let sent = self.gate.sent.as_ref();
                let verdict = mail::check(&self.key, &self.flow, self.gate.id, sent, typed, now);
                (verdict, None)
            }
        }
    }
}
