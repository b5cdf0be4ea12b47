//! The tenants: a TOML file each, with what their agent left when it enrolled.
//!
//! `tenants/<id>.toml` is written by people; what belongs to enrollment is in `enrollment.rs`.

mod config;
mod enrollment;
mod origin;
mod style;
mod texts;
mod words;

pub use config::TenantConfig;
pub use enrollment::{CODE_LIFETIME, Enrolled};
pub use origin::{Host, NotAHost, NotAnOrigin, Origin};
pub use style::{Style, in_theme, style_hash};
pub use words::WordFiles;

use crate::color::Color;
use postern_app::pages::{Asset, Tenant as View};
use postern_envelope::{Secret, is_tenant_name};
use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// Why a tenant cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TenantError {
    /// A file cannot be read or written.
    #[error("{file}: {cause}")]
    File {
        /// Which file.
        file: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{file}: {cause}")]
    Malformed {
        /// Which file.
        file: PathBuf,
        /// Key, value and what is allowed.
        cause: String,
    },
    /// Not a name for a tenant.
    #[error("{0:?} is not a tenant's name: 1 to 32 of a-z, 0-9 and -")]
    Name(String),
    /// Two tenants claim one host name.
    #[error("{file}: hosts: {host} is the host of the tenant {owner} already")]
    HostTaken {
        /// The file that claims it second.
        file: PathBuf,
        /// The host name.
        host: Host,
        /// Who claimed it first.
        owner: String,
    },
    /// The tenant is there already.
    #[error("the tenant {0} is there already")]
    Exists(String),
    /// There is no such tenant.
    #[error("there is no tenant {0}")]
    Unknown(String),
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    Random,
}

/// A tenant, checked.
#[derive(Debug)]
pub struct Tenant {
    /// Its name in addresses.
    pub id: String,
    /// What its pages show.
    pub view: Arc<View>,
    /// Its colours.
    pub style: Style,
    /// Its words for the browser.
    pub words: WordFiles,
    /// Its logo: media type and bytes.
    pub logo: Option<(&'static str, Arc<[u8]>)>,
    /// Who may show its pages in a frame.
    pub frame_origins: Vec<Origin>,
    /// The host names that belong to it alone.
    pub hosts: Vec<Host>,
    /// Whether it has the service.
    pub entitled: bool,
}

/// Every tenant of this portal.
#[derive(Debug)]
pub struct Tenants {
    directory: PathBuf,
    known: RwLock<HashMap<String, Arc<Tenant>>>,
    plain: Style,
    /// The script that asks for passkeys, which goes with the words: both are needed later.
    passkey: Option<Asset>,
}

impl Tenant {
    /// Whether an origin, as a browser names it, may show its pages.
    pub fn may_frame(&self, origin: &[u8]) -> bool {
        let mut allowed = self.frame_origins.iter();
        allowed.any(|one| one.as_str().as_bytes() == origin)
    }
}

impl Tenants {
    /// Reads every tenant of a data directory.
    ///
    /// # Errors
    /// [`TenantError`] names the first file that is wrong.
    pub fn load(data_directory: &Path) -> Result<Self, TenantError> {
        Self::with_passkeys(data_directory, None)
    }

    /// The same for pages, with the script that asks for passkeys.
    ///
    /// # Errors
    /// [`TenantError`] names the first file that is wrong.
    pub fn with_passkeys(
        data_directory: &Path,
        passkey: Option<Asset>,
    ) -> Result<Self, TenantError> {
        let tenants = Self {
            passkey,
            directory: data_directory.join("tenants"),
            known: RwLock::default(),
            plain: Style::of(Color::DEFAULT, Color::DEFAULT.for_dark()),
        };
        let ids = tenants.list()?;
        texts::refuse_strays(&tenants.directory, &ids)?;
        for id in ids {
            tenants.remember(tenants.read(&id)?)?;
        }
        Ok(tenants)
    }

    /// A tenant by its name. One that was added while the portal runs is found too.
    pub fn get(&self, id: &str) -> Option<Arc<Tenant>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(tenant) = known.get(id) {
            return Some(tenant.clone());
        }
        drop(known);
        if !is_tenant_name(id) || !self.file(id, "toml").is_file() {
            return None;
        }
        match self.read(id).and_then(|tenant| self.remember(tenant)) {
            Ok(tenant) => Some(tenant),
            Err(error) => {
                tracing::error!(%error, "a tenant was added that cannot be used");
                None
            }
        }
    }

    /// The style of pages that belong to no tenant.
    pub const fn plain_style(&self) -> &Style {
        &self.plain
    }

