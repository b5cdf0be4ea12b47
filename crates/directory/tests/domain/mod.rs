//! A real domain, as `cargo xtask dc run` provides it, with accounts created for each test.

use crate::contract::{Kind, World};
use async_trait::async_trait;
use core::sync::atomic::{AtomicU32, Ordering};
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, Mod, Scope, SearchEntry, StdStream};
use postern_directory::ldap::{LdapConfig, LdapDirectory, ServiceAccounts};
use postern_directory::{Clock, Directory};
use postern_envelope::Secret;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

pub const ADMINISTRATOR: &str = "administrator@corp.example";
/// The number of wrong passwords that lock an account out (`xtask/src/dc.rs`).
pub const LOCKOUT_THRESHOLD: u32 = 5;
pub const FIRST_PASSWORD: &str = "Pradzia-2026-pradzia";

/// A domain, with connections of the agent's account and of the administrator.
pub struct Domain {
    pub engine: LdapDirectory,
    admin: Ldap,
    pub base: String,
}

/// Connects to the domain that the environment names.
pub async fn domain() -> Domain {
    domain_with(|_| ()).await
}

/// Connects to the domain with a changed configuration of the agent.
pub async fn domain_with(change: impl FnOnce(&mut LdapConfig)) -> Domain {
    let mut config = config();
    change(&mut config);
    let mut admin = connect().await;
    let password = read_file("POSTERN_DC_ADMIN_PASSWORD_FILE");
    let bind = admin.simple_bind(ADMINISTRATOR, &password).await.unwrap();
    bind.success().unwrap();
    Domain {
        engine: LdapDirectory::new(config, clock()).unwrap(),
        admin,
        base: variable("POSTERN_DC_BASE"),
    }
}

/// Returns the agent's configuration for the domain that the environment names.
pub fn config() -> LdapConfig {
    LdapConfig {
        url: variable("POSTERN_DC_URL").parse().unwrap(),
        address: Some(address()),
        ca_file: variable("POSTERN_DC_CA").into(),
        bind_name: variable("POSTERN_DC_BIND_NAME"),
        bind_password_file: variable("POSTERN_DC_BIND_PASSWORD_FILE").into(),
        base: None,
        mail_attributes: vec!["otherMailbox".to_owned(), "mail".to_owned()],
        mobile_attributes: vec!["mobile".to_owned()],
        phone_attributes: vec!["telephoneNumber".to_owned()],
        country_prefix: None,
        two_gates_groups: Vec::new(),
        protected_groups: Vec::new(),
        pdc: None,
        password_filter_installed: false,
        service_accounts: ServiceAccounts::Refuse,
    }
}

/// Returns the clock of this machine, which is the domain controller's too.
#[expect(clippy::disallowed_methods, reason = "a real domain controller has it")]
pub fn clock() -> Clock {
    Arc::new(|| {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        since.unwrap().as_secs()
    })
}

impl Domain {
    /// Creates an account in the unit where the agent may reset; returns its login name.
    pub async fn user(&self, more: &[(&str, &str)]) -> String {
        let name = unique("p");
        let dn = format!("CN={name},OU=People,{}", self.base);
        self.user_at(&dn, &name, more).await;
        name
    }

    /// Creates an account with this DN and login name.
    pub async fn user_at(&self, dn: &str, name: &str, more: &[(&str, &str)]) {
        let password: Vec<u8> = format!("\"{FIRST_PASSWORD}\"")
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        let mail = format!("{name}@corp.example");
        let mut values: Vec<(&str, &str)> = vec![
            ("objectClass", "user"),
            ("sAMAccountName", name),
            ("displayName", "Jūratė Łukaszewicz"),
            ("mail", &mail),
            ("userAccountControl", "512"),
        ];
        values.retain(|(attribute, _)| more.iter().all(|(other, _)| other != attribute));
        values.extend(more);
        let mut entry: Vec<(Vec<u8>, HashSet<Vec<u8>>)> = values
            .into_iter()
            .map(|(attribute, value)| (attribute.into(), HashSet::from([value.into()])))
            .collect();
        entry.push((b"unicodePwd".to_vec(), HashSet::from([password])));
        let added = self.admin.clone().add(dn, entry).await.unwrap();
        added.success().unwrap();
    }

    /// Creates a group with one member; returns its DN.
    pub async fn group(&self, member: &str) -> String {
        let name = unique("g");
        let dn = format!("CN={name},OU=People,{}", self.base);
        let entry = vec![
            ("objectClass", HashSet::from(["group"])),
            ("sAMAccountName", HashSet::from([name.as_str()])),
            ("member", HashSet::from([member])),
        ];
        let added = self.admin.clone().add(&dn, entry).await.unwrap();
        added.success().unwrap();
        dn
    }

