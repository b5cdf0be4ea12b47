//! The portal: renders pages, carries sealed messages to each tenant's agent, and opens none.
//!
//! It keeps no state of any flow. What it knows of a reset: which tenant, when, how many bytes,
//! from which network.

#![deny(missing_docs)]

mod asked;
mod assets;
mod client;
mod color;
pub mod config;
mod cors;
mod embedding;
mod headers;
mod hosts;
mod messages;
mod pages;
mod problem;
mod relay_socket;
mod service;
mod support_code;
pub mod tenants;
mod throttle;

pub use assets::AssetsError;
pub use messages::now;
pub use throttle::Throttling;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use config::Config;
use postern_relay::embedded::{Embedded, Timing};
use std::sync::Arc;
use tenants::Tenants;
use tokio::sync::watch;
use tower_http::compression::CompressionLayer;

/// What every handler shares.
#[derive(Clone)]
pub struct Portal {
    config: Arc<Config>,
    tenants: Arc<Tenants>,
    relay: Arc<Embedded>,
    assets: Arc<assets::Site>,
    clients: Arc<client::Networks>,
    throttle: Arc<throttle::Throttle>,
    /// Becomes true when the portal stops: agents are let go, so that they look for another.
    stopping: watch::Receiver<bool>,
}

impl Portal {
    /// A portal for the tenants of a configuration.
    ///
    /// # Errors
    /// [`StartError`] names the file and what is wrong with it.
    pub fn new(config: Config, stopping: watch::Receiver<bool>) -> Result<Self, StartError> {
        let assets = assets::Site::load(&config.assets_directory)?;
        let passkey = Some(assets.assets.passkey.clone());
        Ok(Self {
            tenants: Arc::new(Tenants::with_passkeys(&config.data_directory, passkey)?),
            relay: Arc::new(Embedded::new(Timing::default(), Arc::new(now))),
            assets: Arc::new(assets),
            clients: Arc::new(client::Networks::new().map_err(|_| StartError::Random)?),
            throttle: Arc::new(
                throttle::Throttle::new(config.throttle.clone()).map_err(|_| StartError::Random)?,
            ),
            config: Arc::new(config),
            stopping,
        })
    }

    /// Every address of the portal.
    pub fn router(self) -> Router {
        let assets = Router::new()
            .nest_service("/assets", self.assets.service())
            .layer(from_fn_with_state(self.clone(), cors::of_any));
        // What `<postern-reset>` asks for from the pages of others.
        let shared = Router::new()
            .route("/{tenant}/words/{name}", get(pages::words))
            .route("/api/{tenant}/messages", post(messages::post))
            .route("/api/{tenant}/keys", get(service::keys))
            .route("/api/{tenant}/page", get(embedding::page))
            .layer(from_fn_with_state(self.clone(), cors::of_tenant));
        Router::new()
            .merge(shared)
            .route("/{tenant}", get(pages::add_slash))
            .route("/{tenant}/", get(pages::reset))
            .route("/{tenant}/{errand}", get(pages::errand))
            .route("/{tenant}/help", get(pages::help))
            .route("/{tenant}/sandbox", get(pages::sandbox))
            .route("/{tenant}/logo", get(pages::logo))
            .route("/api/{tenant}/status", get(service::status))
            .route("/embed.js", get(embedding::embed))
            .route("/postern-reset.js", get(embedding::element))
            .route("/healthz", get(service::healthy))
            .route("/readyz", get(service::ready))
            .fallback(pages::not_found)
            .layer(CompressionLayer::new())
            .route("/relay/{tenant}", get(relay_socket::connect))
            .merge(assets)
            .layer(from_fn_with_state(self.clone(), hosts::note))
            .layer(from_fn_with_state(self.clone(), headers::secure))
            .with_state(self)
    }
}

/// Why the portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The tenants' files.
    #[error(transparent)]
    Tenants(#[from] tenants::TenantError),
    /// The browser's files.
    #[error(transparent)]
    Assets(#[from] AssetsError),
    /// The system gave no randomness.
    #[error("the system gave no randomness")]
    Random,
}
