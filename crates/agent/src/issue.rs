//! Issuing recovery codes and helpdesk passes: for whom they may be issued, and what is noted of it.

use crate::files::hex;
use crate::flow::identify::usable;
use crate::gates::issued::{IssueError, IssuedFiles, Note};
use crate::{Clock, Random, ambient};
use postern_directory::{Account, Directory, Failure};
use postern_envelope::Secret;
use std::sync::Arc;

/// Issues codes to accounts. What it notes names accounts by their anchors.
#[derive(Clone)]
pub struct Issuer {
    /// Where accounts are.
    pub directory: Arc<dyn Directory>,
    /// Where hashes are kept.
    pub files: IssuedFiles,
    /// The randomness of codes.
    pub random: Random,
    /// The clock.
    pub clock: Clock,
    /// Who issues, for the log.
    pub issued_by: String,
}

/// A pass, shown once.
#[derive(Debug)]
pub struct IssuedPass {
    /// The pass.
    pub code: Secret,
    /// What its issue and its use are found by in the logs.
    pub support_code: String,
}

/// Nothing was issued.
#[derive(Debug, thiserror::Error)]
pub enum RefusedIssue {
    /// The account cannot be found, or nothing may be issued for it.
    #[error("nothing was issued: {0}")]
    Account(#[from] Failure),
    /// The codes could not be kept.
    #[error(transparent)]
    Issue(#[from] IssueError),
}

impl Issuer {
    /// Makes a set of recovery codes; the set before is good no more.
    ///
    /// # Errors
    /// [`RefusedIssue`]
    pub async fn recovery_codes(&self, login_name: &str) -> Result<Vec<Secret>, RefusedIssue> {
        let account = self.account(login_name).await?;
        let codes = self
            .files
            .issue_recovery_codes(&self.random, account.anchor)?;
        let (issued_by, account) = (&self.issued_by, hex(&account.anchor.0));
        tracing::info!(audit = true, issued_by, account, "recovery codes issued");
        Ok(codes)
    }

    /// Makes a pass that is good once, for so many minutes.
    ///
    /// # Errors
    /// [`RefusedIssue`]
    pub async fn pass(&self, login_name: &str, minutes: u16) -> Result<IssuedPass, RefusedIssue> {
        let account = self.account(login_name).await?;
        let support_code = self.support_code()?;
        let expires = (self.clock)() + u64::from(minutes) * 60;
        let (random, anchor) = (&self.random, account.anchor);
        let note = Note {
            support_code: support_code.clone(),
            issued_by: self.issued_by.clone(),
        };
        let code = self.files.issue_pass(random, anchor, expires, note)?;
        let (issued_by, account) = (&self.issued_by, hex(&anchor.0));
        tracing::info!(
            audit = true,
            issued_by,
            account,
            minutes,
            support_code,
            "helpdesk pass issued"
        );
        Ok(IssuedPass { code, support_code })
    }

    /// The account of a name, if its password may be reset at all.
    async fn account(&self, login_name: &str) -> Result<Account, RefusedIssue> {
        let refused = |failure: Failure| {
            let (issued_by, reason) = (&self.issued_by, failure.reason.code());
            tracing::warn!(audit = true, issued_by, reason, "nothing was issued");
            RefusedIssue::Account(failure)
        };
        let account = self.directory.find(login_name).await.map_err(refused)?;
        let usable = usable(&account);
        usable.map_err(|reason| refused(Failure::new(reason, "its password is not reset here")))?;
        Ok(account)
    }

    /// A random support code, as `K7QD-2M4X`.
    fn support_code(&self) -> Result<String, IssueError> {
        const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let bytes = ambient::bytes::<8>(&self.random)?;
        let letters = bytes.map(|byte| char::from(ALPHABET[usize::from(byte & 31)]));
        let (first, last) = letters.split_at(4);
        Ok(String::from_iter(first.iter().chain(&['-']).chain(last)))
    }
}

impl core::fmt::Debug for Issuer {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "Issuer({})", self.issued_by)
    }
}

/// Who runs this program, as the system says; behind `sudo`, who ran that.
#[must_use]
pub fn system_user() -> String {
    let user = whoami::username().unwrap_or_else(|_| "unknown".to_owned());
    match std::env::var("SUDO_USER") {
        Ok(behind) if behind != user => format!("{behind} as {user}"),
        _ => user,
    }
}
