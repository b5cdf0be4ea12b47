//! The browser's files, by the names under which they are built, found and weighed.

use postern_i18n::Language;

/// A file of the site that the portal or the page finds by its name. Chunks are no such files: their
/// names come from the splitter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asset {
    /// The page's script.
    Script,
    /// The part of the module that is loaded at once.
    Wasm,
    /// The icon.
    Icon,
    /// The script of a page in another site's frame.
    Frame,
    /// The script that frames the page.
    Embed,
    /// The script that mounts `<postern-reset>`.
    Element,
    /// The script of the sandbox page.
    Sandbox,
    /// The file that names the chunks and lists that are loaded later.
    Parts,
    /// The list of common words.
    Common,
    /// The words for passphrases in a language.
    Words(Language),
    /// The style of the later steps.
    LaterStyle,
}

impl Asset {
    /// Returns its name: up to [`Self::Sandbox`] a key of the manifest, which the portal reads
    /// (`server/src/assets.rs`); the others are named under `later`, and lists are fetched by it.
    pub fn name(self) -> String {
        let name = match self {
            Self::Script => "script",
            Self::Wasm => "wasm",
            Self::Icon => "icon",
            Self::Frame => "frame",
            Self::Embed => "embed",
            Self::Element => "element",
            Self::Sandbox => "sandbox",
            Self::Parts => "parts",
            Self::Common => "common",
            Self::Words(language) => return ["words-", language.code()].concat(),
            Self::LaterStyle => "style",
        };
        name.to_owned()
    }

    /// Returns the beginning and the ending of its file's name.
    pub fn file_name(self) -> (String, &'static str) {
        match self {
            Self::Script => ("postern".to_owned(), "js"),
            Self::Wasm => ("postern".to_owned(), "wasm"),
            Self::Icon => (self.name(), "svg"),
            Self::Frame | Self::Embed | Self::Sandbox => (self.name(), "js"),
            Self::Element => ("postern-reset".to_owned(), "js"),
            Self::Parts => (self.name(), "json"),
            Self::Common | Self::Words(_) => (self.name(), "txt"),
            Self::LaterStyle => (self.name(), "css"),
        }
    }

    /// Returns the file in every language; where it has none, the file alone.
    pub fn in_every_language(self) -> Vec<Self> {
        match self {
            Self::Words(_) => Language::ALL.map(Self::Words).to_vec(),
            other => vec![other],
        }
    }
}
