//! A forgotten user name: mailed to the address it belongs to. Who asks learns nothing.

use super::outcome::{After, Fault, Outcome};
use crate::agent::Inner;
use crate::gates::budget::{Budget, Who};
use crate::mail::{Mail, NOTICE_LIFE};
use crate::request::Call;
use postern_directory::Account;
use postern_envelope::Secret;
use postern_protocol::{Device, Step};
use std::sync::Arc;

/// How many user names one mail tells at most: accounts may share a mailbox.
const NAMES: usize = 10;

impl Inner {
    /// Answers at once and alike, whether the address is known or not. The directory is asked and
    /// the mail is sent afterwards.
    pub(crate) async fn send_user_name(
        self: &Arc<Self>,
        call: &Call,
        address: &Secret,
        device: Option<Device>,
    ) -> Result<Outcome, Fault> {
        let (now, limits) = (self.now(), self.limits());
        let address = address.expose_str().unwrap_or_default().trim().to_owned();
        let mut subject = [0; 16];
        let lower = address.to_lowercase();
        let hash = self.parts.store_key.hash("address", &[lower.as_bytes()]);
        subject.copy_from_slice(&hash[..16]);
        let who = Who::of(&self.parts.store_key, subject, &call.networks);
        let counted = self.parts.store.write(move |tables| {
            let mut budget = Budget::read(tables, &who, limits, now)?;
            let waits = budget.waits()?;
            if waits.is_none() {
                budget.sent(None)?;
                budget.write()?;
            }
            Ok(waits)
        });
        if let Some(reason) = counted.await? {
            return Ok(Outcome::refused(reason));
        }
        let (inner, call) = (Arc::clone(self), call.clone());
        tokio::spawn(async move {
            let found = inner.parts.directory.find_by_mail(&address);
            match inner.asked(found).await {
                Ok(accounts) => {
                    inner
                        .mail_user_names(&call, device, address, &accounts)
                        .await;
                }
                Err(failure) => super::password::logged(&failure),
            }
        });
        Ok(Outcome {
            after: After::None,
            step: Step::UserNameSent,
            reason: None,
            codes_left: None,
            next: None,
        })
    }

    async fn mail_user_names(
        &self,
        call: &Call,
        device: Option<Device>,
        to: String,
        accounts: &[Account],
    ) {
        let names: Vec<_> = accounts
            .iter()
            .filter(|account| !account.disabled && !account.expired)
            .take(NAMES)
            .map(|account| account.login_name.as_str())
            .collect();
        if names.is_empty() {
            return;
        }
        let (wording, tenant) = (&self.parts.wording, &self.parts.tenant);
        let letter = wording.user_name(tenant, self.occasion(call, device), &names);
        let until = self.now() + NOTICE_LIFE;
        let mail = Mail::new(to, &letter, &call.support_code, until);
        self.parts.mailer.send_surely(vec![mail]).await;
    }
}
