//! Atomic writing of files, durable across a loss of power.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
#[cfg(unix)]
use std::os::unix::fs::{MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

/// The users who may read a file.
#[derive(Clone, Copy, Debug)]
pub enum Readers {
    /// Its owner only.
    Owner,
    /// Everybody, as far as the process's umask permits.
    Everybody,
}

/// Writes a file, replacing any existing one. If this fails, nothing has changed.
///
/// # Errors
/// The error of the system.
pub fn replace(path: &Path, bytes: &[u8], readers: Readers) -> std::io::Result<()> {
    write_into_place(path, bytes, readers, |new| fs::rename(new, path))
}

/// Writes a file that does not exist yet. Of two concurrent calls, one succeeds.
///
/// # Errors
/// [`ErrorKind::AlreadyExists`], or the error of the system.
pub fn create(path: &Path, bytes: &[u8], readers: Readers) -> std::io::Result<()> {
    write_into_place(path, bytes, readers, |new| {
        fs::hard_link(new, path)?;
        fs::remove_file(new)
    })
}

fn write_into_place(
    path: &Path,
    bytes: &[u8],
    readers: Readers,
    into_place: impl FnOnce(&Path) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let new = temporary_path(path)?;
    let written = write(&new, bytes, readers, folder_of(path)?).and_then(|()| into_place(&new));
    if written.is_err() {
        // The file may not have been created.
        let _nothing_left = fs::remove_file(&new);
    }
    written?;
    sync_folder_of(path)
}

/// Makes the names in a file's folder durable: without this, a power failure may undo the creation,
/// replacement or renaming of a file.
///
/// # Errors
/// The error of the system.
pub fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    // Other systems cannot open folders, and make names durable by themselves.
    if cfg!(unix) {
        File::open(folder_of(path)?)?.sync_all()?;
    }
    Ok(())
}

fn folder_of(path: &Path) -> std::io::Result<&Path> {
    let folder = path.parent().ok_or(ErrorKind::InvalidInput)?;
    // The parent of a bare file name is empty.
    Ok(if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    })
}

/// Returns a path in the same directory that no other process uses.
fn temporary_path(path: &Path) -> std::io::Result<PathBuf> {
    let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
    let mut temporary = name.to_owned();
    temporary.push(format!(".{}.new", std::process::id()));
    Ok(path.with_file_name(temporary))
}

fn write(new: &Path, bytes: &[u8], readers: Readers, folder: &Path) -> std::io::Result<()> {
    // Left by an earlier process with the same id, or a link that an attacker placed here.
    match fs::remove_file(new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    if let Readers::Owner = readers {
        options.mode(0o600);
    }
    let mut file = options.open(new)?;
    give_to_owner_of(folder, &file)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Gives a new file to the owner of its folder: a program's own user must be able to read the files
/// of an administrator who gives a command. By its handle: whoever owns the folder can put a link in
/// the place of its path.
#[cfg(unix)]
fn give_to_owner_of(folder: &Path, file: &File) -> std::io::Result<()> {
    let (owner, created) = (fs::metadata(folder)?, file.metadata()?);
    if (owner.uid(), owner.gid()) != (created.uid(), created.gid()) {
        let _only_root_may = fchown(file, Some(owner.uid()), Some(owner.gid()));
    }
    Ok(())
}

#[cfg(not(unix))]
fn give_to_owner_of(_folder: &Path, _file: &File) -> std::io::Result<()> {
    Ok(())
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
