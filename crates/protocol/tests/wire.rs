//! Tests the bytes on the wire of one message of each kind, so that no encoding changes unnoticed.
//!
//! A different byte here means a new version of the protocol: browser and agent may be of different
//! releases.

#![expect(
    clippy::unwrap_used,
    reason = "test code outside the test functions themselves"
)]

use minicbor::{Decode, Encode};
use postern_envelope::Secret;
use postern_protocol::{
    BannedKind, Device, FlowKind, FlowToken, Gate, GateKind, Method, Operation, Policy, Problem,
    Reason, Reply, Request, Step, decode, encode,
};
use std::collections::BTreeSet;
use std::fmt::Debug;

const TOKEN: FlowToken = FlowToken([0xaa; 16]);

#[test]
fn requests_keep_their_bytes() {
    let secret = |text: &str| Secret::from(text);
    for (token, operation, bytes) in [
        (
            None,
            Operation::Identify {
                name: secret("jana"),
                flow_kind: None,
                device: None,
            },
            "82f6820081446a616e61",
        ),
        (
            None,
            Operation::Identify {
                name: secret("jana"),
                flow_kind: Some(FlowKind::Unlock),
                device: None,
            },
            "82f6820082446a616e6102",
        ),
        (
            None,
            Operation::Identify {
                name: secret("jana"),
                flow_kind: None,
                device: Some(Device::Tablet),
            },
            "82f6820083446a616e61f601",
        ),
        (
            Some(TOKEN),
            Operation::SendCode { gate: 1 },
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa82018101",
        ),
        (
            Some(TOKEN),
            Operation::Answer {
                gate: 1,
                code: secret("123456"),
            },
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa8202820146313233343536",
        ),
        (
            Some(TOKEN),
            Operation::SetPassword {
                password: secret("č1A!"),
            },
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa82038145c48d314121",
        ),
        (
            Some(TOKEN),
            Operation::Resume,
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa820480",
        ),
        (
            Some(TOKEN),
            Operation::Extend,
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa820580",
        ),
        (
            Some(TOKEN),
            Operation::ChangePassword {
                current: secret("a"),
                password: secret("b"),
            },
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa82068241614162",
        ),
        (
            None,
            Operation::Identify {
                name: secret("jana"),
                flow_kind: Some(FlowKind::Methods),
                device: None,
            },
            "82f6820082446a616e6104",
        ),
        (
            Some(TOKEN),
            Operation::AddMethod {
                kind: GateKind::RecoveryCode,
            },
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa82078105",
        ),
        (
            Some(TOKEN),
            Operation::ConfirmMethod {
                answer: secret("123456"),
            },
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa82088146313233343536",
        ),
        (
            Some(TOKEN),
            Operation::RemoveMethod { id: 2 },
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa82098102",
        ),
        (
            Some(TOKEN),
            Operation::ConfirmMethods,
            "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa820a80",
        ),
    ] {
        let request = Request { token, operation };
        let encoded = encode(&request);
        assert_eq!(hex(&encoded), bytes, "{request:?}");
        let decoded: Request = decode(&encoded).unwrap();
        assert_eq!(hex(&encode(&decoded)), bytes, "{request:?}");
        assert_eq!(format!("{decoded:?}"), format!("{request:?}"));
    }
}

