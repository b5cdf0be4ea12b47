//! The authenticator gate: time-based codes (RFC 6238) and where their secrets are kept.

use super::{Code, Verdict, equal};
use crate::files::hex;
use crate::{NoRandom, Random, StoreKey, ambient};
use core::fmt;
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::AUTHENTICATOR_DIGITS;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use totp_rs::{Algorithm, TOTP};

/// The length of a time step, in seconds (RFC 6238 section 5.2).
const STEP: u64 = 30;

/// How long a new secret is: as long as the hash (RFC 4226 section 4, R6).
const SECRET_LENGTH: usize = 20;

/// Where the secrets of authenticators come from.
pub trait Authenticators: fmt::Debug + Send + Sync {
    /// The secret of an account's authenticator, if it has one.
    ///
    /// # Errors
    /// It could not be read.
    fn secret(&self, anchor: Anchor) -> Result<Option<Secret>, AuthenticatorError>;

    /// Gives an account an authenticator. To give it the one that it has changes nothing.
    ///
    /// # Errors
    /// It has another one, or it could not be written.
    fn keep(&self, anchor: Anchor, secret: &Secret) -> Result<(), AuthenticatorError>;

    /// Takes an account's authenticator away; `false` if there was none.
    ///
    /// # Errors
    /// It could not be removed.
    fn remove(&self, anchor: Anchor) -> Result<bool, AuthenticatorError>;
}

/// An authenticator's secret could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum AuthenticatorError {
    /// The file system said no.
    #[error("the authenticator's file cannot be used: {0}")]
    File(#[from] std::io::Error),
    /// The file was not sealed under this agent's store key for this account.
    #[error("the authenticator's file was not sealed by this agent for this account")]
    Sealed,
    /// The account has an authenticator already.
    #[error("the account has an authenticator already; remove it first")]
    Present,
    /// The random source failed.
    #[error("no randomness")]
    Random,
}

/// No account has an authenticator.
#[derive(Clone, Copy, Debug)]
pub struct NoAuthenticators;

impl Authenticators for NoAuthenticators {
    fn secret(&self, _: Anchor) -> Result<Option<Secret>, AuthenticatorError> {
        Ok(None)
    }

    fn keep(&self, _: Anchor, _: &Secret) -> Result<(), AuthenticatorError> {
        Err(std::io::Error::from(ErrorKind::Unsupported).into())
    }

    fn remove(&self, _: Anchor) -> Result<bool, AuthenticatorError> {
        Ok(false)
    }
}

/// A new authenticator's secret, and the `otpauth://` address by which an app takes it over.
pub(crate) fn make(
    random: &Random,
    tenant_name: &str,
    login_name: &str,
) -> Result<(Secret, Secret), NoRandom> {
    let secret = Secret::new(ambient::bytes::<SECRET_LENGTH>(random)?.to_vec());
    let address = address(&secret, tenant_name, login_name);
    Ok((secret, address))
}

/// One sealed file for each account, named by its anchor.
#[derive(Debug)]
pub struct AuthenticatorFiles {
    folder: PathBuf,
    key: StoreKey,
}

impl AuthenticatorFiles {
    /// The files in `folder`, sealed under the agent's store key.
    #[must_use]
    pub fn new(folder: PathBuf, key: StoreKey) -> Self {
        Self { folder, key }
    }

    /// Makes a secret for an account and gives its `otpauth://` address, which is shown once.
    ///
    /// # Errors
    /// [`AuthenticatorError`]; an existing authenticator is kept.
    pub fn add(
        &self,
        anchor: Anchor,
        tenant_name: &str,
        login_name: &str,
    ) -> Result<Secret, AuthenticatorError> {
        let secret = postern_envelope::package::random(SECRET_LENGTH)
            .map_err(|_| AuthenticatorError::Random)?;
        self.write(anchor, &secret)?;
        Ok(address(&secret, tenant_name, login_name))
    }

    fn write(&self, anchor: Anchor, secret: &Secret) -> Result<(), AuthenticatorError> {
        let sealed = self
            .key
            .seal("authenticator", &anchor.0, secret.expose())
            .map_err(|_| AuthenticatorError::Random)?;
        std::fs::create_dir_all(&self.folder)?;
        write_new(&self.path(anchor), &sealed)
    }

    fn path(&self, anchor: Anchor) -> PathBuf {
        let name = hex(&anchor.0);
        self.folder.join(name)
    }
}

