//! The browser's files, as `cargo xtask site` wrote them: addressed by their content, with SRI
//! values and ready-made compressions.

use axum::http::{HeaderValue, header};
use postern_app::pages::{Asset, Assets};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeader;

/// What names the files: written beside them.
const MANIFEST: &str = "manifest.json";

/// How long a file is kept whose name changes with its content.
pub const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Why the browser's files cannot be served.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {cause}; build the browser's files with `cargo xtask site`")]
pub struct AssetsError {
    file: PathBuf,
    cause: String,
}

/// The browser's files and the style.
#[derive(Debug)]
pub struct Site {
    directory: PathBuf,
    pub assets: Assets,
    pub style: String,
    /// What a page in a frame has besides.
    pub frame_style: String,
    /// `/embed.js`.
    pub embed: Vec<u8>,
    /// `/postern-reset.js`.
    pub element: Vec<u8>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    script: File,
    wasm: File,
    quality: File,
    /// What the scripts load later, by names of their own.
    later: Vec<String>,
    icon: File,
    frame: File,
    embed: File,
    element: File,
    style: String,
    frame_style: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    integrity: String,
}

impl Site {
    /// Reads the manifest.
    pub fn load(directory: &Path) -> Result<Self, AssetsError> {
        let file = directory.join(MANIFEST);
        let error = |cause: String| AssetsError {
            file: file.clone(),
            cause,
        };
        let bytes = std::fs::read(&file).map_err(|cause| error(cause.to_string()))?;
        let manifest: Manifest =
            serde_json::from_slice(&bytes).map_err(|cause| error(cause.to_string()))?;
        let files = [
            &manifest.script,
            &manifest.wasm,
            &manifest.quality,
            &manifest.icon,
            &manifest.frame,
        ];
        let names = files.into_iter().map(|file| &file.name);
        for name in names.chain(&manifest.later) {
            if !directory.join(name).is_file() {
                return Err(error(format!("{name} is named there and missing")));
            }
        }
        let read = |named: &File| {
            let file = directory.join(&named.name);
            std::fs::read(&file).map_err(|cause| AssetsError {
                file,
                cause: cause.to_string(),
            })
        };
        let (embed, element) = (read(&manifest.embed)?, read(&manifest.element)?);
        let asset = |file: File| Asset {
            address: ["/assets/", &file.name].concat(),
            integrity: file.integrity,
        };
        Ok(Self {
            directory: directory.to_owned(),
            assets: Assets {
                script: asset(manifest.script),
                wasm: asset(manifest.wasm),
                quality: asset(manifest.quality),
                icon: asset(manifest.icon).address,
                frame: asset(manifest.frame),
            },
            style: manifest.style,
            frame_style: manifest.frame_style,
            embed,
            element,
        })
    }

    /// Serves the files. Their names change with their content, so they may be kept for ever.
    pub fn service(&self) -> SetResponseHeader<ServeDir, HeaderValue> {
        SetResponseHeader::if_not_present(
            ServeDir::new(&self.directory)
                .append_index_html_on_directories(false)
                .precompressed_br()
                .precompressed_gzip(),
            header::CACHE_CONTROL,
            HeaderValue::from_static(FOR_EVER),
        )
    }
}
