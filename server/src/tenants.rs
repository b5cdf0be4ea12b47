//! The tenants: a TOML file each, with what their agent left when it enrolled.
//!
//! `tenants/<id>.toml` is written by people. `tenants/<id>.agent` (the hash of the agent's
//! secret and the package key) and `tenants/<id>.code` (the hash of the enrollment code) are
//! written by the program, readable by its user alone.

use crate::color::{Color, ColorError};
use aws_lc_rs::digest::{SHA256, digest};
use base64ct::{Base64, Encoding};
use postern_app::pages::{Helpdesk, Tenant as View};
use postern_envelope::package::{PackageKey, random};
use postern_envelope::{Secret, is_tenant_name};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// How long an enrollment code is good, in seconds.
pub const CODE_LIFETIME: u64 = 24 * 60 * 60;

/// The largest logo, in bytes.
const MAX_LOGO: usize = 64 * 1024;

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

/// What people write about a tenant.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TenantConfig {
    /// The organisation's name, as people know it.
    pub name: String,
    /// The helpdesk's mail address. Default: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helpdesk_mail: Option<String>,
    /// A link to the helpdesk, `https://…`; goes before the mail address. Default: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helpdesk_link: Option<String>,
    /// The organisation's colour, `#rrggbb`, at least 4.5:1 on white. Default: `#0b5cad`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// The logo's file beside this one, SVG or PNG, at most 64 KiB. Default: the initial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<PathBuf>,
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
    /// Its logo: media type and bytes.
    pub logo: Option<(&'static str, Arc<[u8]>)>,
}

/// A tenant's colours as custom properties.
#[derive(Clone, Debug, Default)]
pub struct Style(String);

/// What an enrolled agent left at the portal.
#[derive(Debug)]
pub struct Enrolled {
    /// SHA-256 of the relay secret.
    pub secret_hash: [u8; 32],
    /// The tenant's package key.
    pub package_key: PackageKey,
}

/// Every tenant of this portal.
#[derive(Debug)]
pub struct Tenants {
    directory: PathBuf,
    known: RwLock<HashMap<String, Arc<Tenant>>>,
    plain: Style,
}

