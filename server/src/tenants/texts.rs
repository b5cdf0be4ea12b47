//! A tenant's own texts: `tenants/<id>.<language>.ftl`, each with as many messages as it changes.

use super::{TenantError, file_error, malformed};
use postern_i18n::{File, Language, OwnWords};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What follows the tenant's name and the language.
const ENDING: &str = "ftl";

/// Reads a tenant's own texts in every language that has some.
pub fn read(directory: &Path, id: &str) -> Result<OwnWords, TenantError> {
    let mut words = OwnWords::default();
    for language in Language::ALL {
        let file = directory.join([id, ".", language.code(), ".", ENDING].concat());
        let source = match fs::read(&file) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|_| malformed(&file, "not UTF-8"))?,
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(cause) => return Err(file_error(&file, cause)),
        };
        words
            .add(&File::OF_PORTAL, language, &source)
            .map_err(|cause| malformed(&file, cause))?;
    }
    Ok(words)
}

/// Texts that belong to no tenant or to no language, and what is wrong with them: nobody would ever
/// see them.
pub fn strays(
    directory: &Path,
    ids: &[String],
) -> Result<Vec<(PathBuf, TenantError)>, TenantError> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(file_error(directory, cause)),
    };
    let mut strays = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.extension().is_none_or(|ending| ending != ENDING) {
            continue;
        }
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let named = stem.and_then(|stem| stem.split_once('.'));
        let known = named.is_some_and(|(id, language)| {
            ids.iter().any(|known| known == id) && language.parse::<Language>().is_ok()
        });
        if !known {
            let cause = "texts are in <tenant>.<language>.ftl, for a tenant that is there and a \
                         language of en, cs, pl, sl, lt";
            let cause = malformed(&path, cause);
            strays.push((path, cause));
        }
    }
    Ok(strays)
}
