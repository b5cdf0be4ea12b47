//! The contract suite: one function for each guarantee, generic over the engine.

use crate::harness::*;
use postern_relay::{Answer, AskError};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Runs every test of the contract on one engine.
macro_rules! contract {
    ($name:ident, $engine:ty) => {
        $crate::suite::contract!($name, $engine:
            ask_and_answer
            directory_state_travels
            mail_state_travels
            the_alarm_travels
            how_far_the_clocks_differ_is_known
            two_tenants_do_not_meet
            another_tenants_key_opens_nothing
            late_messages_are_answered_expired
            no_agent_is_down_at_once
            a_killed_agent_leaves_no_answer
            a_silent_agent_is_known_gone
            a_hanging_handler_ends_at_expiry
            a_panic_costs_one_answer
            the_agent_is_back_after_the_portal
            fifty_at_once_each_get_their_own
            a_second_agent_replaces_the_first
            a_stopping_agent_finishes
            more_than_the_limit_is_down
            one_network_does_not_take_the_places_of_another
        );
    };
    ($name:ident, $engine:ty: $($promise:ident)+) => {
        mod $name {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                $crate::suite::$promise::<$engine>().await;
            })+
        }
    };
}
pub(crate) use contract;

pub async fn ask_and_answer<E: Engine>() {
    let engine = E::start().await;
    let _agent = Running::connected(&engine, "contoso").await;
    let answer = engine.relay().ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Ok(sandbox_answer("contoso", "x")));
    assert_eq!(engine.relay().agent("contoso").unwrap().hello, hello());
}

pub async fn directory_state_travels<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    agent.handler.directory_up.store(false, Ordering::SeqCst);
    let down = || !engine.relay().agent("contoso").unwrap().directory_up;
    within(TIMING.beat * 3, down).await;
}

pub async fn mail_state_travels<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    let up = || engine.relay().agent("contoso").unwrap().mail_up;
    assert!(up());
    agent.handler.mail_up.store(false, Ordering::SeqCst);
    within(TIMING.beat * 10, || !up()).await;
    agent.handler.mail_up.store(true, Ordering::SeqCst);
    within(TIMING.beat * 10, up).await;
}

pub async fn the_alarm_travels<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    let alarmed = || engine.relay().agent("contoso").unwrap().alarmed;
    assert!(!alarmed());
    agent.handler.alarmed.store(true, Ordering::SeqCst);
    within(TIMING.beat * 10, alarmed).await;
    agent.handler.alarmed.store(false, Ordering::SeqCst);
    within(TIMING.beat * 10, || !alarmed()).await;
}

pub async fn how_far_the_clocks_differ_is_known<E: Engine>() {
    let engine = E::start().await;
    let off = Arc::new(AtomicU64::new(190));
    let turned = Arc::clone(&off);
    let setup = Setup {
        clock: Arc::new(move || now() + turned.load(Ordering::SeqCst) - 100),
        ..Setup::of("contoso")
    };
    let _agent = Running::start(&engine, setup).await;
    let ahead = || {
        engine
            .relay()
            .agent("contoso")
            .map(|agent| agent.clock_ahead)
    };
    within(Duration::from_secs(5), || ahead().is_some()).await;
    // Known from the hello, exact to a second; a slow machine makes it smaller.
    assert!((80..=91).contains(&ahead().unwrap()), "{:?}", ahead());
    off.store(10, Ordering::SeqCst);
    within(Duration::from_secs(5), || {
        (-91..=-85).contains(&ahead().unwrap())
    })
    .await;
}

pub async fn two_tenants_do_not_meet<E: Engine>() {
    let engine = E::start().await;
    let contoso = Running::connected(&engine, "contoso").await;
    let fabrikam = Running::connected(&engine, "fabrikam").await;
    let relay = engine.relay();
    for tenant in ["contoso", "fabrikam"] {
        let answer = relay.ask(tenant, soon(), ask("x")).await;
        assert_eq!(answer, Ok(sandbox_answer(tenant, "x")));
    }
    assert_eq!((contoso.handler.calls(), fabrikam.handler.calls()), (1, 1));
}

