//! A tenant's colours as CSS custom properties, prepended to the style that all pages share.

use crate::color::Color;
use aws_lc_rs::digest::{SHA256, digest};
use base64ct::{Base64, Encoding};
use postern_app::pages::Theme;

/// The media query and the property that select the theme in the shared style.
const DARK_MEDIA_QUERY: &str = "(prefers-color-scheme: dark)";
const BOTH_COLOR_SCHEMES: &str = "color-scheme: light dark";

/// A tenant's colours.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// In the light theme.
    pub light: Color,
    /// In the dark theme.
    pub dark: Color,
}

impl Style {
    pub(super) const fn new(light: Color, dark: Color) -> Self {
        Self { light, dark }
    }

    /// Returns the complete style of a page.
    pub fn css(&self, base: &str) -> String {
        let Self { light, dark } = self;
        [
            &format!(":root{{--brand:{light};--brand-dark:{dark}}}"),
            base,
        ]
        .concat()
    }
}

/// Returns a style in a fixed theme, which follows the page around the frame and not the device.
pub fn in_theme(style: &str, theme: Theme) -> String {
    let (dark, scheme) = match theme {
        Theme::Dark => ("all", "color-scheme: dark"),
        Theme::Light => ("not all", "color-scheme: light"),
    };
    style
        .replace(DARK_MEDIA_QUERY, dark)
        .replace(BOTH_COLOR_SCHEMES, scheme)
}

/// Returns the CSP hash source of a style: `sha256-…`.
pub fn style_hash(style: &str) -> String {
    let hash = digest(&SHA256, style.as_bytes());
    ["sha256-", &Base64::encode_string(hash.as_ref())].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens that `cargo xtask site` includes in the style.
    const TOKENS: &str = include_str!("../../../style/tokens.css");

    #[test]
    fn a_theme_can_be_set_on_the_style_as_it_is() {
        assert_eq!(TOKENS.matches(DARK_MEDIA_QUERY).count(), 1);
        assert_eq!(TOKENS.matches(BOTH_COLOR_SCHEMES).count(), 1);
        let dark = in_theme(TOKENS, Theme::Dark);
        assert!(dark.contains("@media all {") && dark.contains("color-scheme: dark;"));
        let light = in_theme(TOKENS, Theme::Light);
        assert!(light.contains("@media not all {") && light.contains("color-scheme: light;"));
    }
}
