//! The tenants: a TOML file for each, and the record of its enrolled agent.
//!
//! Administrators write `tenants/<id>.toml`; the files of enrollment are in `enrollment.rs`.

mod config;
mod enrollment;
mod logo;
mod origin;
mod style;
mod texts;
mod words;

pub use config::TenantConfig;
pub use enrollment::{CODE_LIFETIME_SECONDS, EnrolledAgent};
pub use logo::Logos;
pub use origin::{Host, NotAHost, NotAnOrigin, Origin};
pub use style::{Style, in_theme, style_hash};
pub use words::WordFiles;

use crate::color::Color;
use postern_app::pages::Tenant as View;
use postern_envelope::{Secret, is_tenant_name};
use postern_host::files::{self, Readers};
use postern_i18n::OwnWords;
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::SystemTime;

/// The reason for which a tenant cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum TenantError {
    /// A file cannot be read or written.
    #[error("{file}: {cause}")]
    File {
        /// The path of the file.
        file: PathBuf,
        /// The error of the system.
        cause: std::io::Error,
    },
    /// The content of a file is not valid.
    #[error("{file}: {cause}")]
    Malformed {
        /// The path of the file.
        file: PathBuf,
        /// The key, the expected value and the value found.
        cause: String,
    },
    /// The text is not a valid tenant name.
    #[error("expected a tenant name of 1 to 32 of a-z, 0-9 and -, found {0:?}")]
    Name(String),
    /// Two tenants claim one host name.
    #[error("{file}: hosts: {host} already belongs to the tenant {owner}")]
    HostTaken {
        /// The file of the second tenant.
        file: PathBuf,
        /// The host name.
        host: Host,
        /// The tenant that claimed it first.
        owner: String,
    },
    /// The tenant exists already.
    #[error("the tenant {0} already exists")]
    Exists(String),
    /// There is no such tenant.
    #[error("there is no tenant {0}")]
    Unknown(String),
    /// The system provided no random bytes.
    #[error("the system provided no random bytes")]
    Random,
}

/// A validated tenant.
#[derive(Debug)]
pub struct Tenant {
    /// Its name in addresses.
    pub id: String,
    /// The data for its pages.
    pub view: Arc<View>,
    /// Its colours.
    pub style: Style,
    /// Its texts for the browser.
    pub words: WordFiles,
    /// Its logos.
    pub logos: Logos,
    /// The origins that may show its pages in a frame.
    pub frame_origins: Vec<Origin>,
    /// The host names of this tenant only.
    pub hosts: Vec<Host>,
    /// It is entitled to the service.
    pub entitled: bool,
    /// Its file cannot be used, so that it is not available. Other tenants are not affected.
    pub broken: bool,
}

/// Every tenant of this portal.
#[derive(Debug)]
pub struct Tenants {
    directory: PathBuf,
    known: RwLock<HashMap<String, Arc<Tenant>>>,
    /// The files that could not be used when they were last read.
    problems: RwLock<BTreeMap<PathBuf, Problem>>,
    /// Held while the record of an agent is read and rewritten.
    agent_lock: Mutex<()>,
    default_style: Style,
}

/// An unusable file. It is read again only after any file in the tenants' directory has changed.
#[derive(Debug)]
struct Problem {
    cause: TenantError,
    /// The last change in the directory when the file was read.
    last_change: Option<SystemTime>,
}

impl Tenant {
    /// Creates a substitute for a tenant whose file cannot be used: only its name is known.
    fn broken(id: &str) -> Self {
        let view = View {
            id: id.to_owned(),
            name: id.to_owned(),
            helpdesk: None,
            logos: BTreeMap::new(),
            sign_in_link: None,
            words: OwnWords::default(),
            cloud: None,
        };
        Self {
            id: id.to_owned(),
            view: Arc::new(view),
            style: Style::new(Color::DEFAULT, Color::DEFAULT.for_dark()),
            words: WordFiles::default(),
            logos: Logos::new(),
            frame_origins: Vec::new(),
            hosts: Vec::new(),
            entitled: true,
            broken: true,
        }
    }

