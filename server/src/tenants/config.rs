//! `tenants/<id>.toml`: the configuration of a tenant, and its validation.

use super::{Host, Style, Tenant, TenantError, WordFiles, logo, malformed, texts};
use crate::color::{Color, ColorError};
use postern_app::pages::{Cloud, Helpdesk, Tenant as View};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

/// The configuration of a tenant, as written by an administrator.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct TenantConfig {
    /// The organisation's name, as people know it.
    pub name: String,
    /// The helpdesk's mail address. Default: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helpdesk_mail: Option<String>,
    /// A link to the helpdesk, `https://…`; preferred to the mail address. Default: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helpdesk_link: Option<String>,
    /// The address at which people sign in, `https://…`, to which the page leads at the end. Default:
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_link: Option<String>,
    /// The organisation's colour, `#rrggbb`, at least 7:1 on white. Default: `#0a58a6`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// Its colour in the dark theme, at least 7:1 on the dark card. Default: `color`, lightened
    /// until it is readable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub color_dark: Option<String>,
    /// The logo's file in the same directory, SVG or PNG, at most 64 KiB. Default: the initial.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logo: Option<PathBuf>,
    /// The logos of single languages by their codes: `{ cs = "contoso-cs.svg" }`. Default: `logo`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub logos: BTreeMap<String, PathBuf>,
    /// The origins that may show its pages in a frame, or mount `<postern-reset>`:
    /// `https://intranet.contoso.example`. Default: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub frame_origins: Vec<String>,
    /// Host names of this tenant only: `reset.contoso.example`. Default: none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hosts: Vec<String>,
    /// The way in which cloud services check its passwords: `"synchronised"`, `"pass_through"` or
    /// `"federated"`. Default: no cloud services.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud: Option<String>,
    /// The tenant is entitled to the service; if false, its pages and addresses say that it is not.
    /// Default: true.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entitled: Option<bool>,
}

impl TenantConfig {
    /// Parses and validates a tenant's file. `directory` holds its logo and its texts.
    pub(super) fn parse(directory: &Path, id: &str, text: &str) -> Result<Tenant, TenantError> {
        let file = directory.join([id, ".toml"].concat());
        let invalid = |cause: String| malformed(&file, cause);
        let config: Self = toml::from_str(text).map_err(|cause| malformed(&file, cause))?;
        let name = config.name.trim();
        if name.is_empty() || name.chars().count() > 60 {
            let found = name.chars().count();
            let cause = format!("name: expected 1 to 60 characters, found {found}");
            return Err(malformed(&file, cause));
        }
        let logos = logo::read(directory, config.logo.as_ref(), &config.logos).map_err(invalid)?;
        let view = View {
            id: id.to_owned(),
            name: name.to_owned(),
            helpdesk: config.helpdesk().map_err(invalid)?,
            logos: logo::shown(&logos, id),
            sign_in_link: config.sign_in_link().map_err(invalid)?,
            words: texts::read(directory, id)?,
            cloud: config.cloud().map_err(invalid)?,
        };
        Ok(Tenant {
            id: id.to_owned(),
            words: WordFiles::default(),
            view: Arc::new(view),
            style: config.style().map_err(invalid)?,
            logos,
            frame_origins: parse_all("frame_origins", &config.frame_origins).map_err(invalid)?,
            hosts: parse_all::<Host>("hosts", &config.hosts).map_err(invalid)?,
            entitled: config.entitled.unwrap_or(true),
            broken: false,
        })
    }

    fn style(&self) -> Result<Style, String> {
        let light = match &self.color {
            None => Color::DEFAULT,
            Some(text) => Color::light(text).map_err(|cause| format!("color: {cause}"))?,
        };
        let dark = match &self.color_dark {
            None => light.for_dark(),
            Some(text) => {
                let dark: Result<_, ColorError> = Color::dark(text);
                dark.map_err(|cause| format!("color_dark: {cause}"))?
            }
        };
        Ok(Style::new(light, dark))
    }

    fn cloud(&self) -> Result<Option<Cloud>, String> {
        let Some(name) = &self.cloud else {
            return Ok(None);
        };
        let expected = "expected \"synchronised\", \"pass_through\" or \"federated\"";
        let cloud =
            Cloud::named(name).ok_or_else(|| format!("cloud: {expected}, found {name:?}"))?;
        Ok(Some(cloud))
    }

    fn sign_in_link(&self) -> Result<Option<String>, String> {
        let link = self.sign_in_link.as_deref();
        link.map(|link| secure_link("sign_in_link", link))
            .transpose()
    }

    fn helpdesk(&self) -> Result<Option<Helpdesk>, String> {
        if let Some(link) = &self.helpdesk_link {
            return secure_link("helpdesk_link", link).map(|link| Some(Helpdesk::Link(link)));
        }
        if let Some(mail) = &self.helpdesk_mail {
            let plain = |character: char| {
                character.is_alphanumeric() || matches!(character, '@' | '.' | '-' | '_' | '+')
            };
            return if mail.split('@').count() == 2 && mail.chars().all(plain) {
                Ok(Some(Helpdesk::Mail(mail.clone())))
            } else {
                Err(format!(
                    "helpdesk_mail: expected a mail address, found {mail:?}"
                ))
            };
        }
        Ok(None)
    }
}

fn parse_all<T: FromStr<Err: Display>>(key: &str, texts: &[String]) -> Result<Vec<T>, String> {
    let parse = |text: &String| text.parse().map_err(|cause| format!("{key}: {cause}"));
    texts.iter().map(parse).collect()
}

/// Returns a link if it is an `https:` address.
fn secure_link(key: &str, link: &str) -> Result<String, String> {
    let is_secure = link.starts_with("https://") && !link.contains(char::is_whitespace);
    is_secure
        .then(|| link.to_owned())
        .ok_or_else(|| format!("{key}: expected an https:// address, found {link:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_example_is_as_the_program_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let text = include_str!("../../tenant.example.toml");
        let tenant = TenantConfig::parse(folder.path(), "contoso", text).unwrap();
        assert_eq!(tenant.frame_origins.len(), 1);
        assert_eq!(tenant.hosts.len(), 1);
        // The other keys are commented out in the example.
        let keys = postern_config::keys::<TenantConfig>("");
        let keys: BTreeSet<_> = keys.iter().map(|key| key.path().to_owned()).collect();
        assert_eq!(postern_config::example::keys(text), keys);
    }
}
