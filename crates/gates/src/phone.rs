//! The gates that reach a phone: a code by text message, or spoken in a call.

use crate::{
    AccountMethod, Attempt, Checker, Gate, GateError, OpenGate, OutgoingCode, Sender, TryLimit,
    mask, sent,
};
use async_trait::async_trait;
use postern_directory::Account;
use postern_envelope::Secret;
use postern_notify::Wording;
use postern_notify::phone::{Message, Phone};
use postern_protocol::GateKind;
use postern_store::StoreKey;
use postern_store::store::StoreError;

/// The maximum number of phone numbers offered for messages, and the maximum for calls.
const MAX_NUMBERS: usize = 2;

/// A gate that reaches a phone.
pub(crate) struct PhoneGate {
    pub(crate) channel: Channel,
    pub(crate) key: StoreKey,
    /// The transport; `None` if the agent has none of this kind.
    pub(crate) phone: Option<Phone>,
    pub(crate) wording: Wording,
}

/// The form in which a code reaches a phone.
pub(crate) enum Channel {
    /// A text message. With the portal's host, a phone may offer to fill in the code.
    Text { host: Option<String> },
    /// A call.
    Voice,
}

impl PhoneGate {
    fn numbers<'a>(&self, account: &'a Account) -> impl Iterator<Item = &'a String> {
        let numbers = match self.channel {
            Channel::Text { .. } => &account.mobile_numbers,
            Channel::Voice => &account.phone_numbers,
        };
        numbers.iter().take(MAX_NUMBERS)
    }
}

#[async_trait]
impl Gate for PhoneGate {
    fn kind(&self) -> GateKind {
        match self.channel {
            Channel::Text { .. } => GateKind::Sms,
            Channel::Voice => GateKind::Voice,
        }
    }

    fn try_limit(&self) -> TryLimit {
        TryLimit::PerCode
    }

    async fn methods(&self, account: &Account) -> Result<Vec<AccountMethod>, StoreError> {
        let numbers = self.numbers(account);
        let methods =
            numbers.map(|number| AccountMethod::of_address(number, mask::phone_number(number)));
        Ok(methods.collect())
    }

    fn uniform(&self, account: Option<&Account>) -> OpenGate {
        let numbers = account
            .into_iter()
            .flat_map(|account| self.numbers(account));
        OpenGate::to_all(self.kind(), numbers.cloned())
    }

    fn sender(&self) -> Option<&dyn Sender> {
        Some(self)
    }

    async fn checker(&self, attempt: Attempt) -> Result<Checker, GateError> {
        Ok(sent::checker(self.key.clone(), attempt))
    }
}

impl Sender for PhoneGate {
    fn is_ready(&self, to: Option<&str>) -> bool {
        let phone = self.phone.as_ref();
        phone.is_some_and(|phone| phone.is_ready(to))
    }

    fn send(&self, code: &OutgoingCode) -> bool {
        let Some(phone) = &self.phone else {
            return false;
        };
        let digits = code.code.expose_str().unwrap_or_default();
        let text = match &self.channel {
            Channel::Text { host } => {
                let host = host.as_deref();
                self.wording.text_message(&code.language, digits, host)
            }
            Channel::Voice => self.wording.call(&code.language, digits),
        };
        let send = |number: &String| {
            phone.send(Message {
                number: number.clone(),
                about: text.subject.clone(),
                text: Secret::from(&*text.body),
                code: code.code.clone(),
                language: text.language,
                support_code: code.support_code.clone(),
            })
        };
        let taken = code.to.iter().map(send).filter(|taken| *taken);
        taken.count() > 0 || code.to.is_empty()
    }
}
