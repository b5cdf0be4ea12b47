//! Tests hostile peers of the embedded engine: changed, repeated and forged frames are dropped.

use crate::embedded_portal::{Portal, binary, dial, encode_secret};
use crate::harness::*;
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use postern_relay::embedded::{Disconnect, run};
use postern_relay::package::{
    Channel, Content, Direction, Goodbye, MAX_FRAME, MessageId, Package, PackageError,
};
use postern_relay::{Answer, Ask, AskError, Handler, Heartbeat};
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::{accept_async, connect_async_with_config};

#[tokio::test]
async fn a_hello_with_any_bit_flipped_is_refused() {
    let portal = Portal::start().await;
    let frame = seal(Direction::ToPortal, Content::Hello(hello()));
    for (place, changed) in flipped(&frame) {
        let mut agent = connect(&portal).await;
        agent.send(changed).await.unwrap();
        // The portal sends a goodbye and closes the connection.
        let goodbye = agent.next().await.unwrap().unwrap();
        let goodbye = Package::open(&channel(Direction::ToAgent), &goodbye).unwrap();
        assert!(matches!(goodbye.content, Content::Goodbye(_)), "{place}");
        assert!(agent.next().await.is_none(), "{place}");
    }
    assert!(portal.ended().iter().all(Result::is_err));
    assert_eq!(portal.relay().agent("contoso"), None);
}

#[tokio::test]
async fn an_answer_with_any_bit_flipped_is_dropped() {
    let portal = Portal::start().await;
    let mut agent = greeted(&portal).await;
    let pending = spawn_ask(&portal, "x");
    let id = next_ask(&mut agent).await;
    let right = answer(id, sandbox_answer("contoso", "right"));
    for (_, changed) in flipped(&right) {
        agent.send(changed).await.unwrap();
    }
    agent.send(right).await.unwrap();
    assert_eq!(
        pending.await.unwrap(),
        Ok(sandbox_answer("contoso", "right"))
    );
}

#[tokio::test]
async fn an_answer_counts_once_and_only_for_what_was_asked() {
    let portal = Portal::start().await;
    let mut agent = greeted(&portal).await;
    let first = spawn_ask(&portal, "1");
    let first_ask = next_ask(&mut agent).await;
    let unknown = answer(
        Package {
            id: MessageId([0; 16]),
            ..first_ask.clone()
        },
        Answer::Expired,
    );
    agent.send(unknown).await.unwrap();
    let reply = answer(first_ask, sandbox_answer("contoso", "1"));
    agent.send(reply.clone()).await.unwrap();
    assert_eq!(first.await.unwrap(), Ok(sandbox_answer("contoso", "1")));

    let second = spawn_ask(&portal, "2");
    let second_ask = next_ask(&mut agent).await;
    // The first answer's bytes again do not answer the second.
    agent.send(reply).await.unwrap();
    let reply = answer(second_ask, sandbox_answer("contoso", "2"));
    agent.send(reply).await.unwrap();
    assert_eq!(second.await.unwrap(), Ok(sandbox_answer("contoso", "2")));
}

#[tokio::test]
async fn an_ask_reflected_as_an_answer_is_dropped() {
    let portal = Portal::start().await;
    let mut agent = greeted(&portal).await;
    let pending = spawn_ask(&portal, "x");
    let frame = agent.next().await.unwrap().unwrap();
    agent.send(frame.clone()).await.unwrap();
    let package = Package::open(&channel(Direction::ToAgent), &frame).unwrap();
    let reply = answer(package, sandbox_answer("contoso", "x"));
    agent.send(reply).await.unwrap();
    assert_eq!(pending.await.unwrap(), Ok(sandbox_answer("contoso", "x")));
}

#[tokio::test]
async fn garbage_and_oversize_end_one_connection_at_most() {
    let portal = Portal::start().await;
    for garbage in [vec![], vec![0xff; 100], vec![0x85; 1024]] {
        let mut agent = connect(&portal).await;
        agent.send(garbage.clone()).await.unwrap();
        while agent.next().await.is_some() {}
        let mut agent = greeted(&portal).await;
        agent.send(garbage).await.unwrap();
        let pending = spawn_ask(&portal, "x");
        let id = next_ask(&mut agent).await;
        let reply = answer(id, sandbox_answer("contoso", "x"));
        agent.send(reply).await.unwrap();
        assert_eq!(pending.await.unwrap(), Ok(sandbox_answer("contoso", "x")));
    }
    let mut agent = greeted(&portal).await;
    let pending = spawn_ask(&portal, "x");
    next_ask(&mut agent).await;
    agent.send(vec![0; MAX_FRAME + 1]).await.ok();
    assert_eq!(pending.await.unwrap(), Err(AskError::NoAnswer));
    let socket = |ended: &Result<(), Disconnect>| matches!(ended, Err(Disconnect::Socket(_)));
    within(Duration::from_secs(1), || portal.ended().iter().any(socket)).await;
    let _agent = Running::connected(&portal, "contoso").await;
}

