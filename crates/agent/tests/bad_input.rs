//! Every operation with every kind of bad input, at every step: each is refused with a reason and
//! changes nothing.

use crate::kit::{Browser, GOOD, World, gate_of, identify, identify_for, set};
use postern_directory::sandbox::FIRST_PASSWORD;
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Operation};

/// The step of a flow at which the bad input is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Nowhere,
    Gates,
    CodeSent,
    NewPassword,
    Done,
    CurrentPassword,
    ChangedPassword,
    Unlocked,
    Methods,
    NewMethod,
}

const STANDS: [Stand; 10] = [
    Stand::Nowhere,
    Stand::Gates,
    Stand::CodeSent,
    Stand::NewPassword,
    Stand::Done,
    Stand::CurrentPassword,
    Stand::ChangedPassword,
    Stand::Unlocked,
    Stand::Methods,
    Stand::NewMethod,
];

/// Returns a browser at that step.
async fn stand(world: &World, stand: Stand) -> Browser {
    let mut browser = Browser::new(1);
    match stand {
        Stand::Nowhere => {}
        Stand::Gates => {
            browser.identify(world, "alice").await;
        }
        Stand::CodeSent => {
            let gate = gate_of(&browser.identify(world, "alice").await, GateKind::Mail);
            browser.send(world, Operation::SendCode { gate }).await;
        }
        Stand::NewPassword => {
            browser.prove(world, "alice").await;
        }
        Stand::Done => {
            browser.prove(world, "alice").await;
            browser.set(world, GOOD).await;
        }
        Stand::CurrentPassword | Stand::ChangedPassword => {
            let asked = identify_for(FlowKind::Change, "alice");
            let gate = gate_of(&browser.send(world, asked).await, GateKind::Password);
            if stand == Stand::ChangedPassword {
                browser.answer(world, gate, FIRST_PASSWORD).await;
            }
        }
        Stand::Unlocked => {
            let asked = identify_for(FlowKind::Unlock, "frank");
            let gate = gate_of(&browser.send(world, asked).await, GateKind::Mail);
            browser.send(world, Operation::SendCode { gate }).await;
            browser.answer(world, gate, &world.mailed_code()).await;
        }
        Stand::Methods | Stand::NewMethod => {
            let asked = identify_for(FlowKind::Methods, "olga");
            let gate = gate_of(&browser.send(world, asked).await, GateKind::Password);
            browser.answer(world, gate, FIRST_PASSWORD).await;
            if stand == Stand::NewMethod {
                let kind = GateKind::Authenticator;
                browser.send(world, Operation::AddMethod { kind }).await;
            }
        }
    }
    browser
}

/// Returns values that are not valid as a name, a code or a password.
fn odd_values() -> Vec<Secret> {
    let texts = [
        "",
        " ",
        "\0",
        "*",
        ")(cn=*",
        "\r\nQUIT\r\n",
        "../../etc/passwd",
        "{\"a\":1}",
        "\u{202e}\u{feff}",
        "💥",
    ];
    let longest = "x".repeat(450);
    let bytes = [vec![0xff; 40], vec![0; 450], vec![0xc3, 0x28]];
    let texts = texts.into_iter().chain([longest.as_str()]);
    texts
        .map(Secret::from)
        .chain(bytes.into_iter().map(Secret::new))
        .collect()
}

/// Returns every operation with odd values (all of them at its own step, one elsewhere), and the
/// operations that are bad only at this step.
fn bad(stand: Stand) -> Vec<Operation> {
    let odd = |its_turn: bool| {
        let values = odd_values();
        let count = if its_turn { values.len() } else { 1 };
        values.into_iter().take(count)
    };
    let mut operations = Vec::new();
    for name in odd(stand == Stand::Nowhere) {
        let flows = [FlowKind::Change, FlowKind::Unlock, FlowKind::Methods];
        for flow_kind in flows.into_iter().map(Some).chain([None]) {
            operations.push(Operation::Identify {
                name: name.clone(),
                flow_kind,
                device: None,
            });
        }
    }
    let answers = [Stand::Gates, Stand::CodeSent, Stand::CurrentPassword];
    for code in odd(answers.contains(&stand)) {
        operations.push(Operation::Answer { gate: 0, code });
    }
    for password in odd(stand == Stand::NewPassword) {
        operations.push(Operation::SetPassword { password });
    }
    for value in odd(stand == Stand::ChangedPassword) {
        let first = Secret::from(FIRST_PASSWORD);
        for (current, password) in [(value.clone(), value.clone()), (first, value)] {
            operations.push(Operation::ChangePassword { current, password });
        }
    }
    for answer in odd(stand == Stand::NewMethod) {
        operations.push(Operation::ConfirmMethod { answer });
    }
    let kind = GateKind::Mail;
    operations.push(Operation::AddMethod { kind });
    operations.push(Operation::RemoveMethod { id: 255 });
    if !matches!(stand, Stand::Methods | Stand::NewMethod) {
        let kind = GateKind::Authenticator;
        operations.push(Operation::AddMethod { kind });
        operations.push(Operation::ConfirmMethods);
    }
    operations.push(Operation::Answer {
        gate: 255,
        code: Secret::from("123456"),
    });
    operations.push(Operation::SendCode { gate: 255 });
    operations.push(identify("nobody"));
    if !matches!(stand, Stand::Gates | Stand::CodeSent) {
        operations.push(Operation::SendCode { gate: 0 });
    }
    if stand != Stand::NewPassword {
        operations.push(set(GOOD));
    }
    if stand != Stand::ChangedPassword {
        operations.push(Operation::ChangePassword {
            current: Secret::from(FIRST_PASSWORD),
            password: Secret::from(GOOD),
        });
    }
    if stand == Stand::Nowhere {
        operations.extend([Operation::Resume, Operation::Extend]);
    }
    operations
}

#[tokio::test]
async fn a_reason_is_given_and_nothing_is_changed() {
    for at in STANDS {
        let operations = bad(at);
        assert!(operations.len() > 10);
        for operation in operations {
            let world = World::with("").await;
            let mut browser = stand(&world, at).await;
            let before = (
                world.writes("alice"),
                world.writes("frank"),
                world.mails().len(),
            );
            let reply = browser.send(&world, operation.clone()).await;
            assert!(reply.reason.is_some(), "{at:?}, {operation:?}: {reply:?}");
            let after = (
                world.writes("alice"),
                world.writes("frank"),
                world.mails().len(),
            );
            // A directory may have been asked to write and have refused: then nothing was written.
            assert_eq!(after.0.1, before.0.1, "{at:?}, {operation:?}");
            assert_eq!(after.1.1, before.1.1, "{at:?}, {operation:?}");
            assert_eq!(after.2, before.2, "a mail: {at:?}, {operation:?}");
        }
    }
}

#[tokio::test]
async fn an_odd_address_is_answered_as_any_other_and_nobody_gets_a_mail() {
    let world = World::with("").await;
    for (seed, value) in (1..).zip(odd_values()) {
        let mut browser = Browser::new(seed);
        let asked = Operation::Identify {
            name: value,
            flow_kind: Some(FlowKind::UserName),
            device: None,
        };
        let reply = browser.send(&world, asked).await;
        assert_eq!(
            (reply.step, reply.reason),
            (postern_protocol::Step::UserNameSent, None)
        );
    }
    assert!(world.mails().is_empty());
}
