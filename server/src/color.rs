//! A tenant's colour: parsing, the check of its contrast (WCAG 2.2, 1.4.6), and its dark variant.
//!
//! It is a text colour on cards (links, buttons), and the background of text on the main button.

use std::fmt;

/// The lowest contrast ratio of text.
const MINIMUM_CONTRAST: f64 = 7.0;

/// The card of the dark theme, `--surface` in `style/tokens.css`. The text of the main button is
/// even darker there.
const DARK_SURFACE: Color = Color([0x1c, 0x20, 0x27]);

/// The card of the light theme, and the text on the main button.
const WHITE: Color = Color([0xff; 3]);

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color([u8; 3]);

/// The reason for which a colour is rejected.
#[derive(Debug, thiserror::Error)]
pub enum ColorError {
    /// The text is not `#rrggbb`.
    #[error("expected a colour as #rrggbb, found {0:?}")]
    Form(String),
    /// White text on it would not be readable.
    #[error(
        "expected a contrast of at least 7:1, found {ratio:.1}:1 for white on {color}; choose a \
         darker colour"
    )]
    TooLight {
        /// The colour.
        color: Color,
        /// Its contrast ratio with white.
        ratio: f64,
    },
    /// It would not be readable on the dark theme's card.
    #[error(
        "expected a contrast of at least 7:1, found {ratio:.1}:1 for {color} on the dark theme's \
         {DARK_SURFACE}; choose a lighter colour"
    )]
    TooDark {
        /// The colour.
        color: Color,
        /// Its contrast ratio with the card.
        ratio: f64,
    },
}

impl Color {
    /// A blue with 7.1:1 on white.
    pub const DEFAULT: Self = Self([0x0a, 0x58, 0xa6]);

    /// Parses a colour of the light theme, `#rrggbb`.
    pub fn light(text: &str) -> Result<Self, ColorError> {
        let color = Self::parse(text)?;
        let ratio = contrast(color, WHITE);
        if ratio < MINIMUM_CONTRAST {
            return Err(ColorError::TooLight { color, ratio });
        }
        Ok(color)
    }

    /// Parses a colour of the dark theme, `#rrggbb`.
    pub fn dark(text: &str) -> Result<Self, ColorError> {
        let color = Self::parse(text)?;
        let ratio = contrast(color, DARK_SURFACE);
        if ratio < MINIMUM_CONTRAST {
            return Err(ColorError::TooDark { color, ratio });
        }
        Ok(color)
    }

    /// Returns the colour, lightened until it is readable on the dark theme's card.
    pub fn for_dark(self) -> Self {
        (0..=20)
            .map(|step| self.towards_white(f64::from(step) / 20.0))
            .find(|color| contrast(*color, DARK_SURFACE) >= MINIMUM_CONTRAST)
            .unwrap_or(WHITE)
    }

    fn parse(text: &str) -> Result<Self, ColorError> {
        let form_error = || ColorError::Form(text.to_owned());
        let digits = text.strip_prefix('#').ok_or_else(form_error)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(form_error());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| form_error())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }

    fn towards_white(self, share: f64) -> Self {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mix of two bytes is a byte"
        )]
        let mix = |byte: u8| (f64::from(byte) + (255.0 - f64::from(byte)) * share).round() as u8;
        Self(self.0.map(mix))
    }

    /// Returns the relative luminance (WCAG 2.2).
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|byte| {
            let channel = f64::from(byte) / 255.0;
            if channel <= 0.04045 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// Returns the contrast ratio of two colours, 1 to 21.
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKENS: &str = include_str!("../../style/tokens.css");

    #[test]
    fn a_colour_without_contrast_is_refused_with_its_ratio() {
        let error = Color::light("#ffcc00").unwrap_err().to_string();
        assert!(error.contains("1.5:1"), "{error}");
        // Sufficient for AA, but not for AAA.
        let error = Color::light("#0b5cad").unwrap_err().to_string();
        assert!(error.contains("6.7:1"), "{error}");
        let error = Color::dark("#7a2048").unwrap_err().to_string();
        assert!(
            error.contains("1.7:1") && error.contains("#1c2027"),
            "{error}"
        );
        for wrong in ["", "blue", "#12345", "#12345g", "#é1234"] {
            assert!(matches!(Color::light(wrong), Err(ColorError::Form(_))));
            assert!(matches!(Color::dark(wrong), Err(ColorError::Form(_))));
        }
    }

    #[test]
    fn every_allowed_colour_can_be_read_in_the_dark() {
        let default = Color::DEFAULT.to_string();
        for text in ["#000000", &default, "#8a1538", "#006400", "#7a2048"] {
            let color = Color::light(text).unwrap().for_dark();
            assert_eq!(Color::dark(&color.to_string()).unwrap(), color, "{text}");
        }
    }

    /// Returns a colour of `style/tokens.css`, in the light or the dark theme.
    fn token(name: &str, dark: bool) -> Color {
        let (light_theme, dark_theme) = TOKENS.split_once("@media").unwrap();
        let theme = if dark { dark_theme } else { light_theme };
        let start = ["--", name, ": "].concat();
        let value = theme.split_once(&start).unwrap().1;
        let value = value.split_once(';').unwrap().0;
        let value = if value == "#fff" { "#ffffff" } else { value };
        Color::parse(value).unwrap()
    }

    #[test]
    fn every_text_of_the_style_has_seven_to_one() {
        assert_eq!(token("surface", false), WHITE);
        assert_eq!(token("on-accent", false), WHITE);
        assert_eq!(token("surface", true), DARK_SURFACE);
        let grounds = ["ground", "surface", "bad-ground", "notice-ground"];
        for dark in [false, true] {
            for text in ["text", "quiet", "bad", "good"] {
                for ground in grounds {
                    let ratio = contrast(token(text, dark), token(ground, dark));
                    assert!(ratio >= 7.0, "{text} on {ground}, dark: {dark}: {ratio:.2}");
                }
            }
            // Edges of fields and buttons (WCAG 2.2, 1.4.11).
            for ground in grounds {
                let ratio = contrast(token("edge", dark), token(ground, dark));
                assert!(ratio >= 3.0, "edge on {ground}, dark: {dark}: {ratio:.2}");
            }
        }
        let button = contrast(Color::DEFAULT.for_dark(), token("on-accent", true));
        assert!(button >= 7.0, "the main button in the dark: {button:.2}");
        let darkest = token("on-accent", true);
        assert!(contrast(darkest, WHITE) >= contrast(DARK_SURFACE, WHITE));
    }
}
