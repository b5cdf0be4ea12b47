//! The registry: every gate, in the order in which the sandbox's page shows their answers.

use crate::mail::MailGate;
use crate::phone::{Channel, PhoneGate};
use crate::{
    AuthenticatorGate, Gate, HelpdeskPassGate, OwnDomain, PasskeyGate, RecoveryCodesGate,
    RelyingParty, SandboxCodes,
};
use core::fmt;
use postern_notify::Wording;
use postern_notify::mail::Mailer;
use postern_notify::phone::Phones;
use postern_protocol::GateKind;
use postern_store::Memory;
use std::sync::Arc;

/// The parts from which the gates are built.
#[derive(Debug)]
pub struct GateParts {
    /// The agent's memory.
    pub memory: Memory,
    /// The transport of mails.
    pub mailer: Mailer,
    /// The transports to phones.
    pub phones: Phones,
    /// The texts of codes.
    pub wording: Wording,
    /// The organisation's own mail domains, which masked addresses show in full.
    pub own_domains: Vec<OwnDomain>,
    /// The relying party of passkeys, if the tenant uses them.
    pub relying_party: Option<RelyingParty>,
    /// The codes that the sandbox's page shows; `None` for a real directory.
    pub sandbox_codes: Option<SandboxCodes>,
}

/// Every gate.
#[derive(Clone)]
pub struct Gates {
    all: Arc<[Arc<dyn Gate>]>,
    helpdesk_pass: HelpdeskPassGate,
}

impl Gates {
    /// Makes the gates.
    #[must_use]
    pub fn new(parts: GateParts) -> Self {
        let GateParts {
            memory,
            mailer,
            phones,
            wording,
            own_domains,
            relying_party,
            sandbox_codes,
        } = parts;
        let phone = |channel, phone| PhoneGate {
            channel,
            key: memory.key.clone(),
            phone,
            wording: wording.clone(),
        };
        let tenant_name = &wording.tenant().display_name;
        let helpdesk_pass = HelpdeskPassGate::new(memory.clone(), sandbox_codes.clone());
        let text = Channel::Text { host: phones.host };
        let all: [Arc<dyn Gate>; 7] = [
            Arc::new(MailGate {
                memory: memory.clone(),
                mailer,
                wording: wording.clone(),
                own_domains,
            }),
            Arc::new(phone(text, phones.sms)),
            Arc::new(phone(Channel::Voice, phones.voice)),
            Arc::new(AuthenticatorGate::new(memory.clone(), tenant_name)),
            Arc::new(PasskeyGate::new(memory.clone(), relying_party)),
            Arc::new(RecoveryCodesGate::new(memory.clone(), sandbox_codes)),
            Arc::new(helpdesk_pass.clone()),
        ];
        Self {
            all: Arc::new(all),
            helpdesk_pass,
        }
    }

    /// Returns the gate of a kind; `None` for the current password, which the directory checks.
    #[must_use]
    pub fn get(&self, kind: GateKind) -> Option<&Arc<dyn Gate>> {
        self.iter().find(|gate| gate.kind() == kind)
    }

    /// Returns all gates.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<dyn Gate>> {
        self.all.iter()
    }

    /// Returns the gate whose codes the helpdesk issues.
    #[must_use]
    pub const fn helpdesk_pass(&self) -> &HelpdeskPassGate {
        &self.helpdesk_pass
    }
}

impl fmt::Debug for Gates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.iter().map(|gate| gate.kind()))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::memory;
    use postern_notify::{Mailbox, Tenant};

    #[test]
    fn every_kind_but_the_password_has_one_gate() {
        let tenant = Tenant {
            name: "contoso".into(),
            display_name: "Contoso".into(),
            helpdesk: String::new(),
        };
        let memory = memory(1);
        let gates = Gates::new(GateParts {
            mailer: Mailer::Sandbox(Mailbox::new(memory.clock.clone())),
            memory,
            phones: Phones::default(),
            wording: Wording::new(tenant, jiff::tz::TimeZone::UTC),
            own_domains: Vec::new(),
            relying_party: None,
            sandbox_codes: None,
        });
        for kind in GateKind::ALL {
            let found = gates.iter().filter(|gate| gate.kind() == kind).count();
            assert_eq!(found, usize::from(kind != GateKind::Password), "{kind:?}");
        }
    }
}