#[test]
fn replies_keep_their_bytes() {
    check_bytes(
        &Reply {
            token: None,
            step: Step::Identify,
            reason: Some(Reason::UserNotFound),
            codes_left: None,
            next: None,
            name: None,
        },
        "83f6820080820080",
    );
    check_bytes(
        &Reply {
            token: Some(TOKEN),
            step: Step::Gates {
                needed: 2,
                passed: vec![GateKind::Authenticator],
                gates: vec![
                    Gate {
                        id: 0,
                        kind: GateKind::Mail,
                        hint: Some("a••@c••.example".to_owned()),
                        sent_until: Some(1_800_000_600),
                        challenge: None,
                    },
                    Gate {
                        id: 1,
                        kind: GateKind::Authenticator,
                        hint: None,
                        sent_until: None,
                        challenge: None,
                    },
                ],
                expires: 1_800_000_900,
            },
            reason: Some(Reason::WrongCode { tries_left: 3 }),
            codes_left: None,
            next: None,
            name: None,
        },
        "8350aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa82018402810182\
         8400007761e280a2e280a24063e280a2e280a22e6578616d706c651a6b49d458\
         8201011a6b49d58482068103",
    );
    check_bytes(
        &Reply {
            token: Some(TOKEN),
            step: Step::NewPassword {
                policy: Policy {
                    minimum: 12,
                    complexity: true,
                    history: 24,
                    too_young_until: Some(1_800_086_400),
                    account_name: "jana".to_owned(),
                    name_parts: vec!["nováková".to_owned()],
                    history_enforced: false,
                },
                expires: 1_800_000_900,
            },
            reason: None,
            codes_left: None,
            next: None,
            name: None,
        },
        "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa820282\
         870cf518181a6b4b2380646a616e61816a6e6f76c3a16b6f76c3a1f41a6b49d584",
    );
    check_bytes(
        &Reply {
            token: None,
            step: Step::Done,
            reason: None,
            codes_left: None,
            next: None,
            name: None,
        },
        "82f6820380",
    );
    for (step, bytes) in [
        (Step::Unlocked, "82f6820480"),
        (Step::UserNameSent, "82f6820580"),
    ] {
        let (token, reason) = (None, None);
        check_bytes(
            &Reply {
                token,
                step,
                reason,
                codes_left: None,
                next: None,
                name: None,
            },
            bytes,
        );
    }
    check_bytes(
        &Reply {
            token: None,
            step: Step::Done,
            reason: None,
            codes_left: Some(9),
            next: None,
            name: None,
        },
        "84f6820380f609",
    );
    check_bytes(
        &Reply {
            token: None,
            step: Step::Done,
            reason: None,
            codes_left: None,
            next: Some(FlowKind::Methods),
            name: None,
        },
        "85f6820380f6f604",
    );
    check_bytes(
        &Reply {
            token: Some(TOKEN),
            step: Step::Gates {
                needed: 1,
                passed: Vec::new(),
                gates: Vec::new(),
                expires: 1_800_000_900,
            },
            reason: None,
            codes_left: None,
            next: None,
            name: Some(Secret::from("jana")),
        },
        "8650aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa8201840180801a6b49d584f6f6f6446a616e61",
    );
}

#[test]
fn methods_keep_their_bytes() {
    check_bytes(
        &Step::Methods {
            methods: vec![
                Method {
                    id: 1,
                    kind: GateKind::Mail,
                    hint: Some("a••@c••.example".to_owned()),
                    own: false,
                    left: None,
                    from: None,
                },
                Method {
                    id: 2,
                    kind: GateKind::RecoveryCode,
                    hint: None,
                    own: true,
                    left: Some(7),
                    from: None,
                },
            ],
            addable: vec![GateKind::Authenticator, GateKind::RecoveryCode],
            due: true,
            expires: 1_800_000_900,
        },
        "8206848284010077\
         61e280a2e280a24063e280a2e280a22e6578616d706c65f4850205f6f507\
         820105f51a6b49d584",
    );
    check_bytes(
        &Step::NewMethod {
            kind: GateKind::Authenticator,
            offer: Secret::from("otpauth://"),
            expires: 1_800_000_900,
        },
        "820783014a6f7470617574683a2f2f1a6b49d584",
    );
}

#[test]
fn a_method_that_does_not_count_yet_keeps_its_bytes() {
    check_bytes(
        &Method {
            id: 3,
            kind: GateKind::Authenticator,
            hint: None,
            own: true,
            left: None,
            from: Some("1800000000".to_owned()),
        },
        "860301f6f5f66a31383030303030303030",
    );
}

#[test]
fn a_challenge_keeps_its_bytes() {
    check_bytes(
        &Gate {
            id: 2,
            kind: GateKind::Passkey,
            hint: None,
            sent_until: Some(1_800_000_600),
            challenge: Some("{}".to_owned()),
        },
        "850204f61a6b49d458627b7d",
    );
}

#[test]
fn kinds_of_gates_keep_their_bytes_and_names() {
    for (kind, bytes, name) in [
        (GateKind::Mail, "00", "mail"),
        (GateKind::Authenticator, "01", "authenticator"),
        (GateKind::Sms, "02", "sms"),
        (GateKind::Voice, "03", "voice"),
        (GateKind::Passkey, "04", "passkey"),
        (GateKind::RecoveryCode, "05", "recovery"),
        (GateKind::HelpdeskPass, "06", "pass"),
        (GateKind::Password, "07", "password"),
    ] {
        check_bytes(&kind, bytes);
        assert_eq!(kind.name(), name);
    }
}

