//! A mass attack by strangers, who name every account and guess at every gate, and a check of what
//! the owners are refused afterwards.

use super::soft_key::SoftKey;
use super::{Browser, World, gate_of, identify_for};
use postern_agent::control::{Command, Reply as CommandReply};
use postern_directory::sandbox::FIRST_PASSWORD;
use postern_envelope::Secret;
use postern_protocol::{FlowKind, GateKind, Operation, Reason, Reply, Step};

/// The longest delay that a code may have, in seconds.
const HALF_AN_HOUR: u64 = 30 * 60;

/// The first of the strangers' networks; those of the owners are below.
const STRANGERS: u64 = 1 << 32;

const POLICY: &str = "gates = ['mail', 'authenticator', 'recovery', 'pass', 'passkey']";

/// The owner of an account, with their means to pass its gates.
struct Owner {
    name: String,
    recovery: Secret,
    passkey: SoftKey,
}

/// Runs the conversations from a number of networks against a number of accounts, and returns what
/// was refused to the owners: `(account, what)`.
pub async fn refused(
    accounts: u32,
    conversations: u32,
    networks: u64,
) -> Vec<(String, &'static str)> {
    let world = World::with(POLICY).await;
    let mut owners = Vec::new();
    for number in 0..accounts {
        owners.push(settle(&world, number).await);
    }
    for number in 0..conversations {
        let owner = &owners[number as usize % owners.len()];
        let network = STRANGERS + u64::from(number) % networks;
        converse(&world, &owner.name, network, number).await;
        world.pass(1);
        if number % 60 == 0 {
            world.agent.send_waiting();
        }
    }
    // Longer than a time step of the authenticators.
    world.pass(60);
    let mut all = Vec::new();
    for (number, owner) in (0..).zip(&mut owners) {
        let refused = ask_for_everything(&world, owner, number).await;
        all.extend(refused.into_iter().map(|what| (owner.name.clone(), what)));
    }
    all
}

/// Gives a person every method, and lets them pass a gate from home once.
async fn settle(world: &World, number: u32) -> Owner {
    let name = format!("person-{number}");
    let login_name = name.clone();
    let added = world
        .command(Command::AddAuthenticator { login_name })
        .await;
    assert!(
        matches!(added, CommandReply::Authenticator { .. }),
        "{added:?}"
    );
    let recovery = world.issue_recovery_codes(&name).await;
    let passkey = world.add_passkey(&name, number as u8).await;
    let mut browser = Browser::fresh(home(number));
    let code = world.authenticator_code(&name).await;
    let reply = answer(world, &mut browser, &name, GateKind::Authenticator, &code).await;
    assert!(matches!(reply.step, Step::NewPassword { .. }), "{reply:?}");
    Owner {
        recovery: recovery.into_iter().next().unwrap(),
        name,
        passkey,
    }
}

/// Lets a stranger name an account and guess at each gate.
async fn converse(world: &World, name: &str, network: u64, number: u32) {
    let mut browser = Browser::fresh(network);
    if number.is_multiple_of(4) {
        let change = identify_for(FlowKind::Change, name);
        if browser.send(world, change).await.reason.is_none() {
            for _ in 0..3 {
                browser.answer(world, 1, "Spring-2026!").await;
            }
        }
    }
    let Step::Gates { gates, .. } = browser.identify(world, name).await.step else {
        return;
    };
    for gate in gates {
        let (kind, gate) = (gate.kind, gate.id);
        let (guess, times) = match kind {
            GateKind::Authenticator => ("000000", 3),
            GateKind::RecoveryCode => ("7K3M-01PQ-ZX90-1ABC", 1),
            GateKind::Passkey => ("{}", 1),
            _ => ("00000000", 2),
        };
        if kind.sends() {
            browser.send(world, Operation::SendCode { gate }).await;
        }
        for _ in 0..times {
            browser.answer(world, gate, guess).await;
        }
    }
}