    /// The tenant to whom a host name belongs.
    pub fn owner(&self, host: &Host) -> Option<String> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let owner = known.values().find(|tenant| tenant.hosts.contains(host))?;
        Some(owner.id.clone())
    }

    /// Whether an origin may show the pages of any tenant.
    pub fn may_frame_any(&self, origin: &[u8]) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.values().any(|tenant| tenant.may_frame(origin))
    }

    /// The names of all tenants, sorted.
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn list(&self) -> Result<Vec<String>, TenantError> {
        let entries = match fs::read_dir(&self.directory) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(file_error(&self.directory, cause)),
        };
        let mut ids: Vec<String> = entries
            .filter_map(|entry| {
                let path = entry.ok()?.path();
                let id = path.file_stem()?.to_str()?.to_owned();
                (path.extension()? == "toml").then_some(id)
            })
            .collect();
        ids.sort();
        Ok(ids)
    }

    /// Adds a tenant and gives the one-time code by which its agent enrolls.
    ///
    /// # Errors
    /// [`TenantError`]; nothing was written then.
    pub fn add(&self, id: &str, config: &TenantConfig, now: u64) -> Result<Secret, TenantError> {
        if !is_tenant_name(id) {
            return Err(TenantError::Name(id.to_owned()));
        }
        let file = self.file(id, "toml");
        if file.exists() {
            return Err(TenantError::Exists(id.to_owned()));
        }
        let text = toml::to_string(config).map_err(|cause| malformed(&file, cause))?;
        TenantConfig::parse(&self.directory, id, &text)?;
        fs::create_dir_all(&self.directory).map_err(|cause| file_error(&self.directory, cause))?;
        fs::write(&file, text).map_err(|cause| file_error(&file, cause))?;
        self.new_code(id, now)
    }

    fn remember(&self, tenant: Tenant) -> Result<Arc<Tenant>, TenantError> {
        let tenant = Arc::new(tenant);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        for host in &tenant.hosts {
            let mut others = known.values().filter(|other| other.id != tenant.id);
            if let Some(owner) = others.find(|other| other.hosts.contains(host)) {
                return Err(TenantError::HostTaken {
                    file: self.file(&tenant.id, "toml"),
                    host: host.clone(),
                    owner: owner.id.clone(),
                });
            }
        }
        known.insert(tenant.id.clone(), tenant.clone());
        Ok(tenant)
    }

    fn read(&self, id: &str) -> Result<Tenant, TenantError> {
        let file = self.file(id, "toml");
        if !is_tenant_name(id) {
            return Err(malformed(
                &file,
                "a tenant's file is named 1 to 32 of a-z, 0-9 and -",
            ));
        }
        let bytes = fs::read(&file).map_err(|cause| file_error(&file, cause))?;
        let text = String::from_utf8(bytes).map_err(|_| malformed(&file, "not UTF-8"))?;
        let mut tenant = TenantConfig::parse(&self.directory, id, &text)?;
        tenant.words = WordFiles::of(&tenant.view, self.passkey.as_ref());
        Ok(tenant)
    }

    fn file(&self, id: &str, ending: &str) -> PathBuf {
        self.directory.join([id, ".", ending].concat())
    }
}

fn malformed(file: &Path, cause: impl ToString) -> TenantError {
    TenantError::Malformed {
        file: file.to_owned(),
        cause: cause.to_string(),
    }
}

fn file_error(file: &Path, cause: std::io::Error) -> TenantError {
    TenantError::File {
        file: file.to_owned(),
        cause,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn config(name: &str) -> TenantConfig {
        TenantConfig {
            name: name.to_owned(),
            ..TenantConfig::default()
        }
    }

    #[test]
    fn a_wrong_tenant_is_refused_with_its_file_and_what_is_allowed() {
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        let mut pale = config("Contoso");
        pale.color = Some("#ffff00".to_owned());
        let mut script = config("Contoso");
        script.helpdesk_link = Some("javascript:alert(1)".to_owned());
        let mut dim = config("Contoso");
        dim.color_dark = Some("#7a2048".to_owned());
        let mut open = config("Contoso");
        open.frame_origins = vec!["http://intranet.contoso.example".to_owned()];
        let mut with_port = config("Contoso");
        with_port.hosts = vec!["reset.contoso.example:443".to_owned()];
        for (id, config, says) in [
            ("Contoso", config("Contoso"), "a-z"),
            ("a/b", config("Contoso"), "a-z"),
            ("contoso", config("  "), "1 to 60"),
            (
                "contoso",
                pale,
                "color: white on #ffff00 has a contrast of 1.1:1, needed is 7:1",
            ),
            ("contoso", dim, "color_dark: "),
            ("contoso", open, "frame_origins: "),
            ("contoso", with_port, "hosts: "),
            ("contoso", script, "https://"),
        ] {
            let error = tenants.add(id, &config, 0).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        assert!(tenants.list().unwrap().is_empty(), "nothing was written");
    }

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let tenants = folder.path().join("tenants");
        fs::create_dir(&tenants).unwrap();
        for (name, text) in files {
            fs::write(tenants.join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn a_host_belongs_to_one_tenant() {
        let host = "name = \"A\"\nhosts = [\"reset.a.example\"]";
        let one = folder(&[("a.toml", host), ("b.toml", "name = \"B\"")]);
        let tenants = Tenants::load(one.path()).unwrap();
        let owner = |header| tenants.owner(&Host::of_header(header));
        assert_eq!(owner("Reset.a.example:8443").as_deref(), Some("a"));
        assert_eq!(owner("reset.b.example"), None);
        let two = folder(&[("a.toml", host), ("b.toml", host)]);
        let error = Tenants::load(two.path()).unwrap_err().to_string();
        for part in ["b.toml", "hosts", "reset.a.example", "tenant a"] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn texts_are_a_tenants_and_in_a_language() {
        let toml = ("a.toml", "name = \"A\"");
        let own = folder(&[toml, ("a.cs.ftl", "identify-submit = Dál\n")]);
        let tenants = Tenants::load(own.path()).unwrap();
        let words = &tenants.get("a").unwrap().view.words;
        assert_eq!(
            words
                .of(postern_i18n::Language::Cs)
                .text("identify-submit", &[]),
            "Dál"
        );
        for (name, text, says) in [
            ("a.de.ftl", "", "en, cs, pl, sl, lt"),
            ("b.cs.ftl", "", "a tenant that is there"),
            ("cs.ftl", "", "<tenant>.<language>.ftl"),
            ("a.cs.ftl", "no-such = x\n", "no-such"),
        ] {
            let wrong = folder(&[toml, (name, text)]);
            let error = Tenants::load(wrong.path()).unwrap_err().to_string();
            assert!(error.contains(says) && error.contains(name), "{error}");
        }
    }
}
