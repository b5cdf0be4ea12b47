//! The browser's files, as `cargo xtask site` writes them: named by their content, with SRI values
//! and precompressed.

use crate::earlier_builds;
use axum::http::{HeaderValue, header};
use postern_app::pages::{Asset, Assets};
use postern_host::clock::now;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeader;

/// The list of the files, in the same directory.
const MANIFEST: &str = "manifest.json";

/// The `Cache-Control` of files whose names change with their content.
pub const IMMUTABLE_CACHE_CONTROL: &str = "public, max-age=31536000, immutable";

/// The reason for which the browser's files cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum AssetsError {
    /// A file is missing or malformed.
    #[error("{file}: {cause}; build the browser's files with `cargo xtask site`")]
    Site {
        /// The file.
        file: PathBuf,
        /// Its defect.
        cause: String,
    },
    /// They cannot be copied into the data directory.
    #[error("{folder}: the browser's files cannot be copied there: {cause}")]
    Copy {
        /// The data directory.
        folder: PathBuf,
        /// The error of the system.
        cause: std::io::Error,
    },
}

/// The browser's files and the style.
#[derive(Debug)]
pub struct Site {
    directory: PathBuf,
    /// The files of this build and of earlier ones.
    kept: PathBuf,
    pub assets: Assets,
    pub style: String,
    /// The additional style of a page in a frame.
    pub frame_style: String,
    /// The additional style of the sandbox page.
    pub sandbox_style: String,
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
    /// The files that the script loads later, by their names there.
    later: BTreeMap<String, String>,
    icon: File,
    frame: File,
    embed: File,
    element: File,
    sandbox: File,
    style: String,
    frame_style: String,
    sandbox_style: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    name: String,
    integrity: String,
}

impl Site {
    /// Reads the manifest, and keeps a copy of the files for pages that are open while a newer build
    /// replaces this one.
    ///
    /// # Errors
    /// The manifest cannot be read or lists a file that does not exist, or the copy cannot be made.
    pub fn load(directory: &Path, data_directory: &Path) -> Result<Self, AssetsError> {
        let file = directory.join(MANIFEST);
        let error = |cause: String| AssetsError::Site {
            file: file.clone(),
            cause,
        };
        let bytes = std::fs::read(&file).map_err(|cause| error(cause.to_string()))?;
        let manifest: Manifest =
            serde_json::from_slice(&bytes).map_err(|cause| error(cause.to_string()))?;
        let files = [
            &manifest.script,
            &manifest.wasm,
            &manifest.icon,
            &manifest.frame,
            &manifest.sandbox,
        ];
        let names = files.into_iter().map(|file| &file.name);
        for name in names.chain(manifest.later.values()) {
            if !directory.join(name).is_file() {
                return Err(error(format!("it lists {name}, which does not exist")));
            }
        }
        let read = |named: &File| {
            let file = directory.join(&named.name);
            std::fs::read(&file).map_err(|cause| AssetsError::Site {
                file,
                cause: cause.to_string(),
            })
        };
        let (embed, element) = (read(&manifest.embed)?, read(&manifest.element)?);
        let asset = |file: File| Asset {
            address: ["/assets/", &file.name].concat(),
            integrity: file.integrity,
        };
        let kept = earlier_builds::keep(
            directory,
            data_directory,
            UNIX_EPOCH + Duration::from_secs(now()),
        );
        let kept = kept.map_err(|cause| AssetsError::Copy {
            folder: data_directory.to_owned(),
            cause,
        })?;
        Ok(Self {
            directory: directory.to_owned(),
            kept,
            assets: Assets {
                script: asset(manifest.script),
                wasm: asset(manifest.wasm),
                icon: asset(manifest.icon).address,
                frame: asset(manifest.frame),
                sandbox: asset(manifest.sandbox),
            },
            style: manifest.style,
            frame_style: manifest.frame_style,
            sandbox_style: manifest.sandbox_style,
            embed,
            element,
        })
    }

    /// Serves the files, which may be cached forever because their names change with their content.
    pub fn service(&self) -> SetResponseHeader<ServeDir<ServeDir>, HeaderValue> {
        let serve = |directory: &Path| {
            ServeDir::new(directory)
                .append_index_html_on_directories(false)
                .precompressed_br()
                .precompressed_gzip()
        };
        SetResponseHeader::if_not_present(
            serve(&self.directory).fallback(serve(&self.kept)),
            header::CACHE_CONTROL,
            HeaderValue::from_static(IMMUTABLE_CACHE_CONTROL),
        )
    }
}
