//! Enrollment: how an agent and its portal come to share a relay secret and a package key.

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

/// What the agent keeps: made by itself, in enrollment.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The relay secret: 32 random bytes, shown to the portal at every connection.
    pub secret: Secret,
    /// The tenant's package key.
    pub package_key: PackageKey,
}

/// What the portal keeps: it could not connect as the agent with it.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Enrollment {
    /// [`secret_hash`] of the relay secret.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub secret_hash: [u8; 32],
    /// The tenant's package key: 32 bytes.
    #[n(1)]
    pub package_key: Secret,
    /// The RFC 7638 thumbprint of the agent's envelope key: the portal accepts no other. `None`
    /// from agents of before; then the portal takes that of the first hello.
    #[n(2)]
    pub kid: Option<String>,
}

/// Why an enrollment did not happen. On the agent's side nothing is kept then.
#[derive(Debug, thiserror::Error)]
pub enum EnrollError {
    /// The portal refused the code: wrong, used or too old.
    #[error("the portal refused the code: it is wrong, used or too old, or for another tenant")]
    Code,
    /// The portal could not be reached.
    #[error(transparent)]
    Dial(DialError),
    /// The connection ended before the enrollment was done.
    #[error("the connection ended before the enrollment was done: {0}")]
    Broken(String),
    /// What came was no enrollment.
    #[error("what came was no enrollment")]
    Malformed,
    /// The system's random source failed.
    #[error("the system's random source failed")]
    Random,
}

/// Agent: makes credentials and gives the portal its part of them, against a one-time `code`. With
/// them goes the thumbprint of the agent's envelope key, where it has been made already.
///
/// Returns only after the portal has said that it kept them.
///
/// # Errors
/// [`EnrollError`]; the code may be used up then.
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
        let enrollment = Enrollment::of(&credentials, kid).to_bytes()?;
        socket.send(enrollment).await.map_err(broken)?;
        match socket.next().await {
            Some(Ok(said)) if said == OK => Ok(()),
            Some(Ok(_)) => Err(EnrollError::Malformed),
            Some(Err(error)) => Err(broken(error)),
            None => Err(broken("the portal closed it")),
        }
    };
    match timeout(timing.stop, exchange).await {
        Ok(done) => done?,
        Err(_) => return Err(EnrollError::Dial(DialError::Late)),
    }
    timeout(timing.hello, socket.close()).await.ok();
    Ok(credentials)
}

/// Portal: receives an enrollment on a connection whose code was right. Keep it, then
/// [`confirm_enrollment`].
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
        Ok(Some(Err(error))) => Err(broken(error)),
        Ok(None) => Err(broken("the agent closed it")),
        Err(_) => Err(broken("the agent said nothing")),
    }
}

/// Portal: tells the agent that its enrollment is kept, and closes.
///
/// # Errors
/// [`EnrollError::Broken`]: the agent does not know, and will ask for another code.
pub async fn confirm_enrollment<S, E>(socket: &mut S) -> Result<(), EnrollError>
where
    S: Sink<Vec<u8>, Error = E> + Unpin,
    E: Display,
{
    socket.send(OK.to_vec()).await.map_err(broken)?;
    timeout(Timing::default().hello, socket.close()).await.ok();
    Ok(())
}

/// What an agent shows in the `Authorization` header.
#[derive(Debug)]
pub enum Authorization {
    /// The relay secret, in base64url.
    Bearer(Secret),
    /// An enrollment code.
    Enroll(Secret),
}

impl Authorization {
    /// Reads the header's value; `None` for any other scheme.
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

/// SHA-256 of a relay secret or an enrollment code, as the agent shows it. A relay secret has 256
/// random bits, so nothing slower is needed.
#[must_use]
pub fn secret_hash(shown: &Secret) -> [u8; 32] {
    let mut hash = [0; 32];
    hash.copy_from_slice(digest(&SHA256, shown.expose()).as_ref());
    hash
}

/// Whether what an agent shows has this hash; in constant time.
#[must_use]
pub fn secret_matches(shown: &Secret, hash: &[u8; 32]) -> bool {
    verify_slices_are_equal(&secret_hash(shown), hash).is_ok()
}

/// A relay secret as it is shown: in base64url.
pub(super) fn shown(secret: &Secret) -> Secret {
    Secret::new(Base64UrlUnpadded::encode_string(secret.expose()).into_bytes())
}

impl Enrollment {
    fn of(credentials: &Credentials, kid: Option<&str>) -> Self {
        Self {
            secret_hash: secret_hash(&shown(&credentials.secret)),
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

/// The portal's one-byte word that it kept the enrollment.
const OK: &[u8] = &[1];

fn broken(error: impl Display) -> EnrollError {
    EnrollError::Broken(error.to_string())
}
