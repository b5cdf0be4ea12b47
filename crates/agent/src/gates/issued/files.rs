//! The sealed files that issued codes are kept in.

use super::{IssueError, Issued, IssuedCodes, Note};
use crate::files::{hex, replace};
use crate::{NoRandom, Random, StoreKey};
use postern_directory::Anchor;
use postern_envelope::Secret;
use postern_protocol::GateKind;
use std::io::ErrorKind;
use std::path::PathBuf;

/// One sealed file for each account and kind, named by its anchor.
#[derive(Clone, Debug)]
pub struct IssuedFiles {
    folder: PathBuf,
    key: StoreKey,
}

impl IssuedFiles {
    /// The files in `folder`, sealed under the agent's store key.
    #[must_use]
    pub fn new(folder: PathBuf, key: StoreKey) -> Self {
        Self { folder, key }
    }

    /// Makes a set of recovery codes for an account; the set before is good no more. They are
    /// shown once.
    ///
    /// # Errors
    /// [`IssueError`]; the set before is kept.
    pub fn issue_recovery_codes(
        &self,
        random: &Random,
        anchor: Anchor,
    ) -> Result<Vec<Secret>, IssueError> {
        let kind = GateKind::RecoveryCode;
        let (issued, shown) = Issued::make(&self.key, random, kind, anchor)?;
        self.write(kind, anchor, &issued)?;
        Ok(shown)
    }

    /// Makes a pass for an account; the pass before is good no more. It is shown once.
    ///
    /// # Errors
    /// [`IssueError`]; the pass before is kept.
    pub fn issue_pass(
        &self,
        random: &Random,
        anchor: Anchor,
        expires: u64,
        note: Note,
    ) -> Result<Secret, IssueError> {
        let kind = GateKind::HelpdeskPass;
        let (mut issued, shown) = Issued::make(&self.key, random, kind, anchor)?;
        issued.expires = Some(expires);
        issued.note = Some(note);
        self.write(kind, anchor, &issued)?;
        Ok(shown.into_iter().next().unwrap_or_default())
    }

    fn write(&self, kind: GateKind, anchor: Anchor, issued: &Issued) -> Result<(), IssueError> {
        let bytes = minicbor::to_vec(issued).map_err(|_| IssueError::Sealed)?;
        let sealed = self.key.seal(kind.name(), &anchor.0, &bytes);
        let sealed = sealed.map_err(|_| NoRandom)?;
        let path = self.path(kind, anchor);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        Ok(replace(&path, &sealed)?)
    }

    fn path(&self, kind: GateKind, anchor: Anchor) -> PathBuf {
        let name = hex(&anchor.0);
        self.folder.join(kind.name()).join(name)
    }
}

impl IssuedCodes for IssuedFiles {
    fn issued(&self, kind: GateKind, anchor: Anchor) -> Result<Option<Issued>, IssueError> {
        let sealed = match std::fs::read(self.path(kind, anchor)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            sealed => sealed?,
        };
        let opened = self.key.open(kind.name(), &anchor.0, &sealed);
        let opened = opened.map_err(|_| IssueError::Sealed)?;
        let issued = minicbor::decode(opened.expose());
        issued.map(Some).map_err(|_| IssueError::Sealed)
    }

    fn keep(
        &self,
        kind: GateKind,
        anchor: Anchor,
        issued: &Issued,
        _: &[Secret],
    ) -> Result<(), IssueError> {
        self.write(kind, anchor, issued)
    }

    fn remove(&self, kind: GateKind, anchor: Anchor) -> Result<bool, IssueError> {
        match std::fs::remove_file(self.path(kind, anchor)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{ALICE, BOB, key};
    use super::super::{IssuedCode, Spent, check};
    use super::*;
    use crate::gates::Verdict;
    use crate::system_random;

    fn note() -> Note {
        Note {
            support_code: "SUPPORT".into(),
            issued_by: "helen".into(),
        }
    }

    #[test]
    fn a_file_is_good_for_its_account_its_kind_and_its_agent() {
        let folder = tempfile::tempdir().unwrap();
        let files = |byte| IssuedFiles::new(folder.path().join("issued"), key(byte));
        let (recovery, pass) = (GateKind::RecoveryCode, GateKind::HelpdeskPass);
        assert!(files(1).issued(recovery, ALICE).unwrap().is_none());
        let random = system_random();
        let shown = files(1).issue_recovery_codes(&random, ALICE).unwrap();
        let first = files(1).issued(recovery, ALICE).unwrap().unwrap();
        let answer = IssuedCode::parse(recovery, &shown[9]).unwrap();
        let none = Spent::default();
        let (verdict, _) = check(&key(1), recovery, ALICE, &first, &answer, &none, 0);
        assert_eq!(verdict, Verdict::Right);
        files(1).issue_recovery_codes(&random, ALICE).unwrap();
        assert_ne!(files(1).issued(recovery, ALICE).unwrap().unwrap(), first);

        let shown = files(1).issue_pass(&random, ALICE, 100, note()).unwrap();
        let issued = files(1).issued(pass, ALICE).unwrap().unwrap();
        let answer = IssuedCode::parse(pass, &shown).unwrap();
        let check = |now| check(&key(1), pass, ALICE, &issued, &answer, &none, now).0;
        assert_eq!((check(99), check(100)), (Verdict::Right, Verdict::Expired));
        assert_eq!(
            (
                issued.unused(&none, 99).len(),
                issued.unused(&none, 100).len()
            ),
            (1, 0)
        );

        let sealed = |files: IssuedFiles, kind, anchor| {
            matches!(files.issued(kind, anchor), Err(IssueError::Sealed))
        };
        assert!(sealed(files(2), recovery, ALICE));
        let path = |kind, anchor| files(1).path(kind, anchor);
        std::fs::copy(path(recovery, ALICE), path(recovery, BOB)).unwrap();
        assert!(sealed(files(1), recovery, BOB));
        std::fs::copy(path(recovery, ALICE), path(pass, ALICE)).unwrap();
        assert!(sealed(files(1), pass, ALICE));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = path(recovery, ALICE).metadata().unwrap().permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
    }
}
