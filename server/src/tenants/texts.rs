//! A tenant's own texts: `tenants/<id>.<language>.ftl`, each with the messages that it replaces.

use super::{TenantError, file_error, malformed};
use postern_i18n::{File, Language, OwnWords};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The extension of a text file, after the tenant's name and the language.
const EXTENSION: &str = "ftl";

/// Reads a tenant's own texts in every language for which there are any.
pub fn read(directory: &Path, id: &str) -> Result<OwnWords, TenantError> {
    let mut words = OwnWords::default();
    for language in Language::ALL {
        let file = directory.join([id, ".", language.code(), ".", EXTENSION].concat());
        let source = match fs::read(&file) {
            Ok(bytes) => {
                String::from_utf8(bytes).map_err(|_| malformed(&file, "expected UTF-8 text"))?
            }
            Err(error) if error.kind() == ErrorKind::NotFound => continue,
            Err(cause) => return Err(file_error(&file, cause)),
        };
        words
            .add(&File::OF_PORTAL, language, &source)
            .map_err(|cause| malformed(&file, cause))?;
    }
    Ok(words)
}

/// Returns the text files of no tenant or no language, with an error for each: their texts would
/// never be shown.
pub fn find_unknown_files(
    directory: &Path,
    ids: &[String],
) -> Result<Vec<(PathBuf, TenantError)>, TenantError> {
    let entries = match fs::read_dir(directory) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(file_error(directory, cause)),
    };
    let mut unknown = Vec::new();
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path
            .extension()
            .is_none_or(|extension| extension != EXTENSION)
        {
            continue;
        }
        let stem = path.file_stem().and_then(|stem| stem.to_str());
        let parts = stem.and_then(|stem| stem.split_once('.'));
        let is_known = parts.is_some_and(|(id, language)| {
            ids.iter().any(|known| known == id) && language.parse::<Language>().is_ok()
        });
        if !is_known {
            let languages = Language::ALL.map(Language::code).join(", ");
            let cause = format!(
                "expected the file name <tenant>.<language>.ftl with an existing tenant and one of \
                 the languages {languages}"
            );
            let cause = malformed(&path, cause);
            unknown.push((path, cause));
        }
    }
    Ok(unknown)
}
