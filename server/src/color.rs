//! A tenant's colour: parsed, checked for contrast (WCAG 2.2, 1.4.3), and fitted to the dark theme.

use std::fmt;
use std::str::FromStr;

/// What text on a colour must at least have.
const MINIMUM_CONTRAST: f64 = 4.5;

/// The card of the dark theme, `--surface` in `style/tokens.css`.
const DARK_SURFACE: Color = Color([0x1c, 0x20, 0x27]);

const WHITE: Color = Color([0xff; 3]);

/// An sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color([u8; 3]);

/// Why a colour is not used.
#[derive(Debug, thiserror::Error)]
pub enum ColorError {
    /// Not `#rrggbb`.
    #[error("{0:?} is not a colour: write #rrggbb")]
    Form(String),
    /// White text on it could not be read.
    #[error("white on {color} has a contrast of {ratio:.1}:1, needed is 4.5:1; take a darker one")]
    Contrast {
        /// The colour.
        color: Color,
        /// Its contrast with white.
        ratio: f64,
    },
}

impl Color {
    /// A calm blue: 6.9:1 on white.
    pub const DEFAULT: Self = Self([0x0b, 0x5c, 0xad]);

    /// The colour made lighter, until it can be read on the dark theme's card.
    pub fn for_dark(self) -> Self {
        (0..=20)
            .map(|step| self.towards_white(f64::from(step) / 20.0))
            .find(|color| contrast(*color, DARK_SURFACE) >= 7.0)
            .unwrap_or(WHITE)
    }

    fn towards_white(self, share: f64) -> Self {
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a mix of two bytes is a byte"
        )]
        let mix = |byte: u8| (f64::from(byte) + (255.0 - f64::from(byte)) * share).round() as u8;
        Self(self.0.map(mix))
    }

    /// Relative luminance (WCAG 2.2).
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

impl FromStr for Color {
    type Err = ColorError;

    fn from_str(text: &str) -> Result<Self, ColorError> {
        let form = || ColorError::Form(text.to_owned());
        let digits = text.strip_prefix('#').ok_or_else(form)?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Err(form());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| form())?;
        let [_, red, green, blue] = number.to_be_bytes();
        let color = Self([red, green, blue]);
        let ratio = contrast(color, WHITE);
        if ratio < MINIMUM_CONTRAST {
            return Err(ColorError::Contrast { color, ratio });
        }
        Ok(color)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// The contrast ratio of two colours, 1 to 21.
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pale_colour_is_refused_with_its_ratio() {
        let error = "#ffcc00".parse::<Color>().unwrap_err().to_string();
        assert!(error.contains("1.5:1"), "{error}");
        for wrong in ["", "blue", "#12345", "#12345g", "#é1234"] {
            assert!(matches!(wrong.parse::<Color>(), Err(ColorError::Form(_))));
        }
    }

    #[test]
    fn every_allowed_colour_can_be_read_in_the_dark() {
        for text in ["#000000", "#0b5cad", "#8a1538", "#006400"] {
            let color: Color = text.parse().unwrap();
            assert!(contrast(color.for_dark(), DARK_SURFACE) >= 7.0, "{text}");
        }
    }
}