pub async fn another_tenants_key_opens_nothing<E: Engine>() {
    let engine = E::start().await;
    let fabrikam = Running::connected(&engine, "fabrikam").await;
    let intruder = Setup {
        key: key("fabrikam"),
        ..Setup::of("contoso")
    };
    let intruder = Running::start(&engine, intruder).await;
    within(Duration::from_secs(5), || engine.refused() > 0).await;
    let relay = engine.relay();
    assert_eq!(relay.agent("contoso"), None);
    let answer = relay.ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Err(AskError::Down));
    assert!(relay.agent("fabrikam").is_some());
    assert_eq!(intruder.handler.calls() + fabrikam.handler.calls(), 0);
}

pub async fn late_messages_are_answered_expired<E: Engine>() {
    let engine = E::start().await;
    // By this agent's clock, the portal's messages are an hour old.
    let setup = Setup {
        clock: Arc::new(|| now() + 3600),
        ..Setup::of("contoso")
    };
    let agent = Running::start(&engine, setup).await;
    let relay = engine.relay();
    within(Duration::from_secs(5), || relay.agent("contoso").is_some()).await;
    for expires in [soon(), now() - 1] {
        let answer = relay.ask("contoso", expires, ask("x")).await;
        assert_eq!(answer, Ok(Answer::Expired));
    }
    assert_eq!(agent.handler.calls(), 0);
}

pub async fn no_agent_is_down_at_once<E: Engine>() {
    let engine = E::start().await;
    let start = Instant::now();
    let answer = engine.relay().ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Err(AskError::Down));
    assert!(start.elapsed() < Duration::from_millis(100));
    assert_eq!(engine.relay().agent("contoso"), None);
}

pub async fn a_killed_agent_leaves_no_answer<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    let relay = engine.relay();
    let start = Instant::now();
    let (answer, ()) = tokio::join!(relay.ask("contoso", soon(), ask("hang")), async {
        agent.called(1).await;
        agent.wire.cut();
    });
    assert_eq!(answer, Err(AskError::NoAnswer));
    assert!(start.elapsed() < Duration::from_secs(3));
    assert_eq!(relay.agent("contoso"), None);
}

/// The engine's own tests check the limit of 15 seconds with the default timing.
pub async fn a_silent_agent_is_known_gone<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    let relay = engine.relay();
    agent.wire.freeze();
    let gone = || relay.agent("contoso").is_none();
    within(TIMING.silence * 2, gone).await;
    agent.wire.mend();
    within(Duration::from_secs(5), || relay.agent("contoso").is_some()).await;
}

pub async fn a_hanging_handler_ends_at_expiry<E: Engine>() {
    let engine = E::start().await;
    let _agent = Running::connected(&engine, "contoso").await;
    let relay = engine.relay();
    let answer = relay.ask("contoso", now() + 2, ask("hang")).await;
    assert_eq!(answer, Err(AskError::NoAnswer));
    let answer = relay.ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Ok(sandbox_answer("contoso", "x")));
}

pub async fn a_panic_costs_one_answer<E: Engine>() {
    let engine = E::start().await;
    let _agent = Running::connected(&engine, "contoso").await;
    let relay = engine.relay();
    let (panicked, answered) = tokio::join!(
        relay.ask("contoso", now() + 2, ask("panic")),
        relay.ask("contoso", soon(), ask("slow")),
    );
    assert_eq!(panicked, Err(AskError::NoAnswer));
    assert_eq!(answered, Ok(sandbox_answer("contoso", "slow")));
}

pub async fn the_agent_is_back_after_the_portal<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    let relay = engine.relay();
    engine.stop_portal().await;
    within(Duration::from_secs(1), || relay.agent("contoso").is_none()).await;
    within(Duration::from_secs(5), || agent.wire.in_vain() >= 2).await;
    engine.start_portal().await;
    within(Duration::from_secs(5), || relay.agent("contoso").is_some()).await;
    let answer = relay.ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Ok(sandbox_answer("contoso", "x")));
}

