//! FrameReader packages on a socket of binary messages, the same for both sides.

use crate::package::{Channel, Package, PackageError};
use futures_util::{Stream, StreamExt};
use std::fmt::Display;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use tracing::warn;

/// Why nothing more can be heard.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    /// The other side closed.
    #[error("the other side closed the connection")]
    Closed,
    /// Nothing was heard for too long.
    #[error("nothing was heard for too long")]
    Silent,
    /// The socket failed.
    #[error("the connection broke: {0}")]
    Socket(String),
}

/// The hearing half of a connection.
///
/// A frame that is no package of this channel is dropped and counted. It is no sign of life, so
/// whoever cannot seal cannot keep a connection open.
pub(super) struct FrameReader<S> {
    stream: S,
    channel: Channel,
    silence: Duration,
    heard: Instant,
    refused: u64,
}

impl<S, E> FrameReader<S>
where
    S: Stream<Item = Result<Vec<u8>, E>> + Unpin,
    E: Display,
{
    pub fn new(stream: S, channel: Channel, silence: Duration) -> Self {
        Self {
            stream,
            channel,
            silence,
            heard: Instant::now(),
            refused: 0,
        }
    }

    /// The first frame, opened or refused.
    pub async fn first(&mut self, within: Duration) -> Result<Result<Package, PackageError>, Lost> {
        let frame = self.frame(Instant::now() + within).await?;
        self.heard = Instant::now();
        Ok(Package::open(&self.channel, &frame))
    }

    /// The next package.
    pub async fn next(&mut self) -> Result<Package, Lost> {
        loop {
            let frame = self.frame(self.heard + self.silence).await?;
            match Package::open(&self.channel, &frame) {
                Ok(package) => {
                    self.heard = Instant::now();
                    return Ok(package);
                }
                Err(error) => self.refuse(error),
            }
        }
    }

    /// Drops a frame. The first is logged as a warning, the count with each power of two.
    pub fn refuse(&mut self, error: PackageError) {
        self.refused += 1;
        if self.refused.is_power_of_two() {
            warn!(refused = self.refused, %error, "a frame was dropped");
        }
    }

    /// Reads what still comes, and drops it.
    pub async fn drain(&mut self) {
        while let Some(Ok(_)) = self.stream.next().await {}
    }

    async fn frame(&mut self, by: Instant) -> Result<Vec<u8>, Lost> {
        // A deadline alone is not looked at while there is always something to read.
        if Instant::now() >= by {
            return Err(Lost::Silent);
        }
        match timeout_at(by, self.stream.next()).await {
            Err(_) => Err(Lost::Silent),
            Ok(None) => Err(Lost::Closed),
            Ok(Some(Err(error))) => Err(Lost::Socket(error.to_string())),
            Ok(Some(Ok(frame))) => Ok(frame),
        }
    }
}
