//! `[policy]`: what a tenant asks of a person before a password is set.

use super::ExternalPasswordStore;
use postern_protocol::{FlowKind, GateKind};
use serde::Deserialize;
use std::path::PathBuf;

/// The rules of a tenant.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rules {
    /// What is answered to a name behind which there is nothing to reset. Default `"tell"`.
    pub unknown_names: UnknownNames,
    /// What people may come for: `"reset"`, `"change"`, `"unlock"`, `"user-name"`, `"methods"`.
    /// Default: all.
    pub flows: OfferedFlows,
    /// The kinds of gates that may be used, of `"mail"`, `"authenticator"`, `"sms"`, `"voice"`,
    /// `"passkey"`, `"recovery"` and `"pass"`. Default `["mail", "authenticator"]`.
    pub gates: Gates,
    /// The kinds that must be among those passed, whatever else is; of `gates`. Default: none.
    pub gates_always: Option<Gates>,
    /// How many gates of different kinds must be passed, 1 or 2. Default 1.
    pub gates_required: GatesRequired,
    /// The DNs of groups whose members, nested ones included, need two gates whatever
    /// `gates_required` says. Default: none.
    pub two_gates_groups: Vec<String>,
    /// How many wrong answers close the gates of an account that can be guessed (authenticator,
    /// current password), 1 to 100: for each network from which its owner came before, and for all
    /// others together. Default 5.
    pub tries: Tries,
    /// The window in which wrong answers are counted, in hours, 1 to 720. The gates open again when
    /// the oldest of them leaves it. Default 24.
    pub lock_hours: LockHours,
    /// How many wrong answers are taken from one network in `lock_hours`, over all accounts, 1 to
    /// 60000. A network is an IPv4 address or an IPv6 /64; a /56 may do four times as much, a /48
    /// sixteen times. Default 100.
    pub network_tries: NetworkTries,
    /// How many codes are sent for one network in an hour, 1 to 60000. Default 60.
    pub network_codes: NetworkCodes,
    /// How many names are looked up for one network in an hour, 1 to 60000. Default 600.
    pub network_names: NetworkNames,
    /// After how many wrong answers in an hour, of all accounts together, the log tells an alarm,
    /// every message costs the browser work and unknown networks have three tries at an account, 1 to
    /// 60000. Default 1000.
    pub alarm_wrong_answers: AlarmWrongAnswers,
    /// How long a flow lives, in minutes, 2 to 60. Default 15.
    pub flow_minutes: FlowMinutes,
    /// How long a code that was sent is good, in minutes, 1 to 10. Default 10.
    pub code_minutes: CodeMinutes,
    /// How long to wait before a second code is sent, in seconds, 0 to 600; before a third twice
    /// as long, and so on. Default 10: then the page offers to send another.
    pub pause_seconds: PauseSeconds,
    /// After how many codes to one mailbox in `lock_hours`, whosever accounts share it, the next
    /// come slower, one in 30 minutes, 1 to 1000. Default 10.
    pub codes_per_address: CodesPerAddress,
    /// How many codes are sent in a minute, all accounts together, 1 to 1000. What is more waits
    /// its turn. Default 120.
    pub codes_per_minute: CodesPerMinute,
    /// After how many days people are asked whether their methods are still right, 0 to 3650;
    /// 0 is never. Default 180.
    pub reconfirm_days: ReconfirmDays,
    /// The organisation's own list of banned words: UTF-8, one of 4 to 16 characters a line, at
    /// most 1000. Default: none.
    pub banned_words_file: Option<PathBuf>,
    /// The hashes of breached passwords, lines `HASH:count` sorted by hash, SHA-1 or NTLM.
    /// Default: none.
    pub breached_file: Option<PathBuf>,
    /// Accounts whose passwords are not kept in this directory, and where people go. Default: none.
    pub elsewhere: Vec<ExternalPasswordStore>,
}

impl Rules {
    /// The kinds that everybody passes.
    #[must_use]
    pub fn gates_always(&self) -> &[GateKind] {
        self.gates_always.as_ref().map_or(&[], Gates::kinds)
    }

