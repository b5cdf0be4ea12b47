//! The Fluent files, compiled in.

/// A file of texts: `locales/<language>/<name>.ftl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum File {
    /// The reset page from its second step on; sent to the browser.
    App,
    /// The first step of the reset page; part of the page itself.
    First,
    /// The scripts that other sites load; the same for every tenant.
    Embed,
    /// The help page.
    Help,
    /// The mails.
    Mail,
    /// The pages that the server renders.
    Page,
    /// Text messages and calls.
    Phone,
    /// Advice on choosing a good password; sent to the browser.
    Quality,
    /// Reasons and problems, with what to do about them; sent to the browser.
    Reasons,
    /// The sandbox page.
    Sandbox,
}

impl File {
    /// Every file.
    pub const ALL: [Self; 10] = [
        Self::App,
        Self::First,
        Self::Embed,
        Self::Help,
        Self::Mail,
        Self::Page,
        Self::Phone,
        Self::Quality,
        Self::Reasons,
        Self::Sandbox,
    ];

    /// The files of the portal, whose texts a tenant can replace.
    pub const OF_PORTAL: [Self; 7] = [
        Self::App,
        Self::First,
        Self::Help,
        Self::Page,
        Self::Quality,
        Self::Reasons,
        Self::Sandbox,
    ];

    /// The files of the agent.
    pub const OF_AGENT: [Self; 2] = [Self::Mail, Self::Phone];

    /// Returns the file's name without `.ftl`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::First => "first",
            Self::Embed => "embed",
            Self::Help => "help",
            Self::Mail => "mail",
            Self::Page => "page",
            Self::Phone => "phone",
            Self::Quality => "quality",
            Self::Reasons => "reasons",
            Self::Sandbox => "sandbox",
        }
    }
}

/// Gives the source of one file in the folder of one language.
macro_rules! source_of {
    ($folder:literal, $file:expr) => {
        match $file {
            File::App => include_str!(concat!("../../../locales/", $folder, "/app.ftl")),
            File::First => include_str!(concat!("../../../locales/", $folder, "/first.ftl")),
            File::Embed => include_str!(concat!("../../../locales/", $folder, "/embed.ftl")),
            File::Help => include_str!(concat!("../../../locales/", $folder, "/help.ftl")),
            File::Mail => include_str!(concat!("../../../locales/", $folder, "/mail.ftl")),
            File::Page => include_str!(concat!("../../../locales/", $folder, "/page.ftl")),
            File::Phone => include_str!(concat!("../../../locales/", $folder, "/phone.ftl")),
            File::Quality => include_str!(concat!("../../../locales/", $folder, "/quality.ftl")),
            File::Reasons => include_str!(concat!("../../../locales/", $folder, "/reasons.ftl")),
            File::Sandbox => include_str!(concat!("../../../locales/", $folder, "/sandbox.ftl")),
        }
    };
}
pub(crate) use source_of;
