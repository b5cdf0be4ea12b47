//! `run`: connects to the portal and serves it until stopped.

use super::Outcome;
use postern_agent::Agent;
use postern_agent::assemble::{Assembled, assemble};
use postern_agent::control::ControlSocket;
use postern_store::StoreError;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// The interval at which expired data is purged.
const PURGE_INTERVAL: Duration = Duration::from_secs(60);

/// The interval at which codes that wait for the tenant's pace are sent.
const SEND_INTERVAL: Duration = Duration::from_secs(1);

/// The time limit for the last attempts at queued mails and messages when the agent stops.
const LAST_DELIVERIES_TIMEOUT: Duration = Duration::from_secs(15);

/// Runs the agent.
pub async fn run(config: &Path) -> Outcome {
    let config = super::load(config)?;
    let (assembled, dial) = assemble(&config).await?;
    let Assembled {
        agent,
        hello,
        queues,
    } = assembled;
    tracing::info!(
        tenant = dial.tenant,
        program = hello.program,
        sandbox = hello.sandbox,
        kid = agent.public_key().thumbprint(),
        "the agent starts"
    );
    let control = ControlSocket::bind(&config.agent.control_socket())?;
    let signal = signal()?;
    let control = tokio::spawn(control.serve(agent.clone()));
    let mut purging = tokio::spawn(purge(agent.clone()));
    let sending = tokio::spawn(send_waiting(agent.clone()));
    let (error_sender, error_receiver) = oneshot::channel();
    let stopped = async {
        let store_error = tokio::select! {
            () = signal => None,
            store_error = &mut purging => store_error.ok(),
        };
        tracing::info!("the agent stops");
        // Fails only if this function has returned already.
        let _unsent = error_sender.send(store_error);
    };
    let result = postern_relay::embedded::run(dial, hello, Arc::new(agent.clone()), stopped).await;
    purging.abort();
    control.abort();
    sending.abort();
    agent.stop().await;
    drop(agent);
    let sent = async {
        for queue in queues {
            // A queue that panicked has nothing more to send.
            let _ended = queue.await;
        }
    };
    if tokio::time::timeout(LAST_DELIVERIES_TIMEOUT, sent)
        .await
        .is_err()
    {
        tracing::error!("the agent stopped before every queued mail and message was tried again");
    }
    result?;
    match error_receiver.await {
        Ok(Some(store_error)) => Err(store_error.into()),
        _ => Ok(()),
    }
}

/// Purges expired data until the store fails. Then the agent stops: without a store there is no
/// service, the portal reports this at its first step, and the process supervisor restarts the
/// agent.
async fn purge(agent: Agent) -> StoreError {
    let mut ticks = tokio::time::interval(PURGE_INTERVAL);
    loop {
        ticks.tick().await;
        if let Err(error) = agent.purge().await {
            tracing::error!(%error, "expired data cannot be purged");
            return error;
        }
    }
}

/// Sends the codes whose turn has come, at each tick; never returns.
async fn send_waiting(agent: Agent) {
    let mut ticks = tokio::time::interval(SEND_INTERVAL);
    loop {
        ticks.tick().await;
        agent.send_waiting();
    }
}

/// Returns a future that completes at SIGTERM or SIGINT.
#[cfg(unix)]
fn signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

/// Returns a future that completes at Ctrl-C.
#[cfg(not(unix))]
fn signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        // This completes at once, with an error, if no handler can be installed.
        let _result = tokio::signal::ctrl_c().await;
    })
}
