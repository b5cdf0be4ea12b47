//! The contents of the sandbox's page.

use crate::accounts::Accounts;
use postern_directory::sandbox::{AnswerStep, FIRST_PASSWORD, Sandbox};
use postern_gates::{Gates, STEP_SECONDS};
use postern_notify::KeptMessage;
use postern_notify::mail::Mailer;
use postern_protocol::{Argument, GateKind};
use postern_relay::{Answer, SandboxAccount, SandboxAnswer, SandboxCode, SandboxMail, SandboxView};

/// The maximum length of all mails together, in bytes: a message of the relay holds 64 KiB.
const MAX_MAIL_BYTES: usize = 40 * 1024;

/// The contents of the sandbox's page. An agent with a real directory has none.
pub(crate) struct SandboxPage {
    pub accounts: Accounts,
    pub gates: Gates,
    pub mailer: Mailer,
}

impl SandboxPage {
    /// Returns the contents of the page at a time.
    pub(crate) async fn view(&self, now: u64) -> Answer {
        let mut accounts = Vec::new();
        for script in Sandbox::scripts() {
            accounts.push(SandboxAccount {
                login_name: script.login_name.to_owned(),
                script: script.behaviour.name().to_owned(),
                codes: self.current_codes(script.login_name, now).await,
                flow: script.flow_kind().name().to_owned(),
            });
        }
        Answer::Sandbox {
            view: SandboxView {
                accounts,
                mails: self.mails(),
                first_password: FIRST_PASSWORD.to_owned(),
                answers: self.answers(now).await,
            },
        }
    }

    /// Returns the HTML of a mail.
    pub(crate) fn mail(&self, number: u64) -> Answer {
        let mut kept = self.mailer.kept().into_iter();
        let mail = kept.find(|mail| mail.number == number);
        Answer::SandboxMail {
            html: mail.and_then(|mail| mail.html),
        }
    }

    /// Returns the answers that can be requested, in the order of their steps.
    async fn answers(&self, now: u64) -> Vec<SandboxAnswer> {
        let mut answers = Vec::new();
        for script in Sandbox::answers() {
            let anchor = Sandbox::anchor_of(script.login_name);
            let Some(answer) = anchor.and_then(|anchor| Sandbox::answer(anchor, now)) else {
                continue;
            };
            let numbers = answer.reason.arguments().into_iter();
            let numbers = numbers.filter_map(|(name, argument)| match argument {
                Argument::Count(count) => Some((name.to_owned(), count)),
                _ => None,
            });
            let shown = SandboxAnswer {
                login_name: script.login_name.to_owned(),
                step: answer.step.name().to_owned(),
                flow: answer.flow_kind.name().to_owned(),
                codes: self.current_codes(script.login_name, now).await,
                numbers: numbers.collect(),
            };
            answers.push((answer.step, shown));
        }
        let place = |step: &AnswerStep| AnswerStep::ALL.iter().position(|one| one == step);
        answers.sort_by_key(|(step, _)| place(step));
        answers.into_iter().map(|(_, shown)| shown).collect()
    }

    /// Returns the mails, newest first, as many as fit.
    fn mails(&self) -> Vec<SandboxMail> {
        let mut room = MAX_MAIL_BYTES;
        let fits = |mail: &KeptMessage| {
            let length = mail.to.len() + mail.subject.len() + mail.text.len();
            let fits = length <= room;
            room = room.saturating_sub(length);
            fits
        };
        let kept = self.mailer.kept().into_iter().take_while(fits);
        let mails = kept.map(|kept| SandboxMail {
            to: kept.to,
            subject: kept.subject,
            text: kept.text,
            sent_at: kept.sent_at,
            number: kept.number,
            code: kept.code,
            has_html: kept.html.is_some(),
        });
        mails.collect()
    }

    /// Returns the codes that an account's owner could enter now.
    async fn current_codes(&self, login_name: &str, now: u64) -> Vec<SandboxCode> {
        let Ok(account) = self.accounts.find(login_name).await else {
            return Vec::new();
        };
        let mut codes = Vec::new();
        for gate in self.gates.iter() {
            if let Some(code) = gate.sandbox_answer(&account).await {
                let changes = gate.kind() == GateKind::Authenticator;
                codes.push(SandboxCode {
                    kind: gate.kind().name().to_owned(),
                    code,
                    seconds: changes.then(|| STEP_SECONDS - now % STEP_SECONDS),
                });
            }
        }
        codes
    }
}