#[test]
fn reasons_keep_their_bytes() {
    let cases = [
        (Reason::UserNotFound, "820080"),
        (Reason::AccountAmbiguous, "820180"),
        (Reason::AccountDisabled, "820280"),
        (Reason::AccountExpired, "820380"),
        (Reason::AccountProtected, "820480"),
        (Reason::TooFewGates, "820580"),
        (Reason::WrongCode { tries_left: 4 }, "82068104"),
        (Reason::CodeExpired, "820780"),
        (Reason::CodeUsed, "820880"),
        (
            Reason::Locked {
                until: 1_800_000_000,
            },
            "8209811a6b49d200",
        ),
        (Reason::FlowExpired, "820a80"),
        (Reason::MessageExpired, "820b80"),
        (Reason::VersionMismatch, "820c80"),
        (Reason::InDoubt, "820d80"),
        (
            Reason::TooShort {
                minimum: 12,
                length: 9,
            },
            "820e820c09",
        ),
        (
            Reason::TooLong {
                maximum: 256,
                length: 257,
            },
            "820f82190100190101",
        ),
        (
            Reason::TooFewClasses {
                needed: 3,
                found: 2,
            },
            "8210820302",
        ),
        (Reason::ContainsAccountName, "821180"),
        (Reason::ContainsDisplayName, "821280"),
        (Reason::ForbiddenCharacter, "821380"),
        (Reason::UsedBefore { remembered: 24 }, "8214811818"),
        (
            Reason::TooYoung {
                until: 1_800_000_000,
            },
            "8215811a6b49d200",
        ),
        (Reason::Filter, "821680"),
        (Reason::HistoryOrFilter, "821780"),
        (Reason::DirectoryUnreachable, "82181880"),
        (Reason::AgentLacksRight, "82181980"),
        (Reason::PolicyUnreadable, "82181a80"),
        (Reason::ClockWrong, "82181b80"),
        (Reason::StoreUnavailable, "82181c80"),
        (Reason::Internal, "82181d80"),
        (
            Reason::TooManyCodes {
                until: 1_800_000_000,
            },
            "82181e811a6b49d200",
        ),
        (banned(BannedKind::Common), "82181f8100"),
        (banned(BannedKind::Organisation), "82181f8101"),
        (banned(BannedKind::Name), "82181f8102"),
        (Reason::KnownFromBreaches, "82182080"),
        (Reason::CodeNotSent, "82182180"),
        (
            Reason::SentTooRecently {
                until: 1_800_000_000,
            },
            "821822811a6b49d200",
        ),
        (Reason::WrongPassword { tries_left: 2 }, "8218248102"),
        (Reason::NotLocked, "82182580"),
        (Reason::NotOffered, "82182680"),
        (Reason::AccountLocked, "82182780"),
        (Reason::MethodPresent, "82182a80"),
        (Reason::MustChangeFirst, "82182b80"),
        (Reason::MethodNotAdded, "82182c80"),
        (
            Reason::PasswordElsewhere {
                place: "x.example".into(),
            },
            "82182d8169782e6578616d706c65",
        ),
        (Reason::PasswordNotTried, "82183280"),
        (
            Reason::TooManyFromNetwork {
                until: 1_800_000_000,
            },
            "82182e811a6b49d200",
        ),
    ];
    for (reason, bytes) in &cases {
        check_bytes(reason, bytes);
    }
    let listed: Vec<_> = cases.iter().map(|(reason, _)| reason.code()).collect();
    let all: Vec<_> = Reason::ALL.iter().map(Reason::code).collect();
    assert_eq!(listed, all, "one of each, in order");
}

fn banned(kind: BannedKind) -> Reason {
    Reason::BannedWord { kind }
}

#[test]
fn codes_are_words_and_each_is_one_reason_only() {
    let codes: BTreeSet<_> = Reason::ALL.iter().map(Reason::code).collect();
    assert_eq!(codes.len(), Reason::ALL.len());
    let problems: BTreeSet<_> = Problem::ALL.iter().map(|problem| problem.code()).collect();
    assert_eq!(problems.len(), Problem::ALL.len());
    for code in codes.union(&problems) {
        let word = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        assert!(code.bytes().all(word), "{code}");
    }
}

