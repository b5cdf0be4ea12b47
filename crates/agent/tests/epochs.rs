//! A change of a password or a method ends every other open flow of the account: nothing that was
//! proven before it counts afterwards.

use crate::kit::{Browser, GOOD, Sealed, World, ask_agent, set};
use postern_directory::sandbox::FIRST_PASSWORD;
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Operation, Reason, Reply, Step};

const OTHER: &str = "Another-Horse-8-Battery";

const ALL: &str = "gates = ['mail', 'authenticator', 'recovery']";

fn change(current: &str, password: &str) -> Operation {
    Operation::ChangePassword {
        current: Secret::from(current),
        password: Secret::from(password),
    }
}

/// Starts a flow and passes the gate of the current password.
async fn by_password(world: &World, seed: u8, flow_kind: FlowKind, name: &str) -> (Browser, Reply) {
    let mut browser = Browser::new(seed);
    let reply = browser.sign_in(world, flow_kind, name).await;
    assert_eq!(reply.reason, None);
    (browser, reply)
}

/// Signs in to the methods of an account that has a mail address.
async fn at_methods(world: &World, seed: u8, name: &str) -> Browser {
    let (mut browser, reply) = by_password(world, seed, FlowKind::Methods, name).await;
    let reply = browser.pass_mail(world, &reply).await;
    assert!(matches!(reply.step, Step::Methods { .. }), "{reply:?}");
    browser
}

async fn add_codes(world: &World, browser: &mut Browser) -> Reply {
    let kind = GateKind::RecoveryCode;
    let reply = browser.send(world, Operation::AddMethod { kind }).await;
    if reply.reason.is_some() {
        return reply;
    }
    let answer = Secret::default();
    browser
        .send(world, Operation::ConfirmMethod { answer })
        .await
}

async fn assert_over(world: &World, browser: &mut Browser, operation: Operation) {
    let reply = browser.send(world, operation).await;
    assert_eq!(
        (reply.step, reply.reason, reply.token),
        (Step::Identify, Some(Reason::FlowExpired), None)
    );
}

#[tokio::test]
async fn a_completed_reset_ends_every_other_flow_of_its_account() {
    let world = World::with(ALL).await;
    let mut proven = Browser::new(1);
    proven.prove(&world, "alice").await;
    let mut managing = at_methods(&world, 2, "alice").await;
    let (mut changing, _) = by_password(&world, 3, FlowKind::Change, "alice").await;
    let mut begun = Browser::new(4);
    begun.identify(&world, "alice").await;
    let mut others = Browser::new(5);
    others.prove(&world, "grace").await;

    let mut owner = Browser::new(6);
    owner.prove(&world, "alice").await;
    let last_known = owner.token;
    assert_eq!(owner.set(&world, GOOD).await.step, Step::Done);

    assert_over(&world, &mut proven, set(OTHER)).await;
    let kind = GateKind::Authenticator;
    assert_over(&world, &mut managing, Operation::AddMethod { kind }).await;
    assert_over(&world, &mut changing, change(GOOD, OTHER)).await;
    assert_over(&world, &mut begun, Operation::SendCode { gate: 1 }).await;
    assert_eq!(world.writes("alice").1, 1);
    // A flow that has ended still returns its result.
    owner.token = last_known;
    let reply = owner.send(&world, Operation::Resume).await;
    assert_eq!((reply.step, reply.reason), (Step::Done, None));
    // Flows of other accounts are not affected, and a new flow works.
    let reply = others.send(&world, Operation::Resume).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }));
    let mut again = Browser::new(7);
    again.prove(&world, "alice").await;
    assert_eq!(again.set(&world, OTHER).await.step, Step::Done);
}

#[tokio::test]
async fn a_completed_change_ends_every_other_flow_of_its_account() {
    let world = World::with(ALL).await;
    let mut proven = Browser::new(1);
    proven.prove(&world, "alice").await;
    let mut managing = at_methods(&world, 2, "alice").await;
    let (mut owner, _) = by_password(&world, 3, FlowKind::Change, "alice").await;
    let reply = owner.send(&world, change(FIRST_PASSWORD, GOOD)).await;
    assert_eq!((reply.step, reply.reason), (Step::Done, None));
    assert_over(&world, &mut proven, set(OTHER)).await;
    assert_over(&world, &mut managing, Operation::ConfirmMethods).await;
}

#[tokio::test]
async fn a_password_that_is_refused_ends_no_other_flow() {
    let world = World::with("").await;
    let (mut one, mut other) = (Browser::new(1), Browser::new(2));
    one.prove(&world, "grace").await;
    other.prove(&world, "grace").await;
    let reply = one.set(&world, GOOD).await;
    assert!(matches!(reply.reason, Some(Reason::UsedBefore { .. })));
    let reply = other.send(&world, Operation::Resume).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
}

#[tokio::test]
async fn a_password_in_doubt_ends_every_other_flow_of_its_account() {
    let world = World::with("").await;
    let (mut one, mut other) = (Browser::new(1), Browser::new(2));
    one.prove(&world, "vera").await;
    other.prove(&world, "vera").await;
    let last_known = one.token;
    assert_eq!(one.set(&world, GOOD).await.reason, Some(Reason::InDoubt));
    assert_over(&world, &mut other, set(OTHER)).await;
    one.token = last_known;
    let reply = one.send(&world, Operation::Resume).await;
    assert_eq!(reply.reason, Some(Reason::InDoubt));
}

