//! The server's half: complete pages as HTML, readable before any script runs.

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
pub use flow::{FlowPage, SandboxStart, page as flow};
pub use frame::{Frame, Theme, UnknownTheme};
pub use help::help;
pub use not_found::{NotFound, not_found};
pub use sandbox::{Sandbox, SandboxAccount, SandboxAnswer, SandboxCode, SandboxMail, sandbox};

use crate::words::Value;
use leptos::prelude::*;
use postern_i18n::{Language, OwnWords, Words};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The data of a tenant that its pages show.
#[derive(Clone, Debug, Default)]
pub struct Tenant {
    /// Its name in addresses.
    pub id: String,
    /// The organisation's name.
    pub name: String,
    /// The contact of its helpdesk, if it has one.
    pub helpdesk: Option<Helpdesk>,
    /// Its logo in each language that has one.
    pub logos: BTreeMap<Language, Logo>,
    /// The address at which its users sign in, if it has named one.
    pub sign_in_link: Option<String>,
    /// The texts, some of which the tenant has overridden.
    pub words: OwnWords,
    /// The way in which cloud services authenticate its users, if any do.
    pub cloud: Option<Cloud>,
}

/// A tenant's logo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its address.
    pub address: String,
    /// It is a wordmark: the organisation's name is not repeated beside it.
    pub is_wide: bool,
}

/// The way in which cloud services check the passwords of a tenant. All of them accept the
/// passwords that its directory accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cloud {
    /// They have a copy of the hashes, two minutes behind (password hash synchronisation).
    Synchronised,
    /// They ask the directory (pass-through authentication).
    PassThrough,
    /// They trust a service that asks the directory (federation).
    Federated,
}

impl Cloud {
    /// Returns the variant with this name in a tenant's file.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "synchronised" => Some(Self::Synchronised),
            "pass_through" => Some(Self::PassThrough),
            "federated" => Some(Self::Federated),
            _ => None,
        }
    }

    /// Returns the Fluent key of the sentence on when they accept a new password.
    const fn key(self) -> &'static str {
        match self {
            Self::Synchronised => "done-synchronised",
            Self::PassThrough | Self::Federated => "done-at-once",
        }
    }
}

/// The contact of a helpdesk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Helpdesk {
    /// A mail address.
    Mail(String),
    /// An `https://` link.
    Link(String),
}

/// The context of a page while it is rendered.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its tenant; none where the address belongs to no tenant.
    pub tenant: Option<Arc<Tenant>>,
    /// Its language.
    pub language: Language,
    /// Its path, for the links to the other languages.
    pub path: String,
    /// The frame that shows it, if one does.
    pub frame: Option<Frame>,
}

impl Tenant {
    /// Returns the address of its helpdesk as it is shown; empty where there is none.
    fn helpdesk_label(&self) -> &str {
        self.helpdesk.as_ref().map_or("", Helpdesk::label)
    }
}

impl Helpdesk {
    /// Returns the Fluent key of the text of a link to it.
    const fn key(&self) -> &'static str {
        match self {
            Self::Mail(_) => "helpdesk-mail",
            Self::Link(_) => "helpdesk-link",
        }
    }

    /// Returns the target of a link to it.
    fn href(&self) -> String {
        match self {
            Self::Mail(address) => ["mailto:", address].concat(),
            Self::Link(link) => link.clone(),
        }
    }

    /// Returns its address as it is shown.
    fn label(&self) -> &str {
        match self {
            Self::Mail(address) => address,
            Self::Link(link) => link.trim_start_matches("https://"),
        }
    }
}

/// Renders a text with its values in `<bdi>` instead of between the marks U+2068 and U+2069, which
/// would be copied with an address.
fn with_isolated(text: &str) -> Vec<AnyView> {
    let parts = text.split_inclusive(['\u{2068}', '\u{2069}']);
    parts
        .map(|part| match part.strip_suffix('\u{2069}') {
            Some(value) => view! { <bdi>{value.to_owned()}</bdi> }.into_any(),
            None => part.trim_end_matches('\u{2068}').to_owned().into_any(),
        })
        .collect()
}

/// Renders a page under its own reactive owner: nothing is shared between requests.
fn render<V: IntoView>(page: Page, view: impl FnOnce() -> V) -> String {
    crate::words::install(text);
    let owner = Owner::new_root(None);
    let html = owner.with(|| {
        provide_context(page);
        view().into_view().to_html()
    });
    owner.unset_with_forced_cleanup();
    html
}

/// Returns the page that is being rendered.
fn page() -> Page {
    use_context().unwrap_or_else(|| Page {
        tenant: None,
        language: Language::En,
        path: String::from("/"),
        frame: None,
    })
}

/// Returns a Fluent text in the page's language. The tenant's name and its helpdesk are always
/// among the arguments.
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
        // Times are shown in the user's time zone, which only the browser knows.
        Value::Moment(_) | Value::Clock(_) => None,
    }));
    page.words().isolated(key, &values)
}

impl Page {
    /// Returns the texts of its language, some of them overridden by the tenant.
    fn words(&self) -> &Words {
        match &self.tenant {
            Some(tenant) => tenant.words.of(self.language),
            None => Words::of(self.language),
        }
    }

    /// Returns the address of this portal's page at `path`, in a language and in the same frame.
    fn link(&self, path: &str, language: Language) -> String {
        let frame = self.frame.as_ref().map_or_else(String::new, Frame::query);
        [path, "?lang=", language.code(), &frame].concat()
    }

    /// Returns the `target` of links to other sites, which must not open inside a frame.
    fn link_target(&self) -> Option<&'static str> {
        self.frame.as_ref().map(|_| "_blank")
    }

    /// Returns the tenant's name and its helpdesk's address, as texts.
    fn names(&self) -> (String, String) {
        self.tenant
            .as_ref()
            .map_or_else(Default::default, |tenant| {
                (tenant.name.clone(), tenant.helpdesk_label().to_owned())
            })
    }
}