/// Returns what an owner is refused: anything from home; from elsewhere a mailed code for more than
/// half an hour, a passkey, a recovery code or a pass.
async fn ask_for_everything(world: &World, owner: &mut Owner, number: u32) -> Vec<&'static str> {
    let mut refused = Vec::new();
    let mut note = |what, reply: &Reply| {
        if !matches!(reply.step, Step::NewPassword { .. }) {
            refused.push(what);
        }
    };
    let name = owner.name.clone();
    let elsewhere = u64::from(number) * 8 + (1 << 16);

    let mut browser = Browser::fresh(home(number));
    let code = world.authenticator_code(&name).await;
    let reply = answer(world, &mut browser, &name, GateKind::Authenticator, &code).await;
    note("authenticator at home", &reply);
    let mut browser = Browser::fresh(home(number));
    let change = identify_for(FlowKind::Change, &name);
    let reply = browser.send(world, change).await;
    let reply = match reply.reason {
        None => browser.answer(world, 1, FIRST_PASSWORD).await,
        Some(_) => reply,
    };
    note("change at home", &reply);
    let reply = mailed(world, &name, home(number), 0).await;
    note("mailed code at home", &reply);

    let reply = mailed(world, &name, elsewhere, HALF_AN_HOUR).await;
    note("mailed code", &reply);
    let mut browser = Browser::fresh(elsewhere + 1);
    let code = owner.recovery.expose_str().unwrap();
    let reply = answer(world, &mut browser, &name, GateKind::RecoveryCode, code).await;
    note("recovery code", &reply);
    let mut browser = Browser::fresh(elsewhere + 2);
    let reply = browser.identify(world, &name).await;
    let gate = gate_of(&reply, GateKind::Passkey);
    let reply = browser.send(world, Operation::SendCode { gate }).await;
    let Step::Gates { gates, .. } = reply.step else {
        panic!("no gates");
    };
    let challenge = gates.into_iter().find_map(|gate| gate.challenge).unwrap();
    let signed = owner.passkey.sign(&challenge);
    note("passkey", &browser.answer(world, gate, &signed).await);
    let mut browser = Browser::fresh(elsewhere + 3);
    let pass = world.issue_pass(&name, 15).await;
    let code = pass.expose_str().unwrap();
    let reply = answer(world, &mut browser, &name, GateKind::HelpdeskPass, code).await;
    note("pass", &reply);
    refused
}

/// Requests a mailed code, waits at most `patience` seconds for it, and answers with it.
async fn mailed(world: &World, name: &str, network: u64, patience: u64) -> Reply {
    let mut browser = Browser::fresh(network);
    let reply = browser.identify(world, name).await;
    if reply.reason.is_some() {
        return reply;
    }
    let mut gate = gate_of(&reply, GateKind::Mail);
    let mut reply = browser.send(world, Operation::SendCode { gate }).await;
    let mut waited = 0;
    if let Some(Reason::TooManyCodes { until } | Reason::SentTooRecently { until }) = reply.reason {
        waited = until.saturating_sub(world.now());
        // The minutes that people read are rounded up.
        if waited > patience.next_multiple_of(60) + 60 {
            return reply;
        }
        world.pass(waited);
        gate = gate_of(&browser.identify(world, name).await, GateKind::Mail);
        reply = browser.send(world, Operation::SendCode { gate }).await;
    }
    if reply.reason.is_some() {
        return reply;
    }
    // When the tenant's limit is reached, the code is sent a little later.
    let to = format!("{name}@sandbox.example");
    loop {
        world.agent.send_waiting();
        let mails = world.mails().into_iter();
        let code = mails.filter(|mail| mail.to == to).find_map(|mail| {
            let mut parts = mail.text.split(|sign: char| !sign.is_ascii_digit());
            parts.find(|part| part.len() == 8).map(str::to_owned)
        });
        let reply = match code {
            Some(code) => browser.answer(world, gate, &code).await,
            None => browser.send(world, Operation::Resume).await,
        };
        if matches!(reply.step, Step::NewPassword { .. }) || waited > patience {
            return reply;
        }
        world.pass(60);
        waited += 60;
    }
}

async fn answer(
    world: &World,
    browser: &mut Browser,
    name: &str,
    kind: GateKind,
    code: &str,
) -> Reply {
    let reply = browser.identify(world, name).await;
    if reply.reason.is_some() {
        return reply;
    }
    let gate = gate_of(&reply, kind);
    browser.answer(world, gate, code).await
}

/// Returns the network from which a person came before.
fn home(number: u32) -> u64 {
    u64::from(number) + 1
}
