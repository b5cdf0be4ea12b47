//! A new authenticator: its address as a QR code, which is drawn by a chunk of its own, and its key to
//! be typed where nothing can be scanned.

use super::super::chunk::NotLoaded;
use super::recovery::copy_button;
use crate::words::t;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use postern_envelope::Secret;
use postern_qr::Drawing;
use wasm_bindgen_futures::spawn_local;

/// The white margin around a QR code, in its modules (ISO/IEC 18004).
const MARGIN: i32 = 4;

/// Renders the address of a new authenticator.
pub fn authenticator(address: &Secret) -> AnyView {
    let address = address.expose_str().unwrap_or_default().to_owned();
    let key = key(&address).to_owned();
    let groups: Vec<_> = key
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect();
    let groups = groups.join(" ");
    let drawing = RwSignal::new(None);
    let draws = draw(address.clone());
    spawn_local(async move {
        let drawn = draws.await.ok().flatten();
        let _left_meanwhile = drawing.try_set(Some(drawn));
    });
    let picture = move || match drawing.get() {
        None => ().into_any(),
        Some(Some(drawing)) => svg(drawing),
        Some(None) => view! { <p>{t("methods-authenticator-no-picture")}</p> }.into_any(),
    };
    view! {
        <p>{t("methods-authenticator-lead")}</p>
        <div class="qr">{picture}</div>
        <p><a href=address>{t("methods-authenticator-open")}</a></p>
        <p>{t("methods-authenticator-key")}</p>
        <output id="kept" class="kept">{groups}</output>
        {copy_button(key)}
    }
    .into_any()
}

/// Returns the secret of an `otpauth:` address.
fn key(address: &str) -> &str {
    let (_, query) = address.split_once('?').unwrap_or_default();
    let secret = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("secret="));
    secret.unwrap_or_default()
}

#[wasm_split(qr, fallible, wasm_split_path = leptos::wasm_split)]
fn draw(address: String) -> Result<Option<Drawing>, NotLoaded> {
    Ok(postern_qr::draw(&address))
}

/// Renders a code black on white in every theme: many apps read nothing else.
fn svg(Drawing { size, path }: Drawing) -> AnyView {
    let width = (size + 2 * MARGIN).to_string();
    let corner = (-MARGIN).to_string();
    let view_box = [&*corner, &*corner, &*width, &*width].join(" ");
    let (x, y, height) = (corner.clone(), corner, width.clone());
    view! {
        <svg viewBox=view_box role="img" aria-label=t("methods-authenticator-picture")>
            <rect x=x y=y width=width height=height fill="#fff"></rect>
            <path d=path></path>
        </svg>
    }
    .into_any()
}
