//! The writes: a new password with the unlock in one Modify request, and the unlock alone.

use super::connection::Fault;
use super::entry::Entry;
use super::lockout::LOCKED_OUT;
use super::result::{self, WriteResult};
use super::session::Session;
use super::{LdapDirectory, policy};
use crate::{Anchor, Failure};
use core::hash::{Hash, Hasher};
use ldap3::Mod;
use ldap3::controls::RawControl;
use postern_envelope::Secret;
use postern_protocol::Reason;
use std::collections::HashSet;

/// SEQUENCE { INTEGER 1 }: enforce history and minimum age (MS-ADTS 3.1.1.3.4.1.27).
const HINTS_VALUE: [u8; 5] = [0x30, 0x03, 0x02, 0x01, 0x01];

/// Sets a password on an entry that was read and checked just before. A write that was sent is
/// repeated only after an answer which says that it was not applied.
///
/// With the current password this is a change, which the directory checks against all its rules;
/// without it, a reset.
pub(super) async fn set_password(
    directory: &LdapDirectory,
    session: &Session,
    anchor: Anchor,
    mut entry: Entry,
    current: Option<&Secret>,
    password: &Secret,
) -> Result<(), Failure> {
    let candidate = password
        .expose_str()
        .ok_or_else(|| Failure::new(Reason::Internal, "the password is not UTF-8"))?;
    let current = current.map(|current| current.expose_str().unwrap_or_default());
    let mut moved = false;
    loop {
        let (code, text) = send(session, &entry.dn, current, candidate).await?;
        match result::classify_write(code, &text) {
            WriteResult::Done => return Ok(()),
            WriteResult::NoHints if session.honours_hints() => session.mark_hints_unsupported(),
            WriteResult::Gone if !moved => {
                moved = true;
                entry = directory.reread_and_check(session, anchor).await?;
            }
            WriteResult::Gone => return Err(write_failure(Reason::UserNotFound, code, &text)),
            WriteResult::NoHints => return Err(write_failure(Reason::Internal, code, &text)),
            WriteResult::Other(reason) => return Err(write_failure(reason, code, &text)),
            WriteResult::Rule(rule) => {
                let now = directory.now();
                let mut policy = policy::effective(session, &entry, now).await?;
                policy.history_enforced |= current.is_some();
                let known = directory.config.password_filter_installed;
                let reason = result::reason(rule, &policy, candidate, now, known);
                return Err(write_failure(reason, code, &text));
            }
        }
    }
}

/// Unlocks an entry that was read and checked just before; returns `false` if it was not locked.
pub(super) async fn unlock(session: &Session, entry: &Entry) -> Result<bool, Failure> {
    let attributes = ["lockoutTime", "msDS-User-Account-Control-Computed"];
    let state = session.connection.read(&entry.dn, &attributes).await?;
    let state = state.unwrap_or_default();
    let computed = state.number("msDS-User-Account-Control-Computed");
    // `lockoutTime` keeps its value after the lockout is over; the computed attribute does not.
    let locked = computed.is_none_or(|flags| flags & LOCKED_OUT != 0)
        && state.number("lockoutTime").is_none_or(|time| time > 0);
    if !locked {
        return Ok(false);
    }
    let changes = vec![replace("lockoutTime", Octets::from("0"))];
    let answer = session
        .connection
        .modify(&entry.dn, changes, Vec::new())
        .await?;
    match result::classify_write(answer.0, &answer.1) {
        WriteResult::Done => Ok(true),
        WriteResult::Other(reason) => Err(write_failure(reason, answer.0, &answer.1)),
        _ => Err(write_failure(Reason::Internal, answer.0, &answer.1)),
    }
}

async fn send(
    session: &Session,
    dn: &str,
    current: Option<&str>,
    candidate: &str,
) -> Result<(u32, String), Failure> {
    let unlock = replace("lockoutTime", Octets::from("0"));
    let name = || Octets::from("unicodePwd");
    let changes = match current {
        Some(current) => vec![
            Mod::Delete(name(), HashSet::from([unicode_pwd_value(current)])),
            Mod::Add(name(), HashSet::from([unicode_pwd_value(candidate)])),
            unlock,
        ],
        None => vec![replace("unicodePwd", unicode_pwd_value(candidate)), unlock],
    };
    let hints = session.hints().filter(|_| current.is_none());
    let control = hints.map(|oid| RawControl {
        ctype: oid.to_owned(),
        crit: true,
        val: Some(HINTS_VALUE.to_vec()),
    });
    let answer = session
        .connection
        .modify(dn, changes, control.into_iter().collect());
    answer.await.map_err(|fault| match fault {
        Fault::Lost(cause) => Failure::new(Reason::InDoubt, cause),
        fault => fault.into(),
    })
}

fn write_failure(reason: Reason, code: u32, text: &str) -> Failure {
    Failure::new(
        reason,
        format_args!(
            "the directory answered the write with {}",
            result::loggable(code, text)
        ),
    )
}

fn replace(attribute: &str, value: Octets) -> Mod<Octets> {
    Mod::Replace(Octets::from(attribute), HashSet::from([value]))
}

/// Encodes a password as a value of `unicodePwd`: UTF-16LE in quotes (MS-ADTS 3.1.1.3.1.5).
fn unicode_pwd_value(candidate: &str) -> Octets {
    // Allocated at its exact size: a buffer that grows leaves copies behind.
    let mut bytes = Vec::with_capacity(2 * (candidate.encode_utf16().count() + 2));
    let quote = || core::iter::once(u16::from(b'"'));
    for unit in quote().chain(candidate.encode_utf16()).chain(quote()) {
        bytes.extend_from_slice(&unit.to_le_bytes());
    }
    Octets(Secret::new(bytes))
}

/// Bytes for `ldap3`, wiped when dropped. The copies that `ldap3` makes to encode the message are
/// freed without being wiped: code outside `ldap3` cannot reach them.
#[derive(Debug)]
struct Octets(Secret);

impl From<&str> for Octets {
    fn from(text: &str) -> Self {
        Self(Secret::from(text))
    }
}

impl AsRef<[u8]> for Octets {
    fn as_ref(&self) -> &[u8] {
        self.0.expose()
    }
}

impl PartialEq for Octets {
    fn eq(&self, other: &Self) -> bool {
        self.as_ref() == other.as_ref()
    }
}

impl Eq for Octets {}

impl Hash for Octets {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_ref().hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_quoted_utf_16() {
        let value = unicode_pwd_value("až😀");
        assert_eq!(
            value.as_ref(),
            [
                0x22, 0, 0x61, 0, 0x7e, 0x01, 0x3d, 0xd8, 0x00, 0xde, 0x22, 0
            ]
        );
        assert_eq!(format!("{value:?}"), "Octets(Secret(12 bytes))");
    }
}