impl Authenticators for AuthenticatorFiles {
    fn secret(&self, anchor: Anchor) -> Result<Option<Secret>, AuthenticatorError> {
        match std::fs::read(self.path(anchor)) {
            Ok(sealed) => self
                .key
                .open("authenticator", &anchor.0, &sealed)
                .map(Some)
                .map_err(|_| AuthenticatorError::Sealed),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn keep(&self, anchor: Anchor, secret: &Secret) -> Result<(), AuthenticatorError> {
        if self.secret(anchor)?.as_ref() == Some(secret) {
            return Ok(());
        }
        self.write(anchor, secret)
    }

    fn remove(&self, anchor: Anchor) -> Result<bool, AuthenticatorError> {
        match std::fs::remove_file(self.path(anchor)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

/// The code that an authenticator shows at this moment; for the sandbox's page.
#[must_use]
pub fn current_code(secret: &Secret, now: u64) -> String {
    totp(secret, None, String::new()).generate(now)
}

/// Checks an answer; with a right one comes its time step, which is then used.
///
/// The step before and the step after the current one are good too (RFC 6238 section 5.2).
pub(crate) fn check(
    secret: &Secret,
    answer: &Code,
    last_used: Option<u64>,
    now: u64,
) -> (Verdict, Option<u64>) {
    let totp = totp(secret, None, String::new());
    let current = now / STEP;
    let mut found = None;
    // Every step is compared, whichever is right.
    for step in current.saturating_sub(1)..=current.saturating_add(1) {
        let code = Secret::new(totp.generate(step.saturating_mul(STEP)).into_bytes());
        if equal(code.expose(), answer.digits()) {
            found = Some(step);
        }
    }
    match (found, last_used) {
        (None, _) => (Verdict::Wrong, None),
        (Some(step), Some(last)) if step <= last => (Verdict::Used, None),
        (Some(step), _) => (Verdict::Right, Some(step)),
    }
}

/// A colon would end a name in it.
fn address(secret: &Secret, tenant_name: &str, login_name: &str) -> Secret {
    let issuer = tenant_name.replace(':', " ");
    let account = login_name.replace(':', " ");
    let url = totp(secret, Some(issuer), account).get_url();
    Secret::new(url.into_bytes())
}

fn totp(secret: &Secret, issuer: Option<String>, account: String) -> TOTP {
    // Unchecked: secrets of 80 bits, which the library refuses, were handed out by others.
    TOTP::new_unchecked(
        Algorithm::SHA1,
        AUTHENTICATOR_DIGITS,
        1,
        STEP,
        secret.expose().to_vec(),
        issuer,
        account,
    )
}

fn write_new(path: &Path, bytes: &[u8]) -> Result<(), AuthenticatorError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = match options.open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(AuthenticatorError::Present);
        }
        file => file?,
    };
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, the last six of its eight digits.
    #[test]
    fn codes_are_those_of_the_standard() {
        let secret = Secret::from("12345678901234567890");
        for (now, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(current_code(&secret, now), code);
        }
    }

    #[test]
    fn one_step_to_either_side_is_good_and_none_is_good_twice() {
        let secret = Secret::from("12345678901234567890");
        let answer = Code::parse(&Secret::from("287 082"), AUTHENTICATOR_DIGITS).unwrap();
        let check = |last, now| check(&secret, &answer, last, now);
        for (now, verdict) in [
            (29, Verdict::Right),
            (59, Verdict::Right),
            (89, Verdict::Right),
            (90, Verdict::Wrong),
            (0, Verdict::Right),
        ] {
            assert_eq!(check(None, now).0, verdict, "{now}");
        }
        assert_eq!(check(None, 59), (Verdict::Right, Some(1)));
        assert_eq!(check(Some(0), 59), (Verdict::Right, Some(1)));
        assert_eq!(check(Some(1), 59), (Verdict::Used, None));
        assert_eq!(check(Some(2), 59), (Verdict::Used, None));
    }

    #[test]
    fn a_file_is_good_for_its_account_and_its_agent() {
        let folder = tempfile::tempdir().unwrap();
        let key = |byte| StoreKey::new(Secret::new(vec![byte; 32])).unwrap();
        let files = |byte| AuthenticatorFiles::new(folder.path().join("authenticators"), key(byte));
        let (alice, bob) = (Anchor([1; 16]), Anchor([2; 16]));
        assert!(files(1).secret(alice).unwrap().is_none());
        let url = files(1).add(alice, "Contoso: Ltd", "alice").unwrap();
        let url = url.expose_str().unwrap();
        assert!(
            url.starts_with("otpauth://totp/Contoso%20%20Ltd:alice?secret="),
            "{url}"
        );
        assert_eq!(files(1).secret(alice).unwrap().unwrap().expose().len(), 20);
        assert!(matches!(
            files(1).add(alice, "Contoso", "alice"),
            Err(AuthenticatorError::Present)
        ));
        assert!(matches!(
            files(2).secret(alice),
            Err(AuthenticatorError::Sealed)
        ));
        std::fs::rename(files(1).path(alice), files(1).path(bob)).unwrap();
        assert!(matches!(
            files(1).secret(bob),
            Err(AuthenticatorError::Sealed)
        ));
        assert!(files(1).remove(bob).unwrap());
        assert!(!files(1).remove(bob).unwrap());
    }
}
