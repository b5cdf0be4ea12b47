//! The contents of the sandbox's page.

use crate::accounts::Accounts;
use postern_directory::sandbox::{FIRST_PASSWORD, Sandbox};
use postern_gates::Gates;
use postern_notify::mail::Mailer;
use postern_relay::{Answer, SandboxAccount, SandboxMail, SandboxView};

/// The contents of the sandbox's page. An agent with a real directory has none.
pub(crate) struct SandboxPage {
    pub accounts: Accounts,
    pub gates: Gates,
    pub mailer: Mailer,
}

impl SandboxPage {
    /// Returns the contents of the page.
    pub(crate) async fn view(&self) -> Answer {
        let mut accounts = Vec::new();
        for script in Sandbox::scripts() {
            accounts.push(SandboxAccount {
                login_name: script.login_name.to_owned(),
                script: script.behaviour.name().to_owned(),
                codes: self.current_codes(script.login_name).await,
            });
        }
        let mails = self.mailer.kept().into_iter().map(|kept| SandboxMail {
            to: kept.to,
            subject: kept.subject,
            text: kept.text,
            sent_at: kept.sent_at,
        });
        Answer::Sandbox {
            view: SandboxView {
                accounts,
                mails: mails.collect(),
                first_password: FIRST_PASSWORD.to_owned(),
            },
        }
    }

    /// Returns the answers that an account's owner could give now.
    async fn current_codes(&self, login_name: &str) -> Vec<String> {
        let Ok(account) = self.accounts.find(login_name).await else {
            return Vec::new();
        };
        let mut codes = Vec::new();
        for gate in self.gates.iter() {
            codes.extend(gate.sandbox_answer(&account).await);
        }
        codes
    }
}