impl Tenants {
    /// Reads every tenant of a data directory.
    ///
    /// # Errors
    /// [`TenantError`] names the first file that is wrong.
    pub fn load(data_directory: &Path) -> Result<Self, TenantError> {
        let tenants = Self {
            directory: data_directory.join("tenants"),
            known: RwLock::default(),
            plain: Style::of(Color::DEFAULT),
        };
        for id in tenants.list()? {
            tenants.remember(tenants.read(&id)?);
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
        match self.read(id) {
            Ok(tenant) => Some(self.remember(tenant)),
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
        self.check(id, &text)?;
        fs::create_dir_all(&self.directory).map_err(|cause| file_error(&self.directory, cause))?;
        fs::write(&file, text).map_err(|cause| file_error(&file, cause))?;
        self.new_code(id, now)
    }

    /// Makes a new one-time code; the one before is void.
    ///
    /// # Errors
    /// [`TenantError`]
    pub fn new_code(&self, id: &str, now: u64) -> Result<Secret, TenantError> {
        if self.get(id).is_none() {
            return Err(TenantError::Unknown(id.to_owned()));
        }
        let code = random(20).map_err(|_| TenantError::Random)?;
        let code = base64ct::Base64UrlUnpadded::encode_string(code.expose());
        let entry = StoredCode {
            sha256: Base64::encode_string(digest(&SHA256, code.as_bytes()).as_ref()),
            expires: now + CODE_LIFETIME,
        };
        self.keep(id, "code", &entry)?;
        Ok(Secret::new(code.into_bytes()))
    }

    /// Whether this is the tenant's enrollment code. A code is good once: the file goes with it.
    pub fn take_code(&self, id: &str, code: &Secret, now: u64) -> bool {
        let file = self.file(id, "code");
        let Some(stored) = read_private::<StoredCode>(&file) else {
            return false;
        };
        let hash = digest(&SHA256, code.expose());
        let same = aws_lc_rs::constant_time::verify_slices_are_equal(
            Base64::encode_string(hash.as_ref()).as_bytes(),
            stored.sha256.as_bytes(),
        );
        // Removing decides between two who come at once: only one of them removes it.
        same.is_ok() && stored.expires > now && fs::remove_file(&file).is_ok()
    }

    /// Keeps what an agent left when it enrolled; the agent before is void.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn enroll(&self, id: &str, enrolled: &Enrolled) -> Result<(), TenantError> {
        let entry = StoredAgent {
            secret_sha256: Base64::encode_string(&enrolled.secret_hash),
            package_key: Base64::encode_string(enrolled.package_key.secret().expose()),
        };
        self.keep(id, "agent", &entry)
    }

    /// What the tenant's agent left.
    pub fn enrolled(&self, id: &str) -> Option<Enrolled> {
        let stored = read_private::<StoredAgent>(&self.file(id, "agent"))?;
        let key = Base64::decode_vec(&stored.package_key).ok()?;
        Some(Enrolled {
            secret_hash: Base64::decode_vec(&stored.secret_sha256)
                .ok()?
                .try_into()
                .ok()?,
            package_key: PackageKey::new(Secret::new(key))?,
        })
    }

    fn remember(&self, tenant: Tenant) -> Arc<Tenant> {
        let tenant = Arc::new(tenant);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(tenant.id.clone(), tenant.clone());
        tenant
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
        self.check(id, &text)
    }

    /// Parses a tenant's file into what is right from then on.
    fn check(&self, id: &str, text: &str) -> Result<Tenant, TenantError> {
        let file = self.file(id, "toml");
        let config: TenantConfig = toml::from_str(text).map_err(|cause| malformed(&file, cause))?;
        let name = config.name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            return Err(malformed(&file, "name has 1 to 60 characters"));
        }
        let color = match &config.color {
            None => Color::DEFAULT,
            Some(text) => text
                .parse()
                .map_err(|cause: ColorError| malformed(&file, format!("color: {cause}")))?,
        };
        let logo = match &config.logo {
            None => None,
            Some(path) => Some(self.logo(&file, path)?),
        };
        let view = View {
            id: id.to_owned(),
            name: name.to_owned(),
            helpdesk: helpdesk(&config).map_err(|cause| malformed(&file, cause))?,
            logo: logo.is_some().then(|| ["/", id, "/logo"].concat()),
        };
        Ok(Tenant {
            id: id.to_owned(),
            view: Arc::new(view),
            style: Style::of(color),
            logo,
        })
    }

    fn logo(&self, file: &Path, logo: &Path) -> Result<(&'static str, Arc<[u8]>), TenantError> {
        let media_type = match logo.extension().and_then(|ending| ending.to_str()) {
            Some("svg") => "image/svg+xml",
            Some("png") => "image/png",
            _ => return Err(malformed(file, "logo must be an .svg or .png file")),
        };
        let path = self.directory.join(logo);
        let bytes = fs::read(&path).map_err(|cause| file_error(&path, cause))?;
        if bytes.len() > MAX_LOGO {
            return Err(malformed(file, "logo must not be larger than 64 KiB"));
        }
        Ok((media_type, bytes.into()))
    }

    fn file(&self, id: &str, ending: &str) -> PathBuf {
        self.directory.join([id, ".", ending].concat())
    }

    /// Writes a private file whole or not at all.
    fn keep(&self, id: &str, ending: &str, entry: &impl Serialize) -> Result<(), TenantError> {
        let file = self.file(id, ending);
        let new = self.file(id, &[ending, ".new"].concat());
        let text = toml::to_string(entry).map_err(|cause| malformed(&file, cause))?;
        let text = Secret::new(text.into_bytes());
        let write = || {
            let mut options = fs::OpenOptions::new();
            options.write(true).create(true).truncate(true).mode(0o600);
            let mut out = options.open(&new)?;
            out.write_all(text.expose())?;
            out.sync_all()?;
            fs::rename(&new, &file)
        };
        write().map_err(|cause| file_error(&file, cause))
    }
}

impl Style {
    fn of(color: Color) -> Self {
        Self(format!(
            ":root{{--brand:{color};--brand-dark:{}}}",
            color.for_dark()
        ))
    }

