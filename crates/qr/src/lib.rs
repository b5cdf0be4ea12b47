//! Draws a text as a QR code (ISO/IEC 18004): the address by which an authenticator app takes a
//! new secret over.
//!
//! A WASM module of its own, which the page loads with the script that shows methods
//! (`app/methods.js`). Nothing is kept or sent.

use postern_envelope::Secret;
use qrcodegen::{QrCode, QrCodeEcc};
use wasm_bindgen::prelude::*;

/// The code of a text: how many squares wide it is, a space, and the path of its dark squares,
/// each 1 wide (SVG). None if the text is too long for any code.
#[wasm_bindgen]
#[must_use]
pub fn qr(text: String) -> Option<String> {
    let text = Secret::new(text.into_bytes());
    let code = QrCode::encode_text(text.expose_str()?, QrCodeEcc::Medium).ok()?;
    let size = code.size();
    let mut path = size.to_string();
    path.push(' ');
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
    Some(path)
}
