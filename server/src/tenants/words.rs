//! A tenant's words for the browser: a file a language, addressed by its content.

use aws_lc_rs::digest::{SHA384, digest};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use postern_app::pages::{self, Asset};
use postern_i18n::Language;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// How much of the hash is in a file's name, in bytes.
const NAME_BYTES: usize = 9;

/// The words of a tenant in every language. Each is made when it is first asked for: a portal may
/// have thousands of tenants.
#[derive(Debug, Default)]
pub struct WordFiles {
    tenant: Arc<pages::Tenant>,
    passkey: Option<Asset>,
    files: HashMap<Language, OnceLock<WordFile>>,
}

/// The words in one language.
#[derive(Debug)]
struct WordFile {
    name: String,
    json: String,
    asset: Asset,
}

impl WordFiles {
    pub(super) fn of(tenant: Arc<pages::Tenant>, passkey: Option<Asset>) -> Self {
        let files = Language::ALL.into_iter();
        Self {
            tenant,
            passkey,
            files: files.map(|language| (language, OnceLock::new())).collect(),
        }
    }

    /// Where the words of a language are.
    #[must_use]
    pub fn asset(&self, language: Language) -> Option<&Asset> {
        self.file(language).map(|file| &file.asset)
    }

    /// The words by their file's name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&str> {
        let (code, _) = name.split_once('-')?;
        let file = self
            .file(code.parse().ok()?)
            .filter(|file| file.name == name)?;
        Some(&file.json)
    }

    fn file(&self, language: Language) -> Option<&WordFile> {
        let file = self.files.get(&language)?;
        Some(file.get_or_init(|| WordFile::of(&self.tenant, language, self.passkey.as_ref())))
    }
}

impl WordFile {
    fn of(tenant: &pages::Tenant, language: Language, passkey: Option<&Asset>) -> Self {
        let json = pages::words(tenant, language, passkey);
        let hash = digest(&SHA384, json.as_bytes());
        let start = hash.as_ref().get(..NAME_BYTES).unwrap_or_default();
        let start = Base64UrlUnpadded::encode_string(start);
        let name = [language.code(), "-", &start, ".json"].concat();
        let asset = Asset {
            address: ["/", &tenant.id, "/words/", &name].concat(),
            integrity: ["sha384-", &Base64::encode_string(hash.as_ref())].concat(),
        };
        Self { name, json, asset }
    }
}
