//! `run`: connect to the portal and answer until stopped.

use super::Outcome;
use postern_agent::assemble::{Assembled, assemble};
use postern_agent::control::ControlSocket;
use postern_agent::{Agent, StoreError};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

/// How often what has expired is forgotten.
const PURGE: Duration = Duration::from_secs(60);

/// The interval at which codes that wait for the tenant's pace are sent.
const TURN: Duration = Duration::from_secs(1);

/// How long mails and messages that wait are still sent when the agent stops.
const LAST_MAILS: Duration = Duration::from_secs(15);

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
    let (tell_why, why) = oneshot::channel();
    let stopped = async {
        let broken = tokio::select! {
            () = signal => None,
            broken = &mut purging => broken.ok(),
        };
        tracing::info!("the agent stops");
        // Nobody listens only if this program is over already.
        let _over = tell_why.send(broken);
    };
    let ran = postern_relay::embedded::run(dial, hello, Arc::new(agent.clone()), stopped).await;
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
    if tokio::time::timeout(LAST_MAILS, sent).await.is_err() {
        tracing::error!("stopped before every mail and message was tried once more");
    }
    ran?;
    match why.await {
        Ok(Some(broken)) => Err(broken.into()),
        _ => Ok(()),
    }
}

/// Forgets what has expired until the store fails. Then the agent stops: without a store there is
/// no service, the portal says so at its first step, and whoever watches over this process
/// starts it anew.
async fn purge(agent: Agent) -> StoreError {
    let mut ticks = tokio::time::interval(PURGE);
    loop {
        ticks.tick().await;
        if let Err(error) = agent.purge().await {
            tracing::error!(%error, "what has expired was not forgotten");
            return error;
        }
    }
}

/// Sends codes whose turn has come.
async fn send_waiting(agent: Agent) {
    let mut ticks = tokio::time::interval(TURN);
    loop {
        ticks.tick().await;
        agent.send_waiting();
    }
}

/// Ends when the process is told to stop.
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

/// Ends when the process is told to stop.
#[cfg(not(unix))]
fn signal() -> std::io::Result<impl Future<Output = ()> + Send> {
    Ok(async {
        // If it cannot be heard, the process is only killed.
        let _heard = tokio::signal::ctrl_c().await;
    })
}