pub async fn fifty_at_once_each_get_their_own<E: Engine>() {
    let engine = E::start().await;
    let _agent = Running::connected(&engine, "contoso").await;
    let asks = (0..50).map(|number| {
        let relay = engine.relay();
        tokio::spawn(async move {
            let what = number.to_string();
            let answer = relay.ask("contoso", soon(), ask(&what)).await;
            assert_eq!(answer, Ok(sandbox_answer("contoso", &what)));
        })
    });
    for task in asks.collect::<Vec<_>>() {
        task.await.unwrap();
    }
}

pub async fn a_second_agent_replaces_the_first<E: Engine>() {
    let engine = E::start().await;
    let mut first = Running::connected(&engine, "contoso").await;
    let relay = engine.relay();
    let second = Setup {
        handler: Arc::new(TestHandler::new("second")),
        hello: postern_relay::Hello {
            program: "0.2.0".into(),
            ..hello()
        },
        ..Setup::of("contoso")
    };
    let start = Instant::now();
    let (pending, _second) = tokio::join!(relay.ask("contoso", soon(), ask("hang")), async {
        first.called(1).await;
        Running::start(&engine, second).await
    });
    assert_eq!(pending, Err(AskError::NoAnswer));
    assert!(start.elapsed() < Duration::from_secs(3));
    // The first agent would reconnect, after a long wait.
    first.stop();
    let second = || matches!(relay.agent("contoso"), Some(a) if a.hello.program == "0.2.0");
    within(Duration::from_secs(1), second).await;
    let answer = relay.ask("contoso", soon(), ask("x")).await;
    assert_eq!(answer, Ok(sandbox_answer("second", "x")));
}

pub async fn a_stopping_agent_finishes<E: Engine>() {
    let engine = E::start().await;
    let mut agent = Running::connected(&engine, "contoso").await;
    let relay = engine.relay();
    let (answer, ()) = tokio::join!(relay.ask("contoso", soon(), ask("slow")), async {
        agent.called(1).await;
        agent.stop();
        within(Duration::from_millis(200), || {
            relay.agent("contoso").is_none()
        })
        .await;
        let more = relay.ask("contoso", soon(), ask("x")).await;
        assert_eq!(more, Err(AskError::Down));
    });
    assert_eq!(answer, Ok(sandbox_answer("contoso", "slow")));
    within(Duration::from_millis(500), || agent.task.is_finished()).await;
}

pub async fn more_than_the_limit_is_down<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    let limit = postern_relay::embedded::MAX_ASKS;
    let hanging: Vec<_> = (0..limit)
        .map(|network| {
            let relay = engine.relay();
            let ask = message(network, "hang");
            tokio::spawn(async move { relay.ask("contoso", soon(), ask).await })
        })
        .collect();
    agent.called(limit).await;
    let one_more = engine
        .relay()
        .ask("contoso", soon(), message(limit, "x"))
        .await;
    assert_eq!(one_more, Err(AskError::Down));
    hanging.iter().for_each(|task| task.abort());
}

pub async fn one_network_does_not_take_the_places_of_another<E: Engine>() {
    let engine = E::start().await;
    let agent = Running::connected(&engine, "contoso").await;
    let limit = postern_relay::embedded::MAX_ASKS;
    let busy: Vec<_> = (0..2 * limit)
        .map(|_| {
            let relay = engine.relay();
            let ask = message(1, "hang");
            tokio::spawn(async move { relay.ask("contoso", soon(), ask).await })
        })
        .collect();
    agent.called(limit / 2).await;
    let quiet = engine.relay().ask("contoso", soon(), message(2, "x")).await;
    assert!(matches!(quiet, Ok(Answer::Reply { .. })), "{quiet:?}");
    busy.iter().for_each(|task| task.abort());
}
