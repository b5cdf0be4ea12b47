//! Reads packages from a socket of binary messages; used by both sides.

use crate::package::{Channel, Package, PackageError};
use futures_util::{Stream, StreamExt};
use std::fmt::Display;
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use tracing::warn;

/// The reason why no more packages can be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Lost {
    /// The other side closed.
    #[error("the other side closed the connection")]
    Closed,
    /// No package was received for too long.
    #[error("nothing was heard for too long")]
    Silent,
    /// The socket failed.
    #[error("the connection broke: {0}")]
    Socket(String),
}

/// The reading half of a connection.
///
/// A frame that is not a package of this channel is dropped and counted. It does not extend the
/// connection, so that a peer without the key cannot keep a connection open.
pub(super) struct FrameReader<S> {
    stream: S,
    channel: Channel,
    silence: Duration,
    last_received: Instant,
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
            last_received: Instant::now(),
            refused: 0,
        }
    }

    /// Reads the first frame; returns the package, or the reason why it was refused.
    pub async fn first(&mut self, within: Duration) -> Result<Result<Package, PackageError>, Lost> {
        let frame = self.frame(Instant::now() + within).await?;
        self.last_received = Instant::now();
        Ok(Package::open(&self.channel, &frame))
    }

    /// Reads the next package, dropping frames that are not packages.
    pub async fn next(&mut self) -> Result<Package, Lost> {
        loop {
            let frame = self.frame(self.last_received + self.silence).await?;
            match Package::open(&self.channel, &frame) {
                Ok(package) => {
                    self.last_received = Instant::now();
                    return Ok(package);
                }
                Err(error) => self.refuse(error),
            }
        }
    }

    /// Counts a dropped frame, and logs a warning whenever the count is a power of two.
    pub fn refuse(&mut self, error: PackageError) {
        self.refused += 1;
        if self.refused.is_power_of_two() {
            warn!(refused = self.refused, %error, "a frame was dropped");
        }
    }

    /// Reads and drops the rest of the stream.
    pub async fn drain(&mut self) {
        while let Some(Ok(_)) = self.stream.next().await {}
    }

    async fn frame(&mut self, by: Instant) -> Result<Vec<u8>, Lost> {
        // `timeout_at` does not check the deadline while there is always something to read.
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
