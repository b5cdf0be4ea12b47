//! The proof of work that a busy portal asks for before it takes a message
//! (`server/src/throttle`), computed in slices between which the page stays responsive.

use js_sys::{Date, Promise};
use sha2::{Digest, Sha256};
use wasm_bindgen_futures::JsFuture;

/// The most work that is done, in bits, so that a portal cannot keep a device busy forever.
const MAX_BITS: u32 = 20;

/// The duration of a slice, in milliseconds: one or two frames.
const SLICE_MILLISECONDS: f64 = 24.0;

/// The number of hashes between two readings of the clock.
const BATCH_SIZE: u16 = 256;

/// Returns the proof of a challenge: the challenge with a suffix, so that the SHA-256 of both
/// begins with as many zero bits as the challenge states. None above [`MAX_BITS`].
pub async fn prove(challenge: &str) -> Option<String> {
    let mut bits = 0;
    for digit in challenge.bytes().take_while(u8::is_ascii_digit) {
        bits = bits * 10 + u32::from(digit - b'0');
        if bits > MAX_BITS {
            return None;
        }
    }
    let mut slice = Date::now();
    // Sixteen times the mean number of hashes that `MAX_BITS` takes.
    for batch in 0..=u16::MAX {
        for step in 0..BATCH_SIZE {
            let proof = [challenge, ".", &batch.to_string(), "-", &step.to_string()].concat();
            let hash = Sha256::digest(&proof);
            let first = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
            if u64::from(first) >> (32 - bits) == 0 {
                return Some(proof);
            }
        }
        if Date::now() - slice > SLICE_MILLISECONDS {
            yield_to_browser().await;
            slice = Date::now();
        }
    }
    None
}

/// Lets the browser draw and handle events.
async fn yield_to_browser() {
    let timeout = Promise::new(&mut |resolve, _| {
        let _fires_always = leptos::prelude::window().set_timeout_with_callback(&resolve);
    });
    let _no_value = JsFuture::from(timeout).await;
}