#[tokio::test]
async fn garbage_is_no_sign_of_life() {
    let portal = Portal::start().await;
    let mut agent = greeted(&portal).await;
    let flood = tokio::spawn(async move {
        while agent.send(vec![0; 64]).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    });
    let gone = || portal.relay().agent("contoso").is_none();
    within(TIMING.silence * 2, gone).await;
    flood.abort();
}

#[tokio::test]
async fn an_agent_of_an_unknown_version_is_told_the_portals() {
    let portal = Portal::start().await;
    let mut agent = connect(&portal).await;
    // [9, null]: the first item is all that an agent of version 9 has in common.
    agent.send(vec![0x82, 9, 0xf6]).await.unwrap();
    let goodbye = agent.next().await.unwrap().unwrap();
    let opened = Package::open(&channel(Direction::ToAgent), &goodbye).unwrap();
    assert_eq!(opened.content, Content::Goodbye(Goodbye::Version));
    assert_eq!(goodbye[1], postern_relay::VERSION);
    while agent.next().await.is_some() {}
    within(Duration::from_secs(1), || !portal.ended().is_empty()).await;
    let expected = Disconnect::Version {
        agent: 9,
        portal: 1,
    };
    assert_eq!(portal.ended(), [Err(expected)]);
}

#[tokio::test]
async fn the_wrong_first_word_is_refused() {
    let portal = Portal::start().await;
    let mut agent = connect(&portal).await;
    let beat = Content::Heartbeat(Heartbeat::plain(true));
    agent.send(seal(Direction::ToPortal, beat)).await.unwrap();
    while agent.next().await.is_some() {}
    within(Duration::from_secs(1), || !portal.ended().is_empty()).await;
    let refused = Disconnect::Hello(PackageError::Unexpected);
    assert_eq!(portal.ended(), [Err(refused)]);

    let mut mute = connect(&portal).await;
    assert!(mute.next().await.is_none());
    within(Duration::from_secs(1), || portal.ended().len() == 2).await;
    assert_eq!(portal.ended()[1], Err(Disconnect::NoHello));
}

#[tokio::test]
async fn a_hostile_portal_changes_nothing() {
    let (listener, handler, agent) = agent_of_a_hostile_portal().await;
    let mut portal = welcome(&listener).await;
    let ask = Package {
        id: MessageId([3; 16]),
        expires: soon(),
        content: Content::Ask(ask("right")),
    };
    let right = ask.seal(&channel(Direction::ToAgent)).unwrap();
    for (_, changed) in flipped(&right) {
        portal.send(changed).await.unwrap();
    }
    portal.send(right.clone()).await.unwrap();
    assert_eq!(
        next_answer(&mut portal).await,
        sandbox_answer("contoso", "right")
    );
    assert_eq!(handler.calls(), 1);
    // The same bytes are answered again: replays are detected by the agent, above this layer.
    portal.send(right).await.unwrap();
    assert_eq!(
        next_answer(&mut portal).await,
        sandbox_answer("contoso", "right")
    );
    assert_eq!(handler.calls(), 2);
    agent.abort();
}

#[tokio::test]
async fn an_oversize_frame_from_the_portal_makes_the_agent_come_again() {
    let (listener, _, agent) = agent_of_a_hostile_portal().await;
    let mut portal = welcome(&listener).await;
    portal.send(vec![0; MAX_FRAME + 1]).await.unwrap();
    let _portal = welcome(&listener).await;
    agent.abort();
}

#[tokio::test]
async fn a_portal_of_another_version_or_key_is_left_alone_for_a_while() {
    let (listener, handler, agent) = agent_of_a_hostile_portal().await;
    for first in [vec![0x82, 9, 0xf6], vec![0xff; 40]] {
        let mut portal = accept(&listener).await;
        portal.next().await.unwrap().unwrap();
        portal.send(first).await.unwrap();
        let start = std::time::Instant::now();
        while portal.next().await.is_some() {}
        drop(portal);
        let mut again = accept(&listener).await;
        assert!(start.elapsed() >= TIMING.refused / 2);
        // The agent sends its hello again, and the portal closes.
        again.next().await.unwrap().unwrap();
        again.close().await.unwrap();
    }
    assert_eq!(handler.calls(), 0);
    agent.abort();
}

