//! The browser's files of earlier builds. A page that was loaded before an upgrade fetches its chunks
//! after it, so the portal keeps a copy of every build that it has served, until three hours after
//! another one has replaced it.

use postern_host::files::{self, Readers};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// The folder of the copies, in the data directory.
const FOLDER: &str = "assets";

/// The file that lists the current build, one name a line.
const CURRENT: &str = "current";

/// The time for which the files of a build are kept after another one has replaced it.
const KEPT: Duration = Duration::from_hours(3);

/// Copies a build into the data directory and removes what was replaced long ago. A file's time of
/// modification is the time at which it was last known to be current. Returns the folder of the
/// copies.
pub fn keep(site: &Path, data_directory: &Path, now: SystemTime) -> io::Result<PathBuf> {
    let folder = data_directory.join(FOLDER);
    fs::create_dir_all(&folder)?;
    let list = folder.join(CURRENT);
    let replaced = fs::read_to_string(&list).unwrap_or_default();
    // Until now these were current.
    for name in replaced.lines() {
        if let Ok(file) = File::options().write(true).open(folder.join(name)) {
            file.set_modified(now)?;
        }
    }
    let mut current = BTreeSet::new();
    for entry in fs::read_dir(site)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let copy = folder.join(&name);
        // Not the lists beside the files: their names do not change with their content.
        if !copy.is_file() && name.contains('-') {
            match files::create(&copy, &fs::read(entry.path())?, Readers::Everybody) {
                // Another portal that shares the data directory was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                copied => copied?,
            }
        }
        current.insert(name);
    }
    let names: Vec<_> = current.iter().map(String::as_str).collect();
    files::replace(&list, names.join("\n").as_bytes(), Readers::Everybody)?;
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let age = now.duration_since(entry.metadata()?.modified()?);
        if name != CURRENT && !current.contains(&name) && age.is_ok_and(|age| age > KEPT) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_earlier_builds_are_kept_for_three_hours_after_they_were_replaced() {
        let directory = tempfile::tempdir().unwrap();
        let (site, data) = (directory.path().join("site"), directory.path().join("data"));
        let build = |name: &str| {
            let _may_not_exist = fs::remove_dir_all(&site);
            fs::create_dir(&site).unwrap();
            fs::write(site.join(name), name).unwrap();
            fs::write(site.join("manifest.json"), "{}").unwrap();
        };
        let hours = |hours: u64| SystemTime::UNIX_EPOCH + Duration::from_hours(1_000_000 + hours);
        let start = |at| {
            let folder = keep(&site, &data, hours(at)).unwrap();
            let names = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name());
            let names: BTreeSet<_> = names.map(|name| name.into_string().unwrap()).collect();
            names
                .into_iter()
                .filter(|name| name != CURRENT)
                .collect::<Vec<_>>()
        };
        build("page-1.js");
        assert_eq!(start(0), ["page-1.js"]);
        // It was current for a hundred hours, and is replaced now.
        build("page-2.js");
        assert_eq!(start(100), ["page-1.js", "page-2.js"]);
        assert_eq!(start(102), ["page-1.js", "page-2.js"]);
        assert_eq!(start(104), ["page-2.js"]);
        // A build that comes back is current again.
        build("page-1.js");
        assert_eq!(start(105), ["page-1.js", "page-2.js"]);
        assert_eq!(start(109), ["page-1.js"]);
    }
}