    /// Reports whether an origin, as a browser sends it, may show its pages.
    pub fn may_frame(&self, origin: &[u8]) -> bool {
        let mut allowed = self.frame_origins.iter();
        allowed.any(|one| one.as_str().as_bytes() == origin)
    }
}

impl Tenants {
    /// Reads every tenant of a data directory. A defect of one does not affect the others: it is
    /// logged, and returned by [`Self::problems`].
    ///
    /// # Errors
    /// The directory cannot be read.
    pub fn load(data_directory: &Path) -> Result<Self, TenantError> {
        let tenants = Self {
            directory: data_directory.join("tenants"),
            known: RwLock::default(),
            problems: RwLock::default(),
            agent_lock: Mutex::default(),
            default_style: Style::new(Color::DEFAULT, Color::DEFAULT.for_dark()),
        };
        let ids = tenants.list()?;
        for (file, cause) in texts::find_unknown_files(&tenants.directory, &ids)? {
            tenants.report(file, cause);
        }
        for id in ids {
            tenants.get(&id);
            if !is_tenant_name(&id) {
                let file = tenants.file(&id, "toml");
                let cause = malformed(&file, TenantError::Name(id.clone()));
                tenants.report(file, cause);
            }
        }
        Ok(tenants)
    }

    /// Returns a tenant by its name, including one that was added or corrected while the portal
    /// runs.
    pub fn get(&self, id: &str) -> Option<Arc<Tenant>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(tenant) = known.get(id) {
            return Some(tenant.clone());
        }
        drop(known);
        let file = self.file(id, "toml");
        if !is_tenant_name(id) || !file.is_file() {
            return None;
        }
        let problems = self.problems.read().unwrap_or_else(PoisonError::into_inner);
        let unchanged = problems
            .get(&file)
            .is_some_and(|problem| problem.last_change == self.last_change());
        drop(problems);
        if unchanged {
            return Some(Arc::new(Tenant::broken(id)));
        }
        match self.read(id).and_then(|tenant| self.insert(tenant)) {
            Ok(tenant) => {
                let problems = self.problems.write();
                let mut problems = problems.unwrap_or_else(PoisonError::into_inner);
                problems.remove(&file);
                Some(tenant)
            }
            Err(cause) => {
                self.report(file, cause);
                Some(Arc::new(Tenant::broken(id)))
            }
        }
    }

    /// Returns the errors of all unusable files.
    pub fn problems(&self) -> Vec<String> {
        let problems = self.problems.read().unwrap_or_else(PoisonError::into_inner);
        let causes = problems.values().map(|problem| problem.cause.to_string());
        causes.collect()
    }

    /// Checks that requests can be served: the data directory can be read, and if it has tenants,
    /// at least one of them can be used.
    ///
    /// # Errors
    /// The directory, and the reason for which it cannot be used.
    pub fn ready(&self) -> Result<(), TenantError> {
        let data = self.directory.parent().unwrap_or(&self.directory);
        fs::read_dir(data).map_err(|cause| file_error(data, cause))?;
        let ids = self.list()?;
        let usable = |id: &String| self.get(id).is_some_and(|tenant| !tenant.broken);
        if ids.is_empty() || ids.iter().any(usable) {
            Ok(())
        } else {
            Err(malformed(
                &self.directory,
                "none of its tenants can be used",
            ))
        }
    }

    fn report(&self, file: PathBuf, cause: TenantError) {
        tracing::error!(error = %cause, "a tenant's file cannot be used; all others are served");
        let last_change = self.last_change();
        let mut problems = self
            .problems
            .write()
            .unwrap_or_else(PoisonError::into_inner);
        problems.insert(file, Problem { cause, last_change });
    }

    /// Returns the style of pages without a tenant.
    pub const fn plain_style(&self) -> &Style {
        &self.default_style
    }

    /// Returns the name of the tenant that owns a host name.
    pub fn owner(&self, host: &Host) -> Option<String> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let owner = known.values().find(|tenant| tenant.hosts.contains(host))?;
        Some(owner.id.clone())
    }

    /// Reports whether an origin may show the pages of any tenant.
    pub fn may_frame_any(&self, origin: &[u8]) -> bool {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.values().any(|tenant| tenant.may_frame(origin))
    }

    /// Returns the names of all tenants, sorted.
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

    /// Adds a tenant and returns the one-time code with which its agent enrolls.
    ///
    /// # Errors
    /// [`TenantError`]; in that case nothing is written.
    pub fn add(&self, id: &str, config: &TenantConfig, now: u64) -> Result<Secret, TenantError> {
        if !is_tenant_name(id) {
            return Err(TenantError::Name(id.to_owned()));
        }
        let file = self.file(id, "toml");
        if file.exists() {
            return Err(TenantError::Exists(id.to_owned()));
        }
        let text = toml::to_string(config).map_err(|cause| malformed(&file, cause))?;
        let tenant = TenantConfig::parse(&self.directory, id, &text)?;
        self.check_hosts(&tenant)?;
        fs::create_dir_all(&self.directory).map_err(|cause| file_error(&self.directory, cause))?;
        let code = self.make_code(id, now)?;
        if let Err(cause) = files::create(&file, text.as_bytes(), Readers::Everybody) {
            // A code without a tenant is of no use.
            let _no_tenant_has_it = fs::remove_file(self.file(id, "code"));
            return Err(file_error(&file, cause));
        }
        Ok(code)
    }

    fn insert(&self, tenant: Tenant) -> Result<Arc<Tenant>, TenantError> {
        let tenant = Arc::new(tenant);
        self.check_hosts(&tenant)?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(tenant.id.clone(), tenant.clone());
        Ok(tenant)
    }

    /// Checks that no other tenant has any of these hosts.
    fn check_hosts(&self, tenant: &Tenant) -> Result<(), TenantError> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
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
        Ok(())
    }

    fn read(&self, id: &str) -> Result<Tenant, TenantError> {
        let file = self.file(id, "toml");
        let bytes = fs::read(&file).map_err(|cause| file_error(&file, cause))?;
        let text = String::from_utf8(bytes).map_err(|_| malformed(&file, "expected UTF-8 text"))?;
        let mut tenant = TenantConfig::parse(&self.directory, id, &text)?;
        tenant.words = WordFiles::new(tenant.view.clone());
        Ok(tenant)
    }

    /// Returns the time of the last change of any file in the directory: a tenant's logo and texts
    /// are files of their own.
    fn last_change(&self) -> Option<SystemTime> {
        let entries = fs::read_dir(&self.directory).ok()?;
        let changes = entries.filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok());
        changes.max()
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
    use postern_i18n::Language;
    use std::time::Duration;

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
        let mut unencrypted = config("Contoso");
        unencrypted.sign_in_link = Some("http://portal.contoso.example".to_owned());
        let mut dim = config("Contoso");
        dim.color_dark = Some("#7a2048".to_owned());
        let mut open = config("Contoso");
        open.frame_origins = vec!["http://intranet.contoso.example".to_owned()];
        let mut with_port = config("Contoso");
        with_port.hosts = vec!["reset.contoso.example:443".to_owned()];
        let mut without_logo = config("Contoso");
        without_logo.logo = Some("missing.svg".into());
        for (id, config, expected) in [
            ("contoso", without_logo, "contoso.toml: logo: "),
            ("Contoso", config("Contoso"), "a-z"),
            ("a/b", config("Contoso"), "a-z"),
            ("contoso", config("  "), "1 to 60"),
            (
                "contoso",
                pale,
                "color: expected a contrast of at least 7:1, found 1.1:1 for white on #ffff00",
            ),
            ("contoso", dim, "color_dark: "),
            ("contoso", open, "frame_origins: "),
            ("contoso", with_port, "hosts: "),
            (
                "contoso",
                script,
                "helpdesk_link: expected an https:// address",
            ),
            (
                "contoso",
                unencrypted,
                "sign_in_link: expected an https:// address",
            ),
        ] {
            let error = tenants.add(id, &config, 0).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
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
        let owner = |header| tenants.owner(&Host::from_header(header));
        assert_eq!(owner("Reset.a.example:8443").as_deref(), Some("a"));
        assert_eq!(owner("reset.b.example"), None);
        let two = folder(&[("a.toml", host), ("b.toml", host)]);
        let tenants = Tenants::load(two.path()).unwrap();
        let error = tenants.problems().concat();
        for part in ["b.toml", "hosts", "reset.a.example", "tenant a"] {
            assert!(error.contains(part), "{error}");
        }
        assert!(tenants.get("b").unwrap().broken && !tenants.get("a").unwrap().broken);
    }

    #[test]
    fn texts_are_a_tenants_and_in_a_language() {
        let toml = ("a.toml", "name = \"A\"");
        let own = folder(&[toml, ("a.cs.ftl", "identify-submit = Dál\n")]);
        let tenants = Tenants::load(own.path()).unwrap();
        let words = &tenants.get("a").unwrap().view.words;
        assert_eq!(words.of(Language::Cs).text("identify-submit", &[]), "Dál");
        let languages = Language::ALL.map(Language::code).join(", ");
        for (name, text, expected) in [
            ("a.qaa.ftl", "", &*languages),
            ("b.cs.ftl", "", "an existing tenant"),
            ("cs.ftl", "", "<tenant>.<language>.ftl"),
            ("a.cs.ftl", "no-such = x\n", "no-such"),
        ] {
            let wrong = folder(&[toml, (name, text)]);
            let tenants = Tenants::load(wrong.path()).unwrap();
            let error = tenants.problems().concat();
            assert!(error.contains(expected) && error.contains(name), "{error}");
        }
    }

    #[test]
    fn one_wrong_file_stops_no_other_tenant_and_works_once_it_is_mended() {
        let files = [
            ("a.toml", "name = \"A\""),
            ("b.toml", ""),
            ("Not A Tenant.toml", "name = \"C\""),
        ];
        let folder = folder(&files);
        let tenants = Tenants::load(folder.path()).unwrap();
        assert_eq!(tenants.get("a").unwrap().view.name, "A");
        assert!(tenants.get("b").unwrap().broken);
        assert!(tenants.get("Not A Tenant").is_none());
        let problems = tenants.problems();
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("Not A Tenant.toml") && problems[0].contains("a-z"));
        assert!(problems[1].contains("b.toml") && problems[1].contains("name"));
        tenants.ready().unwrap();

        let file = folder.path().join("tenants/b.toml");
        fs::write(&file, "name = \"B\"").unwrap();
        let corrected = fs::File::options().write(true).open(&file).unwrap();
        let later = SystemTime::UNIX_EPOCH + Duration::from_secs(4_000_000_000);
        corrected.set_modified(later).unwrap();
        assert_eq!(tenants.get("b").unwrap().view.name, "B");
        assert_eq!(tenants.problems().len(), 1);
    }

    #[test]
    fn ready_is_who_can_read_the_data_directory_and_has_a_tenant_of_those_in_it() {
        let none = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(none.path()).unwrap();
        tenants.ready().unwrap();
        let missing = Tenants::load(&none.path().join("missing")).unwrap();
        let error = missing.ready().unwrap_err().to_string();
        assert!(error.contains("missing"), "{error}");
        let broken = folder(&[("a.toml", "name = 1")]);
        let tenants = Tenants::load(broken.path()).unwrap();
        assert!(tenants.ready().is_err());
    }

    #[test]
    fn a_tenant_that_cannot_be_added_leaves_nothing() {
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        tenants.add("contoso", &config("Contoso"), 0).unwrap();
        // Blocks the temporary file, so that writing fails as it does on a full disk.
        let folder = directory.path().join("tenants");
        let obstacle = format!("fabrikam.toml.{}.new", std::process::id());
        fs::create_dir(folder.join(&obstacle)).unwrap();
        tenants.add("fabrikam", &config("Fabrikam"), 0).unwrap_err();
        fs::remove_dir(folder.join(&obstacle)).unwrap();
        let mut left: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        left.sort();
        assert_eq!(left, ["contoso.code", "contoso.toml"]);
    }
}
