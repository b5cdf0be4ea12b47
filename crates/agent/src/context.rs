//! The details of a message that the steps need besides its content.

use postern_notify::wording::Occasion;
use postern_protocol::Device;
use postern_relay::NetworkHash;

/// The details of a message that the steps need besides its content.
#[derive(Clone, Debug)]
pub(crate) struct RequestContext {
    pub support_code: String,
    /// The language of the person's page.
    pub language: String,
    /// The client's networks, the narrowest first.
    pub networks: Vec<NetworkHash>,
}

impl RequestContext {
    /// Returns the details of the request that its mails mention.
    pub(crate) fn occasion(&self, now: u64, device: Option<Device>) -> Occasion<'_> {
        Occasion {
            language: &self.language,
            now,
            device,
        }
    }
}
