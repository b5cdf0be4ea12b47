//! Enrollment: gives an agent and its portal a relay secret and a package key in common.

use super::Timing;
use super::dial::{DialError, Dialler};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64ct::{Base64UrlUnpadded, Encoding};
use futures_util::{Sink, SinkExt, Stream, StreamExt};
use minicbor::{Decode, Decoder, Encode};
use postern_envelope::Secret;
use postern_envelope::package::{PackageKey, random};
use std::fmt::Display;
use std::path::Path;
use tokio::time::timeout;

/// The credentials that the agent generates at enrollment and keeps.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The relay secret: 32 random bytes, presented to the portal at every connection.
    pub secret: Secret,
    /// The tenant's package key.
    pub package_key: PackageKey,
}

/// The record that the portal keeps. It is not enough to connect as the agent.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Enrollment {
    /// [`secret_hash`] of the relay secret.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub secret_hash: [u8; 32],
    /// The tenant's package key: 32 bytes.
    #[n(1)]
    pub package_key: Secret,
    /// The RFC 7638 thumbprint of the agent's envelope key: the portal accepts no other. `None`
    /// from agents of an earlier version; then the portal takes that of the first hello.
    #[n(2)]
    pub kid: Option<String>,
}

/// The reason why an enrollment failed. The agent keeps nothing then.
#[derive(Debug, thiserror::Error)]
pub enum EnrollError {
    /// The portal refused the code: it is wrong, used or too old.
    #[error("the portal refused the code: it is wrong, used or too old, or for another tenant")]
    Code,
    /// The portal could not be reached.
    #[error(transparent)]
    Dial(DialError),
    /// The connection ended before the enrollment was done.
    #[error("the connection ended before the enrollment was done: {0}")]
    Broken(String),
    /// The bytes received are not the expected message of an enrollment.
    #[error("the message received is not the expected one of an enrollment")]
    Malformed,
    /// The system's random source failed.
    #[error("the system's random source failed")]
    Random,
}

/// Agent: generates credentials and sends the portal its part of them, with a one-time `code` and
/// the thumbprint of the agent's envelope key, if that key exists already.
///
/// Returns only after the portal has confirmed that it stored them.
///
/// # Errors
/// [`EnrollError`]; the code may have been used up.
pub async fn enroll(
    url: &str,
    tenant: &str,
    code: &Secret,
    ca_file: Option<&Path>,
    kid: Option<&str>,
) -> Result<Credentials, EnrollError> {
    let timing = Timing::default();
    let credentials = Credentials {
        secret: random(32).map_err(|_| EnrollError::Random)?,
        package_key: PackageKey::generate().map_err(|_| EnrollError::Random)?,
    };
    let dialler = Dialler::new(url, tenant, ca_file, &timing).map_err(EnrollError::Dial)?;
    let mut socket = match dialler.connect("Enroll", code).await {
        Ok(socket) => socket,
        Err(DialError::Refused(_)) => return Err(EnrollError::Code),
        Err(error) => return Err(EnrollError::Dial(error)),
    };
    let exchange = async {
        let enrollment = Enrollment::from_credentials(&credentials, kid).to_bytes()?;
        socket.send(enrollment).await.map_err(connection_error)?;
        match socket.next().await {
            Some(Ok(reply)) if reply == CONFIRMATION => Ok(()),
            Some(Ok(_)) => Err(EnrollError::Malformed),
            Some(Err(error)) => Err(connection_error(error)),
            None => Err(connection_error("the portal closed it")),
        }
    };
    match timeout(timing.stop, exchange).await {
        Ok(done) => done?,
        Err(_) => return Err(EnrollError::Dial(DialError::Late)),
    }
    timeout(timing.hello, socket.close()).await.ok();
    Ok(credentials)
}

/// Portal: receives an enrollment on a connection whose code was right. The caller stores it and
/// then calls [`confirm_enrollment`].
///
/// # Errors
/// [`EnrollError::Malformed`] or [`EnrollError::Broken`].
pub async fn receive_enrollment<S, E>(socket: &mut S) -> Result<Enrollment, EnrollError>
where
    S: Stream<Item = Result<Vec<u8>, E>> + Unpin,
    E: Display,
{
    match timeout(Timing::default().hello, socket.next()).await {
        Ok(Some(Ok(bytes))) => {
            let bytes = Secret::new(bytes);
            Enrollment::from_bytes(bytes.expose()).ok_or(EnrollError::Malformed)
        }
        Ok(Some(Err(error))) => Err(connection_error(error)),
        Ok(None) => Err(connection_error("the agent closed it")),
        Err(_) => Err(connection_error("the agent sent nothing in time")),
    }
}

/// Portal: confirms to the agent that its enrollment is stored, and closes the connection.
///
/// # Errors
/// [`EnrollError::Broken`]: the agent has no confirmation, and needs another code.
pub async fn confirm_enrollment<S, E>(socket: &mut S) -> Result<(), EnrollError>
where
    S: Sink<Vec<u8>, Error = E> + Unpin,
    E: Display,
{
    socket
        .send(CONFIRMATION.to_vec())
        .await
        .map_err(connection_error)?;
    timeout(Timing::default().hello, socket.close()).await.ok();
    Ok(())
}

/// The credential that an agent presents in the `Authorization` header.
#[derive(Debug)]
pub enum Authorization {
    /// The relay secret, in base64url.
    Bearer(Secret),
    /// An enrollment code.
    Enroll(Secret),
}

impl Authorization {
    /// Parses the header's value; `None` for any other scheme.
    #[must_use]
    pub fn parse(header: &str) -> Option<Self> {
        let (scheme, credential) = header.split_once(' ')?;
        match scheme {
            "Bearer" => Some(Self::Bearer(credential.into())),
            "Enroll" => Some(Self::Enroll(credential.into())),
            _ => None,
        }
    }
}

/// Returns the SHA-256 of a relay secret or an enrollment code as the agent presents it. A relay
/// secret has 256 random bits, so no slower hash is needed.
#[must_use]
pub fn secret_hash(presented: &Secret) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, presented.expose()).as_ref());
    hash
}

/// Reports in constant time whether the credential that an agent presents has this hash.
#[must_use]
pub fn secret_matches(presented: &Secret, hash: &[u8; 32]) -> bool {
    verify_slices_are_equal(&secret_hash(presented), hash).is_ok()
}

/// Encodes a relay secret as the agent presents it: in base64url.
pub(super) fn encode_secret(secret: &Secret) -> Secret {
    Secret::new(Base64UrlUnpadded::encode_string(secret.expose()).into_bytes())
}

impl Enrollment {
    fn from_credentials(credentials: &Credentials, kid: Option<&str>) -> Self {
        Self {
            secret_hash: secret_hash(&encode_secret(&credentials.secret)),
            package_key: credentials.package_key.secret().clone(),
            kid: kid.map(str::to_owned),
        }
    }

    fn to_bytes(&self) -> Result<Vec<u8>, EnrollError> {
        minicbor::to_vec(self).map_err(|_| EnrollError::Malformed)
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut d = Decoder::new(bytes);
        let enrollment: Self = d.decode().ok()?;
        PackageKey::new(enrollment.package_key.clone())?;
        (d.position() == bytes.len()).then_some(enrollment)
    }
}

/// The portal's confirmation that it stored the enrollment: one byte.
const CONFIRMATION: &[u8] = &[1];

fn connection_error(error: impl Display) -> EnrollError {
    EnrollError::Broken(error.to_string())
}
