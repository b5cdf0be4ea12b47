//! The portal: renders pages, carries sealed messages to each tenant's agent, and opens none.
//!
//! It keeps no state of any flow. What it knows of a reset: which tenant, when, how many bytes,
//! from which network.

#![deny(missing_docs)]

mod assets;
mod client;
mod color;
pub mod config;
mod connections;
mod copies;
mod cors;
mod embedding;
mod extractors;
mod files;
mod headers;
mod hosts;
pub mod limits;
mod messages;
mod pages;
mod problem;
pub mod proxies;
mod relay_socket;
mod repeated;
mod serve;
mod service;
mod support_code;
pub mod tenants;
mod throttle;

pub use assets::AssetsError;
pub use client::ClusterSecretError;
pub use messages::now;
pub use throttle::Throttling;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use config::Config;
use postern_relay::embedded::{Embedded, Timing};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
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
    connections: Arc<connections::Connections>,
    relay_connections: Arc<relay_socket::RelayConnections>,
    copies: Arc<copies::Copies>,
    not_ready: Arc<repeated::Repeated>,
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
        make_data_directory(&config.data_directory)?;
        let assets = assets::Site::load(&config.assets_directory)?;
        let passkey = Some(assets.assets.passkey.clone());
        Ok(Self {
            tenants: Arc::new(Tenants::load_with_script(&config.data_directory, passkey)?),
            relay: Arc::new(Embedded::new(Timing::default(), Arc::new(now))),
            assets: Arc::new(assets),
            clients: Arc::new(client::Networks::load(&config.cluster_secret_file())?),
            connections: connections::Connections::new(),
            relay_connections: Arc::default(),
            copies: Arc::default(),
            not_ready: Arc::default(),
            throttle: Arc::new(
                throttle::Throttle::new(config.throttle.clone()).map_err(|_| StartError::Random)?,
            ),
            config: Arc::new(config),
            stopping,
        })
    }

    /// Every address of the portal.
    fn router(self) -> Router {
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
            .route("/{tenant}/{flow}", get(pages::flow_page))
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
            .layer(from_fn_with_state(self.clone(), hosts::resolve_tenant_host))
            .layer(from_fn_with_state(self.clone(), headers::secure))
            .with_state(self)
    }
}

/// Makes the data directory where it is not there yet. Where it cannot be made, its path is most
/// likely wrong, and a portal that starts would have lost every tenant.
fn make_data_directory(directory: &Path) -> Result<(), StartError> {
    if directory.is_dir() {
        return Ok(());
    }
    let made = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o750)
        .create(directory);
    made.map_err(|cause| StartError::DataDirectory {
        directory: directory.to_owned(),
        cause,
    })?;
    tracing::warn!(directory = %directory.display(), "the data directory was not there and was made");
    Ok(())
}

/// Why the portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// There is no data directory, and none can be made.
    #[error("data_directory: {directory}: is not there and cannot be made: {cause}")]
    DataDirectory {
        /// As configured.
        directory: PathBuf,
        /// Why.
        cause: std::io::Error,
    },
    /// The secret that the portals share.
    #[error("cluster_secret_file: {0}")]
    ClusterSecret(#[from] ClusterSecretError),
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
