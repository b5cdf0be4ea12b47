//! `[policy]`: the checks that a person must pass before a password is set, and their limits.

use super::ExternalPasswordStore;
use postern_protocol::{FlowKind, GateKind};
use serde::Deserialize;
use std::path::PathBuf;

/// The rules of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// The answer to a name without an account that can be reset. Default `"tell"`.
    pub unknown_names: UnknownNames,
    /// The flows that people may start: `"reset"`, `"change"`, `"unlock"`, `"user-name"`,
    /// `"methods"`. Default: all.
    pub flows: OfferedFlows,
    /// The kinds of gates that may be used, of `"mail"`, `"authenticator"`, `"sms"`, `"voice"`,
    /// `"passkey"`, `"recovery"` and `"pass"`. Default `["mail", "authenticator"]`.
    pub gates: Gates,
    /// The kinds, of those in `gates`, that must be among those passed. Default: none.
    pub gates_always: Option<Gates>,
    /// The number of gates of different kinds that must be passed, 1 or 2. Default 1.
    pub gates_required: GatesRequired,
    /// The DNs of groups whose members, nested ones included, need two gates regardless of
    /// `gates_required`. Default: none.
    pub two_gates_groups: Vec<String>,
    /// The number of wrong answers that closes the gates of an account that can be guessed
    /// (authenticator, current password), 1 to 100: counted for each network from which its owner
    /// came before, and for all others together. Default 5.
    pub tries: Tries,
    /// The window in which wrong answers are counted, in hours, 1 to 720. The gates open again when
    /// the oldest wrong answer leaves it. Default 24.
    pub lock_hours: LockHours,
    /// The number of wrong answers accepted from one network in `lock_hours`, over all accounts,
    /// 1 to 60000. A network is an IPv4 address or an IPv6 /64; the limit of a /56 is four times
    /// as high, that of a /48 sixteen times. Default 100.
    pub network_tries: NetworkTries,
    /// The number of codes sent for one network in an hour, 1 to 60000. Default 60.
    pub network_codes: NetworkCodes,
    /// The number of names looked up for one network in an hour, 1 to 60000. Default 600.
    pub network_names: NetworkNames,
    /// The number of wrong answers in an hour, of all accounts together, at which the log raises an
    /// alarm, every message costs the browser work and unknown networks have three tries at an
    /// account, 1 to 60000. Default 1000.
    pub alarm_wrong_answers: AlarmWrongAnswers,
    /// The lifetime of a flow, in minutes, 2 to 60. Default 15.
    pub flow_minutes: FlowMinutes,
    /// The lifetime of a code that was sent, in minutes, 1 to 10. Default 10.
    pub code_minutes: CodeMinutes,
    /// The pause before a second code is sent, in seconds, 0 to 600; before a third it is twice as
    /// long, and so on. Default 10: then the page offers to send another.
    pub pause_seconds: PauseSeconds,
    /// The number of codes to one mailbox in `lock_hours`, of all accounts that share it, after
    /// which only one is sent in 30 minutes, 1 to 1000. Default 10.
    pub codes_per_address: CodesPerAddress,
    /// The number of codes sent in a minute, to all accounts together, 1 to 1000. Further codes
    /// wait their turn. Default 120.
    pub codes_per_minute: CodesPerMinute,
    /// The number of days after which people are asked whether their methods are still right, 0 to
    /// 3650; 0 is never. Default 180.
    pub reconfirm_days: ReconfirmDays,
    /// The file with the organisation's own banned words: UTF-8, one of 4 to 16 characters a line,
    /// at most 1000. Default: none.
    pub banned_words_file: Option<PathBuf>,
    /// The file with the hashes of breached passwords: lines `HASH:count` sorted by hash, SHA-1 or
    /// NTLM. Default: none.
    pub breached_file: Option<PathBuf>,
    /// Accounts whose passwords are not kept in this directory, and the places to reset them.
    /// Default: none.
    pub elsewhere: Vec<ExternalPasswordStore>,
}

impl Rules {
    /// Reports whether the tenant offers a kind of flow.
    #[must_use]
    pub fn offers(&self, flow_kind: FlowKind) -> bool {
        self.flows.offered().contains(&flow_kind)
    }

    /// Returns the kinds that everybody must pass.
    #[must_use]
    pub fn gates_always(&self) -> &[GateKind] {
        self.gates_always.as_ref().map_or(&[], Gates::kinds)
    }

    /// Returns the place to reset the password of a login name, if it is not kept in this
    /// directory.
    #[must_use]
    pub fn external_reset_place(&self, login_name: &str) -> Option<&str> {
        self.elsewhere.iter().find_map(|one| one.place(login_name))
    }
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            unknown_names: UnknownNames::Tell,
            flows: OfferedFlows(FlowKind::ALL.to_vec()),
            gates: Gates(vec![GateKind::Mail, GateKind::Authenticator]),
            gates_always: None,
            gates_required: GatesRequired(1),
            two_gates_groups: Vec::new(),
            tries: Tries(5),
            lock_hours: LockHours(24),
            network_tries: NetworkTries(100),
            network_codes: NetworkCodes(60),
            network_names: NetworkNames(600),
            alarm_wrong_answers: AlarmWrongAnswers(1000),
            flow_minutes: FlowMinutes(15),
            code_minutes: CodeMinutes(10),
            pause_seconds: PauseSeconds(10),
            codes_per_address: CodesPerAddress(10),
            codes_per_minute: CodesPerMinute(120),
            reconfirm_days: ReconfirmDays(180),
            banned_words_file: None,
            breached_file: None,
            elsewhere: Vec::new(),
        }
    }
}