#[test]
fn a_problem_is_known_by_its_status() {
    for problem in Problem::ALL {
        assert!((400..600).contains(&problem.status()));
        assert_eq!(Problem::from_status(problem.status()), Some(problem));
    }
    for status in [0, 200, 302, 401, 500, 502] {
        assert_eq!(Problem::from_status(status), None);
    }
}

#[test]
fn every_argument_of_a_reason_has_a_name_of_its_own() {
    for reason in Reason::ALL {
        let arguments = reason.arguments();
        let names: BTreeSet<_> = arguments.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), arguments.len(), "{}", reason.code());
    }
}

#[test]
fn nothing_typed_prints() {
    let request = Request {
        token: Some(TOKEN),
        operation: Operation::SetPassword {
            password: Secret::from("correct horse"),
        },
    };
    assert_eq!(
        format!("{request:?}"),
        "Request { token: Some(FlowToken), operation: \
         SetPassword { password: Secret(13 bytes) } }"
    );
}

#[test]
fn what_is_not_of_this_version_is_not_decoded() {
    for (bytes, what) in [
        ("", "nothing"),
        ("f6", "null"),
        ("80", "an empty array"),
        ("a0", "a map"),
        ("82f68218ff80", "an unknown operation"),
        ("82f6820083446a616e61f603", "an unknown device"),
        ("82f6", "an array that ends early"),
        ("82f68200814446616e", "a name that ends early"),
        ("82f68200816461616161", "a name that is a text"),
        (
            "824faaaaaaaaaaaaaaaaaaaaaaaaaaaaaa820480",
            "a token of 15 bytes",
        ),
        ("82f682018119ffff", "a gate beyond 255"),
        ("82f6820181", "a gate that is missing"),
    ] {
        let body = Secret::new(unhex(bytes));
        assert!(decode::<Request>(&body).is_none(), "{what}");
    }
    // An unknown reason or step is not mistaken for another one.
    for bytes in ["83f68200808218fe80", "83f682181980f6"] {
        assert!(decode::<Reply>(&Secret::new(unhex(bytes))).is_none());
    }
}

#[test]
fn garbage_never_panics_a_decoder() {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let sound: Vec<Vec<u8>> = [
        "8250aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa8202820146313233343536",
        "83f6820080820080",
    ]
    .into_iter()
    .map(unhex)
    .collect();
    for round in 0..100_000 {
        let bytes = if round % 2 == 0 {
            (0..random.below(64)).map(|_| random.byte()).collect()
        } else {
            let mut bytes = sound[random.below(sound.len())].clone();
            for _ in 0..=random.below(3) {
                let place = random.below(bytes.len());
                bytes[place] = random.byte();
            }
            bytes.truncate(1 + random.below(bytes.len()));
            bytes
        };
        let body = Secret::new(bytes);
        let _request: Option<Request> = decode(&body);
        let _reply: Option<Reply> = decode(&body);
        let _policy: Option<Policy> = decode(&body);
    }
    // A declared length may be larger than the number of items that follow.
    for bytes in [
        "9bffffffffffffffff",
        "83f682018402",
        "bbffffffffffffffff",
        "5bffffffffffffffff",
    ] {
        let body = Secret::new(unhex(bytes));
        assert!(decode::<Request>(&body).is_none());
        assert!(decode::<Reply>(&body).is_none());
    }
    let endless = unhex("83f68201840280")
        .into_iter()
        .chain(unhex("9bffffffffffffffff"));
    assert!(decode::<Reply>(&Secret::new(endless.collect())).is_none());
}

/// Checks that a message encodes to these bytes, and that they decode to the same message.
fn check_bytes<T>(message: &T, bytes: &str)
where
    T: Debug + PartialEq + Encode<()> + for<'b> Decode<'b, ()>,
{
    let encoded = encode(message);
    assert_eq!(hex(&encoded), bytes, "{message:?}");
    assert_eq!(decode::<T>(&encoded).as_ref(), Some(message));
}

fn hex(secret: &Secret) -> String {
    secret
        .expose()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len())
        .step_by(2)
        .map(|place| u8::from_str_radix(&text[place..place + 2], 16).unwrap())
        .collect()
}

/// A random source with the same output each time (xorshift64*).
struct Random(u64);

impl Random {
    fn byte(&mut self) -> u8 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d).to_be_bytes()[0]
    }

    fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end
    }
}