    /// Creates a fine-grained policy for one account.
    pub async fn fine_grained(&self, member: &str, minimum: u16, minimum_age: &str) {
        self.policy(member, minimum, minimum_age, 0).await;
    }

    /// Creates a fine-grained policy by which `threshold` wrong passwords lock one account out.
    pub async fn lockout(&self, member: &str, threshold: u32) {
        self.policy(member, 12, "0", threshold).await;
    }

    async fn policy(&self, member: &str, minimum: u16, minimum_age: &str, threshold: u32) {
        let container = format!("CN=Password Settings Container,CN=System,{}", self.base);
        let dn = format!("CN={},{container}", unique("pso"));
        let minimum = minimum.to_string();
        let threshold = threshold.to_string();
        let entry = [
            ("objectClass", "msDS-PasswordSettings"),
            ("msDS-PasswordSettingsPrecedence", "10"),
            ("msDS-PasswordReversibleEncryptionEnabled", "FALSE"),
            ("msDS-PasswordHistoryLength", "24"),
            ("msDS-PasswordComplexityEnabled", "TRUE"),
            ("msDS-MinimumPasswordLength", &minimum),
            ("msDS-MinimumPasswordAge", minimum_age),
            ("msDS-MaximumPasswordAge", "-36288000000000"),
            ("msDS-LockoutThreshold", &threshold),
            ("msDS-LockoutObservationWindow", "-18000000000"),
            ("msDS-LockoutDuration", "-18000000000"),
            ("msDS-PSOAppliesTo", member),
        ];
        let entry = entry.map(|(name, value)| (name, HashSet::from([value])));
        let added = self.admin.clone().add(&dn, entry.into()).await.unwrap();
        added.success().unwrap();
    }

    /// Adds a member to a group.
    pub async fn join(&self, group: &str, member: &str) {
        let change = Mod::Add("member", HashSet::from([member]));
        self.change(group, change).await;
    }

    /// Replaces a value.
    pub async fn set(&self, dn: &str, attribute: &str, value: &[u8]) {
        let change = Mod::Replace(attribute.as_bytes(), HashSet::from([value]));
        self.change(dn, change).await;
    }

    /// Moves an entry to another container.
    pub async fn relocate(&self, dn: &str, to: &str) {
        let (rdn, _) = dn.split_once(',').unwrap();
        let moved = self.admin.clone().modifydn(dn, rdn, true, Some(to)).await;
        moved.unwrap().success().unwrap();
    }

    /// Deletes an entry.
    pub async fn delete(&self, dn: &str) {
        let deleted = self.admin.clone().delete(dn).await.unwrap();
        deleted.success().unwrap();
    }

    /// Returns the DN of a login name.
    pub async fn dn(&self, name: &str) -> String {
        self.entry(name, &["cn"]).await.dn
    }

    /// Returns the DN of a SID.
    pub async fn dn_of_sid(&self, sid: &str) -> Option<String> {
        let base = format!("<SID={sid}>");
        let mut admin = self.admin.clone();
        let found = admin.search(&base, Scope::Base, "(objectClass=*)", ["cn"]);
        let (entries, _) = found.await.unwrap().success().ok()?;
        let entry = entries.into_iter().next()?;
        Some(SearchEntry::construct(entry).dn)
    }

    /// Returns the SID of the domain.
    pub async fn sid(&self) -> String {
        let mut admin = self.admin.clone();
        let found = admin.search(&self.base, Scope::Base, "(objectClass=*)", ["objectSid"]);
        let (entries, _) = found.await.unwrap().success().unwrap();
        let entry = SearchEntry::construct(entries.into_iter().next().unwrap());
        let bytes = &entry.bin_attrs["objectSid"][0];
        let parts = bytes[8..].chunks(4).map(|part| {
            let part = u32::from_le_bytes(part.try_into().unwrap());
            format!("-{part}")
        });
        format!("S-1-5{}", parts.collect::<String>())
    }

    /// Reports whether the domain controller lists policy hints.
    pub async fn lists_hints(&self) -> bool {
        let mut admin = self.admin.clone();
        let found = admin.search("", Scope::Base, "(objectClass=*)", ["supportedControl"]);
        let (entries, _) = found.await.unwrap().success().unwrap();
        let root = SearchEntry::construct(entries.into_iter().next().unwrap());
        let hints = "1.2.840.113556.1.4.2239";
        root.attrs["supportedControl"]
            .iter()
            .any(|oid| oid == hints)
    }

    /// Returns an attribute of a login name as text.
    pub async fn text(&self, name: &str, attribute: &str) -> Option<String> {
        let entry = self.entry(name, &[attribute]).await;
        Some(entry.attrs.get(attribute)?.first()?.clone())
    }

