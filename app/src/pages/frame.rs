//! The frame of another site that shows a page: the site's origin and the theme.

use std::str::FromStr;

/// A frame on a page of an origin that the tenant allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The origin of the page around it, the only one that the frame's height is sent to.
    pub origin: String,
    /// Its theme; none for the device's.
    pub theme: Option<Theme>,
}

/// A colour theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark text on a light background.
    Light,
    /// Light text on a dark background.
    Dark,
}

/// The error for a theme other than `light` and `dark`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTheme;

impl Frame {
    /// Returns the query parameters that keep the next page in the same frame.
    pub(super) fn query(&self) -> String {
        let theme = match self.theme {
            None => String::new(),
            Some(theme) => ["&theme=", theme.name()].concat(),
        };
        ["&frame=", &self.origin, &theme].concat()
    }
}

impl Theme {
    /// Returns its name in addresses and in CSS.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl FromStr for Theme {
    type Err = UnknownTheme;

    fn from_str(name: &str) -> Result<Self, UnknownTheme> {
        [Self::Light, Self::Dark]
            .into_iter()
            .find(|theme| theme.name() == name)
            .ok_or(UnknownTheme)
    }
}