    /// Where the password of a login name is reset, if it is not kept in this directory.
    #[must_use]
    pub fn elsewhere(&self, login_name: &str) -> Option<&str> {
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

/// What is answered to a name behind which there is nothing to reset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnknownNames {
    /// The truth.
    Tell,
    /// The tenant's gates, for every name alike.
    Decoy,
}

/// OfferedFlows, each at most once.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct OfferedFlows(Vec<FlowKind>);

impl OfferedFlows {
    /// Those that are offered, in the order in which they are written.
    #[must_use]
    pub fn offered(&self) -> &[FlowKind] {
        &self.0
    }
}

impl TryFrom<Vec<String>> for OfferedFlows {
    type Error = &'static str;

    fn try_from(names: Vec<String>) -> Result<Self, Self::Error> {
        const ALLOWED: &str = "allowed are \"reset\", \"change\", \"unlock\", \"user-name\" and \
                               \"methods\", each once, at least one";
        let mut flows = Vec::new();
        for name in names {
            match FlowKind::named(&name) {
                Some(flow_kind) if !flows.contains(&flow_kind) => flows.push(flow_kind),
                _ => return Err(ALLOWED),
            }
        }
        if flows.is_empty() {
            return Err(ALLOWED);
        }
        Ok(Self(flows))
    }
}

/// Kinds of gates, each at most once, in the order in which they are offered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Vec<String>")]
pub struct Gates(Vec<GateKind>);

impl Gates {
    /// The kinds.
    #[must_use]
    pub fn kinds(&self) -> &[GateKind] {
        &self.0
    }
}

impl TryFrom<Vec<String>> for Gates {
    type Error = &'static str;

    fn try_from(names: Vec<String>) -> Result<Self, Self::Error> {
        const ALL: [GateKind; 7] = [
            GateKind::Mail,
            GateKind::Authenticator,
            GateKind::Sms,
            GateKind::Voice,
            GateKind::Passkey,
            GateKind::RecoveryCode,
            GateKind::HelpdeskPass,
        ];
        const ALLOWED: &str = "allowed are \"mail\", \"authenticator\", \"sms\", \"voice\", \
                               \"passkey\", \"recovery\" and \"pass\", each once, at least one";
        let mut kinds = Vec::new();
        for name in names {
            let kind = ALL.into_iter().find(|kind| kind.name() == name);
            match kind {
                Some(kind) if !kinds.contains(&kind) => kinds.push(kind),
                _ => return Err(ALLOWED),
            }
        }
        if kinds.is_empty() {
            return Err(ALLOWED);
        }
        Ok(Self(kinds))
    }
}

/// A number that is read within its bounds or not at all.
macro_rules! bounded {
    ($(#[$doc:meta] $name:ident: $least:literal to $most:literal;)*) => {$(
        #[$doc]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
        #[serde(try_from = "i64")]
        pub struct $name(u16);

        impl $name {
            /// The number.
            #[must_use]
            pub const fn get(self) -> u16 {
                self.0
            }
        }

        impl TryFrom<i64> for $name {
            type Error = &'static str;

            fn try_from(number: i64) -> Result<Self, Self::Error> {
                u16::try_from(number)
                    .ok()
                    .filter(|number| ($least..=$most).contains(number))
                    .map(Self)
                    .ok_or(concat!("allowed is ", $least, " to ", $most))
            }
        }
    )*};
}

bounded! {
    /// How many gates must be passed.
    GatesRequired: 1 to 2;
    /// How many wrong codes lock.
    Tries: 1 to 100;
    /// The window of wrong codes, in hours.
    LockHours: 1 to 720;
    /// Wrong answers from one network.
    NetworkTries: 1 to 60000;
    /// Codes for one network in an hour.
    NetworkCodes: 1 to 60000;
    /// Names looked up for one network in an hour.
    NetworkNames: 1 to 60000;
    /// Wrong answers in an hour that raise the alarm.
    AlarmWrongAnswers: 1 to 60000;
    /// The life of a flow, in minutes.
    FlowMinutes: 2 to 60;
    /// The life of a code that was sent, in minutes.
    CodeMinutes: 1 to 10;
    /// The wait for a second code, in seconds.
    PauseSeconds: 0 to 600;
    /// Codes to one mailbox.
    CodesPerAddress: 1 to 1000;
    /// Codes in a minute.
    CodesPerMinute: 1 to 1000;
    /// Days between confirmations of methods.
    ReconfirmDays: 0 to 3650;
}