    /// Returns an attribute of a login name as bytes.
    pub async fn bytes(&self, name: &str, attribute: &str) -> Vec<u8> {
        let entry = self.entry(name, &[attribute]).await;
        match entry.bin_attrs.get(attribute) {
            Some(values) => values[0].clone(),
            None => entry.attrs[attribute][0].clone().into_bytes(),
        }
    }

    async fn entry(&self, name: &str, attributes: &[&str]) -> SearchEntry {
        let filter = format!("(sAMAccountName={})", ldap3::ldap_escape(name));
        let mut admin = self.admin.clone();
        let found = admin.search(&self.base, Scope::Subtree, &filter, attributes);
        let (entries, _) = found.await.unwrap().success().unwrap();
        SearchEntry::construct(entries.into_iter().next().unwrap())
    }

    async fn change<S: AsRef<[u8]> + Eq + core::hash::Hash>(&self, dn: &str, change: Mod<S>) {
        let changed = self.admin.clone().modify(dn, vec![change]).await.unwrap();
        changed.success().unwrap();
    }

    /// Reports whether a login name and a password can sign in.
    pub async fn can_sign_in(&self, name: &str, password: &str) -> bool {
        let name = format!("{name}@corp.example");
        let mut ldap = connect().await;
        ldap.simple_bind(&name, password).await.unwrap().rc == 0
    }
}

#[async_trait]
impl World for Domain {
    fn engine(&self) -> &dyn Directory {
        &self.engine
    }

    fn domain(&self) -> (&'static str, &'static str) {
        ("CORP", "corp.example")
    }

    async fn person(&self, kind: Kind) -> String {
        match kind {
            Kind::Disabled => return self.user(&[("userAccountControl", "514")]).await,
            Kind::Expired => return self.user(&[("accountExpires", "116444736010000000")]).await,
            Kind::NoRight => {
                let name = unique("n");
                let dn = format!("CN={name},CN=Users,{}", self.base);
                self.user_at(&dn, &name, &[]).await;
                return name;
            }
            _ => {}
        }
        let name = self.user(&[]).await;
        let dn = self.dn(&name).await;
        match kind {
            Kind::Protected => {
                let group = format!("CN=Domain Admins,CN=Users,{}", self.base);
                self.join(&group, &dn).await;
            }
            Kind::Locked => {
                for _ in 0..LOCKOUT_THRESHOLD {
                    assert!(!self.can_sign_in(&name, "Wrong-2026-wrong").await);
                }
            }
            Kind::FineGrained => self.fine_grained(&dn, 15, "0").await,
            Kind::TooYoung => self.fine_grained(&dn, 12, "-864000000000").await,
            Kind::InDoubt => panic!("a real domain controller answers"),
            _ => {}
        }
        name
    }

    async fn key_version(&self, login_name: &str) -> u32 {
        let version = self.text(login_name, "msDS-KeyVersionNumber").await;
        version.unwrap().parse().unwrap()
    }

    async fn password_is(&self, login_name: &str, password: &Secret) -> bool {
        self.can_sign_in(login_name, password.expose_str().unwrap())
            .await
    }

    async fn is_locked(&self, login_name: &str) -> bool {
        let time = self.text(login_name, "lockoutTime").await;
        time.is_some_and(|time| time != "0")
    }
}

/// Writes a file that only its owner may read.
pub fn secret_file(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600)).unwrap();
}

/// Returns a name that no other test uses.
pub fn unique(prefix: &str) -> String {
    static COUNTER: AtomicU32 = AtomicU32::new(0);
    let number = COUNTER.fetch_add(1, Ordering::Relaxed);
    format!("{prefix}{}x{number}", std::process::id())
}

fn variable(name: &str) -> String {
    let value = std::env::var(name);
    value.unwrap_or_else(|_| panic!("{name} is not set: run this with `cargo xtask dc run -- …`"))
}

fn address() -> SocketAddr {
    variable("POSTERN_DC_ADDRESS").parse().unwrap()
}

fn read_file(name: &str) -> String {
    std::fs::read_to_string(variable(name)).unwrap()
}

async fn connect() -> Ldap {
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(variable("POSTERN_DC_CA")).unwrap() {
        roots.add(certificate.unwrap()).unwrap();
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let stream = std::net::TcpStream::connect(address()).unwrap();
    let settings = LdapConnSettings::new()
        .set_config(Arc::new(tls))
        .set_std_stream(StdStream::Tcp(stream));
    let url = variable("POSTERN_DC_URL");
    let (driver, ldap) = LdapConnAsync::with_settings(settings, &url).await.unwrap();
    tokio::spawn(driver.drive());
    ldap
}
