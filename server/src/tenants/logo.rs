//! A tenant's logos: one for all languages, and others for some.

use postern_app::pages;
use postern_i18n::Language;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The largest logo, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// A logo that is at least this many times as wide as it is high has room for the organisation's name,
/// which is then not repeated beside it.
const WIDE: f64 = 2.5;

/// A logo.
#[derive(Clone, Debug, PartialEq)]
pub struct Logo {
    /// Its media type.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Arc<[u8]>,
    /// It is a wordmark.
    is_wide: bool,
}

/// The logo of each language.
pub type Logos = BTreeMap<Language, Logo>;

/// Reads a tenant's logos. `own` names those of single languages by their codes.
pub fn read(
    directory: &Path,
    logo: Option<&PathBuf>,
    own: &BTreeMap<String, PathBuf>,
) -> Result<Logos, String> {
    let mut logos = Logos::new();
    if let Some(file) = logo {
        let logo = read_one(&directory.join(file)).map_err(|cause| format!("logo: {cause}"))?;
        logos.extend(Language::ALL.map(|language| (language, logo.clone())));
    }
    for (code, file) in own {
        let language: Language = code.parse().map_err(|_| {
            let codes = Language::ALL.map(Language::code).join(", ");
            format!("logos: expected one of the languages {codes}, found {code:?}")
        })?;
        let logo = read_one(&directory.join(file));
        let logo = logo.map_err(|cause| format!("logos.{code}: {cause}"))?;
        logos.insert(language, logo);
    }
    Ok(logos)
}

/// Returns the logos as the pages of a tenant show them.
pub fn shown(logos: &Logos, id: &str) -> BTreeMap<Language, pages::Logo> {
    let shown = logos.iter().map(|(language, logo)| {
        let address = ["/", id, "/logo?lang=", language.code()].concat();
        let is_wide = logo.is_wide;
        (*language, pages::Logo { address, is_wide })
    });
    shown.collect()
}

fn read_one(file: &Path) -> Result<Logo, String> {
    let name = file.display();
    let media_type = match file.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => return Err(format!("{name}: expected an .svg or .png file")),
    };
    let bytes = fs::read(file).map_err(|cause| format!("{name}: {cause}"))?;
    if bytes.len() > MAX_BYTES {
        let found = bytes.len();
        return Err(format!(
            "{name}: expected at most {MAX_BYTES} bytes, found {found}"
        ));
    }
    let size = if media_type == "image/png" {
        png_size(&bytes)
    } else {
        svg_size(&String::from_utf8_lossy(&bytes))
    };
    Ok(Logo {
        media_type,
        bytes: bytes.into(),
        // Where it does not tell its size, the name is shown.
        is_wide: size.is_some_and(|(width, height)| width >= height * WIDE),
    })
}

/// Returns width and height of a PNG, from its first chunk (PNG, section 11.2.1).
fn png_size(bytes: &[u8]) -> Option<(f64, f64)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR")?;
    let number = |at: usize| -> Option<f64> {
        let bytes: [u8; 4] = header.get(at..at + 4)?.try_into().ok()?;
        Some(f64::from(u32::from_be_bytes(bytes)))
    };
    positive(number(0)?, number(4)?)
}

/// Returns width and height of an SVG, from the attributes of its root element.
fn svg_size(text: &str) -> Option<(f64, f64)> {
    let root = text.split_once("<svg")?.1.split('>').next()?;
    let attribute = |name: &str| {
        let (_, value) = root.split_once(&[" ", name, "="].concat())?;
        let quote = value.chars().next().filter(|sign| "\"'".contains(*sign))?;
        value[1..].split(quote).next()
    };
    let number = |text: &str| text.trim_end_matches("px").trim().parse::<f64>().ok();
    let by_view_box = || {
        let numbers = attribute("viewBox")?.split([' ', ',']);
        let numbers: Vec<f64> = numbers.filter_map(number).collect();
        positive(*numbers.get(2)?, *numbers.get(3)?)
    };
    let by_size = || positive(number(attribute("width")?)?, number(attribute("height")?)?);
    by_view_box().or_else(by_size)
}

fn positive(width: f64, height: f64) -> Option<(f64, f64)> {
    (width > 0.0 && height > 0.0).then_some((width, height))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    #[test]
    fn the_proportions_of_a_picture_are_read_from_its_file() {
        assert_eq!(png_size(&png(180, 40)), Some((180.0, 40.0)));
        for text in [
            "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 180 40'/>",
            "<?xml version=\"1.0\"?>\n<svg\n viewBox=\"0,0,180,40\"></svg>",
            "<svg width=\"180px\" height=\"40\"></svg>",
            "<svg width=\"100%\" height=\"100%\" viewBox=\"10 10 180 40\"></svg>",
        ] {
            assert_eq!(svg_size(text), Some((180.0, 40.0)), "{text}");
        }
    }

    #[test]
    fn what_is_no_picture_has_no_proportions() {
        for bytes in [
            &b""[..],
            b"GIF89a",
            b"\x89PNG\r\n\x1a\n",
            &png(0, 1),
            &png(1, 0),
        ] {
            assert_eq!(png_size(bytes), None);
        }
        for text in [
            "",
            "<html>",
            "<svg>",
            "<svg viewBox=\"0 0 1\">",
            "<svg viewBox=\"0 0 a b\">",
            "<svg viewBox=>",
            "<svg width=\"100%\" height=\"1\">",
            "<svg viewBox=\"0 0 0 1\">",
        ] {
            assert_eq!(svg_size(text), None, "{text}");
        }
    }

    #[test]
    fn a_language_has_its_own_logo_or_that_of_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        file("mark.png", &png(40, 40));
        file("word.svg", b"<svg viewBox='0 0 180 40'/>");
        let own = BTreeMap::from([("cs".to_owned(), "word.svg".into())]);
        let logos = read(folder.path(), Some(&"mark.png".into()), &own).unwrap();
        assert_eq!(logos.len(), Language::ALL.len());
        assert!(!logos[&Language::En].is_wide);
        assert!(logos[&Language::Cs].is_wide);
        assert_eq!(logos[&Language::Cs].media_type, "image/svg+xml");
        let address = &shown(&logos, "contoso")[&Language::Cs].address;
        assert_eq!(address, "/contoso/logo?lang=cs");

        let only_one = read(folder.path(), None, &own).unwrap();
        assert_eq!(only_one.keys().collect::<Vec<_>>(), [&Language::Cs]);

        let unknown = BTreeMap::from([("de".to_owned(), "word.svg".into())]);
        let error = read(folder.path(), None, &unknown).unwrap_err();
        assert!(error.starts_with("logos: expected one of the languages en, "));
        assert!(error.ends_with(", found \"de\""));
        let missing = BTreeMap::from([("cs".to_owned(), "none.svg".into())]);
        assert!(
            read(folder.path(), None, &missing)
                .unwrap_err()
                .starts_with("logos.cs: ")
        );
    }
}
