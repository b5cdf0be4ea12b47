//! The server's half: whole pages as HTML, readable before any script runs.

mod data;
mod document;
mod down;
mod flow;
mod frame;
mod help;
mod not_found;
mod sandbox;

pub use data::{card_footer, first_words, words};
pub use document::{Asset, Assets, Document};
pub use down::{down, not_entitled};
pub use flow::{FlowPage, page as flow};
pub use frame::{Frame, NotATheme, Theme};
pub use help::help;
pub use not_found::{NotFound, not_found};
pub use sandbox::{Sandbox, SandboxAccount, SandboxMail, sandbox};

use crate::words::Value;
use leptos::prelude::*;
use postern_i18n::{Language, OwnWords, Words};
use std::sync::Arc;

/// A tenant as its pages show it.
#[derive(Clone, Debug, Default)]
pub struct Tenant {
    /// Its name in addresses.
    pub id: String,
    /// The organisation's name.
    pub name: String,
    /// Where help is to be had.
    pub helpdesk: Option<Helpdesk>,
    /// The address of its logo, if it has one.
    pub logo: Option<String>,
    /// The texts that it has in words of its own.
    pub words: OwnWords,
    /// How cloud services know its passwords, if any do.
    pub cloud: Option<Cloud>,
}

/// How cloud services know the passwords of a tenant. All of them take what its directory takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// They have a copy of the hashes, two minutes behind (password hash synchronisation).
    Synchronised,
    /// They ask the directory (pass-through authentication).
    PassThrough,
    /// They are told by a service that asks it (federation).
    Federated,
}

impl Cloud {
    /// By its name in a tenant's file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "synchronised" => Some(Self::Synchronised),
            "pass_through" => Some(Self::PassThrough),
            "federated" => Some(Self::Federated),
            _ => None,
        }
    }

    /// The Fluent key of when they take a new password.
    const fn key(self) -> &'static str {
        match self {
            Self::Synchronised => "done-synchronised",
            Self::PassThrough | Self::Federated => "done-at-once",
        }
    }
}

/// Where help is to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Helpdesk {
    /// A mail address.
    Mail(String),
    /// An `https://` link.
    Link(String),
}

/// What every page knows while it is rendered.
#[derive(Clone, Debug)]
pub struct Page {
    /// Whose page it is; none where the address belongs to nobody.
    pub tenant: Option<Arc<Tenant>>,
    /// Its language.
    pub language: Language,
    /// Its path, for the links to the other languages.
    pub path: String,
    /// The frame that shows it, if one does.
    pub frame: Option<Frame>,
}

impl Tenant {
    /// How the way to its helpdesk is written; empty where there is none.
    fn helpdesk_label(&self) -> &str {
        self.helpdesk.as_ref().map_or("", Helpdesk::label)
    }
}

impl Helpdesk {
    /// The key of what a link to it says.
    const fn key(&self) -> &'static str {
        match self {
            Self::Mail(_) => "helpdesk-mail",
            Self::Link(_) => "helpdesk-link",
        }
    }

    /// What a link to it points to.
    fn href(&self) -> String {
        match self {
            Self::Mail(address) => ["mailto:", address].concat(),
            Self::Link(link) => link.clone(),
        }
    }

    /// How it is written.
    fn label(&self) -> &str {
        match self {
            Self::Mail(address) => address,
            Self::Link(link) => link.trim_start_matches("https://"),
        }
    }
}

/// Renders a page under its own reactive owner: nothing is shared between requests.
fn render<V: IntoView>(page: Page, view: impl FnOnce() -> V) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        provide_context(page);
        view().into_view().to_html()
    });
    owner.unset_with_forced_cleanup();
    html
}

/// The page that is being rendered.
fn page() -> Page {
    use_context().unwrap_or_else(|| Page {
        tenant: None,
        language: Language::En,
        path: String::from("/"),
        frame: None,
    })
}

/// A Fluent text in the page's language. The tenant's name and its helpdesk are always known.
pub(crate) fn text(key: &str, arguments: &[(&'static str, Value)]) -> String {
    let page = page();
    let (tenant, helpdesk) = page.names();
    let mut values = vec![
        ("tenant", postern_i18n::Value::Text(&tenant)),
        ("helpdesk", postern_i18n::Value::Text(&helpdesk)),
    ];
    values.extend(arguments.iter().filter_map(|(name, value)| match value {
        Value::Text(text) => Some((*name, postern_i18n::Value::Text(text))),
        Value::Count(count) => Some((*name, postern_i18n::Value::Count(u64::from(*count)))),
        // Moments are shown in the person's own time zone, which only the browser knows.
        Value::Moment(_) | Value::Clock(_) => None,
    }));
    page.words().isolated(key, &values)
}

impl Page {
    /// The words of its language, some of them the tenant's own.
    fn words(&self) -> &Words {
        match &self.tenant {
            Some(tenant) => tenant.words.of(self.language),
            None => Words::of(self.language),
        }
    }

    /// The address of this portal's page at `path`, in a language and in the same frame.
    fn link(&self, path: &str, language: Language) -> String {
        let frame = self.frame.as_ref().map_or_else(String::new, Frame::query);
        [path, "?lang=", language.code(), &frame].concat()
    }

    /// Where links to other sites open: not inside a frame.
    fn outside(&self) -> Option<&'static str> {
        self.frame.as_ref().map(|_| "_blank")
    }

    /// The tenant's name and its helpdesk, as texts.
    fn names(&self) -> (String, String) {
        self.tenant
            .as_ref()
            .map_or_else(Default::default, |tenant| {
                (tenant.name.clone(), tenant.helpdesk_label().to_owned())
            })
    }
}