    /// The whole style of a page.
    pub fn text(&self, base: &str) -> String {
        [self.0.as_str(), base].concat()
    }
}

/// The CSP hash source of a style: `sha256-…`.
pub fn style_hash(style: &str) -> String {
    let hash = digest(&SHA256, style.as_bytes());
    ["sha256-", &Base64::encode_string(hash.as_ref())].concat()
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredCode {
    sha256: String,
    expires: u64,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StoredAgent {
    secret_sha256: String,
    package_key: String,
}

fn read_private<T: for<'de> Deserialize<'de>>(file: &Path) -> Option<T> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) => {
            if error.kind() != ErrorKind::NotFound {
                tracing::error!(file = %file.display(), %error, "unreadable");
            }
            return None;
        }
    };
    let parsed = toml::from_str(&text);
    drop(Secret::new(text.into_bytes()));
    if parsed.is_err() {
        // Without the parser's words: they would quote the file, and the file holds a key.
        tracing::error!(file = %file.display(), "not as this program writes it");
    }
    parsed.ok()
}

fn helpdesk(config: &TenantConfig) -> Result<Option<Helpdesk>, String> {
    if let Some(link) = &config.helpdesk_link {
        return if link.starts_with("https://") && !link.contains(char::is_whitespace) {
            Ok(Some(Helpdesk::Link(link.clone())))
        } else {
            Err(format!(
                "helpdesk_link: {link:?} is not an https:// address"
            ))
        };
    }
    if let Some(mail) = &config.helpdesk_mail {
        let plain = |character: char| {
            character.is_alphanumeric() || matches!(character, '@' | '.' | '-' | '_' | '+')
        };
        return if mail.split('@').count() == 2 && mail.chars().all(plain) {
            Ok(Some(Helpdesk::Mail(mail.clone())))
        } else {
            Err(format!("helpdesk_mail: {mail:?} is not a mail address"))
        };
    }
    Ok(None)
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

    fn config(name: &str) -> TenantConfig {
        TenantConfig {
            name: name.to_owned(),
            helpdesk_mail: None,
            helpdesk_link: None,
            color: None,
            logo: None,
        }
    }

    #[test]
    fn an_enrollment_code_is_good_once_and_for_a_day() {
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        let code = tenants.add("contoso", &config("Contoso"), 1000).unwrap();
        assert!(!tenants.take_code("contoso", &Secret::from("guess"), 1000));
        assert!(!tenants.take_code("contoso", &code, 1000 + CODE_LIFETIME));
        assert!(tenants.take_code("contoso", &code, 1001));
        assert!(!tenants.take_code("contoso", &code, 1001));
    }

    #[test]
    fn what_an_agent_left_is_read_again_and_is_private() {
        use std::os::unix::fs::PermissionsExt;
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        tenants.add("contoso", &config("Contoso"), 0).unwrap();
        assert!(tenants.enrolled("contoso").is_none());
        let package_key = PackageKey::generate().unwrap();
        let kept = Enrolled {
            secret_hash: [7; 32],
            package_key: package_key.clone(),
        };
        tenants.enroll("contoso", &kept).unwrap();
        let read = tenants.enrolled("contoso").unwrap();
        assert_eq!(read.secret_hash, [7; 32]);
        assert_eq!(
            read.package_key.secret().expose(),
            package_key.secret().expose()
        );
        let file = directory.path().join("tenants/contoso.agent");
        let mode = fs::metadata(file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn a_wrong_tenant_is_refused_with_its_file_and_what_is_allowed() {
        let directory = tempfile::tempdir().unwrap();
        let tenants = Tenants::load(directory.path()).unwrap();
        let mut pale = config("Contoso");
        pale.color = Some("#ffff00".to_owned());
        let mut script = config("Contoso");
        script.helpdesk_link = Some("javascript:alert(1)".to_owned());
        for (id, config, says) in [
            ("Contoso", config("Contoso"), "a-z"),
            ("a/b", config("Contoso"), "a-z"),
            ("contoso", config("  "), "1 to 60"),
            ("contoso", pale, "4.5"),
            ("contoso", script, "https://"),
        ] {
            let error = tenants.add(id, &config, 0).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
        assert!(tenants.list().unwrap().is_empty(), "nothing was written");
    }
}
