//! `run`: connect to the portal and answer until stopped.

use super::Outcome;
use postern_agent::assemble::{Assembled, assemble};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::signal::unix::{SignalKind, signal};

/// How often what has expired is forgotten.
const PURGE: Duration = Duration::from_secs(60);

/// How long mails that wait are still sent when the agent stops.
const LAST_MAILS: Duration = Duration::from_secs(15);

/// Runs the agent.
pub async fn run(config: &Path) -> Outcome {
    let config = super::load(config)?;
    let (assembled, dial) = assemble(&config).await?;
    let Assembled {
        agent,
        hello,
        mails,
    } = assembled;
    tracing::info!(
        tenant = dial.tenant,
        program = hello.program,
        sandbox = hello.sandbox,
        kid = agent.public_key().thumbprint(),
        "the agent starts"
    );
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stopped = async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("the agent stops");
    };
    let purging = tokio::spawn({
        let agent = agent.clone();
        async move {
            let mut ticks = tokio::time::interval(PURGE);
            loop {
                ticks.tick().await;
                if let Err(error) = agent.purge().await {
                    tracing::error!(%error, "what has expired was not forgotten");
                }
            }
        }
    });
    let ran = postern_relay::embedded::run(dial, hello, Arc::new(agent.clone()), stopped).await;
    purging.abort();
    // Ended, so that it holds the agent no more.
    let _aborted = purging.await;
    agent.stop().await;
    drop(agent);
    if let Some(mails) = mails
        && tokio::time::timeout(LAST_MAILS, mails).await.is_err()
    {
        tracing::error!("stopped before every mail was sent");
    }
    Ok(ran?)
}
