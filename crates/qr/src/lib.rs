//! Draws a text as a QR code (ISO/IEC 18004): the address from which an authenticator app imports
//! a new secret.
//!
//! The page loads it as a chunk of its own when an authenticator is added. Nothing is kept or sent.

use qrcodegen::{QrCode, QrCodeEcc};

/// A QR code, to be drawn as SVG.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// The width in modules.
    pub size: i32,
    /// The path of the dark modules, each 1 wide.
    pub path: String,
}

/// Draws a text. None if the text is too long for any code.
#[must_use]
pub fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let length = (x..size).take_while(|x| code.get_module(*x, y)).count();
            let length = i32::try_from(length).unwrap_or(size);
            if length > 0 {
                for (letter, number) in [("M", x), (" ", y), ("h", length), ("v1h-", length)] {
                    path.push_str(letter);
                    path.push_str(&number.to_string());
                }
                path.push('z');
            }
            x += length.max(1);
        }
    }
    Some(Drawing { size, path })
}
