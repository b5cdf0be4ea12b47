//! The frame of another site that shows a page: whose it is, and in which theme.

use std::str::FromStr;

/// A frame on a page of an origin that the tenant allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The origin of the page around it: only it is told the height.
    pub origin: String,
    /// Its theme; by none, the device's.
    pub theme: Option<Theme>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark letters on white.
    Light,
    /// Light letters on black.
    Dark,
}

/// Neither `light` nor `dark`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotATheme;

impl Frame {
    /// What links carry on, so that the next page is in the same frame.
    pub(super) fn query(&self) -> String {
        let theme = match self.theme {
            None => String::new(),
            Some(theme) => ["&theme=", theme.name()].concat(),
        };
        ["&frame=", &self.origin, &theme].concat()
    }
}

impl Theme {
    /// Its name in addresses and in CSS.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = NotATheme;

    fn from_str(name: &str) -> Result<Self, NotATheme> {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
            .ok_or(NotATheme)
    }
}
