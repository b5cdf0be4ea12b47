//! The mail gate: a code sent to an address in the directory.

use crate::{
    AccountMethod, Attempt, Checker, Gate, GateError, OpenGate, OutgoingCode, OwnDomain, Sender,
    TryLimit, mask, sent,
};
use async_trait::async_trait;
use postern_directory::Account;
use postern_notify::Wording;
use postern_notify::mail::{Mail, Mailer};
use postern_notify::wording::Occasion;
use postern_protocol::GateKind;
use postern_store::Memory;
use postern_store::store::StoreError;

/// The maximum number of addresses of an account that are offered, so that every reply has one
/// size.
const MAX_ADDRESSES: usize = 3;

/// The mail gate.
pub(crate) struct MailGate {
    pub(crate) memory: Memory,
    pub(crate) mailer: Mailer,
    pub(crate) wording: Wording,
    /// The organisation's own mail domains, which are shown in full.
    pub(crate) own_domains: Vec<OwnDomain>,
}

#[async_trait]
impl Gate for MailGate {
    fn kind(&self) -> GateKind {
        GateKind::Mail
    }

    fn try_limit(&self) -> TryLimit {
        TryLimit::PerCode
    }

    async fn methods(&self, account: &Account) -> Result<Vec<AccountMethod>, StoreError> {
        let methods = usable_addresses(account).map(|address| {
            let hint = mask::mail_address(address, &self.own_domains);
            AccountMethod::of_address(address, hint)
        });
        Ok(methods.collect())
    }

    fn uniform(&self, account: Option<&Account>) -> OpenGate {
        let addresses = account.into_iter().flat_map(usable_addresses).cloned();
        OpenGate::to_all(self.kind(), addresses)
    }

    fn sender(&self) -> Option<&dyn Sender> {
        Some(self)
    }

    async fn checker(&self, attempt: Attempt) -> Result<Checker, GateError> {
        Ok(sent::checker(self.memory.key.clone(), attempt))
    }
}

impl Sender for MailGate {
    fn is_ready(&self, _to: Option<&str>) -> bool {
        self.mailer.is_ready()
    }

    fn has_failed_since(&self, time: u64) -> bool {
        self.mailer.has_failed_since(time)
    }

    fn send(&self, code: &OutgoingCode) -> bool {
        let occasion = Occasion {
            language: &code.language,
            now: self.memory.now(),
            device: code.device,
        };
        let digits = code.code.expose_str().unwrap_or_default();
        // The flow may end before the code's lifetime does: the mail must not promise more.
        // Rounded: a second has often passed since the code was made.
        let minutes = ((code.until.saturating_sub(occasion.now) + 30) / 60).max(1);
        let letter = self.wording.code(occasion, code.flow_kind, digits, minutes);
        let mail = |to| Mail::new(to, &letter, &code.support_code, code.until);
        if code.to.is_empty() {
            return self.mailer.send_decoy(mail(String::new()));
        }
        let taken = code.to.iter().map(|to| self.mailer.send(mail(to.clone())));
        taken.filter(|taken| *taken).count() > 0
    }
}

fn usable_addresses(account: &Account) -> impl Iterator<Item = &String> {
    let addresses = account.mail_addresses.iter();
    let usable = addresses.filter(|address| address.contains('@'));
    usable.take(MAX_ADDRESSES)
}
