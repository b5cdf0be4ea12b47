//! The icons of the gates: drawn for Postern on a grid of 24 × 24, as lines in the tenant's colour.

use leptos::prelude::*;
use postern_protocol::GateKind;

/// Renders the icon of a gate. It says nothing that the label beside it does not say.
pub fn icon(kind: GateKind) -> AnyView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
            <path d=path(kind)></path>
        </svg>
    }
    .into_any()
}

const fn path(kind: GateKind) -> &'static str {
    match kind {
        // An envelope.
        GateKind::Mail => "M3 6h18v12H3zM3 7l9 6 9-6",
        // A speech bubble.
        GateKind::Sms => "M4 5h16v11h-9l-4 4v-4H4zM8 9h8M8 12h5",
        // A telephone receiver.
        GateKind::Voice => {
            "M5 3h4l2 5-2.5 1.5a11 11 0 0 0 6 6L16 13l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 3 5a2 2 0 0 1 2-2z"
        }
        // A phone with a code.
        GateKind::Authenticator => "M7 2h10v20H7zM10 9h4M10 12h4M11.5 18.5h1",
        // A key.
        GateKind::Passkey => {
            "M7.5 16a4 4 0 1 1 3.8-5.2H21v3h-2v2.5h-3v-2.5h-4.7A4 4 0 0 1 7.5 16zM7.5 12h.01"
        }
        // A printed list.
        GateKind::RecoveryCode => "M6 3h12v18H6zM9 8h6M9 12h6M9 16h3",
        // A headset.
        GateKind::HelpdeskPass => {
            "M4 15v-3a8 8 0 0 1 16 0v3M4 14h3v5H5a1 1 0 0 1-1-1zM20 14h-3v5h2a1 1 0 0 0 1-1zM19 19a4 4 0 0 1-4 2h-2"
        }
        // A padlock.
        GateKind::Password => "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4M12 15v2",
    }
}
