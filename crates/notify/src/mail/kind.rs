//! The texts of each kind of mail, as keys of `mail.ftl`.

use postern_protocol::GateKind;

/// The keys of the texts of a kind of mail.
#[derive(Clone, Copy)]
pub struct Kind {
    pub(crate) subject: &'static str,
    pub title: &'static str,
    pub lead: &'static str,
    pub after: &'static [&'static str],
    pub not_you: &'static str,
}

impl Kind {
    pub const CODE: Self = Self {
        subject: "mail-code-subject",
        title: "mail-code-title",
        lead: "mail-code-lead",
        after: &["mail-code-valid", "mail-code-keep"],
        not_you: "mail-code-not-you",
    };
    pub const UNLOCK_CODE: Self = Self {
        lead: "mail-code-lead-unlock",
        ..Self::CODE
    };
    pub const METHODS_CODE: Self = Self {
        lead: "mail-code-lead-methods",
        // This code is sent only after the current password was typed.
        not_you: "mail-methods-not-you",
        ..Self::CODE
    };
    pub const RESET: Self = Self {
        subject: "mail-done-subject",
        title: "mail-done-title",
        lead: "mail-done-lead",
        after: &["mail-done-was-you"],
        not_you: "mail-done-not-you",
    };
    pub const CHANGED: Self = Self {
        subject: "mail-changed-subject",
        title: "mail-changed-title",
        lead: "mail-changed-lead",
        ..Self::RESET
    };
    pub const UNLOCKED: Self = Self {
        subject: "mail-unlocked-subject",
        title: "mail-unlocked-title",
        lead: "mail-unlocked-lead",
        ..Self::RESET
    };
    pub const AUTHENTICATOR_ADDED: Self = Self {
        subject: "mail-methods-subject",
        title: "mail-authenticator-added-title",
        lead: "mail-authenticator-added-lead",
        after: Self::RESET.after,
        not_you: "mail-methods-not-you",
    };
    pub const AUTHENTICATOR_REMOVED: Self = Self {
        title: "mail-authenticator-removed-title",
        lead: "mail-authenticator-removed-lead",
        ..Self::AUTHENTICATOR_ADDED
    };
    pub const PASSKEY_ADDED: Self = Self {
        title: "mail-passkey-added-title",
        lead: "mail-passkey-added-lead",
        ..Self::AUTHENTICATOR_ADDED
    };
    pub const PASSKEY_REMOVED: Self = Self {
        title: "mail-passkey-removed-title",
        lead: "mail-passkey-removed-lead",
        ..Self::AUTHENTICATOR_ADDED
    };
    pub const RECOVERY_ADDED: Self = Self {
        title: "mail-recovery-added-title",
        lead: "mail-recovery-added-lead",
        ..Self::AUTHENTICATOR_ADDED
    };
    pub const RECOVERY_REMOVED: Self = Self {
        title: "mail-recovery-removed-title",
        lead: "mail-recovery-removed-lead",
        ..Self::AUTHENTICATOR_ADDED
    };
    pub const USER_NAME: Self = Self {
        subject: "mail-user-name-subject",
        title: "mail-user-name-title",
        lead: "mail-user-name-lead",
        after: &[],
        not_you: "mail-user-name-not-you",
    };

    /// Returns the notices that a method was added, and that one was removed.
    pub(crate) const fn of_method(kind: GateKind) -> (Self, Self) {
        match kind {
            GateKind::Authenticator => (Self::AUTHENTICATOR_ADDED, Self::AUTHENTICATOR_REMOVED),
            GateKind::Passkey => (Self::PASSKEY_ADDED, Self::PASSKEY_REMOVED),
            // People do not register the others themselves.
            GateKind::RecoveryCode
            | GateKind::Mail
            | GateKind::Sms
            | GateKind::Voice
            | GateKind::HelpdeskPass
            | GateKind::Password => (Self::RECOVERY_ADDED, Self::RECOVERY_REMOVED),
        }
    }
}
