//! Files that only the agent's user can read, written atomically.

use std::io::Write;
use std::path::Path;

/// Writes a file next to its path and renames it into place: a reader finds the old or the new one.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, path)?;
    sync_folder_of(path)
}

/// Makes the names in a file's folder durable: without this, a power failure may undo the
/// replacement or renaming of a file.
pub(crate) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        // The parent of a bare file name is empty.
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        std::fs::File::open(folder)?.sync_all()?;
    }
    // Other systems cannot open folders, and make names durable by themselves.
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}