trait Raw:
    Stream<Item = Result<Vec<u8>, tungstenite::Error>>
    + Sink<Vec<u8>, Error = tungstenite::Error>
    + Unpin
{
}
impl<S> Raw for S where
    S: Stream<Item = Result<Vec<u8>, tungstenite::Error>>
        + Sink<Vec<u8>, Error = tungstenite::Error>
        + Unpin
{
}

fn channel(direction: Direction) -> Channel {
    Channel {
        tenant: "contoso".into(),
        direction,
        key: key("contoso"),
    }
}

fn seal(direction: Direction, content: Content) -> Vec<u8> {
    let package = Package::new(content).unwrap();
    package.seal(&channel(direction)).unwrap()
}

/// Returns copies of the frame with one bit flipped, one for each byte; the bit position rotates.
fn flipped(frame: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> {
    (0..frame.len()).map(|place| {
        let mut changed = frame.to_vec();
        changed[place] ^= 1 << (place % 8);
        (place, changed)
    })
}

/// Connects to the portal as a raw agent.
async fn connect(portal: &Portal) -> impl Raw + use<> {
    let url = format!("ws://{}/relay/contoso", portal.address());
    let mut request = url.into_client_request().unwrap();
    let secret = encode_secret(&secret("contoso"));
    let bearer = format!("Bearer {}", secret.expose_str().unwrap());
    let headers = request.headers_mut();
    headers.insert("authorization", bearer.parse().unwrap());
    let connected = connect_async_with_config(request, None, true).await;
    binary(connected.unwrap().0)
}

/// Connects as a raw agent, and exchanges the hello and the first heartbeat.
async fn greeted(portal: &Portal) -> impl Raw + use<> {
    let mut agent = connect(portal).await;
    for content in [
        Content::Hello(hello()),
        Content::Heartbeat(Heartbeat::plain(true)),
    ] {
        agent
            .send(seal(Direction::ToPortal, content))
            .await
            .unwrap();
    }
    let echo = agent.next().await.unwrap().unwrap();
    Package::open(&channel(Direction::ToAgent), &echo).unwrap();
    agent
}

fn spawn_ask(portal: &Portal, what: &str) -> JoinHandle<Result<Answer, AskError>> {
    let (relay, ask) = (portal.relay(), ask(what));
    tokio::spawn(async move { relay.ask("contoso", soon(), ask).await })
}

async fn next_ask(agent: &mut impl Raw) -> Package {
    let frame = agent.next().await.unwrap().unwrap();
    let package = Package::open(&channel(Direction::ToAgent), &frame).unwrap();
    assert!(matches!(package.content, Content::Ask(Ask::Sandbox { .. })));
    package
}

fn answer(ask: Package, answer: Answer) -> Vec<u8> {
    let package = Package {
        content: Content::Answer(answer),
        ..ask
    };
    package.seal(&channel(Direction::ToPortal)).unwrap()
}

/// Starts a real agent that dials a listener on which the test acts as the portal.
async fn agent_of_a_hostile_portal() -> (TcpListener, Arc<TestHandler>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let setup = Setup::of("contoso");
    let dial = dial(url, &setup);
    let handler: Arc<dyn Handler> = setup.handler.clone();
    let agent = tokio::spawn(async move {
        run(dial, setup.hello, handler, std::future::pending())
            .await
            .unwrap();
    });
    (listener, setup.handler, agent)
}

async fn accept(listener: &TcpListener) -> impl Raw + use<> {
    let (tcp, _) = listener.accept().await.unwrap();
    binary(accept_async(tcp).await.unwrap())
}

/// Accepts the agent, receives its hello and echoes its first heartbeat.
async fn welcome(listener: &TcpListener) -> impl Raw + use<> {
    let mut portal = accept(listener).await;
    let hello = portal.next().await.unwrap().unwrap();
    let hello = Package::open(&channel(Direction::ToPortal), &hello).unwrap();
    assert!(matches!(hello.content, Content::Hello(_)));
    let beat = portal.next().await.unwrap().unwrap();
    let beat = Package::open(&channel(Direction::ToPortal), &beat).unwrap();
    let echo = beat.seal(&channel(Direction::ToAgent)).unwrap();
    portal.send(echo).await.unwrap();
    portal
}

/// Reads the next answer, skipping heartbeats.
async fn next_answer(portal: &mut impl Raw) -> Answer {
    loop {
        let frame = portal.next().await.unwrap().unwrap();
        let package = Package::open(&channel(Direction::ToPortal), &frame).unwrap();
        if let Content::Answer(answer) = package.content {
            return answer;
        }
    }
}
