//! The directory tree of the responder, and its checks of a write, after the recorded answers of
//! Windows (`tests/results/`).

use super::wire::Filter;
use core::time::Duration;
use std::collections::HashMap;

pub const DOMAIN: &str = "DC=corp,DC=example";
const CONFIGURATION: &str = "CN=Configuration,DC=corp,DC=example";
const CONTAINER: &str = "CN=Password Settings Container,CN=System,DC=corp,DC=example";
const HINTS: &str = "1.2.840.113556.1.4.2239";
const REFUSED: &str =
    "0000052D: SvcErr: DSID-031A126C, problem 5003 (WILL_NOT_PERFORM), data 0\n\0";

const WRONG: (u8, &str) = (
    49,
    "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 52e, v3839\0",
);
const LOCKED: (u8, &str) = (
    49,
    "80090308: LdapErr: DSID-0C09044E, comment: AcceptSecurityContext error, data 775, v3839\0",
);

/// `currentTime`, as a FILETIME.
pub const NOW: u64 = (1_800_000_000 + 11_644_473_600) * 10_000_000;

/// The last part of the SID of the agent's account.
pub const AGENT_RID: u32 = 1_000;

const GONE: (u8, &str) = (
    32,
    "0000208D: NameErr: DSID-03100288, problem 2001 (NO_OBJECT), data 0, best match of:\n\0",
);

/// The support of the domain controller for policy hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hints {
    /// Lists policy hints and honours them, as Windows does.
    Honoured,
    /// Lists them and answers 12.
    Refused,
    /// Does not know them.
    Unknown,
}

/// The outcome of a write of an entry's password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is checked against the policy.
    Checked,
    /// A filter refuses it, without naming a rule, as on Windows.
    Filtered,
    /// Refused with this answer.
    Answered(u8, &'static str),
    /// The entry is renamed just before: 32 at its old name.
    Renamed,
    /// Applied, and the connection is closed in place of an answer.
    Dropped,
}

#[derive(Clone, Debug)]
pub struct Node {
    pub dn: String,
    pub values: Vec<(String, Vec<Vec<u8>>)>,
    pub fate: Fate,
    pub minimum: usize,
    pub too_young: bool,
    pub passwords: Vec<String>,
    pub key_version: u32,
}

/// The answer to a write; `None` closes the connection.
pub type Answer = Option<(u8, &'static str)>;

pub struct Tree {
    pub hints: Hints,
    pub nodes: HashMap<String, Node>,
    pub pdc: String,
    /// The number of writes received.
    pub writes: u32,
    /// The delay of a write.
    pub delay: Duration,
    /// The number of sign-ins tried, except the agent's.
    pub sign_ins: u32,
    /// Whether the root DSE omits the SIDs of the account that has signed in.
    pub anonymous: bool,
}

impl Node {
    pub fn new(dn: &str, values: &[(&str, &[u8])]) -> Self {
        let mut node = Self {
            dn: dn.to_owned(),
            values: Vec::new(),
            fate: Fate::Checked,
            minimum: 12,
            too_young: false,
            passwords: Vec::new(),
            key_version: 1,
        };
        for (name, value) in values {
            node.add(name, value);
        }
        node
    }

    pub fn get(&self, name: &str) -> &[Vec<u8>] {
        let found = self
            .values
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name));
        found.map_or(&[], |(_, values)| values)
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.get(name).first().cloned().unwrap_or_default()).unwrap()
    }

    pub fn add(&mut self, name: &str, value: &[u8]) {
        match self
            .values
            .iter_mut()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
        {
            Some((_, values)) => values.push(value.to_vec()),
            None => self.values.push((name.to_owned(), vec![value.to_vec()])),
        }
    }

    pub fn set(&mut self, name: &str, value: &[u8]) {
        self.values.retain(|(n, _)| !n.eq_ignore_ascii_case(name));
        self.add(name, value);
    }
}

