//! The work that a busy portal asks for before it takes a message (`server/src/throttle`): done
//! here by itself, in slices between which the page stays alive.

use js_sys::{Date, Promise};
use sha2::{Digest, Sha256};
use wasm_bindgen_futures::JsFuture;

/// The most work that is done, in bits: a portal cannot keep a device busy for ever.
const MAX_BITS: u32 = 20;

/// How long a slice takes, in milliseconds: a frame or two.
const SLICE: f64 = 24.0;

/// How much is done between two looks at the clock.
const BATCH: u16 = 256;

/// The proof of a challenge: something behind it, so that the SHA-256 of both begins with as many
/// zero bits as the challenge says. None where it asks for too much.
pub async fn prove(challenge: &str) -> Option<String> {
    let mut bits = 0;
    for digit in challenge.bytes().take_while(u8::is_ascii_digit) {
        bits = bits * 10 + u32::from(digit - b'0');
        if bits > MAX_BITS {
            return None;
        }
    }
    let mut slice = Date::now();
    // Sixteen times what the most work takes at the mean.
    for batch in 0..=u16::MAX {
        for step in 0..BATCH {
            let proof = [challenge, ".", &batch.to_string(), "-", &step.to_string()].concat();
            let hash = Sha256::digest(&proof);
            let first = u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]);
            if u64::from(first) >> (32 - bits) == 0 {
                return Some(proof);
            }
        }
        if Date::now() - slice > SLICE {
            pause().await;
            slice = Date::now();
        }
    }
    None
}

/// Lets the page draw and hear.
async fn pause() {
    let pause = Promise::new(&mut |resolve, _| {
        let _fires_always = leptos::prelude::window().set_timeout_with_callback(&resolve);
    });
    let _no_value = JsFuture::from(pause).await;
}
