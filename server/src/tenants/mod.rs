//! The tenants: a TOML file each, with what their agent left when it enrolled.
//!
//! `tenants/<id>.toml` is written by people; what belongs to enrollment is in `enrollment.rs`.

mod enrollment;
mod words;

pub use enrollment::{CODE_LIFETIME, Enrolled};
pub use words::WordFiles;

use crate::color::{Color, ColorError};
use aws_lc_rs::digest::{SHA256, digest};
use base64ct::{Base64, Encoding};
use postern_app::pages::{Helpdesk, Tenant as View};
use postern_envelope::{Secret, is_tenant_name};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

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
    /// Its words for the browser.
    pub words: WordFiles,
    /// Its logo: media type and bytes.
    pub logo: Option<(&'static str, Arc<[u8]>)>,
}

/// A tenant's colours as custom properties.
#[derive(Clone, Debug, Default)]
pub struct Style(String);

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
            words: WordFiles::of(&view),
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

    pub(super) fn config(name: &str) -> TenantConfig {
        TenantConfig {
            name: name.to_owned(),
            helpdesk_mail: None,
            helpdesk_link: None,
            color: None,
            logo: None,
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
