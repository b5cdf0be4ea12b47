//! The answers that the sandbox gives on request: each at the step of the flow at which it happens.

use crate::kit::{Browser, GOOD, World, gate_of, identify_for, set};
use postern_directory::sandbox::{AnswerStep, Sandbox};
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Operation, Reason, Reply, Step};
use postern_relay::{Answer, Ask, Handler};

/// Goes to the step that gives an answer, by a flow of that kind. Expects no refusal before it.
async fn reach(
    world: &World,
    mut browser: Browser,
    step: AnswerStep,
    flow_kind: FlowKind,
    name: &str,
) -> Reply {
    let begun = browser.send(world, identify_for(flow_kind, name)).await;
    if step == AnswerStep::UserName {
        return begun;
    }
    assert_eq!(begun.reason, None, "{name}");
    if step == AnswerStep::CurrentPassword {
        let gate = gate_of(&begun, GateKind::Password);
        let first = postern_directory::sandbox::FIRST_PASSWORD;
        return browser.answer(world, gate, first).await;
    }
    let offered = if flow_kind == FlowKind::Methods {
        let signed_in = browser.sign_in(world, flow_kind, name).await;
        assert_eq!(signed_in.reason, None, "{name}");
        signed_in
    } else {
        begun
    };
    let gate = gate_of(&offered, GateKind::Mail);
    let sent = browser.send(world, Operation::SendCode { gate }).await;
    if step == AnswerStep::SendCode {
        return sent;
    }
    assert_eq!(sent.reason, None, "{name}");
    let passed = browser.answer(world, gate, &world.mailed_code()).await;
    if passed.reason.is_some() || matches!(step, AnswerStep::Code | AnswerStep::Unlock) {
        return passed;
    }
    if step == AnswerStep::NewPassword {
        return browser.send(world, set(GOOD)).await;
    }
    let kind = GateKind::Authenticator;
    let offer = browser.send(world, Operation::AddMethod { kind }).await;
    if offer.reason.is_some() {
        return offer;
    }
    assert!(matches!(offer.step, Step::NewMethod { .. }), "{name}");
    let answer = Secret::from("000000");
    let confirm = Operation::ConfirmMethod { answer };
    browser.send(world, confirm).await
}

#[tokio::test]
async fn every_answer_is_given_at_its_step() {
    let world = World::with("gates = ['mail', 'authenticator']").await;
    for (network, reason) in (1..).zip(Reason::ALL) {
        let code = reason.code();
        let anchor = Sandbox::anchor_of(code).unwrap();
        let answer = Sandbox::answer(anchor, world.now()).unwrap();
        let browser = Browser::fresh(network);
        let reply = reach(&world, browser, answer.step, answer.flow_kind, code).await;
        assert_eq!(reply.reason.as_ref(), Some(&answer.reason), "{code}");
        let remains = match (answer.step, reason) {
            (AnswerStep::UserName, _)
            | (_, Reason::FlowExpired | Reason::VersionMismatch | Reason::StoreUnavailable)
            | (_, Reason::InDoubt | Reason::MustChangeFirst)
            | (_, Reason::AccountLocked | Reason::PasswordNotTried) => {
                matches!(reply.step, Step::Identify)
            }
            (AnswerStep::NewPassword, Reason::PolicyUnreadable) => {
                matches!(reply.step, Step::Gates { .. })
            }
            (AnswerStep::NewPassword | AnswerStep::Unlock, _) => {
                matches!(reply.step, Step::NewPassword { .. })
            }
            (AnswerStep::Methods, _) => matches!(reply.step, Step::Methods { .. }),
            _ => matches!(reply.step, Step::Gates { .. }),
        };
        assert!(remains, "{code}: {reply:?}");
    }
}

#[tokio::test]
async fn an_agent_that_is_not_the_sandbox_follows_no_script() {
    let world = World::with("").await.not_the_sandbox().await;
    let mut browser = Browser::new(1);
    let reply = browser.prove(&world, "wrong_code").await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn the_page_lists_every_answer_with_its_step() {
    let world = World::with("").await;
    let language = String::from("en");
    let Answer::Sandbox { view } = world.agent.answer(Ask::Sandbox { language }).await else {
        panic!("no sandbox");
    };
    assert_eq!(view.answers.len(), Reason::ALL.len());
    let steps = AnswerStep::ALL.map(AnswerStep::name);
    let mut shown: Vec<_> = view.answers.iter().map(|answer| &*answer.step).collect();
    shown.dedup();
    assert_eq!(shown, steps);
    for answer in &view.answers {
        assert!(FlowKind::named(&answer.flow).is_some(), "{}", answer.flow);
    }
}