impl Tree {
    /// Creates a domain whose only account is the agent's.
    pub fn new(hints: Hints) -> Self {
        let mut tree = Self {
            hints,
            nodes: HashMap::new(),
            pdc: "dc1.corp.example".to_owned(),
            writes: 0,
            delay: Duration::ZERO,
            sign_ins: 0,
            anonymous: false,
        };
        tree.put(Node::new(
            DOMAIN,
            &[
                ("objectClass", b"domainDNS"),
                ("minPwdLength", b"12"),
                ("pwdHistoryLength", b"24"),
                ("minPwdAge", b"0"),
                ("pwdProperties", b"1"),
                ("lockoutThreshold", b"5"),
                ("lockOutObservationWindow", b"-18000000000"),
                (
                    "fSMORoleOwner",
                    b"CN=NTDS Settings,CN=DC1,CN=Servers,CN=Configuration,DC=corp,DC=example",
                ),
            ],
        ));
        tree.put(Node::new(
            &format!("CN=CORP,CN=Partitions,{CONFIGURATION}"),
            &[
                ("objectClass", b"crossRef"),
                ("nCName", DOMAIN.as_bytes()),
                ("dnsRoot", b"corp.example"),
                ("nETBIOSName", b"CORP"),
            ],
        ));
        tree.put(Node::new(
            CONTAINER,
            &[
                ("objectClass", b"top"),
                ("cn", b"Password Settings Container"),
            ],
        ));
        for (name, minimum, age) in [("long", "15", "0"), ("young", "12", "-864000000000")] {
            tree.put(Node::new(
                &format!("CN={name},{CONTAINER}"),
                &[
                    ("objectClass", b"msDS-PasswordSettings"),
                    ("msDS-MinimumPasswordLength", minimum.as_bytes()),
                    ("msDS-PasswordComplexityEnabled", b"TRUE"),
                    ("msDS-PasswordHistoryLength", b"24"),
                    ("msDS-MinimumPasswordAge", age.as_bytes()),
                    ("msDS-LockoutThreshold", b"0"),
                    ("msDS-LockoutObservationWindow", b"-18000000000"),
                ],
            ));
        }
        tree.put(Node::new(
            &format!("CN=svc-postern,CN=Users,{DOMAIN}"),
            &[
                ("objectClass", b"user"),
                ("objectGUID", b"the agent's own."),
                ("objectSid", &sid(AGENT_RID)),
                ("sAMAccountName", b"svc-postern"),
                ("userPrincipalName", super::AGENT.as_bytes()),
                ("mail", super::AGENT.as_bytes()),
                ("userAccountControl", b"66048"),
                ("primaryGroupID", b"513"),
                ("tokenGroups", &sid(513)),
            ],
        ));
        tree
    }

    pub fn put(&mut self, node: Node) {
        self.nodes.insert(node.dn.to_lowercase(), node);
    }

    /// Tries a password for an entry, and counts it if it is wrong.
    pub fn sign_in(&mut self, dn: &str, password: &str) -> (u8, &'static str) {
        self.sign_ins += 1;
        let dn = dn.to_lowercase();
        let threshold = self.threshold(&dn);
        let Some(node) = self.nodes.get_mut(&dn) else {
            return WRONG;
        };
        let count: u32 = node.text("badPwdCount").parse().unwrap_or_default();
        if threshold > 0 && count >= threshold {
            return LOCKED;
        }
        if node.passwords.last().is_some_and(|own| own == password) {
            node.set("badPwdCount", b"0");
            return (0, "");
        }
        node.set("badPwdCount", (count + 1).to_string().as_bytes());
        node.set("badPasswordTime", NOW.to_string().as_bytes());
        if threshold > 0 && count + 1 >= threshold {
            node.set("lockoutTime", NOW.to_string().as_bytes());
            node.set("msDS-User-Account-Control-Computed", b"16");
        }
        WRONG
    }

    fn threshold(&self, dn: &str) -> u32 {
        let resultant = self
            .nodes
            .get(dn)
            .map(|node| node.text("msDS-ResultantPSO"));
        let pso = resultant.and_then(|pso| self.nodes.get(&pso.to_lowercase()));
        let threshold = match pso {
            Some(pso) => pso.text("msDS-LockoutThreshold"),
            None => self.nodes[&DOMAIN.to_lowercase()].text("lockoutThreshold"),
        };
        threshold.parse().unwrap_or_default()
    }

    /// Returns the entry of the domain.
    pub fn domain(&mut self) -> &mut Node {
        self.nodes.get_mut(&DOMAIN.to_lowercase()).unwrap()
    }

    /// Returns the account with a login name.
    pub fn person(&mut self, login_name: &str) -> &mut Node {
        let mut nodes = self.nodes.values_mut();
        nodes
            .find(|node| node.text("sAMAccountName") == login_name)
            .unwrap()
    }

    pub fn search(&self, base: &str, scope: u8, filter: &Filter) -> Option<Vec<Node>> {
        if base.is_empty() {
            return Some(vec![self.root()]);
        }
        let base = base.to_lowercase();
        if base.starts_with("cn=dc1,cn=servers") {
            return Some(vec![Node::new(
                &base,
                &[("dNSHostName", self.pdc.as_bytes())],
            )]);
        }
        let below = |dn: &str| match scope {
            0 => dn == base,
            1 => dn.split_once(',').is_some_and(|(_, parent)| parent == base),
            _ => dn == base || dn.ends_with(&format!(",{base}")),
        };
        if scope == 0 && !self.nodes.contains_key(&base) {
            return None;
        }
        let found = self
            .nodes
            .iter()
            .filter(|(dn, node)| below(dn) && matches(filter, node));
        let found = found.map(|(_, node)| node.clone());
        Some(found.collect())
    }

