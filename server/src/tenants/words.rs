//! A tenant's texts for the browser: one file for each language, named by its content.

use aws_lc_rs::digest::{SHA384, digest};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use postern_app::pages::{self, Asset};
use postern_i18n::Language;
use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

/// The part of the hash that is in a file's name, in bytes.
const NAME_HASH_BYTES: usize = 9;

/// The texts of a tenant in every language. Each file is created at its first request, because a
/// portal may have thousands of tenants.
#[derive(Debug, Default)]
pub struct WordFiles {
    tenant: Arc<pages::Tenant>,
    files: HashMap<Language, OnceLock<WordFile>>,
}

/// The texts in one language.
#[derive(Debug)]
struct WordFile {
    name: String,
    json: String,
    asset: Asset,
}

impl WordFiles {
    pub(super) fn new(tenant: Arc<pages::Tenant>) -> Self {
        let files = Language::ALL.into_iter();
        Self {
            tenant,
            files: files.map(|language| (language, OnceLock::new())).collect(),
        }
    }

    /// Returns the address and SRI value of the texts in a language.
    #[must_use]
    pub fn asset(&self, language: Language) -> Option<&Asset> {
        self.file(language).map(|file| &file.asset)
    }

    /// Returns the texts by their file's name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&str> {
        let (code, _) = name.split_once('-')?;
        let file = self
            .file(code.parse().ok()?)
            .filter(|file| file.name == name)?;
        Some(&file.json)
    }

    fn file(&self, language: Language) -> Option<&WordFile> {
        let file = self.files.get(&language)?;
        Some(file.get_or_init(|| WordFile::new(&self.tenant, language)))
    }
}

impl WordFile {
    fn new(tenant: &pages::Tenant, language: Language) -> Self {
        let json = pages::words(tenant, language);
        let hash = digest(&SHA384, json.as_bytes());
        let start = hash.as_ref().get(..NAME_HASH_BYTES).unwrap_or_default();
        let start = Base64UrlUnpadded::encode_string(start);
        let name = [language.code(), "-", &start, ".json"].concat();
        let asset = Asset {
            address: ["/", &tenant.id, "/words/", &name].concat(),
            integrity: ["sha384-", &Base64::encode_string(hash.as_ref())].concat(),
        };
        Self { name, json, asset }
    }
}