#[tokio::test]
async fn a_change_of_methods_ends_every_other_flow_and_goes_on_itself() {
    let world = World::with(ALL).await;
    let mut owner = at_methods(&world, 1, "alice").await;
    let mut proven = Browser::new(2);
    proven.prove(&world, "alice").await;
    let mut managing = at_methods(&world, 3, "alice").await;

    let reply = add_codes(&world, &mut owner).await;
    let Step::Methods { methods, .. } = &reply.step else {
        panic!("{reply:?}");
    };
    assert_eq!((methods.len(), &reply.reason), (2, &None));
    let id = methods[1].id;
    assert_over(&world, &mut proven, set(OTHER)).await;
    assert_over(&world, &mut managing, Operation::ConfirmMethods).await;

    let mut proven = Browser::new(4);
    proven.prove(&world, "alice").await;
    // Offering a method, giving it up and confirming the existing ones change nothing.
    let kind = GateKind::Authenticator;
    owner.send(&world, Operation::AddMethod { kind }).await;
    owner.send(&world, Operation::RemoveMethod { id: 0 }).await;
    owner.send(&world, Operation::ConfirmMethods).await;
    let reply = proven.send(&world, Operation::Resume).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    let reply = owner.send(&world, Operation::RemoveMethod { id }).await;
    assert_eq!(reply.reason, None);
    assert!(reply.token.is_some());
    assert_over(&world, &mut proven, set(OTHER)).await;
}

/// Otherwise its end would reveal that there is an account, and when its owner uses it.
#[tokio::test]
async fn in_a_decoy_tenant_a_flow_that_proves_nothing_goes_on() {
    let world = World::with("unknown_names = 'decoy'").await;
    let mut stranger = Browser::new(1);
    let before = stranger.identify(&world, "alice").await;
    let mut proven = Browser::new(2);
    proven.prove(&world, "alice").await;
    let mut owner = Browser::new(3);
    owner.prove(&world, "alice").await;
    owner.set(&world, GOOD).await;
    let after = stranger.send(&world, Operation::Resume).await;
    assert_eq!((after.step, after.reason), (before.step, None));
    assert_over(&world, &mut proven, set(OTHER)).await;
}

/// A portal can withhold a message and deliver it after its flow has ended.
#[tokio::test]
async fn a_message_that_was_kept_back_does_nothing_and_its_replay_is_answered_alike() {
    let world = World::with("").await;
    let mut kept_back = Browser::new(1);
    kept_back.prove(&world, "alice").await;
    let held = kept_back.seal(&world, set(OTHER));
    let mut owner = Browser::new(2);
    owner.prove(&world, "alice").await;
    let sealed = owner.seal(&world, set(GOOD));
    let done = world.ask(sealed.message.clone()).await;
    assert_eq!(sealed.open(&done).step, Step::Done);
    let answer = world.ask(held.message.clone()).await;
    assert_eq!(held.open(&answer).reason, Some(Reason::FlowExpired));
    assert_eq!(world.ask(held.message).await, answer);
    assert_eq!(world.ask(sealed.message).await, done);
    assert_eq!(world.writes("alice"), (1, 1));
}

/// The message of one flow is accepted while the other still waits for the directory.
#[tokio::test]
async fn of_two_flows_that_change_methods_at_once_one_goes_on() {
    let world = World::with(ALL).await;
    let mut sealed = Vec::new();
    for seed in 1..=8 {
        let (mut browser, _) = by_password(&world, seed, FlowKind::Methods, "olga").await;
        let kind = GateKind::RecoveryCode;
        browser.send(&world, Operation::AddMethod { kind }).await;
        let answer = Secret::default();
        sealed.push(browser.seal(&world, Operation::ConfirmMethod { answer }));
    }
    let replies = at_once(&world, sealed).await;
    let goes_on = |reply: &&Reply| reply.reason.is_none() && reply.token.is_some();
    assert_eq!(replies.iter().filter(goes_on).count(), 1);
}

#[tokio::test]
async fn of_eight_flows_that_set_a_password_at_once_one_does() {
    let world = World::with("").await;
    let mut sealed = Vec::new();
    for seed in 1..=8 {
        let mut browser = Browser::new(seed);
        browser.prove(&world, "alice").await;
        sealed.push(browser.seal(&world, set(&format!("{GOOD} {seed}"))));
    }
    let replies = at_once(&world, sealed).await;
    let done = replies.iter().filter(|reply| reply.step == Step::Done);
    assert_eq!(done.count(), 1);
    let over = |reply: &&Reply| reply.reason == Some(Reason::FlowExpired);
    assert_eq!(replies.iter().filter(over).count(), 7);
    assert_eq!(world.writes("alice"), (1, 1));
}

async fn at_once(world: &World, sealed: Vec<Sealed>) -> Vec<Reply> {
    let mut tasks = tokio::task::JoinSet::new();
    for sealed in sealed {
        let (agent, now) = (world.agent.clone(), world.now());
        tasks.spawn(async move {
            let answer = ask_agent(agent, sealed.message.clone(), now).await;
            sealed.open(&answer)
        });
    }
    tasks.join_all().await
}
