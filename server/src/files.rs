//! Files of the portal's own: written whole or not at all, and kept across a loss of power.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, chown};
use std::path::{Path, PathBuf};

/// Who may read a file.
#[derive(Clone, Copy, Debug)]
pub enum Readers {
    /// Its user alone.
    Owner,
    /// Everybody, as far as the process's umask goes.
    Everybody,
}

/// Writes a file in the place of any other. Where this fails, nothing has changed.
///
/// # Errors
/// The system's.
pub fn replace(path: &Path, bytes: &[u8], readers: Readers) -> std::io::Result<()> {
    put(path, bytes, readers, |new| fs::rename(new, path))
}

/// Writes a file that is not there yet. Of two who do so at once, one succeeds.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`], or the system's.
pub fn create(path: &Path, bytes: &[u8], readers: Readers) -> std::io::Result<()> {
    put(path, bytes, readers, |new| {
        fs::hard_link(new, path)?;
        fs::remove_file(new)
    })
}

fn put(
    path: &Path,
    bytes: &[u8],
    readers: Readers,
    into_place: impl FnOnce(&Path) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    let new = beside(path)?;
    let written = write(&new, bytes, readers, folder).and_then(|()| into_place(&new));
    if written.is_err() {
        // It may never have been made.
        let _nothing_left = fs::remove_file(&new);
    }
    written?;
    File::open(folder)?.sync_all()
}

/// A name beside the file's own that no other process uses.
fn beside(path: &Path) -> std::io::Result<PathBuf> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let mut beside = name.to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    Ok(path.with_file_name(beside))
}

fn write(new: &Path, bytes: &[u8], readers: Readers, folder: &Path) -> std::io::Result<()> {
    // What an earlier process of this number left there, or another put there for us to follow.
    match fs::remove_file(new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    if let Readers::Owner = readers {
        options.mode(0o600);
    }
    let mut file = options.open(new)?;
    // An administrator who adds a tenant leaves files that the portal's own user can read.
    let (owner, made) = (fs::metadata(folder)?, file.metadata()?);
    if (owner.uid(), owner.gid()) != (made.uid(), made.gid()) {
        let _only_root_may = chown(new, Some(owner.uid()), Some(owner.gid()));
    }
    file.write_all(bytes)?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn names(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_replaced_whole_and_is_as_private_as_asked() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.agent");
        for text in ["one and more", "two"] {
            replace(&file, text.as_bytes(), Readers::Owner).unwrap();
            assert_eq!(fs::read_to_string(&file).unwrap(), text);
        }
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert_eq!(names(folder.path()), ["a.agent"]);
    }

    #[test]
    fn what_is_there_is_not_created_again() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        create(&file, b"one", Readers::Owner).unwrap();
        let error = create(&file, b"two", Readers::Owner).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AlreadyExists);
        assert_eq!(fs::read(&file).unwrap(), b"one");
        assert_eq!(names(folder.path()), ["a"]);
    }

    #[test]
    fn what_cannot_be_written_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("a.toml");
        fs::create_dir(&taken).unwrap();
        assert!(replace(&taken, b"one", Readers::Everybody).is_err());
        assert_eq!(names(folder.path()), ["a.toml"]);
    }
}