/// The answer to a name without an account that can be reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownNames {
    /// A refusal with the true reason.
    Tell,
    /// The tenant's gates, as for every other name.
    Decoy,
}

/// The kinds of flows that are offered, each at most once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct OfferedFlows(Vec<FlowKind>);

impl OfferedFlows {
    /// Returns the kinds in the order of the configuration.
    #[must_use]
    pub fn offered(&self) -> &[FlowKind] {
        &self.0
    }
}

impl TryFrom<Vec<String>> for OfferedFlows {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Self, Self::Error> {
        let expected = |found: &str| {
            let names = FlowKind::ALL.map(|flow_kind| format!("{:?}", flow_kind.name()));
            let names = names.join(", ");
            format!("expected at least one of {names}, each once, found {found}")
        };
        let mut flows = Vec::new();
        for name in names {
            match FlowKind::named(&name) {
                Some(flow_kind) if !flows.contains(&flow_kind) => flows.push(flow_kind),
                Some(_) => return Err(expected(&format!("{name:?} twice"))),
                None => return Err(expected(&format!("{name:?}"))),
            }
        }
        if flows.is_empty() {
            return Err(expected("none"));
        }
        Ok(Self(flows))
    }
}

/// The kinds of gates, each at most once, in the order in which they are offered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Gates(Vec<GateKind>);

impl Gates {
    /// Returns the kinds.
    #[must_use]
    pub fn kinds(&self) -> &[GateKind] {
        &self.0
    }
}

impl TryFrom<Vec<String>> for Gates {
    type Error = String;

    fn try_from(names: Vec<String>) -> Result<Self, Self::Error> {
        // The current password is a gate of changes, never one that a tenant chooses.
        let allowed = || {
            let kinds = GateKind::ALL.into_iter();
            kinds.filter(|kind| *kind != GateKind::Password)
        };
        let expected = |found: &str| {
            let names: Vec<_> = allowed().map(|kind| format!("{:?}", kind.name())).collect();
            let names = names.join(", ");
            format!("expected at least one of {names}, each once, found {found}")
        };
        let mut kinds = Vec::new();
        for name in names {
            let kind = allowed().find(|kind| kind.name() == name);
            match kind {
                Some(kind) if !kinds.contains(&kind) => kinds.push(kind),
                Some(_) => return Err(expected(&format!("{name:?} twice"))),
                None => return Err(expected(&format!("{name:?}"))),
            }
        }
        if kinds.is_empty() {
            return Err(expected("none"));
        }
        Ok(Self(kinds))
    }
}

/// Defines types of numbers that cannot be deserialized outside their bounds.
macro_rules! bounded {
    ($(#[$doc:meta] $name:ident: $least:literal to $most:literal;)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "i64")]
        pub struct $name(u16);

        impl $name {
            /// Returns the number.
            #[must_use]
            pub const fn get(self) -> u16 {
                self.0
            }
        }

        impl TryFrom<i64> for $name {
            type Error = String;

            fn try_from(number: i64) -> Result<Self, Self::Error> {
                u16::try_from(number)
                    .ok()
                    .filter(|number| ($least..=$most).contains(number))
                    .map(Self)
                    .ok_or_else(|| {
                        let bounds = concat!($least, " to ", $most);
                        format!("expected a number from {bounds}, found {number}")
                    })
            }
        }
    )*};
}

bounded! {
    /// The number of gates that must be passed.
    GatesRequired: 1 to 2;
    /// The number of wrong answers that closes the gates that can be guessed.
    Tries: 1 to 100;
    /// The window in which wrong answers are counted, in hours.
    LockHours: 1 to 720;
    /// The number of wrong answers from one network.
    NetworkTries: 1 to 60000;
    /// The number of codes for one network in an hour.
    NetworkCodes: 1 to 60000;
    /// The number of names looked up for one network in an hour.
    NetworkNames: 1 to 60000;
    /// The number of wrong answers in an hour that raises the alarm.
    AlarmWrongAnswers: 1 to 60000;
    /// The lifetime of a flow, in minutes.
    FlowMinutes: 2 to 60;
    /// The lifetime of a code that was sent, in minutes.
    CodeMinutes: 1 to 10;
    /// The pause before a second code, in seconds.
    PauseSeconds: 0 to 600;
    /// The number of codes to one mailbox before they are slowed down.
    CodesPerAddress: 1 to 1000;
    /// The number of codes in a minute.
    CodesPerMinute: 1 to 1000;
    /// The number of days between confirmations of methods.
    ReconfirmDays: 0 to 3650;
}
