//! The portal: renders pages and carries sealed messages to each tenant's agent, without opening
//! them.
//!
//! It keeps no state of any flow. Of a reset it knows the tenant, the time, the number of bytes and
//! the network of the client.

#![deny(missing_docs)]

mod assets;
mod client;
mod color;
pub mod config;
mod connections;
mod copies;
mod cors;
mod earlier_builds;
mod embedding;
mod extractors;
mod headers;
mod hosts;
pub mod limits;
mod messages;
mod pages;
mod problem;
pub mod proxies;
mod relay_socket;
mod repeated;
mod sandbox;
mod serve;
mod service;
mod support_code;
pub mod tenants;
mod throttle;

pub use assets::AssetsError;
pub use client::ClusterSecretError;
pub use postern_host::clock::now;
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

/// The state that all handlers share.
#[derive(Clone)]
pub struct Portal {
    config: Arc<Config>,
    tenants: Arc<Tenants>,
    relay: Arc<Embedded>,
    assets: Arc<assets::Site>,
    network_hasher: Arc<client::NetworkHasher>,
    connections: Arc<connections::Connections>,
    relay_connections: Arc<relay_socket::RelayConnections>,
    copies: Arc<copies::Copies>,
    not_ready_log: Arc<repeated::LogLimiter>,
    throttle: Arc<throttle::Throttle>,
    /// True once the portal is stopping: agents are disconnected, so that they find another portal.
    stopping: watch::Receiver<bool>,
}

impl Portal {
    /// Creates a portal for the tenants of a configuration.
    ///
    /// # Errors
    /// [`StartError`] names the file and its defect.
    pub fn new(config: Config, stopping: watch::Receiver<bool>) -> Result<Self, StartError> {
        ensure_data_directory(&config.data_directory)?;
        let assets = assets::Site::load(&config.assets_directory, &config.data_directory)?;
        Ok(Self {
            tenants: Arc::new(Tenants::load(&config.data_directory)?),
            relay: Arc::new(Embedded::new(Timing::default(), Arc::new(now))),
            assets: Arc::new(assets),
            network_hasher: Arc::new(client::NetworkHasher::load(&config.cluster_secret_file())?),
            connections: connections::Connections::new(),
            relay_connections: Arc::default(),
            copies: Arc::default(),
            not_ready_log: Arc::default(),
            throttle: Arc::new(
                throttle::Throttle::new(config.throttle.clone()).map_err(|_| StartError::Random)?,
            ),
            config: Arc::new(config),
            stopping,
        })
    }

    /// Routes every address of the portal.
    fn router(self) -> Router {
        let assets = Router::new()
            .nest_service("/assets", self.assets.service())
            .layer(from_fn_with_state(self.clone(), cors::for_any_tenant));
        // The requests of `<postern-reset>` on the pages of other sites.
        let cross_origin = Router::new()
            .route("/{tenant}/words/{name}", get(pages::words))
            .route("/api/{tenant}/messages", post(messages::post))
            .route("/api/{tenant}/keys", get(service::keys))
            .route("/api/{tenant}/page", get(embedding::page))
            .layer(from_fn_with_state(self.clone(), cors::for_tenant));
        Router::new()
            .merge(cross_origin)
            .route("/{tenant}", get(pages::add_slash))
            .route("/{tenant}/", get(pages::reset))
            .route("/{tenant}/{flow}", get(pages::flow_page))
            .route("/{tenant}/help", get(pages::help))
            .route("/{tenant}/sandbox", get(sandbox::show))
            .route("/{tenant}/sandbox/mails/{number}", get(sandbox::mail))
            .route(
                "/{tenant}/sandbox/problems/{problem}/api/{same}/messages",
                post(sandbox::problem),
            )
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

/// Creates the data directory if it does not exist. If it cannot be created, its path is probably
/// wrong, and a portal that started would have lost every tenant.
fn ensure_data_directory(directory: &Path) -> Result<(), StartError> {
    if directory.is_dir() {
        return Ok(());
    }
    let created = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o750)
        .create(directory);
    created.map_err(|cause| StartError::DataDirectory {
        directory: directory.to_owned(),
        cause,
    })?;
    tracing::warn!(directory = %directory.display(), "the data directory did not exist and was created");
    Ok(())
}

/// The reason for which the portal does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The data directory does not exist and cannot be created.
    #[error("data_directory: {directory}: does not exist and cannot be created: {cause}")]
    DataDirectory {
        /// The configured path.
        directory: PathBuf,
        /// The error of the system.
        cause: std::io::Error,
    },
    /// The secret that the portals share is unusable.
    #[error("cluster_secret_file: {0}")]
    ClusterSecret(#[from] ClusterSecretError),
    /// The tenants' directory cannot be read.
    #[error(transparent)]
    Tenants(#[from] tenants::TenantError),
    /// The browser's files cannot be served.
    #[error(transparent)]
    Assets(#[from] AssetsError),
    /// The system provided no random bytes.
    #[error("the system provided no random bytes")]
    Random,
}
