//! A tenant's words for the browser: a file a language, addressed by its content.

use aws_lc_rs::digest::{SHA384, digest};
use base64ct::{Base64, Base64UrlUnpadded, Encoding};
use postern_app::pages::{self, Asset};
use postern_i18n::Language;
use std::collections::HashMap;

/// How much of the hash is in a file's name, in bytes.
const NAME_BYTES: usize = 9;

/// The words of a tenant in every language.
#[derive(Debug, Default)]
pub struct WordFiles {
    files: HashMap<Language, WordFile>,
}

/// The words in one language.
#[derive(Debug)]
struct WordFile {
    name: String,
    json: String,
    asset: Asset,
}

impl WordFiles {
    pub(super) fn of(tenant: &pages::Tenant, passkey: Option<&Asset>) -> Self {
        let file = |language: Language| {
            let json = pages::words(tenant, language, passkey);
            let hash = digest(&SHA384, json.as_bytes());
            let start = hash.as_ref().get(..NAME_BYTES).unwrap_or_default();
            let start = Base64UrlUnpadded::encode_string(start);
            let name = [language.code(), "-", &start, ".json"].concat();
            let asset = Asset {
                address: ["/", &tenant.id, "/words/", &name].concat(),
                integrity: ["sha384-", &Base64::encode_string(hash.as_ref())].concat(),
            };
            (language, WordFile { name, json, asset })
        };
        Self {
            files: Language::ALL.into_iter().map(file).collect(),
        }
    }

    /// Where the words of a language are.
    #[must_use]
    pub fn asset(&self, language: Language) -> Option<&Asset> {
        self.files.get(&language).map(|file| &file.asset)
    }

    /// The words by their file's name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&str> {
        let file = self.files.values().find(|file| file.name == name)?;
        Some(&file.json)
    }
}