    fn root(&self) -> Node {
        let mut root = Node::new(
            "",
            &[
                ("defaultNamingContext", DOMAIN.as_bytes()),
                ("configurationNamingContext", CONFIGURATION.as_bytes()),
                ("domainFunctionality", b"7"),
                ("supportedControl", b"1.2.840.113556.1.4.319"),
                ("currentTime", b"20270115080000.0Z"),
            ],
        );
        // The SIDs of the client, which is the agent; S-1-5-11 for authenticated users.
        if !self.anonymous {
            root.add("tokenGroups", &sid(AGENT_RID));
            root.add("tokenGroups", &sid(513));
        }
        root.add("tokenGroups", &[1, 1, 0, 0, 0, 0, 0, 5, 11, 0, 0, 0]);
        if self.hints != Hints::Unknown {
            root.add("supportedControl", HINTS.as_bytes());
        }
        root
    }

    pub fn modify(
        &mut self,
        dn: &str,
        replace: &[(String, Vec<u8>)],
        critical: &[(String, Vec<u8>)],
    ) -> Answer {
        self.writes += 1;
        for (control, value) in critical {
            if self.hints != Hints::Honoured || control != HINTS {
                return Some((
                    12,
                    "00000057: LdapErr: DSID-0C0907C2, comment: Error processing control, data 0, v3839\0",
                ));
            }
            assert_eq!(value[..], [0x30, 3, 2, 1, 1]);
        }
        let hints = !critical.is_empty();
        let Some(mut node) = self.nodes.remove(&dn.to_lowercase()) else {
            return Some(GONE);
        };
        if node.fate == Fate::Renamed {
            node.fate = Fate::Checked;
            node.dn = node.dn.replacen("CN=", "CN=renamed ", 1);
            self.put(node);
            return Some(GONE);
        }
        let answer = check_write(&mut node, replace, hints);
        self.put(node);
        answer
    }
}

fn check_write(node: &mut Node, replace: &[(String, Vec<u8>)], hints: bool) -> Answer {
    let value = |name: &str| &replace.iter().find(|(n, _)| n == name).unwrap().1;
    let units: Vec<u16> = value("unicodePwd")
        .as_chunks::<2>()
        .0
        .iter()
        .map(|unit| u16::from_le_bytes(*unit))
        .collect();
    let text = String::from_utf16(&units).unwrap();
    let Some(password) = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'))
    else {
        return Some((
            53,
            "0000001F: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n\0",
        ));
    };
    if let Fate::Answered(code, text) = node.fate {
        return Some((code, text));
    }
    let has = |class: fn(char) -> bool| usize::from(password.chars().any(class));
    let classes = has(char::is_uppercase)
        + has(char::is_lowercase)
        + has(char::is_numeric)
        + has(|c| c.is_ascii_punctuation());
    let name = node.text("sAMAccountName").to_lowercase();
    let broken = units.len() - 2 < node.minimum
        || classes < 3
        || password.to_lowercase().contains(&name)
        || node.fate == Fate::Filtered
        || (hints && (node.too_young || node.passwords.iter().any(|old| old == password)));
    if broken {
        return Some((53, REFUSED));
    }
    node.passwords.push(password.to_owned());
    node.key_version += 1;
    node.set("lockoutTime", value("lockoutTime"));
    (node.fate != Fate::Dropped).then_some((0, ""))
}

/// Builds the SID of an account or a group of the domain.
pub fn sid(rid: u32) -> Vec<u8> {
    let mut bytes = vec![1, 5, 0, 0, 0, 0, 0, 5];
    for part in [21, 1, 2, 3, rid] {
        bytes.extend(u32::to_le_bytes(part));
    }
    bytes
}

fn matches(filter: &Filter, node: &Node) -> bool {
    match filter {
        Filter::And(all) => all.iter().all(|filter| matches(filter, node)),
        Filter::Or(any) => any.iter().any(|filter| matches(filter, node)),
        Filter::Present(name) => !node.get(name).is_empty(),
        Filter::Begins(name, value) => node.get(name).iter().any(|own| {
            let own = String::from_utf8_lossy(own).to_lowercase();
            own.starts_with(&String::from_utf8_lossy(value).to_lowercase())
        }),
        Filter::Equal(name, value) => node.get(name).iter().any(|own| {
            let lower = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map(|t| t.to_lowercase());
            own == value || lower(own).is_ok_and(|own| lower(value) == Ok(own))
        }),
    }
}
