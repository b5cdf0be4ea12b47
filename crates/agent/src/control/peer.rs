//! The user at the other end of the socket, as the kernel reports it: nothing that the peer sends
//! or sets can change it.

use core::fmt;
use nix::unistd::{Group, Uid, User, geteuid};
use tokio::net::unix::UCred;

/// A user and, for root, the user who signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Peer {
    uid: u32,
    name: Option<String>,
    groups: Vec<u32>,
    /// The user who signed in before becoming root, from the kernel's audit login uid.
    login: Option<Login>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Login {
    uid: u32,
    name: Option<String>,
}

/// The users who may give commands besides root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Operators {
    /// The agent's own user.
    pub own_uid: u32,
    /// The gid of the operators' group, if the system has it.
    pub group: Option<u32>,
}

impl Peer {
    /// Looks up a peer in the system's user databases, which may query the network.
    pub fn look_up(credentials: &UCred) -> Self {
        let (uid, gid) = (credentials.uid(), credentials.gid());
        let name = name_of(uid);
        let mut groups = vec![gid];
        groups.extend(
            name.as_deref()
                .map(|name| groups_of(name, gid))
                .into_iter()
                .flatten(),
        );
        let login = credentials.pid().filter(|_| uid == 0).and_then(login_of);
        Self {
            uid,
            name,
            groups,
            login,
        }
    }
}

/// The form in audit lines: `helen (uid 1000)`, or `root (uid 0), signed in as helen (uid 1000)`.
impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} (uid {})",
            name_or_placeholder(self.name.as_deref()),
            self.uid
        )?;
        match &self.login {
            Some(Login { uid, name }) => {
                write!(
                    f,
                    ", signed in as {} (uid {uid})",
                    name_or_placeholder(name.as_deref())
                )
            }
            None => Ok(()),
        }
    }
}

impl Operators {
    /// Looks up the agent's user and the group now: groups change while the agent runs.
    pub fn look_up(group: &str) -> Self {
        let group = Group::from_name(group).unwrap_or_else(|error| {
            tracing::error!(%error, group, "a group cannot be looked up");
            None
        });
        Self {
            own_uid: geteuid().as_raw(),
            group: group.map(|group| group.gid.as_raw()),
        }
    }

    /// Reports whether a peer may give commands.
    pub fn admit(&self, peer: &Peer) -> bool {
        let member = |group| peer.groups.contains(&group);
        peer.uid == 0 || peer.uid == self.own_uid || self.group.is_some_and(member)
    }
}

fn name_of(uid: u32) -> Option<String> {
    let user = User::from_uid(Uid::from_raw(uid)).ok().flatten();
    user.map(|user| user.name)
}

/// Returns every group of a user, nested ones too if the system's directory resolves them.
#[cfg(not(target_vendor = "apple"))]
fn groups_of(name: &str, gid: u32) -> Vec<u32> {
    use nix::unistd::{Gid, getgrouplist};
    let groups = std::ffi::CString::new(name).map(|name| getgrouplist(&name, Gid::from_raw(gid)));
    let groups = groups.ok().and_then(Result::ok).unwrap_or_default();
    groups.into_iter().map(Gid::as_raw).collect()
}

/// Returns the operators' group, if it names the user as a member.
#[cfg(target_vendor = "apple")]
fn groups_of(name: &str, _: u32) -> Vec<u32> {
    let group = Group::from_name(super::OPERATORS_GROUP).ok().flatten();
    let group = group.filter(|group| group.mem.iter().any(|member| member == name));
    group.into_iter().map(|group| group.gid.as_raw()).collect()
}

/// Returns who signed in before a process of root was started, if the system records it (Linux).
fn login_of(pid: i32) -> Option<Login> {
    let text = std::fs::read_to_string(format!("/proc/{pid}/loginuid")).ok()?;
    let uid = text.trim().parse().ok()?;
    // All ones: not started by a sign-in, as with services.
    (uid != 0 && uid != u32::MAX).then(|| Login {
        uid,
        name: name_of(uid),
    })
}

fn name_or_placeholder(name: Option<&str>) -> &str {
    name.unwrap_or("a user without a name")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(uid: u32, groups: &[u32]) -> Peer {
        Peer {
            uid,
            name: Some("helen".to_owned()),
            groups: groups.to_vec(),
            login: None,
        }
    }

    #[test]
    fn root_the_agents_user_and_operators_are_admitted_and_nobody_else() {
        let operators = Operators {
            own_uid: 990,
            group: Some(77),
        };
        for (peer, admitted) in [
            (peer(0, &[]), true),
            (peer(990, &[990]), true),
            (peer(1000, &[1000, 77]), true),
            (peer(1000, &[1000]), false),
            (peer(77, &[1000]), false),
            (peer(65534, &[0]), false),
        ] {
            assert_eq!(operators.admit(&peer), admitted, "{peer:?}");
        }
        let none = Operators {
            group: None,
            ..operators
        };
        assert!(!none.admit(&peer(1000, &[1000, 77])));
    }

    #[test]
    fn an_issuer_is_named_by_the_system_and_root_by_who_signed_in() {
        assert_eq!(peer(1000, &[]).to_string(), "helen (uid 1000)");
        let login = Some(Login {
            uid: 1000,
            name: Some("helen".to_owned()),
        });
        let root = Peer {
            name: Some("root".to_owned()),
            login,
            ..peer(0, &[])
        };
        let named = "root (uid 0), signed in as helen (uid 1000)";
        assert_eq!(root.to_string(), named);
    }
}
