//! Gates: sending a code, checking an answer, counting the wrong ones.

use super::ledger;
use super::outcome::{Fault, Outcome};
use super::{Flow, OpenGate, Proving, State};
use crate::agent::Inner;
use crate::ambient;
use crate::gates::mail::{self, SentCode};
use crate::gates::tries::Tries;
use crate::gates::{Code, Verdict, authenticator};
use crate::mail::Mail;
use crate::request::Call;
use crate::store::STEPS;
use crate::words::Occasion;
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::{Device, GateKind, Reason};

/// What became of an answer.
enum Answered {
    Right(State),
    Refused(Reason),
    Locked { until: u64 },
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
        let before = flow.clone();
        flow.state = State::Proving(proving.send(gate.id, sent));
        let after = flow.clone();
        let written = self.parts.store.write(move |tables| {
            let mut tries = Tries::read(tables, &after.subject, limits, now)?;
            if let Some(until) = tries.locked_until(limits) {
                return Ok(Err((until, true)));
            }
            if let Some(until) = tries.sends_until(limits) {
                return Ok(Err((until, false)));
            }
            tries.sent(now);
            tries.write(tables, &after.subject)?;
            ledger::save(tables, &key, &after)?;
            Ok(Ok(()))
        });
        match written.await? {
            Ok(()) => {
                self.mail_code(call, flow.device, gate.address, &code, until);
                Ok(Outcome::stands(flow, None, now))
            }
            Err((until, true)) => Ok(Outcome::over(before, Reason::Locked { until })),
            // No more mails today; another gate, or the last code, may still do.
            Err((until, false)) => {
                let reason = Reason::TooManyCodes { until };
                Ok(Outcome::stands(before, Some(reason), now))
            }
        }
    }

    /// Mails a code. What would be said to nobody is written too: it takes the same time.
    fn mail_code(
        &self,
        call: &Call,
        device: Option<Device>,
        to: Option<String>,
        code: &Secret,
        until: u64,
    ) {
        let code = code.expose_str().unwrap_or_default();
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let occasion = self.occasion(call, device);
        // What is left of the flow may be less than a code's life: no promise beyond it.
        let minutes = (until.saturating_sub(occasion.now) / 60).max(1);
        let letter = wording.code(tenant, occasion, code, minutes);
        let nobody = to.is_none();
        let mail = Mail::new(to.unwrap_or_default(), &letter, &call.support_code, until);
        if !nobody {
            self.parts.mailer.send(mail);
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
        mut flow: Flow,
        proving: Proving,
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
        let checker = self.checker(&flow, &proving, gate, typed)?;
        let (key, before) = (self.parts.store_key.clone(), flow.clone());
        let answered = self.parts.store.write(move |tables| {
            let subject = &before.subject;
            let mut tries = Tries::read(tables, subject, limits, now)?;
            if let Some(until) = tries.locked_until(limits) {
                return Ok(Answered::Locked { until });
            }
            let steps = checker
                .step_key
                .as_ref()
                .map(|key| &key[..])
                .unwrap_or_default();
            let last_used = tables.get(STEPS, steps)?;
            let (verdict, step) = checker.check(last_used, now);
            match (verdict, proving.anchor) {
                (Verdict::Right, Some(_)) => {
                    if let Some(step) = step {
                        tables.put(STEPS, steps, &step)?;
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
                }
            }
            Ok(match tries.locked_until(limits) {
                Some(until) => Answered::Locked { until },
                None => Answered::Refused(Reason::WrongCode {
                    tries_left: tries.left(limits),
                }),
            })
        });
        Ok(match answered.await? {
            Answered::Locked { until } => Outcome::over(flow, Reason::Locked { until }),
            Answered::Refused(reason) => Outcome::stands(flow, Some(reason), now),
            Answered::Right(State::Proven(proven)) => self.new_password(flow, proven, None).await,
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
        let anchor = proving.anchor.map(|anchor| Anchor(*anchor));
        let mut secret = None;
        if let (GateKind::Authenticator, Some(anchor)) = (gate.kind, anchor) {
            secret = self
                .parts
                .authenticators
                .secret(anchor)
                .unwrap_or_else(|error| {
                    tracing::error!(%error, "an authenticator cannot be read");
                    None
                });
        }
        let nobodys = ambient::bytes::<20>(&self.parts.random)?;
        Ok(Checker {
            key: self.parts.store_key.clone(),
            flow: *flow.id,
            step_key: anchor.map(|anchor| self.parts.store_key.hash("step", &[&anchor.0])),
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
    /// Where the account's last used time step is kept; none for a decoy.
    step_key: Option<[u8; 32]>,
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
            GateKind::Mail => {
                let sent = self.gate.sent.as_ref();
                let verdict = mail::check(&self.key, &self.flow, self.gate.id, sent, typed, now);
                (verdict, None)
            }
        }
    }
}
